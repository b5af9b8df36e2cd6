//! Keys that change: their name, networks and expiry, and their replacement by another.

use std::sync::Arc;

use api::key::{KeyChange, KeyRotation, ReplacedKey, RotatedKey};
use event::Timestamp;
use ipnet::IpNet;

use super::{
    AdminError,
    account::checked_name,
    bounds::Bounds,
    key::{checked_expiry, checked_networks, told},
    settings::members_that_differ,
    to_the_end,
};
use crate::{
    auth::{Requester, Token},
    control::{self, ControlError, Key, Standing},
    instance::Instance,
    limits::{KEY_OVERLAP_MINUTES, KEY_OVERLAP_MINUTES_MAX},
};

/// What a key shall be from now on, with members that have been checked; what is absent stays.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::option_option,
    reason = "an expiry that stays, that is given up and that is set are three things"
)]
pub struct KeyChangeRequest {
    name: Option<String>,
    networks: Option<Vec<IpNet>>,
    expires_ms: Option<Option<u64>>,
}

impl KeyChangeRequest {
    /// Checks a change; `now_ms` decides whether an expiry lies in the future.
    pub fn new(change: KeyChange, now_ms: u64) -> Result<Self, AdminError> {
        let expires_ms = change.expires_at.map(|expires_at| {
            let at = expires_at.map(|text| checked_expiry(&text, now_ms));
            at.transpose()
        });
        Ok(Self {
            name: change
                .name
                .map(|name| checked_name("name", name))
                .transpose()?,
            networks: change
                .networks
                .map(|networks| checked_networks(&networks))
                .transpose()?,
            expires_ms: expires_ms.transpose()?,
        })
    }
}

/// How a key is replaced, with members that have been checked.
#[derive(Clone, Copy, Debug)]
pub struct RotationRequest {
    overlap_ms: u64,
}

impl TryFrom<KeyRotation> for RotationRequest {
    type Error = AdminError;

    fn try_from(rotation: KeyRotation) -> Result<Self, AdminError> {
        let minutes = rotation.overlap_minutes.unwrap_or(KEY_OVERLAP_MINUTES);
        if minutes > KEY_OVERLAP_MINUTES_MAX {
            return Err(AdminError::Invalid {
                member: "overlap_minutes",
                message: format!("expected 0 to {KEY_OVERLAP_MINUTES_MAX}"),
            });
        }
        Ok(Self {
            overlap_ms: minutes * 60_000,
        })
    }
}

impl Instance {
    /// Changes a key that works; what stays as it is leaves no trace.
    pub async fn change_key(
        self: &Arc<Self>,
        id: &str,
        request: KeyChangeRequest,
        by: impl Into<Requester>,
    ) -> Result<Arc<Key>, AdminError> {
        let (instance, id, by) = (Arc::clone(self), id.to_owned(), by.into());
        to_the_end(async move {
            let keys = &instance.control.keys;
            let _changing = keys.changing.lock().await;
            let before = instance.working_key(&id)?;
            let mut after = Key::clone(&before);
            if let Some(name) = request.name {
                after.name = name;
            }
            if let Some(networks) = request.networks {
                after.networks = networks;
            }
            if let Some(expires_ms) = request.expires_ms {
                // The overlap of a rotation was decided when it began.
                if before.replaced_by.is_some() && expires_ms != before.expires_ms {
                    return Err(AdminError::Control(ControlError::KeyReplaced));
                }
                after.expires_ms = expires_ms;
            }
            let changes = members_that_differ(&told(&before), &told(&after));
            if changes.is_empty() {
                return Ok(before);
            }
            let (had, given) = (Bounds::from(&*before), Bounds::from(&after));
            let account = before.account.as_ref();
            instance.may_bound(&by.principal, account, Some(&had), &given)?;
            let after = keys.update(after).await.map_err(AdminError::Control)?;
            instance
                .key_changed("key.update", &after, changes, &by)
                .await;
            Ok(after)
        })
        .await
    }

    /// Replaces a key that works by another with the same rights and the same expiry, beside which it works for a while.
    ///
    /// A key that was replaced can be so again only when its successor no longer works: else nobody could tell which of
    /// two successors is meant.
    pub async fn rotate_key(
        self: &Arc<Self>,
        id: &str,
        request: RotationRequest,
        by: impl Into<Requester>,
    ) -> Result<RotatedKey, AdminError> {
        let (instance, id, by) = (Arc::clone(self), id.to_owned(), by.into());
        to_the_end(async move {
            let keys = &instance.control.keys;
            let _changing = keys.changing.lock().await;
            let before = instance.working_key(&id)?;
            let now_ms = instance.clock.now_ms();
            let successor = before.replaced_by.as_deref().and_then(|id| keys.get(id));
            if successor.is_some_and(|key| key.standing(now_ms) == Standing::Good) {
                return Err(AdminError::Control(ControlError::KeyReplaced));
            }
            // Whoever replaces a key holds the new one.
            let (account, given) = (before.account.as_ref(), Bounds::from(&*before));
            instance.may_bound(&by.principal, account, None, &given)?;
            let token = Token::mint(instance.randomness.as_ref());
            let new = successor_of(&before, instance.new_key_id(), &token, &by, now_ms);
            let over_ms = now_ms.saturating_add(request.overlap_ms);
            let ends_ms = before.expires_ms.map_or(over_ms, |own| own.min(over_ms));
            let mut replaced = Key::clone(&before);
            replaced.expires_ms = Some(ends_ms);
            replaced.replaced_by = Some(new.id.clone());
            let changes = members_that_differ(&told(&before), &told(&replaced));
            let made = keys.replace(replaced.clone(), new).await;
            let made = made.map_err(AdminError::Control)?;
            instance
                .key_changed("key.rotate", &replaced, changes, &by)
                .await;
            Ok(RotatedKey {
                id: made.id.clone(),
                token: token.reveal().to_owned(),
                replaces: ReplacedKey {
                    id: replaced.id,
                    expires_at: Timestamp::from_ms(ends_ms).to_string(),
                },
            })
        })
        .await
    }

    fn working_key(&self, id: &str) -> Result<Arc<Key>, AdminError> {
        let key = self.control.keys.get(id);
        let key = key.ok_or(AdminError::Control(ControlError::NoSuchKey))?;
        if key.standing(self.clock.now_ms()) == Standing::Good {
            Ok(key)
        } else {
            Err(AdminError::Control(ControlError::KeyEnded))
        }
    }
}

fn successor_of(
    key: &Key,
    id: String,
    token: &Token,
    by: &Requester,
    now_ms: u64,
) -> control::NewKey {
    control::NewKey {
        id,
        account: key.account.clone(),
        name: key.name.clone(),
        permissions: key.permissions.clone(),
        hide: key.hide.clone(),
        networks: key.networks.clone(),
        secret_hash: token.hash(),
        prefix: token.shown(),
        created_by: (by.principal.id().to_owned(), by.principal.name().to_owned()),
        created_ms: now_ms,
        expires_ms: key.expires_ms,
        rotated_from: Some(key.id.clone()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{admin::KeyRequest, auth::Principal, config::Config, randomness::SystemRandomness};

    #[tokio::test]
    async fn no_key_is_revoked_in_the_middle_of_another_change() {
        let dir = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        config.instance.data_dir = dir.path().join("data");
        config.instance.instance_name = Some("test.example".to_owned());
        let clock = Arc::new(testkit::clock::ManualClock::new());
        let opened = Instance::open(&config, clock, Arc::new(SystemRandomness));
        let instance = opened.await.unwrap();
        let new = json!({"name": "x", "permissions": ["audit:read"]});
        let new = serde_json::from_value(new).unwrap();
        let request = KeyRequest::of_admin(new, instance.clock.now_ms()).unwrap();
        let made = instance.create_key(request, &Principal::Operator);
        let key = instance.key(&made.await.unwrap().id).unwrap();
        let changing = instance.control.keys.changing.lock().await;
        let revoking = tokio::spawn({
            let (instance, id) = (Arc::clone(&instance), key.id.clone());
            async move { instance.revoke_key(&id, &Principal::Operator).await }
        });
        // Time enough for the end to overtake, were it not made to wait.
        for _ in 0..50 {
            let same = Key::clone(&key);
            instance.control.keys.update(same).await.unwrap();
        }
        assert_eq!(key.revoked_ms(), None);
        drop(changing);
        revoking.await.unwrap().unwrap();
        assert!(key.revoked_ms().is_some());
        instance.close().await.unwrap();
    }
}
