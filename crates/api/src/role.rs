//! Roles: what a member may do in an account, and what stays hidden from it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Permission;

/// A role that every account has.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum BuiltInRole {
    /// May do everything in the account.
    Owner,
    /// May do everything but redact, decide about retention, and change owners.
    Admin,
    /// Reads, exports, verifies, redacts and decides about retention; no keys, no members.
    Compliance,
    /// Reads, exports and verifies.
    Auditor,
    /// Sends events and sees to catalogue, keys and streams, without seeing contents.
    Developer,
    /// May do nothing in the log.
    Member,
}

impl BuiltInRole {
    /// All of them, the most powerful first.
    pub const ALL: &'static [Self] = &[
        Self::Owner,
        Self::Admin,
        Self::Compliance,
        Self::Auditor,
        Self::Developer,
        Self::Member,
    ];

    /// The role as it is written: its id in every account.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Compliance => "compliance",
            Self::Auditor => "auditor",
            Self::Developer => "developer",
            Self::Member => "member",
        }
    }

    /// Its name for people where an account has not given it another.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Admin => "Admin",
            Self::Compliance => "Compliance",
            Self::Auditor => "Auditor",
            Self::Developer => "Developer",
            Self::Member => "Member",
        }
    }

    /// What it may do, in the order of [`Permission::ALL`].
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission::{
            AccountsCreateOnAppend, AccountsWrite, AuditExport, AuditRead, AuditReadSensitive,
            AuditRedact, AuditVerify, CatalogWrite, EventsWrite, KeysWrite, MembersWrite,
            RetentionWrite, StreamsWrite,
        };
        match self {
            Self::Owner => Permission::ALL,
            Self::Admin => &[
                AuditRead,
                AuditExport,
                AuditVerify,
                EventsWrite,
                CatalogWrite,
                StreamsWrite,
                KeysWrite,
                MembersWrite,
                AccountsWrite,
                AccountsCreateOnAppend,
                AuditReadSensitive,
            ],
            Self::Compliance => &[
                AuditRead,
                AuditExport,
                AuditVerify,
                AuditRedact,
                RetentionWrite,
            ],
            Self::Auditor => &[AuditRead, AuditExport, AuditVerify],
            Self::Developer => &[EventsWrite, CatalogWrite, StreamsWrite, KeysWrite],
            Self::Member => &[],
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.as_str() == name)
    }
}

/// A part of an event that can be hidden from a role, a key or a token.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum HiddenFacet {
    /// The ids of who did it.
    Actor,
    /// Names, e-mail addresses, links and free data of actors and targets.
    Names,
    /// The ids of what it was done to.
    Targets,
    /// Where it came from.
    Context,
    /// Values before and after.
    Changes,
    /// Sentences.
    Text,
    /// Free data.
    Metadata,
}

impl HiddenFacet {
    /// All of them, in the order of the facets of an event.
    pub const ALL: &'static [Self] = &[
        Self::Actor,
        Self::Names,
        Self::Targets,
        Self::Context,
        Self::Changes,
        Self::Text,
        Self::Metadata,
    ];

    /// The facet of an event.
    pub const fn facet(self) -> event::Facet {
        match self {
            Self::Actor => event::Facet::Actor,
            Self::Names => event::Facet::Names,
            Self::Targets => event::Facet::Targets,
            Self::Context => event::Facet::Context,
            Self::Changes => event::Facet::Changes,
            Self::Text => event::Facet::Text,
            Self::Metadata => event::Facet::Metadata,
        }
    }

    /// The facet as it is written.
    pub const fn as_str(self) -> &'static str {
        self.facet().as_str()
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|facet| facet.as_str() == name)
    }
}

/// A role of an account, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Role {
    /// Its id: `owner`, `admin`, `compliance`, `auditor`, `developer`, `member`, or `role_…` for one of the account's own.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Whether every account has it; then only its name can be changed.
    pub built_in: bool,
    /// What its members may do, the setting of who may view included.
    pub permissions: Vec<Permission>,
    /// Which parts of events its members do not see.
    pub hide: Vec<HiddenFacet>,
    /// How many members have it.
    pub members: u64,
    /// Whether its members may view the log.
    pub may_view: bool,
}

/// The roles of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Roles {
    /// The built-in ones, the most powerful first, then the account's own by name.
    pub roles: Vec<Role>,
}

/// What is sent to make a role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRole {
    /// A name that no other role of the account has, at most 256 bytes.
    #[schema(min_length = 1, max_length = 256)]
    pub name: String,
    /// What its members may do; none that the creator lacks.
    pub permissions: Vec<Permission>,
    /// Which parts of events its members do not see; at least those that the creator does not see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hide: Vec<HiddenFacet>,
}

/// What is to change about a role; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleChange {
    /// A name that no other role of the account has, at most 256 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 256)]
    pub name: Option<String>,
    /// What its members may do; not for a built-in role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Vec<Permission>>,
    /// Which parts of events its members do not see; not for a built-in role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hide: Option<Vec<HiddenFacet>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for role in BuiltInRole::ALL {
            assert_eq!(BuiltInRole::from_name(role.as_str()), Some(*role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
            let mut sorted = role.permissions().to_vec();
            sorted.sort_unstable();
            assert_eq!(sorted, role.permissions(), "{role:?} in the order of all");
        }
        for facet in HiddenFacet::ALL {
            assert_eq!(HiddenFacet::from_name(facet.as_str()), Some(*facet));
            assert_eq!(serde_json::to_value(facet).unwrap(), facet.as_str());
        }
    }

    #[test]
    fn powers_are_those_of_the_contract() {
        use Permission::{AuditRead, AuditRedact, KeysWrite, MembersWrite, RetentionWrite};
        let may = |role: BuiltInRole, permission| role.permissions().contains(&permission);
        assert_eq!(BuiltInRole::Owner.permissions(), Permission::ALL);
        assert!(!may(BuiltInRole::Admin, AuditRedact) && !may(BuiltInRole::Admin, RetentionWrite));
        assert_eq!(
            BuiltInRole::Admin.permissions().len(),
            Permission::ALL.len() - 2
        );
        assert!(may(BuiltInRole::Compliance, AuditRedact));
        assert!(
            !may(BuiltInRole::Compliance, KeysWrite) && !may(BuiltInRole::Compliance, MembersWrite)
        );
        assert!(!may(BuiltInRole::Developer, AuditRead));
        assert!(BuiltInRole::Member.permissions().is_empty());
    }
}
