use std::{fmt, sync::Arc};

use api::BuiltInRole;

/// What names a role in an account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleId {
    /// A role that every account has.
    BuiltIn(BuiltInRole),
    /// One of the account's own, `role_…`; whether it exists is for [`super::Roles`] to say.
    Own(Arc<str>),
}

impl RoleId {
    /// The role as it is written.
    pub fn as_str(&self) -> &str {
        match self {
            Self::BuiltIn(role) => role.as_str(),
            Self::Own(id) => id,
        }
    }

    /// The role that is written like this.
    pub fn of(text: &str) -> Self {
        BuiltInRole::from_name(text).map_or_else(|| Self::Own(text.into()), Self::BuiltIn)
    }

    /// The role of those who may do everything.
    pub const OWNER: Self = Self::BuiltIn(BuiltInRole::Owner);
}

impl fmt::Display for RoleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
