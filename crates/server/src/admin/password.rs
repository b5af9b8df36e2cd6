//! New passwords of people: by themselves, or by a link that somebody made for them.

use std::sync::Arc;

use api::sign_in::OneTimeLink;
use event::Timestamp;

use super::{AdminError, Told, session::oneself, to_the_end};
use crate::{
    auth::{Password, Requester},
    control::{Claim, ControlError, Link, LinkKind, LinkSecret, NewLink, Person, Session},
    http::Client,
    instance::Instance,
    limits::RESET_LINK_MS,
};

/// A password that may be set.
pub(crate) fn checked_password(member: &'static str, text: String) -> Result<Password, AdminError> {
    Password::new(text).map_err(|message| AdminError::Invalid { member, message })
}

impl Instance {
    /// The person who signs in with this address.
    pub fn person(&self, email: &str) -> Result<Arc<Person>, AdminError> {
        let known = self.control.people.with_email(email);
        known.ok_or(AdminError::Control(ControlError::NoSuchMember))
    }

    /// Replaces the password of a person, which has shown the one until now. The other sessions end.
    pub(crate) async fn change_password(
        self: &Arc<Self>,
        person: Arc<Person>,
        new: Password,
        kept: Arc<Session>,
        by: Requester,
    ) -> Result<(), AdminError> {
        let instance = Arc::clone(self);
        to_the_end(async move {
            let hashing = instance.hasher.hash(new, instance.randomness.as_ref());
            let hash = hashing.await.map_err(AdminError::Hash)?;
            let still = instance.control.people.still().await;
            let ended = instance
                .control
                .replace_password(&still, &person, hash, Some(&kept), None)
                .await
                .map_err(AdminError::Control)?;
            let told = Told::new("audit_log.password_change", &person, &by);
            instance.tell(told).await;
            if !ended.is_empty() {
                instance.sessions_ended(&person, ended.len(), &by).await;
            }
            Ok(())
        })
        .await
    }

    /// Makes a link with which a person chooses a new password; one that was made before ends.
    ///
    /// It works as long as `by` may let the person in again.
    pub async fn make_reset_link(
        self: &Arc<Self>,
        person: Arc<Person>,
        public_url: &str,
        by: impl Into<Requester>,
    ) -> Result<OneTimeLink, AdminError> {
        let (instance, by) = (Arc::clone(self), by.into());
        let public_url = public_url.to_owned();
        to_the_end(async move {
            Self::may_make_links(&by.principal)?;
            let _still = instance.control.people.still().await;
            let known = instance.control.people.get(&person.id);
            let person = known.ok_or(AdminError::Control(ControlError::NoSuchMember))?;
            instance.may_reset(&by.principal, &person)?;
            let secret = LinkSecret::mint(instance.randomness.as_ref());
            let now_ms = instance.clock.now_ms();
            let new = NewLink {
                kind: LinkKind::Reset,
                subject: &person.id,
                maker: by.principal.id(),
                secret: &secret,
                now_ms,
                expires_ms: now_ms.saturating_add(RESET_LINK_MS),
            };
            let expires_at = Timestamp::from_ms(new.expires_ms).to_string();
            let made = instance.control.links.make(new).await;
            made.map_err(AdminError::Control)?;
            let told = Told::new("audit_log.reset_link_create", &person, &by);
            instance
                .tell(told.with("expires_at", expires_at.clone()))
                .await;
            Ok(OneTimeLink {
                link: secret.link(LinkKind::Reset, &public_url),
                expires_at,
            })
        })
        .await
    }

    /// The person for whom a link to a new password is, and when it stops working.
    pub(crate) async fn person_of_reset(
        &self,
        code: &str,
    ) -> Result<(Claim, Arc<Person>, u64), AdminError> {
        let claim = self.claim(LinkKind::Reset, code)?;
        let found = self.control.links.find(&claim).await;
        let link = found.map_err(AdminError::Control)?;
        // The person may have gone since.
        let person = self.control.people.get(&link.subject);
        let person = person.ok_or(AdminError::Control(ControlError::LinkInvalid))?;
        self.still_lets_in(&link, &person)?;
        Ok((claim, person, link.expires_ms))
    }

    /// Sets a new password by a link, which works once: all sessions of the person end, the second factor stays.
    pub(crate) async fn reset_password(
        self: &Arc<Self>,
        claim: Claim,
        person: Arc<Person>,
        new: Password,
        client: Client,
    ) -> Result<(), AdminError> {
        let instance = Arc::clone(self);
        to_the_end(async move {
            let hashing = instance.hasher.hash(new, instance.randomness.as_ref());
            let hash = hashing.await.map_err(AdminError::Hash)?;
            let still = instance.control.people.still().await;
            let found = instance.control.links.find(&claim).await;
            let link = found.map_err(AdminError::Control)?;
            let known = instance.control.people.get(&person.id);
            let person = known.ok_or(AdminError::Control(ControlError::LinkInvalid))?;
            instance.still_lets_in(&link, &person)?;
            let done = instance
                .control
                .replace_password(&still, &person, hash, None, Some(&claim))
                .await;
            let ended = done.map_err(|error| match error {
                ControlError::NoSuchMember => AdminError::Control(ControlError::LinkInvalid),
                other => AdminError::Control(other),
            })?;
            let by = oneself(&person, &client);
            let told = Told::new("audit_log.password_reset", &person, &by);
            instance.tell(told).await;
            if !ended.is_empty() {
                instance.sessions_ended(&person, ended.len(), &by).await;
            }
            Ok(())
        })
        .await
    }

    /// Refuses a link whose maker may no longer let the person in: it does not outlive the power of its maker.
    fn still_lets_in(&self, link: &Link, person: &Person) -> Result<(), AdminError> {
        let by = self.maker(&link.maker);
        match by.map(|by| self.may_reset(&by, person)) {
            Some(Ok(())) => Ok(()),
            _ => Err(AdminError::Control(ControlError::LinkInvalid)),
        }
    }

    /// What somebody who sends this code claims; a code that no link ever had is refused like one that was used.
    pub(crate) fn claim(&self, kind: LinkKind, code: &str) -> Result<Claim, AdminError> {
        let secret = LinkSecret::parse(code);
        Ok(Claim {
            kind,
            secret: secret.ok_or(AdminError::Control(ControlError::LinkInvalid))?,
            now_ms: self.clock.now_ms(),
        })
    }
}
