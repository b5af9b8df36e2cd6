//! Who may give a role or a membership, and take it away: nobody more than he has himself.

use std::{collections::BTreeSet, sync::Arc};

use api::{BuiltInRole, Permission};

use super::{AdminError, bounds::Bounds};
use crate::{
    auth::{Principal, Reach},
    control::{Account, AccountId, Membership, Person, Role, RoleId, Standing},
    instance::Instance,
};

const OWNER: RoleId = RoleId::BuiltIn(BuiltInRole::Owner);

impl Membership {
    /// Whether it keeps an account in somebody's hands: an owner of everything, for good.
    pub(crate) fn is_lasting_owner(&self) -> bool {
        self.role == OWNER && self.resources.is_none() && self.expires_ms.is_none()
    }
}

impl Instance {
    /// Refuses when `by` may not give `given` in the place of `before`.
    ///
    /// Ask it where nobody else changes people: whoever asked may have lost what he had when the request came.
    pub(crate) fn may_give(
        &self,
        by: &Principal,
        account: &Arc<Account>,
        before: Option<&Membership>,
        given: &Membership,
    ) -> Result<(), AdminError> {
        self.owners_among_themselves(by, &account.id, given)?;
        let role = self.control.roles.get(&account.id, &given.role);
        let name = role.map_or_else(|| given.role.to_string(), |role| role.name.clone());
        // A role that is gone gives nothing.
        let reach = self.reach_given(account, given).unwrap_or_default();
        self.covered(by, &account.id, &reach, &name)?;
        let later = |a: Option<u64>, b: Option<u64>| match (a, b) {
            (None, Some(_)) => true,
            (Some(a), Some(b)) => a > b,
            (_, None) => false,
        };
        // More power for the same time is a gift for that time as well.
        let gives = before.is_none_or(|before| {
            let had = self.reach_given(account, before).unwrap_or_default();
            let rises = given.role == OWNER && before.role != OWNER;
            rises || later(given.expires_ms, before.expires_ms) || !had.covers(&reach)
        });
        // A membership holds everywhere.
        let given = Bounds {
            end_ms: given.expires_ms,
            networks: Vec::new(),
        };
        match self.bounds_of(by, Some(&account.id)).exceeded_by(&given) {
            Some(beyond) if gives => Err(AdminError::Above {
                detail: format!("{} cannot give this membership: {beyond}", by.described()),
            }),
            _ => Ok(()),
        }
    }

    /// Refuses when `by` may not change or end this membership.
    pub(crate) fn may_take(
        &self,
        by: &Principal,
        account: &Arc<Account>,
        held: &Membership,
    ) -> Result<(), AdminError> {
        self.owners_among_themselves(by, &account.id, held)?;
        let role = self.control.roles.get(&account.id, &held.role);
        let name = role.map_or_else(|| held.role.to_string(), |role| role.name.clone());
        let reach = self.reach_given(account, held).unwrap_or_default();
        self.covered(by, &account.id, &reach, &name)
    }

    /// Refuses when `by` may not make a role that reaches so far, or lay a hand on one that does.
    pub(crate) fn may_shape(
        &self,
        by: &Principal,
        account: &Arc<Account>,
        role: &Role,
    ) -> Result<(), AdminError> {
        self.may_shape_as(by, account, role, account.settings.viewers.as_ref())
    }

    /// As [`Self::may_shape`], when these were the roles that may view.
    pub(super) fn may_shape_as(
        &self,
        by: &Principal,
        account: &Account,
        role: &Role,
        viewers: Option<&BTreeSet<RoleId>>,
    ) -> Result<(), AdminError> {
        let reach = Reach::of_role(role, viewers);
        self.covered(by, &account.id, &reach, &role.name)
    }

    /// The member, when `by` may let it in again: who can set a password is as powerful as whoever it belongs to.
    ///
    /// So `by` may write members in every account of that person, and is outranked in none; the operators of the
    /// instance are let in by operators only.
    pub(crate) fn may_let_in(
        &self,
        by: &Principal,
        account: &AccountId,
        member: &str,
    ) -> Result<Arc<Person>, AdminError> {
        let (person, _) = self.known_member(account, member)?;
        self.outranked(by, &person)?;
        Ok(person)
    }

    /// Refuses when `by` may not make a link to a new password for the person.
    ///
    /// A person for whom a provider speaks gets one from the operator of the machine only: it would outlive what the
    /// provider says.
    pub(super) fn may_reset(&self, by: &Principal, person: &Person) -> Result<(), AdminError> {
        self.outranked(by, person)?;
        let providers = self.control.people.providers_of(&person.id);
        let speaks = self
            .providers
            .iter()
            .any(|provider| providers.contains(&provider.id) && provider.speaks_for(&person.email));
        if speaks && !matches!(by, Principal::Operator) {
            let detail = "the person signs in with a provider, which speaks for its address; \
                          only the operator of the machine gives it a password";
            return Err(AdminError::ProviderNeeded { detail });
        }
        Ok(())
    }

    /// Refuses who cannot be asked again later whether it may still give what a link promises.
    pub(super) fn may_make_links(by: &Principal) -> Result<(), AdminError> {
        match by {
            Principal::Person(_) | Principal::Key(_) | Principal::Operator => Ok(()),
            Principal::AccessToken(_) | Principal::Viewer(_) => Err(AdminError::Above {
                detail: format!(
                    "a link works as long as its maker has the power, and {} is not known here \
                     for longer than its token; a key or a person makes it",
                    by.described()
                ),
            }),
        }
    }

    /// Who has this id and can still act: people and keys that are gone have other ids.
    pub(super) fn maker(&self, id: &str) -> Option<Principal> {
        match (self.control.people.get(id), self.control.keys.get(id)) {
            (Some(person), _) => Some(Principal::Person(person)),
            (None, Some(key)) => {
                (key.standing(self.clock.now_ms()) == Standing::Good).then_some(Principal::Key(key))
            }
            _ => (id == Principal::Operator.id()).then_some(Principal::Operator),
        }
    }

    /// Refuses when `by` does not stand above the person wherever it is a member.
    fn outranked(&self, by: &Principal, person: &Person) -> Result<(), AdminError> {
        if matches!(by, Principal::Operator) {
            return Ok(());
        }
        if by.id() == person.id {
            // A session alone would take over for good who left a browser open.
            let detail = "this is for others; oneself is let in by what one has: \
                          /v1/session/password, /v1/session/second_factor and /v1/sessions"
                .to_owned();
            return Err(AdminError::Above { detail });
        }
        let by = self.as_of_now(by);
        let above = || AdminError::Above {
            detail: format!(
                "{} is outranked by the person, here or in another account",
                by.described()
            ),
        };
        let operates = matches!(&by, Principal::Person(by) if by.operator);
        if person.operator && !operates {
            return Err(above());
        }
        for (id, held) in &person.memberships {
            let account = self.known_account(id).map_err(|_| above())?;
            let reach = self.reach(&by, id).ok_or_else(above)?;
            if !reach.may(Permission::MembersWrite) {
                return Err(above());
            }
            self.may_take(&by, &account, held).map_err(|_| above())?;
        }
        Ok(())
    }

    fn owners_among_themselves(
        &self,
        by: &Principal,
        account: &AccountId,
        membership: &Membership,
    ) -> Result<(), AdminError> {
        let is_owner = || {
            self.membership_of(by, account)
                .is_some_and(|own| own.role == OWNER)
        };
        if membership.role != OWNER || matches!(by, Principal::Operator) || is_owner() {
            return Ok(());
        }
        let detail = format!(
            "owners are changed by owners only, and {} is none",
            by.described()
        );
        Err(AdminError::Above { detail })
    }

    fn covered(
        &self,
        by: &Principal,
        account: &AccountId,
        reach: &Reach,
        role: &str,
    ) -> Result<(), AdminError> {
        let own = self.reach(&self.as_of_now(by), account).unwrap_or_default();
        match own.beyond(reach) {
            None => Ok(()),
            Some(beyond) => Err(AdminError::Above {
                detail: format!("{role} reaches further than {}: {beyond}", by.described()),
            }),
        }
    }

    /// The membership that a person has now.
    pub(super) fn membership_of(&self, by: &Principal, account: &AccountId) -> Option<Membership> {
        match self.as_of_now(by) {
            Principal::Person(person) => person.membership(account, self.clock.now_ms()).cloned(),
            Principal::Key(_)
            | Principal::AccessToken(_)
            | Principal::Viewer(_)
            | Principal::Operator => None,
        }
    }

    /// The same principal with what it is now; a person who is gone is what it was, without memberships.
    fn as_of_now(&self, by: &Principal) -> Principal {
        let Principal::Person(person) = by else {
            return by.clone();
        };
        let now = self.control.people.get(&person.id).unwrap_or_else(|| {
            let mut gone = (**person).clone();
            gone.memberships.clear();
            gone.operator = false;
            Arc::new(gone)
        });
        Principal::Person(now)
    }
}
