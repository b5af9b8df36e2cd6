//! Somebody whom a provider vouches for becomes a person, and what the rules of the provider say becomes memberships.

use std::{collections::BTreeMap, sync::Arc};

use api::ErrorCode;
use data_encoding::BASE32_NOPAD;
use serde_json::{Map, json};

use super::AdminError;
use crate::{
    audit::notice::Change,
    auth::{
        Principal,
        oidc::{Presented, Unfit, rules},
    },
    config::OidcProvider,
    control::{AccountId, Identity, Membership, Person, RoleId},
    http::Client,
    instance::Instance,
    randomness,
};

/// A sign-in whose provider has presented somebody.
#[derive(Clone, Debug)]
pub(crate) struct SignOn {
    pub(crate) provider: OidcProvider,
    /// All providers that are configured, this one included.
    pub(crate) all: Arc<Vec<OidcProvider>>,
    pub(crate) presented: Presented,
    pub(crate) client: Client,
}

/// Why nobody was signed in.
#[derive(Debug)]
pub(crate) enum SignOnError {
    /// The person is not let in; who it is, when that is known.
    Unfit(Unfit, Option<Arc<Person>>),
    /// Something is wrong here.
    Admin(AdminError),
}

impl From<AdminError> for SignOnError {
    fn from(error: AdminError) -> Self {
        Self::Admin(error)
    }
}

impl From<crate::control::ControlError> for SignOnError {
    fn from(error: crate::control::ControlError) -> Self {
        Self::Admin(AdminError::Control(error))
    }
}

impl Instance {
    /// The person whom the provider has presented, with the memberships that its rules give now.
    ///
    /// Everything that this changes is recorded in the account that it concerns.
    pub(crate) async fn sign_on(
        self: &Arc<Self>,
        sign_on: SignOn,
    ) -> Result<Arc<Person>, SignOnError> {
        let wanted = self.ruled(&sign_on);
        let identity = (
            sign_on.provider.id.clone(),
            sign_on.presented.subject.clone(),
        );
        let known = match self.control.people.with_identity(&identity) {
            Some(person) => person,
            None => match self.control.people.with_email(&sign_on.presented.email) {
                Some(person) => self.link(person, identity, &sign_on).await?,
                None => return self.make(identity, wanted, &sign_on).await,
            },
        };
        let person = self.follow(known, &wanted, &sign_on).await?;
        let now_ms = self.clock.now_ms();
        let mut memberships = person.memberships.values();
        // Operators have work to do without being a member anywhere.
        if person.operator || memberships.any(|membership| membership.lasts(now_ms)) {
            return Ok(person);
        }
        Err(no_account(Some(person)))
    }

    /// What the rules make of the person in the accounts that exist.
    fn ruled(&self, sign_on: &SignOn) -> BTreeMap<AccountId, RoleId> {
        let groups: Vec<&str> = sign_on
            .presented
            .groups
            .iter()
            .map(String::as_str)
            .collect();
        rules::wanted(&sign_on.provider.rules, &groups, |account, role| {
            self.control.accounts.get(account).is_some()
                && self.control.roles.get(account, role).is_some()
        })
    }

    /// Makes a person who was known before the one with this identity, when the operator trusts the provider with that.
    async fn link(
        &self,
        person: Arc<Person>,
        identity: Identity,
        sign_on: &SignOn,
    ) -> Result<Arc<Person>, SignOnError> {
        let presented = &sign_on.presented;
        // Whoever else can sign in as this person must be trusted with the address as well.
        let may_share = |id: &String| {
            let other = sign_on.all.iter().find(|other| other.id == *id);
            *id != sign_on.provider.id
                && other.is_none_or(|other| other.speaks_for(&presented.email))
        };
        let providers = self.control.people.providers_of(&person.id);
        let is_trusted = presented.is_verified && presented.is_own_domain;
        if !is_trusted || !providers.iter().all(may_share) {
            let detail =
                "another person has the e-mail address, and the provider may not speak for it";
            let unfit = Unfit::new(ErrorCode::EmailForeign, detail);
            return Err(SignOnError::Unfit(unfit, Some(person)));
        }
        let now_ms = self.clock.now_ms();
        self.control
            .people
            .identify(&person.id, identity, now_ms)
            .await?;
        for account in crate::auth::logs_of(&person) {
            let change = self.change("audit_log.identity_link", &person, &account, sign_on);
            self.audit.changed(change).await;
        }
        Ok(person)
    }

    /// Makes a new person, when some rule lets it into an account.
    async fn make(
        &self,
        identity: Identity,
        wanted: BTreeMap<AccountId, RoleId>,
        sign_on: &SignOn,
    ) -> Result<Arc<Person>, SignOnError> {
        if wanted.is_empty() {
            return Err(no_account(None));
        }
        let bytes: [u8; 10] = randomness::array(self.randomness.as_ref());
        let memberships = wanted.into_iter();
        let memberships = memberships.map(|(account, role)| (account, self.given(role, sign_on)));
        let person = Person {
            id: format!("usr_{}", BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()),
            email: sign_on.presented.email.clone(),
            name: sign_on.presented.name.clone(),
            operator: false,
            created_ms: self.clock.now_ms(),
            memberships: memberships.collect(),
            password: None,
        };
        let person = self
            .control
            .people
            .insert_with(person, Some(identity))
            .await?;
        for account in person.memberships.keys() {
            let change = self.change("audit_log.member_add", &person, account, sign_on);
            self.audit.changed(change).await;
        }
        Ok(person)
    }

    /// Adds, changes and ends the memberships that the rules of the provider have given.
    async fn follow(
        &self,
        person: Arc<Person>,
        wanted: &BTreeMap<AccountId, RoleId>,
        sign_on: &SignOn,
    ) -> Result<Arc<Person>, SignOnError> {
        let mut now = person;
        let still = self.control.people.still().await;
        let steps = rules::steps(&sign_on.provider.id, wanted, &now.memberships);
        for step in steps {
            let account = step.account().clone();
            let before = now.memberships.get(&account).cloned();
            let given = step.role().map(|role| {
                let since_ms = before
                    .as_ref()
                    .map_or(self.clock.now_ms(), |held| held.since_ms);
                Membership {
                    since_ms,
                    ..self.given(role.clone(), sign_on)
                }
            });
            let by = Principal::Person(Arc::clone(&now));
            if self
                .ensure_an_owner_stays(&account, &now, given.as_ref(), &by)
                .is_err()
            {
                self.last_owner_kept(&now, &account, sign_on).await;
                continue;
            }
            let changes = self.differences(&account, before.as_ref(), given.as_ref());
            let mut change = if let Some(given) = given {
                now = still.join(&now.id, &account, given, false).await?;
                let action = match before {
                    None => "audit_log.member_add",
                    Some(_) => "audit_log.member_update",
                };
                self.change(action, &now, &account, sign_on)
            } else {
                let goes = still.leave(&now.id, &account).await?;
                let mut left = Person::clone(&now);
                left.memberships.remove(&account);
                if goes {
                    self.control.sessions.forget(&now.id);
                }
                let change = self.change("audit_log.member_remove", &now, &account, sign_on);
                now = Arc::new(left);
                change
            };
            change.changes = changes;
            self.audit.changed(change).await;
        }
        Ok(now)
    }

    async fn last_owner_kept(&self, person: &Arc<Person>, account: &AccountId, sign_on: &SignOn) {
        tracing::warn!(
            person = person.id,
            account = account.as_str(),
            "the rules would leave the account without an owner"
        );
        let change = self.change("system.last_owner_kept", person, account, sign_on);
        self.audit.changed(change).await;
    }

    fn given(&self, role: RoleId, sign_on: &SignOn) -> Membership {
        Membership {
            source: Some(sign_on.provider.id.as_str().into()),
            ..Membership::new(role, self.clock.now_ms())
        }
    }

    fn change(
        &self,
        action: &'static str,
        person: &Arc<Person>,
        account: &AccountId,
        sign_on: &SignOn,
    ) -> Change {
        tracing::info!(
            person = person.id,
            account = account.as_str(),
            provider = sign_on.provider.id,
            action,
            "member changed"
        );
        let mut metadata = Map::new();
        metadata.insert("provider".to_owned(), json!(sign_on.provider.id));
        let membership = person.memberships.get(account);
        let role = membership.and_then(|held| self.control.roles.get(account, &held.role));
        if let Some(role) = role {
            metadata.insert("role_name".to_owned(), json!(role.name));
        }
        Change {
            account: account.clone(),
            principal: Principal::Person(Arc::clone(person)),
            client: sign_on.client.clone(),
            action,
            target_type: "member",
            target_id: person.id.clone(),
            target_name: person.name.clone(),
            changes: Vec::new(),
            metadata,
        }
    }
}

fn no_account(person: Option<Arc<Person>>) -> SignOnError {
    let detail = "no rule of the provider lets the person into an account";
    SignOnError::Unfit(Unfit::new(ErrorCode::NoAccount, detail), person)
}
