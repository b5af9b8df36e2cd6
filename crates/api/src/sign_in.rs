//! How people prove who they are: passwords, second factors, their sessions, and links to a new password.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is sent to change the own password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The password until now.
    #[schema(max_length = 256, format = Password)]
    pub current: String,
    /// At least 12 characters and at most 256 bytes; there is no other rule.
    #[schema(min_length = 12, max_length = 256, format = Password)]
    pub new: String,
}

/// Whether the signed-in person has a second factor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SecondFactor {
    /// Whether signing in needs a code.
    pub enabled: bool,
    /// Since when, RFC 3339 UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// How many recovery codes have not been used; 0 without a second factor.
    pub recovery_codes_left: u64,
}

/// What is sent to be offered a second factor.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorRequest {
    /// The password; absent for a person without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 256, format = Password)]
    pub password: Option<String>,
}

/// A second factor that is not on yet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SecondFactorOffer {
    /// The secret in Base32, to be typed into an app: shown now and never again.
    pub secret: String,
    /// The same as an `otpauth://` URI, to be shown as a picture.
    pub uri: String,
}

/// A code of the second factor.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorCode {
    /// Six digits of the app, or a recovery code.
    #[schema(max_length = 64)]
    pub code: String,
}

/// What is sent to turn the second factor off.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorEnd {
    /// The password; absent for a person without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 256, format = Password)]
    pub password: Option<String>,
    /// Six digits of the app, or a recovery code.
    #[schema(max_length = 64)]
    pub code: String,
}

/// Codes for when the app is lost, each of which works once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecoveryCodes {
    /// Ten of them: shown now and never again.
    pub recovery_codes: Vec<String>,
}

/// A session of the signed-in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnSession {
    /// The id, `ses_…`, which opens nothing.
    pub id: String,
    /// When it began, RFC 3339 UTC.
    pub created_at: String,
    /// When it was last used, RFC 3339 UTC.
    pub last_used_at: String,
    /// When it ends unless it is used, RFC 3339 UTC.
    pub expires_at: String,
    /// From where it began; absent when that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// What the browser said it is, at most 256 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// How the person signed in: `password`, `setup`, `invitation` or `oidc:<provider>`.
    pub method: String,
    /// Whether it is the session that asks.
    pub current: bool,
}

/// The sessions of the signed-in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnSessions {
    /// The one that was used last comes first.
    pub sessions: Vec<OwnSession>,
}

/// What stood behind `#code=` in a link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkCode {
    /// The code.
    #[schema(max_length = 64)]
    pub code: String,
}

/// What a link to a new password is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PasswordReset {
    /// The address of the person.
    pub email: String,
    /// When the link stops working, RFC 3339 UTC.
    pub expires_at: String,
}

/// What is sent to set a new password by a link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// What stood behind `#code=` in the link.
    #[schema(max_length = 64)]
    pub code: String,
    /// At least 12 characters and at most 256 bytes; there is no other rule.
    #[schema(min_length = 12, max_length = 256, format = Password)]
    pub password: String,
}

/// A link that works once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OneTimeLink {
    /// The link: shown now and never again. Whoever has it can follow it.
    pub link: String,
    /// When it stops working, RFC 3339 UTC.
    pub expires_at: String,
}

macro_rules! never_shown {
    ($($name:ident),+) => {$(
        /// Never shows what it holds.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }
    )+};
}

never_shown!(
    PasswordChange,
    SecondFactorRequest,
    SecondFactorOffer,
    SecondFactorCode,
    SecondFactorEnd,
    RecoveryCodes,
    LinkCode,
    NewPassword,
    OneTimeLink
);
