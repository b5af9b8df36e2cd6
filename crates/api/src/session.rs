//! Sessions of people: signing in, who is signed in, and the first owner of an instance.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Permission;

/// What is sent to sign in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The e-mail address of the person; case makes no difference.
    #[schema(max_length = 256)]
    pub email: String,
    /// The password.
    #[schema(max_length = 256, format = Password)]
    pub password: String,
    /// Six digits of the second factor's app, or a recovery code; absent for a person without a second factor, and
    /// until the answer is `second_factor_needed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 64)]
    pub code: Option<String>,
}

/// Never shows the password and the code.
impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn")
            .field("email", &self.email)
            .field("password", &"***")
            .field("code", &self.code.as_ref().map(|_| "***"))
            .finish()
    }
}

/// Who uses this browser, and what a sign-in page has to know when it is nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Session {
    /// Whether a person is signed in; the four members below are there only then.
    pub signed_in: bool,
    /// What every write with this session sends as `X-Annals-CSRF`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csrf: Option<String>,
    /// When the session ends unless it is used, RFC 3339 UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// Who is signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// The accounts of the person, in the order of their ids; that of the instance itself comes last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accounts: Option<Vec<SessionAccount>>,
    /// Whether this is the session of a portal link: `person` is who views then, and nothing can be changed.
    #[serde(default)]
    #[schema(required = true)]
    pub viewer: bool,
    /// How the events of a portal link are shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<crate::viewer::Display>,
    /// Whether the instance has no owner yet.
    pub setup_needed: bool,
    /// The providers with which everybody may sign in; those of a domain are told at `/v1/session/providers`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub providers: Vec<Provider>,
    /// Whether people may sign in over this connection.
    pub sign_in: SignInAllowance,
    /// Who answers.
    pub instance: InstanceInfo,
}

/// A provider with which people sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Provider {
    /// Its id, for the address at which the sign-in begins.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// How the person with an address may sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignInWays {
    /// The providers.
    pub providers: Vec<Provider>,
    /// Whether a password may do.
    pub password: bool,
}

/// A person as it is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Person {
    /// The id, `usr_…`: the principal under which everything is recorded.
    pub id: String,
    /// The name.
    pub name: String,
    /// The address with which the person signs in.
    pub email: String,
    /// Whether the person may create accounts.
    pub operator: bool,
    /// Whether signing in needs a code besides the password.
    pub second_factor: bool,
    /// Whether the person has a password.
    pub has_password: bool,
}

/// An account that a person may open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SessionAccount {
    /// Its id.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// The id of the person's role in it.
    pub role: String,
    /// The name of that role for people.
    pub role_name: String,
    /// What the person may do in it.
    pub permissions: Vec<Permission>,
    /// What the person may not ask about, because it looks at what is hidden: columns as filters name them, `q` for free
    /// text, `resource` for the log of a resource, `metadata.*` when no metadata may be asked about.
    pub hidden_columns: Vec<String>,
    /// When the account was created, RFC 3339 UTC.
    pub created_at: String,
}

/// Whether people may sign in over a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignInAllowance {
    /// They may.
    Allowed,
    /// Passwords and cookies would cross a network in clear.
    RefusedPlainHttp,
}

/// Which server answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InstanceInfo {
    /// The name of the instance.
    pub name: String,
    /// The version of the server.
    pub version: String,
}

/// Whether the instance has no owner yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SetupState {
    /// True while nobody can sign in.
    pub needed: bool,
}

/// What is sent to make the first owner.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The code that the server printed at its start.
    pub code: String,
    /// Who becomes the owner of all accounts, and may create more.
    pub owner: NewOwner,
}

/// Never shows the code.
impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup")
            .field("code", &"***")
            .field("owner", &self.owner)
            .finish()
    }
}

/// A person to be made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOwner {
    /// The name, at most 256 bytes.
    #[schema(min_length = 1, max_length = 256)]
    pub name: String,
    /// The address with which the person signs in, at most 256 bytes.
    #[schema(max_length = 256)]
    pub email: String,
    /// At least 12 characters and at most 256 bytes; there is no other rule.
    #[schema(min_length = 12, max_length = 256, format = Password)]
    pub password: String,
}

/// Never shows the password.
impl fmt::Debug for NewOwner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewOwner")
            .field("name", &self.name)
            .field("email", &self.email)
            .field("password", &"***")
            .finish()
    }
}
