use std::sync::Arc;

use api::{
    Permission,
    admin::NewAdminKey,
    key::{CreatedKey, KeyCreator, NewKey},
};
use data_encoding::BASE32_NOPAD;
use event::Timestamp;
use serde_json::{Map, json};

use super::{AdminError, account::checked_name, to_the_end};
use crate::{
    audit::notice::Change,
    auth::{Requester, Token},
    control::{self, AccountId, ControlError, Key, Settings},
    instance::Instance,
    randomness,
};

/// A request for a key whose members have been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRequest {
    /// `None`: for the whole instance.
    pub(crate) account: Option<AccountId>,
    pub(crate) name: String,
    /// In the order of [`Permission::ALL`], each once.
    pub(crate) permissions: Vec<Permission>,
    pub(crate) expires_ms: Option<u64>,
}

impl KeyRequest {
    /// Checks a request for a key of `account`; `now_ms` decides whether its expiry lies in the future.
    pub fn new(account: Option<AccountId>, new: NewKey, now_ms: u64) -> Result<Self, AdminError> {
        let invalid = |member, message: &str| AdminError::Invalid {
            member,
            message: message.to_owned(),
        };
        let name = checked_name("name", new.name)?;
        let wanted = |permission: &Permission| new.permissions.contains(permission);
        let permissions: Vec<Permission> = Permission::ALL.iter().copied().filter(wanted).collect();
        if permissions.is_empty() {
            return Err(invalid(
                "permissions",
                &format!("expected at least one of {}", Permission::names()),
            ));
        }
        let expires_ms = match &new.expires_at {
            None => None,
            Some(text) => {
                let at = Timestamp::parse(text)
                    .map_err(|_| invalid("expires_at", "expected a time as in RFC 3339"))?;
                let expires_ms = Some(at.ms()).filter(|expires_ms| *expires_ms > now_ms);
                Some(
                    expires_ms
                        .ok_or_else(|| invalid("expires_at", "expected a time in the future"))?,
                )
            }
        };
        Ok(Self {
            account,
            name,
            permissions,
            expires_ms,
        })
    }

    /// Checks a request that names its account itself.
    pub fn of_admin(new: NewAdminKey, now_ms: u64) -> Result<Self, AdminError> {
        let account = match new.account {
            None => None,
            Some(id) => Some(id.parse().map_err(|error: control::AccountIdInvalid| {
                AdminError::Invalid {
                    member: "account",
                    message: error.to_string(),
                }
            })?),
        };
        let NewAdminKey {
            name,
            permissions,
            expires_at,
            ..
        } = new;
        Self::new(
            account,
            NewKey {
                name,
                permissions,
                expires_at,
            },
            now_ms,
        )
    }
}

impl Instance {
    /// Creates a key, and its account when there is none; the token is in the answer and nowhere else.
    pub async fn create_key(
        self: &Arc<Self>,
        request: KeyRequest,
        by: impl Into<Requester>,
    ) -> Result<CreatedKey, AdminError> {
        let (instance, by) = (Arc::clone(self), by.into());
        to_the_end(async move {
            let token = Token::mint(instance.randomness.as_ref());
            instance.store_key(request, &token, &by).await
        })
        .await
    }

    /// Lets in a token that was made before.
    pub(crate) async fn store_key(
        &self,
        request: KeyRequest,
        token: &Token,
        by: &Requester,
    ) -> Result<CreatedKey, AdminError> {
        if let Some(id) = &request.account {
            self.make_account(id, Settings::named(id), None, by).await?;
        }
        let bytes: [u8; 10] = randomness::array(self.randomness.as_ref());
        let new = control::NewKey {
            id: format!("key_{}", BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()),
            account: request.account,
            name: request.name,
            permissions: request.permissions,
            secret_hash: token.hash(),
            prefix: token.shown(),
            created_by: (by.principal.id().to_owned(), by.principal.name().to_owned()),
            created_ms: self.clock.now_ms(),
            expires_ms: request.expires_ms,
        };
        let key = self
            .control
            .keys
            .insert(new)
            .await
            .map_err(AdminError::Control)?;
        self.key_changed("key.create", &key, by).await;
        Ok(CreatedKey {
            id: key.id.clone(),
            token: token.reveal().to_owned(),
        })
    }

    /// Ends a key; one that is revoked already stays as it is. When this returns, the key no longer works.
    pub async fn revoke_key(
        self: &Arc<Self>,
        id: &str,
        by: impl Into<Requester>,
    ) -> Result<(), AdminError> {
        let key = self
            .key(id)
            .ok_or(AdminError::Control(ControlError::NoSuchKey))?;
        let (instance, by) = (Arc::clone(self), by.into());
        to_the_end(async move {
            let keys = &instance.control.keys;
            let revoked = keys.revoke(&key.id, instance.clock.now_ms()).await;
            if revoked.map_err(AdminError::Control)? {
                instance.key_changed("key.revoke", &key, &by).await;
            }
            Ok(())
        })
        .await
    }

    /// The key with this id, working or not.
    pub fn key(&self, id: &str) -> Option<Arc<Key>> {
        self.control.keys.get(id)
    }

    /// The keys of `account`, or all with `None`, oldest first, after the key `after`, at most `limit`.
    pub fn keys(
        &self,
        account: Option<&AccountId>,
        after: Option<&str>,
        limit: usize,
    ) -> Vec<Arc<Key>> {
        let after = after
            .and_then(|id| self.key(id))
            .map(|key| (key.created_ms, key.id.clone()));
        let wanted =
            |key: &Key| account.is_none_or(|account| key.account.as_ref() == Some(account));
        self.control.keys.page(wanted, after.as_ref(), limit)
    }

    async fn key_changed(&self, action: &'static str, key: &Key, by: &Requester) {
        tracing::info!(key = key.id, by = by.principal.id(), action, "key changed");
        let permissions: Vec<&str> = key
            .permissions
            .iter()
            .map(|permission| permission.as_str())
            .collect();
        let mut metadata = Map::new();
        metadata.insert("permissions".to_owned(), json!(permissions));
        if let Some(expires_ms) = key.expires_ms {
            metadata.insert(
                "expires_at".to_owned(),
                json!(Timestamp::from_ms(expires_ms).to_string()),
            );
        }
        self.audit
            .changed(Change {
                account: key.account.clone().unwrap_or_else(AccountId::reserved),
                principal: by.principal.clone(),
                client: by.client.clone(),
                action,
                target_type: "api_key",
                target_id: key.id.clone(),
                target_name: key.name.clone(),
                changes: Vec::new(),
                metadata,
            })
            .await;
    }
}

/// A key as the API answers it.
impl From<&Key> for api::key::Key {
    fn from(key: &Key) -> Self {
        let time = |ms: u64| Timestamp::from_ms(ms).to_string();
        Self {
            id: key.id.clone(),
            account: key.account.as_ref().map(ToString::to_string),
            name: key.name.clone(),
            permissions: key.permissions.clone(),
            prefix: key.prefix.clone(),
            created_at: time(key.created_ms),
            created_by: key.created_by.as_ref().map(|(id, name)| KeyCreator {
                id: id.clone(),
                name: name.clone(),
            }),
            expires_at: key.expires_ms.map(time),
            last_used_at: key.last_used_ms().map(time),
            revoked_at: key.revoked_ms().map(time),
        }
    }
}
