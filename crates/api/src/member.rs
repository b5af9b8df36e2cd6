//! Members of accounts.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::settings::given;

/// A person's membership of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Member {
    /// The id of the person, `usr_…`.
    pub id: String,
    /// The account.
    pub account: String,
    /// The person's name.
    pub name: String,
    /// The address with which the person signs in.
    pub email: String,
    /// The id of its role in the account.
    pub role: String,
    /// The name of that role for people.
    pub role_name: String,
    /// The resources whose log it may see; null for everything that its role may see.
    #[serde(default)]
    #[schema(required = true)]
    pub resources: Option<Vec<MemberResource>>,
    /// Whether the person may also create accounts.
    pub operator: bool,
    /// When the membership began, RFC 3339 UTC.
    pub created_at: String,
    /// When the membership ends; null when never.
    #[serde(default)]
    #[schema(required = true)]
    pub expires_at: Option<String>,
    /// When one of its sessions that still work was last used; null when it has none.
    #[serde(default)]
    #[schema(required = true)]
    pub last_seen_at: Option<String>,
    /// Whether it can sign in with a password.
    #[serde(default)]
    #[schema(required = true)]
    pub has_password: bool,
    /// Whether a code is asked for besides the password.
    #[serde(default)]
    #[schema(required = true)]
    pub second_factor: bool,
}

/// What is to change about a membership; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberChange {
    /// The id of a role of the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The resources whose log it may see, 1 to 100 of them; null for everything that its role may see.
    #[serde(
        default,
        deserialize_with = "given",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<Vec<MemberResource>>, min_items = 1, max_items = 100)]
    pub resources: Option<Option<Vec<MemberResource>>>,
    /// When the membership ends, RFC 3339 and in the future; null for never.
    #[serde(
        default,
        deserialize_with = "given",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Option<String>>,
}

/// A resource whose log a member may see.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberResource {
    /// Its type, as it stands in targets.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its id.
    pub id: String,
}

/// The members of accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Members {
    /// In the order of accounts, then of e-mail addresses.
    pub members: Vec<Member>,
}
