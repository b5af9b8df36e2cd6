//! How far a principal reaches in one account: what it may do, which events it sees, and which parts of them.

use std::{collections::BTreeSet, sync::Arc};

use api::{BuiltInRole, HiddenFacet, Permission, member::MemberResource};

use super::Principal;
use crate::{
    control::{Account, AccountId, Membership, Person, Role, RoleId},
    instance::Instance,
};

/// What the setting of who may view gives and takes.
const VIEWING: [Permission; 5] = [
    Permission::AuditRead,
    Permission::AuditExport,
    Permission::AuditVerify,
    Permission::AuditRedact,
    Permission::AuditReadSensitive,
];

/// What a principal may do and see in one account at one moment.
///
/// It is worked out anew for each request: a role that was changed or a membership that ended counts at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reach {
    permissions: BTreeSet<Permission>,
    hide: BTreeSet<HiddenFacet>,
    resources: Option<BTreeSet<MemberResource>>,
}

/// Which parts of an event a principal sees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sight {
    /// The facets that are hidden.
    pub(crate) hide: BTreeSet<HiddenFacet>,
    /// Whether fields that the catalogue calls sensitive are seen.
    pub(crate) sensitive: bool,
}

impl Reach {
    /// Everything in the account.
    pub(crate) fn everything() -> Self {
        Self::of(Permission::ALL)
    }

    /// These permissions, over all events and all their parts.
    pub(crate) fn of(permissions: &[Permission]) -> Self {
        Self {
            permissions: permissions.iter().copied().collect(),
            ..Self::default()
        }
    }

    fn of_membership(membership: &Membership, role: &Role, account: &Account) -> Self {
        Self {
            permissions: permissions_of(role, account.settings.viewers.as_ref()),
            hide: role.hide.clone(),
            resources: membership.resources.clone(),
        }
    }

    /// Whether this is permitted.
    pub(crate) fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }

    /// What is permitted, in the order of [`Permission::ALL`].
    pub(crate) fn permissions(&self) -> Vec<Permission> {
        self.permissions.iter().copied().collect()
    }

    /// Which parts of events are seen.
    pub(crate) fn sight(&self) -> Sight {
        Sight {
            hide: self.hide.clone(),
            sensitive: self.may(Permission::AuditReadSensitive),
        }
    }

    /// The resources whose log is seen; `None` for the whole log.
    pub(crate) fn resources(&self) -> Option<&BTreeSet<MemberResource>> {
        self.resources.as_ref()
    }

    /// Whether nothing in `other` goes beyond this: nobody gives more than he has.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        let sees = match (&self.resources, &other.resources) {
            (None, _) => true,
            (Some(_), None) => !other.may(Permission::AuditRead),
            (Some(own), Some(given)) => given.is_subset(own),
        };
        let shows = self.hide.is_subset(&other.hide) || !other.may(Permission::AuditRead);
        sees && shows && other.permissions.is_subset(&self.permissions)
    }
}

/// What a role permits in an account that has decided who may view.
pub(crate) fn permissions_of(
    role: &Role,
    viewers: Option<&BTreeSet<RoleId>>,
) -> BTreeSet<Permission> {
    let mut permissions: BTreeSet<Permission> = role.permissions.iter().copied().collect();
    let owner = role.id == RoleId::BuiltIn(BuiltInRole::Owner);
    match viewers {
        // Owners can always view: else nobody could take the setting back.
        Some(viewers) if viewers.contains(&role.id) || owner => {
            permissions.insert(Permission::AuditRead);
        }
        Some(_) => permissions.retain(|permission| !VIEWING.contains(permission)),
        None => {}
    }
    permissions
}

impl Instance {
    /// How far `principal` reaches in `account` now; `None` when it may not know that the account exists.
    pub(crate) fn reach(&self, principal: &Principal, account: &AccountId) -> Option<Reach> {
        match principal {
            Principal::Key(key) => {
                let is_for = key.account.as_ref().is_none_or(|own| own == account);
                is_for.then(|| Reach::of(&key.permissions))
            }
            Principal::Person(person) => self.reach_of(person, account),
            Principal::Operator => Some(Reach::everything()),
        }
    }

    fn reach_of(&self, person: &Person, id: &AccountId) -> Option<Reach> {
        let found = person.membership(id, self.clock.now_ms());
        let Some(membership) = found else {
            // What concerns the instance is for its operators; the contents of accounts are not.
            let operates = person.operator && id.is_reserved();
            return operates.then(|| Reach::of(&[Permission::AuditRead, Permission::AuditVerify]));
        };
        let account = self.control.accounts.get(id)?;
        let role = self.control.roles.get(id, &membership.role);
        // A role that is gone permits nothing; its members are members still.
        Some(role.map_or_else(Reach::default, |role| {
            Reach::of_membership(membership, &role, &account)
        }))
    }

    /// How far whoever is given this membership would reach in `account`; `None` when there is no such role.
    pub(crate) fn reach_given(
        &self,
        account: &Arc<Account>,
        membership: &Membership,
    ) -> Option<Reach> {
        let role = self.control.roles.get(&account.id, &membership.role)?;
        Some(Reach::of_membership(membership, &role, account))
    }
}
