//! What a key, a role or a token may do.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! permissions {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:tt;)+) => {
        /// One thing that a principal may be allowed to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        pub enum Permission {
            $($(#[doc = $doc])+ #[serde(rename = $text)] $name,)+
        }

        impl Permission {
            /// All permissions, in the order in which they are listed.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The permission as it is written.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

permissions! {
    /// List, search and read events.
    AuditRead = "audit:read";
    /// Export events to files.
    AuditExport = "audit:export";
    /// Fetch checkpoints, tiles and proofs.
    AuditVerify = "audit:verify";
    /// Erase parts of events.
    AuditRedact = "audit:redact";
    /// Append events.
    EventsWrite = "events:write";
    /// Change the catalogue.
    CatalogWrite = "catalog:write";
    /// Change streams and alerts.
    StreamsWrite = "streams:write";
    /// Create, list and revoke keys.
    KeysWrite = "keys:write";
    /// Change members and roles.
    MembersWrite = "members:write";
    /// Change retention and holds.
    RetentionWrite = "retention:write";
    /// Create accounts; change their settings and shared views.
    AccountsWrite = "accounts:write";
    /// Create an account by the first append to it.
    AccountsCreateOnAppend = "accounts:create_on_append";
    /// Read fields that the catalogue calls sensitive.
    AuditReadSensitive = "audit:read_sensitive";
}

/// A word that is no permission.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such permission; the permissions are {}", Permission::names())]
pub struct UnknownPermission;

impl Permission {
    /// All names, for messages.
    pub fn names() -> String {
        Self::ALL
            .iter()
            .map(|permission| permission.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

impl FromStr for Permission {
    type Err = UnknownPermission;

    fn from_str(text: &str) -> Result<Self, UnknownPermission> {
        Self::ALL
            .iter()
            .copied()
            .find(|permission| permission.as_str() == text)
            .ok_or(UnknownPermission)
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for permission in Permission::ALL {
            assert_eq!(permission.as_str().parse(), Ok(*permission));
            assert_eq!(
                serde_json::to_value(permission).unwrap(),
                permission.as_str()
            );
        }
        let schema = serde_json::to_value(<Permission as utoipa::PartialSchema>::schema()).unwrap();
        assert_eq!(
            schema["enum"],
            serde_json::to_value(Permission::ALL).unwrap()
        );
        assert_eq!("audit:write".parse::<Permission>(), Err(UnknownPermission));
    }
}
