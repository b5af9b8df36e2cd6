//! Invitations: made, listed, taken back and accepted, and what is recorded about it.

use std::sync::Arc;

use api::invitation::{CreatedInvitation, InvitationRead, Inviter, Named, NewInvitation};
use data_encoding::BASE32_NOPAD;
use event::Timestamp;
use serde_json::{Map, json};

use super::{
    AdminError,
    account::checked_name,
    checked_password,
    member::checked_email,
    membership::{checked_end, checked_resources},
    session::oneself,
    to_the_end,
};
use crate::{
    audit::notice::Change,
    auth::{Password, Requester},
    control::{
        AccountId, Claim, ControlError, Invitation, Joining, LinkKind, LinkSecret, Membership,
        NewLink, Person,
    },
    http::Client,
    instance::Instance,
    limits::INVITATION_MS,
    randomness,
};

/// Who follows the link of an invitation.
#[derive(Clone, Debug)]
pub(crate) enum Invited {
    /// Whoever is signed in.
    SignedIn(Arc<Person>),
    /// Somebody new.
    New(NewPerson),
    /// Nobody is signed in, and nothing was said about somebody new.
    Nobody,
}

/// Somebody new, with members that have been checked.
#[derive(Clone, Debug)]
pub(crate) struct NewPerson {
    name: String,
    password: Password,
}

impl NewPerson {
    pub(crate) fn new(name: Option<String>, password: Option<String>) -> Result<Self, AdminError> {
        let password = password.unwrap_or_default();
        Ok(Self {
            name: checked_name("name", name.unwrap_or_default())?,
            password: checked_password("password", password)?,
        })
    }
}

impl Instance {
    /// Invites somebody; an earlier invitation for the same address ends.
    pub(crate) async fn invite(
        self: &Arc<Self>,
        account: &AccountId,
        new: NewInvitation,
        public_url: String,
        by: Requester,
    ) -> Result<CreatedInvitation, AdminError> {
        let now_ms = self.clock.now_ms();
        let email = checked_email("email", &new.email)?;
        let ends = new.membership_expires_at.as_deref();
        let ends_ms = ends.map(|text| checked_end(text, now_ms)).transpose()?;
        let resources = new.resources.map(checked_resources).transpose()?;
        let (instance, id, role) = (Arc::clone(self), account.clone(), new.role);
        to_the_end(async move {
            let _still = instance.control.people.still().await;
            let account = instance.known_account(&id)?;
            let membership = Membership {
                resources,
                expires_ms: ends_ms,
                ..Membership::new(instance.role_named(&id, "role", &role)?.id.clone(), now_ms)
            };
            Self::may_make_links(&by.principal)?;
            instance.may_give(&by.principal, &account, None, &membership)?;
            if instance.member_with_email(&id, &email).is_some() {
                return Err(AdminError::Control(ControlError::MemberExists));
            }
            let secret = LinkSecret::mint(instance.randomness.as_ref());
            let bytes: [u8; 10] = randomness::array(instance.randomness.as_ref());
            let invitation = Invitation {
                id: format!("inv_{}", BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()),
                account: id,
                email,
                membership,
                inviter: (by.principal.id().into(), by.principal.name().into()),
                expires_ms: now_ms.saturating_add(INVITATION_MS),
            };
            let link = NewLink {
                kind: LinkKind::Invitation,
                subject: &invitation.id,
                maker: &invitation.inviter.0,
                secret: &secret,
                now_ms,
                expires_ms: invitation.expires_ms,
            };
            let stored = instance.control.invitations.put(&invitation, link).await;
            stored.map_err(AdminError::Control)?;
            instance
                .invitation_changed("audit_log.invitation_create", &invitation, &by)
                .await;
            Ok(CreatedInvitation {
                invitation: instance.described_invitation(&invitation),
                link: secret.link(LinkKind::Invitation, &public_url),
            })
        })
        .await
    }

    /// The invitations of an account that can still be accepted.
    pub(crate) async fn invitations(
        &self,
        account: &AccountId,
    ) -> Result<Vec<api::invitation::Invitation>, AdminError> {
        let now_ms = self.clock.now_ms();
        let found = self.control.invitations.of(account, now_ms).await;
        let found = found.map_err(AdminError::Control)?;
        Ok(found
            .iter()
            .map(|invitation| self.described_invitation(invitation))
            .collect())
    }

    /// Takes an invitation back; who could not have given it cannot take it either.
    pub(crate) async fn revoke_invitation(
        self: &Arc<Self>,
        account: &AccountId,
        invitation: &str,
        by: Requester,
    ) -> Result<(), AdminError> {
        let (instance, id, wanted) = (Arc::clone(self), account.clone(), invitation.to_owned());
        to_the_end(async move {
            let account = instance.known_account(&id)?;
            let invitations = &instance.control.invitations;
            let found = invitations.get(&wanted).await;
            let found = found.map_err(AdminError::Control)?;
            let missing = || AdminError::Control(ControlError::NoSuchInvitation);
            let invitation = found.filter(|it| it.account == id).ok_or_else(missing)?;
            instance.may_take(&by.principal, &account, &invitation.membership)?;
            let removed = invitations.remove(&invitation.id).await;
            if !removed.map_err(AdminError::Control)? {
                return Err(missing());
            }
            instance
                .invitation_changed("audit_log.invitation_revoke", &invitation, &by)
                .await;
            Ok(())
        })
        .await
    }

    /// What the link of an invitation says; it stays as it is.
    pub(crate) async fn read_invitation(&self, code: &str) -> Result<InvitationRead, AdminError> {
        let claim = self.claim(LinkKind::Invitation, code)?;
        let invitation = self.invitation_of(&claim).await?;
        let account = self.known_account(&invitation.account)?;
        let role = &invitation.membership.role;
        let name = self.control.roles.get(&account.id, role);
        Ok(InvitationRead {
            account: Named {
                id: account.id.to_string(),
                name: account.settings.name.clone(),
            },
            role: Named {
                id: role.to_string(),
                name: name.map_or_else(|| role.to_string(), |role| role.name.clone()),
            },
            invited_by: invitation.inviter.1,
            expires_at: Timestamp::from_ms(invitation.expires_ms).to_string(),
            known: self.control.people.with_email(&invitation.email).is_some()
                || self.is_spoken_for(&invitation.email),
            email: invitation.email,
        })
    }

    /// Makes whoever follows the link a member: a person who is known, signed in as the address, or somebody new.
    pub(crate) async fn accept_invitation(
        self: &Arc<Self>,
        code: &str,
        invited: Invited,
        client: Client,
    ) -> Result<Arc<Person>, AdminError> {
        let claim = self.claim(LinkKind::Invitation, code)?;
        let instance = Arc::clone(self);
        to_the_end(async move {
            let invitation = instance.invitation_of(&claim).await?;
            let joining = instance.joining(&invitation, invited).await?;
            let still = instance.control.people.still().await;
            instance.still_given(&invitation)?;
            if let Joining::Known(person) = &joining
                && let Some(person) = instance.control.people.get(person)
                && person.memberships.contains_key(&invitation.account)
            {
                return Err(AdminError::Control(ControlError::MemberExists));
            }
            let membership = Membership {
                since_ms: instance.clock.now_ms(),
                ..invitation.membership.clone()
            };
            let person = instance
                .control
                .accept_invitation(&still, &claim, &invitation, membership, joining)
                .await
                .map_err(|error| match error {
                    // Somebody else became known by this address meanwhile.
                    ControlError::EmailTaken => AdminError::SignInFirst,
                    other => AdminError::Control(other),
                })?;
            let by = oneself(&person, &client);
            instance
                .invitation_changed("audit_log.invitation_accept", &invitation, &by)
                .await;
            let changes =
                instance.differences(&invitation.account, None, Some(&invitation.membership));
            instance
                .member_changed(
                    "audit_log.member_add",
                    &person,
                    &invitation.account,
                    changes,
                    &by,
                )
                .await;
            Ok(person)
        })
        .await
    }

    async fn invitation_of(&self, claim: &Claim) -> Result<Invitation, AdminError> {
        let found = self.control.links.find(claim).await;
        let link = found.map_err(AdminError::Control)?;
        let invitation = self.control.invitations.get(&link.subject).await;
        let invitation = invitation.map_err(AdminError::Control)?;
        invitation.ok_or(AdminError::Control(ControlError::LinkInvalid))
    }

    /// Who becomes a member; the password of somebody new is hashed here, before anything is held.
    async fn joining(
        &self,
        invitation: &Invitation,
        invited: Invited,
    ) -> Result<Joining, AdminError> {
        if let Some(known) = self.control.people.with_email(&invitation.email) {
            return match invited {
                Invited::SignedIn(person) if person.id == known.id => {
                    Ok(Joining::Known(known.id.clone()))
                }
                _ => Err(AdminError::SignInFirst),
            };
        }
        // Nobody else has proved that the address is his: its owner would find somebody sitting there.
        if self.is_spoken_for(&invitation.email) {
            let detail = "a provider speaks for the address of the invitation; \
                          sign in with it first, then open the link again";
            return Err(AdminError::ProviderNeeded { detail });
        }
        let Invited::New(new) = invited else {
            // Says what is missing.
            return NewPerson::new(None, None).and(Err(AdminError::SignInFirst));
        };
        let hashing = self.hasher.hash(new.password, self.randomness.as_ref());
        let bytes: [u8; 10] = randomness::array(self.randomness.as_ref());
        Ok(Joining::New(Box::new(Person {
            id: format!("usr_{}", BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()),
            email: invitation.email.clone(),
            name: new.name,
            operator: false,
            created_ms: self.clock.now_ms(),
            memberships: std::collections::BTreeMap::new(),
            password: Some(hashing.await.map_err(AdminError::Hash)?),
        })))
    }

    /// Whether the people of this address sign in with a provider.
    fn is_spoken_for(&self, email: &str) -> bool {
        let mut providers = self.providers.iter();
        providers.any(|provider| provider.speaks_for(email))
    }

    /// Refuses what whoever invited could no longer give: a link does not outlive the power of its maker.
    fn still_given(&self, invitation: &Invitation) -> Result<(), AdminError> {
        let invalid = || AdminError::Control(ControlError::LinkInvalid);
        let account = self.known_account(&invitation.account)?;
        let by = self.maker(&invitation.inviter.0).ok_or_else(invalid)?;
        let role = &invitation.membership.role;
        let exists = self.control.roles.get(&account.id, role).is_some();
        let may = self
            .reach(&by, &account.id)
            .is_some_and(|reach| reach.may(api::Permission::MembersWrite));
        let given = self.may_give(&by, &account, None, &invitation.membership);
        let lasts = invitation.membership.lasts(self.clock.now_ms());
        if exists && may && lasts && given.is_ok() {
            Ok(())
        } else {
            Err(invalid())
        }
    }

    fn described_invitation(&self, invitation: &Invitation) -> api::invitation::Invitation {
        let time = |ms: u64| Timestamp::from_ms(ms).to_string();
        let membership = &invitation.membership;
        let role = self
            .control
            .roles
            .get(&invitation.account, &membership.role);
        let resources = membership.resources.as_ref();
        api::invitation::Invitation {
            id: invitation.id.clone(),
            email: invitation.email.clone(),
            role: membership.role.to_string(),
            role_name: role.map_or_else(String::new, |role| role.name.clone()),
            resources: resources.map(|set| set.iter().cloned().collect()),
            invited_by: Inviter {
                id: invitation.inviter.0.clone(),
                name: invitation.inviter.1.clone(),
            },
            created_at: time(membership.since_ms),
            expires_at: time(invitation.expires_ms),
            membership_expires_at: membership.expires_ms.map(time),
        }
    }

    async fn invitation_changed(
        &self,
        action: &'static str,
        invitation: &Invitation,
        by: &Requester,
    ) {
        let membership = &invitation.membership;
        let mut metadata = Map::new();
        let role = self
            .control
            .roles
            .get(&invitation.account, &membership.role);
        if let Some(role) = role {
            metadata.insert("role_name".to_owned(), json!(role.name));
        }
        metadata.insert("invited_by".to_owned(), json!(invitation.inviter.1));
        let expires_at = Timestamp::from_ms(invitation.expires_ms).to_string();
        metadata.insert("expires_at".to_owned(), json!(expires_at));
        self.audit
            .changed(Change {
                account: invitation.account.clone(),
                principal: by.principal.clone(),
                client: by.client.clone(),
                action,
                target_type: "invitation",
                target_id: invitation.id.clone(),
                target_name: invitation.email.clone(),
                changes: Vec::new(),
                metadata,
            })
            .await;
    }
}
