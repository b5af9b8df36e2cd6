//! Members of accounts.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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
