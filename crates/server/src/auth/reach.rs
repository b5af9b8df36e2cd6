//! How far a principal reaches in one account: what it may do, which events it sees, and which parts of them.

use std::{collections::BTreeSet, sync::Arc};

use api::{BuiltInRole, HiddenFacet, Permission, member::MemberResource};
use index::{Narrowing, ResourceId, Scope};
use ledger::LogNumber;

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
    /// Questions that an event must answer to be seen.
    questions: Vec<Narrowing>,
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

    /// The same with none but these permissions.
    #[must_use]
    pub(crate) fn limited_to(mut self, permissions: &[Permission]) -> Self {
        self.permissions.retain(|it| permissions.contains(it));
        self
    }

    /// The same without these parts of events.
    pub(crate) fn hiding(mut self, hide: &BTreeSet<HiddenFacet>) -> Self {
        self.hide.extend(hide);
        self
    }

    fn of_membership(membership: &Membership, role: &Role, account: &Account) -> Self {
        Self {
            permissions: permissions_of(role, account.settings.viewers.as_ref()),
            hide: role.hide.clone(),
            resources: membership.resources.clone(),
            questions: Vec::new(),
        }
    }

    /// The same, over only those events that also answer a question.
    #[must_use]
    pub(crate) fn narrowed_by(mut self, question: Narrowing) -> Self {
        self.questions.push(question);
        self
    }

    /// The same, over only those events that are also about one of these resources.
    #[must_use]
    pub(crate) fn confined_to(mut self, mut resources: BTreeSet<MemberResource>) -> Self {
        if let Some(before) = &self.resources {
            resources.retain(|resource| before.contains(resource));
        }
        self.resources = Some(resources);
        self
    }

    /// Which events of the account's log are seen: the only way to a scope.
    pub(crate) fn scope(&self, log: LogNumber) -> Scope {
        let whole = Scope::account(log.get());
        let asked = self.questions.iter().cloned();
        let scope = asked.fold(whole, Scope::narrowed_by);
        let Some(resources) = &self.resources else {
            return scope;
        };
        let own = resources.iter().map(|resource| ResourceId {
            kind: resource.kind.clone(),
            id: resource.id.clone(),
        });
        scope.confined_to(own)
    }

    /// As far as a role can reach in an account that has decided who may view, and when it decides otherwise.
    pub(crate) fn of_role(role: &Role, viewers: Option<&BTreeSet<RoleId>>) -> Self {
        let mut permissions = permissions_of(role, viewers);
        permissions.extend(&role.permissions);
        Self {
            permissions,
            hide: role.hide.clone(),
            ..Self::default()
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

    /// Whether every event is seen, and every part of it that is not called sensitive.
    pub(crate) fn sees_all(&self) -> bool {
        self.resources.is_none() && self.questions.is_empty() && self.hide.is_empty()
    }

    /// Whether nothing in `other` goes beyond this: nobody gives more than he has.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        self.beyond(other).is_none()
    }

    /// What in `other` goes beyond this, for a sentence about it.
    pub(crate) fn beyond(&self, other: &Self) -> Option<String> {
        let lacking = other.permissions.difference(&self.permissions);
        let lacking: Vec<&str> = lacking.map(|permission| permission.as_str()).collect();
        let sees = match (&self.resources, &other.resources) {
            (None, _) => true,
            (Some(_), None) => !other.may(Permission::AuditRead),
            (Some(own), Some(given)) => given.is_subset(own),
        };
        let asks = |question| other.questions.contains(question);
        let sees = sees && (self.questions.iter().all(asks) || !other.may(Permission::AuditRead));
        let shows = self.hide.is_subset(&other.hide) || !other.may(Permission::AuditRead);
        if !lacking.is_empty() {
            Some(lacking.join(", "))
        } else if !sees {
            Some("events of other resources".to_owned())
        } else if !shows {
            Some("parts of events that are hidden from it".to_owned())
        } else {
            None
        }
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
                is_for.then(|| key.reach())
            }
            Principal::Person(person) => self.reach_of(person, account),
            Principal::AccessToken(token) => {
                token.permissions.get(account).map(|given| Reach::of(given))
            }
            Principal::Viewer(token) => {
                let is_for = token.account == *account;
                is_for.then(|| self.viewer_reach(token)).flatten()
            }
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
