//! People and their roles in accounts.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Permission;

/// What a person is in an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// May do everything in the account.
    Owner,
}

impl Role {
    /// All roles, the most powerful first.
    pub const ALL: &'static [Self] = &[Self::Owner];

    /// The role as it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
        }
    }

    /// The role for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
        }
    }

    /// What the role may do.
    pub const fn permissions(self) -> &'static [Permission] {
        match self {
            Self::Owner => Permission::ALL,
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.as_str() == name)
    }
}

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
    /// What the person is in the account.
    pub role: Role,
    /// Whether the person may also create accounts.
    pub operator: bool,
    /// When the membership began, RFC 3339 UTC.
    pub created_at: String,
}

/// The members of accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Members {
    /// In the order of accounts, then of e-mail addresses.
    pub members: Vec<Member>,
}
