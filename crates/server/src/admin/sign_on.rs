//! Somebody whom a provider vouches for becomes a person, and what the rules of the provider say becomes memberships.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use api::ErrorCode;
use data_encoding::BASE32_NOPAD;
use serde_json::{Map, json};

use super::{AdminError, Told, session::oneself};
use crate::{
    audit::notice::Change,
    auth::{
        Principal, logs_of,
        oidc::{Presented, Unfit, rules},
    },
    config::OidcProvider,
    control::{AccountId, Ended, Identity, Membership, Person, RoleId},
    http::Client,
    instance::Instance,
    randomness,
};

/// A sign-in whose provider has presented somebody.
#[derive(Clone, Debug)]
pub(crate) struct SignOn {
    pub(crate) provider: OidcProvider,
    pub(crate) presented: Presented,
    pub(crate) client: Client,
}

/// A person who has signed in here before, or was known otherwise.
struct Known {
    person: Arc<Person>,
    /// The accounts of which it was a member, when it is linked only now.
    before: Option<BTreeSet<AccountId>>,
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
            Some(person) => Known {
                person,
                before: None,
            },
            None => match self.link(identity.clone(), &sign_on).await? {
                Some(person) => Known {
                    before: Some(person.memberships.keys().cloned().collect()),
                    person,
                },
                None => return self.make(identity, wanted, &sign_on).await,
            },
        };
        let person = self.follow(known.person, &wanted, &sign_on).await?;
        if let Some(before) = known.before {
            // Whoever let the person in by a rule learns that it was known here.
            let added = person.memberships.keys();
            for account in added.filter(|account| !before.contains(*account)) {
                let change = self.change("audit_log.identity_link", &person, account, &sign_on);
                self.audit.changed(change).await;
            }
        }
        let now_ms = self.clock.now_ms();
        let mut memberships = person.memberships.values();
        // Operators have work to do without being a member anywhere, and so have people who are invited.
        let is_in = person.operator || memberships.any(|membership| membership.lasts(now_ms));
        let is_gone = self.control.people.get(&person.id).is_none();
        if !is_gone && (is_in || self.is_invited(&person.email).await?) {
            return Ok(person);
        }
        Err(no_account(Some(person)))
    }

    /// Whether somebody with this address is invited, and comes to accept.
    async fn is_invited(&self, email: &str) -> Result<bool, SignOnError> {
        let invitations = &self.control.invitations;
        Ok(invitations.invites(email, self.clock.now_ms()).await?)
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

    /// Makes the person who has the address already the one with this identity, when the operator trusts the provider
    /// with that; `None` when nobody has the address.
    ///
    /// Unless such a provider has vouched for the person before, nobody has proved that the address is his: whoever was
    /// invited with it may have chosen the password. So all other ways in end.
    async fn link(
        &self,
        identity: Identity,
        sign_on: &SignOn,
    ) -> Result<Option<Arc<Person>>, SignOnError> {
        let (presented, people) = (&sign_on.presented, &self.control.people);
        let still = people.still().await;
        // Of two sign-ins at once, the other one has linked it.
        if let Some(person) = people.with_identity(&identity) {
            return Ok(Some(person));
        }
        let Some(person) = people.with_email(&presented.email) else {
            return Ok(None);
        };
        // Whoever else can sign in as this person must be trusted with the address as well.
        let other = |id: &String| self.providers.iter().find(|other| other.id == *id);
        let speaks = |other: &OidcProvider| other.speaks_for(&presented.email);
        let providers = people.providers_of(&person.id);
        let may_share = |id: &String| *id != sign_on.provider.id && other(id).is_none_or(speaks);
        let is_trusted = presented.is_verified && presented.is_own_domain;
        if !is_trusted || !providers.iter().all(may_share) {
            let detail =
                "another person has the e-mail address, and the provider may not speak for it";
            let unfit = Unfit::new(ErrorCode::EmailForeign, detail);
            return Err(SignOnError::Unfit(unfit, Some(person)));
        }
        let (control, now_ms) = (&self.control, self.clock.now_ms());
        let mut linked = Arc::clone(&person);
        let mut ended = None;
        if providers.iter().any(|id| other(id).is_some_and(speaks)) {
            let id = &person.id;
            control.identify_too(&still, id, identity, now_ms).await?;
        } else {
            let done = control.identify(&still, &person, identity, now_ms).await?;
            linked = done.0;
            ended = Some(done.1);
        }
        drop(still);
        for account in logs_of(&person) {
            let change = self.change("audit_log.identity_link", &person, &account, sign_on);
            self.audit.changed(change).await;
        }
        if let Some(ended) = ended {
            self.other_ways_ended(&linked, &ended, sign_on).await;
        }
        Ok(Some(linked))
    }

    /// Tells that a person is let in by its provider only.
    async fn other_ways_ended(&self, person: &Arc<Person>, ended: &Ended, sign_on: &SignOn) {
        let by = oneself(person, &sign_on.client);
        let provider = sign_on.provider.id.as_str();
        if ended.second_factor {
            let told = Told::new("audit_log.second_factor_off", person, &by);
            self.tell(told.with("provider", provider)).await;
        }
        if !ended.sessions.is_empty() {
            self.sessions_ended(person, ended.sessions.len(), &by).await;
        }
    }

    /// Makes a new person, when some rule lets it into an account, or when it is invited under an address that this
    /// provider speaks for.
    async fn make(
        &self,
        identity: Identity,
        wanted: BTreeMap<AccountId, RoleId>,
        sign_on: &SignOn,
    ) -> Result<Arc<Person>, SignOnError> {
        let presented = &sign_on.presented;
        if wanted.is_empty()
            && !(presented.is_own_domain && self.is_invited(&presented.email).await?)
        {
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
        let still = self.control.people.still().await;
        // Somebody may have changed or removed it since it was looked up.
        let now = self.control.people.get(&person.id);
        let mut now = now.ok_or_else(|| no_account(Some(person)))?;
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
