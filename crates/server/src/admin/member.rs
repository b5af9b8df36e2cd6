//! People: the first owner, members of accounts, and what is recorded about them.

use std::{collections::BTreeMap, sync::Arc};

use api::{
    admin::{AddedMember, NewAdminMember},
    member::MemberChange,
    session::NewOwner,
};
use data_encoding::BASE32_NOPAD;
use tokio::sync::OwnedMutexGuard;

use super::{AdminError, MembershipRequest, account::checked_name, checked_password, to_the_end};
use crate::{
    auth::{Password, Principal, Requester},
    control::{AccountId, Membership, Person, RoleId},
    http::Client,
    instance::Instance,
    limits::NAME_BYTES_MAX,
    randomness,
};

/// A request for the first owner whose members have been checked.
#[derive(Clone, Debug)]
pub struct OwnerRequest {
    name: String,
    email: String,
    password: Password,
}

impl TryFrom<NewOwner> for OwnerRequest {
    type Error = AdminError;

    fn try_from(new: NewOwner) -> Result<Self, AdminError> {
        Ok(Self {
            name: checked_name("owner/name", new.name)?,
            email: checked_email("owner/email", &new.email)?,
            password: checked_password("owner/password", new.password)?,
        })
    }
}

/// Who makes the first owner.
enum Maker {
    /// Somebody who may.
    Other(Requester),
    /// The person itself, from here; nobody else makes the first owner before this is done.
    Itself(Client, OwnedMutexGuard<()>),
}

/// A request to make a person a member whose members have been checked.
#[derive(Clone, Debug)]
pub struct MemberRequest {
    account: AccountId,
    name: String,
    email: String,
    password: Option<Password>,
    membership: MembershipRequest,
    operator: bool,
}

impl MemberRequest {
    /// Checks a request; `now_ms` decides whether the end of the membership lies in the future.
    pub fn new(new: NewAdminMember, now_ms: u64) -> Result<Self, AdminError> {
        let account = new.account.parse();
        let account =
            account.map_err(
                |error: crate::control::AccountIdInvalid| AdminError::Invalid {
                    member: "account",
                    message: error.to_string(),
                },
            )?;
        let password = new.password.map(|text| checked_password("password", text));
        Ok(Self {
            account,
            name: checked_name("name", new.name)?,
            email: checked_email("email", &new.email)?,
            password: password.transpose()?,
            membership: MembershipRequest::new(
                MemberChange {
                    role: new.role,
                    resources: new.resources.map(Some),
                    expires_at: new.expires_at.map(Some),
                },
                now_ms,
            )?,
            operator: new.operator,
        })
    }
}

pub(super) fn checked_email(member: &'static str, email: &str) -> Result<String, AdminError> {
    let email = email.trim();
    let parts = email.split_once('@');
    let is_one = parts.is_some_and(|(name, domain)| {
        !name.is_empty() && !domain.is_empty() && !domain.contains('@')
    });
    let is_clean = !email.chars().any(|c| c.is_control() || c.is_whitespace());
    if is_one && is_clean && email.len() <= NAME_BYTES_MAX {
        return Ok(email.to_owned());
    }
    let message = format!("expected an e-mail address of at most {NAME_BYTES_MAX} bytes");
    Err(AdminError::Invalid { member, message })
}

impl Instance {
    /// Whether nobody can sign in yet.
    pub fn needs_owner(&self) -> bool {
        self.control.people.is_empty()
    }

    /// Makes a person who owns all accounts that exist and may create more.
    pub async fn make_owner(
        self: &Arc<Self>,
        request: OwnerRequest,
        by: impl Into<Requester>,
    ) -> Result<Arc<Person>, AdminError> {
        self.make_owner_by(request, Maker::Other(by.into())).await
    }

    /// As [`Self::make_owner`], for whoever has the setup code and makes itself.
    pub(crate) async fn set_up(
        self: &Arc<Self>,
        request: OwnerRequest,
        client: Client,
        alone: OwnedMutexGuard<()>,
    ) -> Result<Arc<Person>, AdminError> {
        self.make_owner_by(request, Maker::Itself(client, alone))
            .await
    }

    async fn make_owner_by(
        self: &Arc<Self>,
        request: OwnerRequest,
        maker: Maker,
    ) -> Result<Arc<Person>, AdminError> {
        let instance = Arc::clone(self);
        to_the_end(async move {
            let membership = Membership::new(RoleId::OWNER, instance.clock.now_ms());
            let accounts = instance.accounts(None, usize::MAX);
            let memberships = accounts
                .iter()
                .map(|account| (account.id.clone(), membership.clone()))
                .collect();
            let named = (request.name, request.email);
            let person = instance
                .new_person(named, request.password, true, memberships)
                .await?;
            let by = match maker {
                Maker::Other(requester) => requester,
                Maker::Itself(client, _alone) => Requester {
                    principal: Principal::Person(Arc::clone(&person)),
                    client,
                },
            };
            let reserved = AccountId::reserved();
            instance
                .member_changed("audit_log.setup", &person, &reserved, Vec::new(), &by)
                .await;
            for account in person.memberships.keys() {
                instance
                    .member_changed("audit_log.member_add", &person, account, Vec::new(), &by)
                    .await;
            }
            Ok(person)
        })
        .await
    }

    /// Makes a person a member of an account; a person who is not known yet is made, with a password that is answered
    /// when none was given.
    pub async fn add_member(
        self: &Arc<Self>,
        request: MemberRequest,
        by: impl Into<Requester>,
    ) -> Result<AddedMember, AdminError> {
        let (instance, by) = (Arc::clone(self), by.into());
        to_the_end(async move {
            let account = instance.known_account(&request.account)?.id.clone();
            let known = instance.control.people.with_email(&request.email);
            let was_operator = known.as_ref().is_some_and(|person| person.operator);
            let before = known.and_then(|person| person.memberships.get(&account).cloned());
            let new = || Membership::new(RoleId::OWNER, instance.clock.now_ms());
            let membership = before.clone().unwrap_or_else(new);
            let membership = instance.wanted(&account, &request.membership, membership)?;
            let (person, made_up) = instance.join(request, membership.clone()).await?;
            let (action, changes) = match &before {
                None => ("audit_log.member_add", Vec::new()),
                Some(before) => (
                    "audit_log.member_update",
                    instance.differences(&account, Some(before), Some(&membership)),
                ),
            };
            instance
                .member_changed(action, &person, &account, changes, &by)
                .await;
            if person.operator && !was_operator {
                instance.operator_changed(&person, &by).await;
            }
            Ok(AddedMember {
                member: instance.described_member(&person, &account, &membership),
                password: made_up.map(|password| password.reveal().to_owned()),
            })
        })
        .await
    }

    /// Makes a person who is known a member, or a new person, whose password is answered when it was made up.
    async fn join(
        &self,
        request: MemberRequest,
        membership: Membership,
    ) -> Result<(Arc<Person>, Option<Password>), AdminError> {
        let people = &self.control.people;
        let Some(known) = people.with_email(&request.email) else {
            let made_up = Password::made_up(self.randomness.as_ref());
            let (password, told) = match request.password {
                Some(given) => (given, None),
                None => (made_up.clone(), Some(made_up)),
            };
            let named = (request.name, request.email);
            let memberships = BTreeMap::from([(request.account, membership)]);
            let person = self
                .new_person(named, password, request.operator, memberships)
                .await?;
            return Ok((person, told));
        };
        if request.password.is_some() {
            return Err(AdminError::Invalid {
                member: "password",
                message: "the person is known and keeps the password".to_owned(),
            });
        }
        let person = people
            .join(&known.id, &request.account, membership, request.operator)
            .await
            .map_err(AdminError::Control)?;
        Ok((person, None))
    }

    /// Makes a person who created an account its owner.
    pub(super) async fn own(
        &self,
        person: &Person,
        account: &AccountId,
        by: &Requester,
    ) -> Result<(), AdminError> {
        let membership = Membership::new(RoleId::OWNER, self.clock.now_ms());
        let people = &self.control.people;
        let person = people
            .join(&person.id, account, membership, false)
            .await
            .map_err(AdminError::Control)?;
        let forgotten = self.control.founders.forget(account).await;
        forgotten.map_err(AdminError::Control)?;
        self.member_changed("audit_log.member_add", &person, account, Vec::new(), by)
            .await;
        Ok(())
    }

    /// Gives accounts to those who were creating them when the process ended.
    pub(crate) async fn complete_founding(&self) -> Result<(), AdminError> {
        let left = self.control.founders.left().await;
        for (account, person) in left.map_err(AdminError::Control)? {
            let made = self.control.accounts.get(&account).is_some();
            if let Some(person) = self.control.people.get(&person).filter(|_| made) {
                let by = Requester::from(&Principal::Person(Arc::clone(&person)));
                self.own(&person, &account, &by).await?;
            } else {
                // The account was never made, or its founder has gone.
                let forgotten = self.control.founders.forget(&account).await;
                forgotten.map_err(AdminError::Control)?;
            }
        }
        Ok(())
    }

    async fn new_person(
        &self,
        (name, email): (String, String),
        password: Password,
        operator: bool,
        memberships: BTreeMap<AccountId, Membership>,
    ) -> Result<Arc<Person>, AdminError> {
        let bytes: [u8; 10] = randomness::array(self.randomness.as_ref());
        let password = self
            .hasher
            .hash(password, self.randomness.as_ref())
            .await
            .map_err(AdminError::Hash)?;
        let person = Person {
            id: format!("usr_{}", BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()),
            email,
            name,
            operator,
            created_ms: self.clock.now_ms(),
            memberships,
            password: Some(password),
        };
        self.control
            .people
            .insert(person)
            .await
            .map_err(AdminError::Control)
    }
}
