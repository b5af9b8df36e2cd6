//! What members are: changed and ended by those who may, and what is recorded about it.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use api::member::{MemberChange, MemberResource};
use event::Timestamp;
use serde_json::{Map, Value, json};

use super::{AdminError, settings::members_that_differ, to_the_end};
use crate::{
    audit::notice::Change,
    auth::{Principal, Requester},
    control::{AccountId, ControlError, Membership, Person},
    instance::Instance,
    limits::{MEMBER_RESOURCES_BYTES_MAX, MEMBER_RESOURCES_MAX, NAME_BYTES_MAX},
};

/// What a membership shall be, with members that have been checked; what is absent stays.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::option_option,
    reason = "what stays, what is given up and what is chosen are three things"
)]
pub struct MembershipRequest {
    /// As it was sent: whether there is such a role is for the account to say.
    role: Option<String>,
    resources: Option<Option<BTreeSet<MemberResource>>>,
    expires_ms: Option<Option<u64>>,
}

impl MembershipRequest {
    /// Checks a request; `now_ms` decides whether its end lies in the future.
    pub fn new(change: MemberChange, now_ms: u64) -> Result<Self, AdminError> {
        let resources = change.resources.map(|list| list.map(checked_resources));
        let expires = change
            .expires_at
            .map(|text| text.map(|text| checked_end(&text, now_ms)));
        Ok(Self {
            role: change.role,
            resources: resources.map(Option::transpose).transpose()?,
            expires_ms: expires.map(Option::transpose).transpose()?,
        })
    }
}

/// The resources of a membership, each once; an empty list would be nothing, which is what a role is for.
pub(crate) fn checked_resources(
    list: Vec<MemberResource>,
) -> Result<BTreeSet<MemberResource>, AdminError> {
    let unusable = |pointer: String, message: String| AdminError::Unusable { pointer, message };
    if !(1..=MEMBER_RESOURCES_MAX).contains(&list.len()) {
        let message = format!("expected 1 to {MEMBER_RESOURCES_MAX} resources, or null for all");
        return Err(unusable("/resources".to_owned(), message));
    }
    for (n, resource) in list.iter().enumerate() {
        if !event::is_type(&resource.kind) {
            let message =
                "expected a letter, then at most 63 letters, digits, `_`, `.` and `-`".to_owned();
            return Err(unusable(format!("/resources/{n}/type"), message));
        }
        let is_clean = !resource.id.chars().any(char::is_control);
        if resource.id.is_empty() || resource.id.len() > NAME_BYTES_MAX || !is_clean {
            let message =
                format!("expected 1 to {NAME_BYTES_MAX} bytes without control characters");
            return Err(unusable(format!("/resources/{n}/id"), message));
        }
    }
    if json!(list).to_string().len() > MEMBER_RESOURCES_BYTES_MAX {
        let message = format!("expected at most {MEMBER_RESOURCES_BYTES_MAX} bytes as JSON");
        return Err(unusable("/resources".to_owned(), message));
    }
    Ok(BTreeSet::from_iter(list))
}

/// When a membership ends, in milliseconds since 1970 UTC.
pub(crate) fn checked_end(text: &str, now_ms: u64) -> Result<u64, AdminError> {
    let invalid = |message: &str| AdminError::Unusable {
        pointer: "/expires_at".to_owned(),
        message: message.to_owned(),
    };
    let at = Timestamp::parse(text).map_err(|_| invalid("expected a time as in RFC 3339"))?;
    if at.ms() <= now_ms {
        return Err(invalid("expected a time in the future"));
    }
    Ok(at.ms())
}

impl Instance {
    /// Changes what a member is; what stays as it is leaves no trace.
    pub async fn change_member(
        self: &Arc<Self>,
        account: &AccountId,
        person: &str,
        request: MembershipRequest,
        by: impl Into<Requester>,
    ) -> Result<api::member::Member, AdminError> {
        let (instance, id, by) = (Arc::clone(self), account.clone(), by.into());
        let person = person.to_owned();
        to_the_end(async move {
            let still = instance.control.people.still().await;
            let account = instance.known_account(&id)?;
            let (person, before) = instance.known_member(&id, &person)?;
            let after = instance.wanted(&id, &request, before.clone())?;
            instance.may_take(&by.principal, &account, &before)?;
            instance.may_give(&by.principal, &account, Some(&before), &after)?;
            instance.ensure_an_owner_stays(&id, &person, Some(&after), &by.principal)?;
            let changes = instance.differences(&id, Some(&before), Some(&after));
            if changes.is_empty() {
                return Ok(instance.described_member(&person, &id, &before));
            }
            let joined = still.join(&person.id, &id, after.clone(), false).await;
            let person = joined.map_err(AdminError::Control)?;
            instance
                .member_changed("audit_log.member_update", &person, &id, changes, &by)
                .await;
            Ok(instance.described_member(&person, &id, &after))
        })
        .await
    }

    /// Ends a membership, one's own or that of another; a person without any other one can no longer sign in.
    pub async fn remove_member(
        self: &Arc<Self>,
        account: &AccountId,
        person: &str,
        by: impl Into<Requester>,
    ) -> Result<(), AdminError> {
        let (instance, id, by) = (Arc::clone(self), account.clone(), by.into());
        let person = person.to_owned();
        to_the_end(async move {
            let still = instance.control.people.still().await;
            let account = instance.known_account(&id)?;
            let (person, before) = instance.known_member(&id, &person)?;
            if by.principal.id() != person.id {
                instance.may_take(&by.principal, &account, &before)?;
            }
            instance.ensure_an_owner_stays(&id, &person, None, &by.principal)?;
            let left = still.leave(&person.id, &id).await;
            if left.map_err(AdminError::Control)? {
                instance.control.sessions.forget(&person.id);
                instance.control.second_factors.forget(&person.id);
            }
            let changes = instance.differences(&id, Some(&before), None);
            instance
                .member_changed("audit_log.member_remove", &person, &id, changes, &by)
                .await;
            Ok(())
        })
        .await
    }

    /// The id of the person with this address, when it is a member of the account.
    pub fn member_with_email(&self, account: &AccountId, email: &str) -> Option<String> {
        let person = self.control.people.with_email(email)?;
        let is_member = person.memberships.contains_key(account);
        is_member.then(|| person.id.clone())
    }

    /// The members of `account`, or of all with `None`, in the order of accounts, then of addresses.
    pub fn members(&self, account: Option<&AccountId>) -> Vec<api::member::Member> {
        let mut members: Vec<api::member::Member> = Vec::new();
        let seen = self.control.sessions.last_used_ms();
        for person in self.control.people.all() {
            for (id, membership) in &person.memberships {
                if account.is_none_or(|account| account == id) {
                    members.push(self.member(&person, id, membership, &seen));
                }
            }
        }
        members.sort_by(|a, b| (&a.account, &a.email).cmp(&(&b.account, &b.email)));
        members
    }

    /// The membership that a request makes of `before`.
    pub(super) fn wanted(
        &self,
        account: &AccountId,
        request: &MembershipRequest,
        before: Membership,
    ) -> Result<Membership, AdminError> {
        let mut after = before;
        // Somebody decides from now on, not the rules of a provider.
        after.source = None;
        if let Some(role) = &request.role {
            after.role = self.role_named(account, "role", role)?.id.clone();
        }
        if let Some(resources) = &request.resources {
            after.resources.clone_from(resources);
        }
        if let Some(expires_ms) = request.expires_ms {
            after.expires_ms = expires_ms;
        }
        Ok(after)
    }

    pub(super) fn known_member(
        &self,
        account: &AccountId,
        id: &str,
    ) -> Result<(Arc<Person>, Membership), AdminError> {
        let nobody = || AdminError::Control(ControlError::NoSuchMember);
        let person = self.control.people.get(id).ok_or_else(nobody)?;
        let membership = person.memberships.get(account).cloned();
        Ok((person, membership.ok_or_else(nobody)?))
    }

    /// Refuses what would leave the account without an owner; the operator of the machine can always add one.
    pub(super) fn ensure_an_owner_stays(
        &self,
        account: &AccountId,
        person: &Person,
        after: Option<&Membership>,
        by: &Principal,
    ) -> Result<(), AdminError> {
        let lasting = |person: &Person| {
            person
                .memberships
                .get(account)
                .is_some_and(Membership::is_lasting_owner)
        };
        let stays = after.is_some_and(Membership::is_lasting_owner);
        if matches!(by, Principal::Operator) || !lasting(person) || stays {
            return Ok(());
        }
        let others = self.control.people.all();
        if others
            .iter()
            .any(|other| other.id != person.id && lasting(other))
        {
            return Ok(());
        }
        Err(AdminError::LastOwner)
    }

    /// What differs between two memberships, as the changes of an event.
    pub(super) fn differences(
        &self,
        account: &AccountId,
        before: Option<&Membership>,
        after: Option<&Membership>,
    ) -> Vec<Value> {
        let told = |membership: Option<&Membership>| {
            membership.map_or_else(|| json!({}), |it| self.told(account, it))
        };
        members_that_differ(&told(before), &told(after))
    }

    fn told(&self, account: &AccountId, membership: &Membership) -> Value {
        let role = self.control.roles.get(account, &membership.role);
        let role = role.map_or_else(|| membership.role.to_string(), |role| role.name.clone());
        let mut told = Map::new();
        told.insert("role".to_owned(), json!(role));
        if let Some(resources) = &membership.resources {
            let texts = resources.iter().map(|it| format!("{}:{}", it.kind, it.id));
            told.insert("resources".to_owned(), texts.collect());
        }
        if let Some(expires_ms) = membership.expires_ms {
            let end = Timestamp::from_ms(expires_ms).to_string();
            told.insert("expires_at".to_owned(), json!(end));
        }
        Value::Object(told)
    }

    pub(super) async fn member_changed(
        &self,
        action: &'static str,
        person: &Person,
        account: &AccountId,
        changes: Vec<Value>,
        by: &Requester,
    ) {
        tracing::info!(
            person = person.id,
            account = account.as_str(),
            by = by.principal.id(),
            action,
            "member changed"
        );
        let mut metadata = Map::new();
        let role = person
            .memberships
            .get(account)
            .map(|membership| &membership.role);
        if let Some(role) = role.and_then(|role| self.control.roles.get(account, role)) {
            metadata.insert("role_name".to_owned(), json!(role.name));
        }
        // Whoever reads the log must see that somebody who runs the instance came in.
        if person.operator {
            metadata.insert("operator".to_owned(), json!(true));
        }
        self.audit
            .changed(Change {
                account: account.clone(),
                principal: by.principal.clone(),
                client: by.client.clone(),
                action,
                target_type: "member",
                target_id: person.id.clone(),
                target_name: person.name.clone(),
                changes,
                metadata,
            })
            .await;
    }

    /// A membership as the API answers it.
    pub(crate) fn described_member(
        &self,
        person: &Person,
        account: &AccountId,
        membership: &Membership,
    ) -> api::member::Member {
        let seen = self.control.sessions.last_used_ms();
        self.member(person, account, membership, &seen)
    }

    fn member(
        &self,
        person: &Person,
        account: &AccountId,
        membership: &Membership,
        seen: &HashMap<String, u64>,
    ) -> api::member::Member {
        let time = |ms: u64| Timestamp::from_ms(ms).to_string();
        let role = self.control.roles.get(account, &membership.role);
        let resources = membership.resources.as_ref();
        api::member::Member {
            id: person.id.clone(),
            account: account.to_string(),
            name: person.name.clone(),
            email: person.email.clone(),
            role: membership.role.to_string(),
            role_name: role.map_or_else(|| membership.role.to_string(), |role| role.name.clone()),
            resources: resources.map(|set| set.iter().cloned().collect()),
            operator: person.operator,
            created_at: time(membership.since_ms),
            expires_at: membership.expires_ms.map(time),
            last_seen_at: seen.get(&person.id).copied().map(time),
            has_password: person.password.is_some(),
            second_factor: self.control.second_factors.since_ms(&person.id).is_some(),
        }
    }
}
