//! Keys: made, listed and revoked.

use std::{collections::BTreeSet, net::IpAddr, sync::Arc};

use api::{
    HiddenFacet, Permission,
    admin::NewAdminKey,
    key::{CreatedKey, KeyCreator, NewKey},
};
use data_encoding::BASE32_NOPAD;
use event::Timestamp;
use ipnet::{IpNet, Ipv4Net};
use serde_json::{Map, Value, json};

use super::{
    AdminError, account::checked_name, bounds::Bounds, settings::members_that_differ, to_the_end,
};
use crate::{
    audit::notice::Change,
    auth::{Reach, Requester, Token},
    config,
    control::{self, AccountId, ControlError, Key, Settings, Whose},
    instance::Instance,
    limits::KEY_NETWORKS_MAX,
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
    pub(crate) hide: BTreeSet<HiddenFacet>,
    pub(crate) networks: Vec<IpNet>,
    pub(crate) expires_ms: Option<u64>,
}

impl KeyRequest {
    /// Checks a request for a key of `account`; `now_ms` decides whether its expiry lies in the future.
    pub fn new(account: Option<AccountId>, new: NewKey, now_ms: u64) -> Result<Self, AdminError> {
        let name = checked_name("name", new.name)?;
        let wanted = |permission: &Permission| new.permissions.contains(permission);
        let permissions: Vec<Permission> = Permission::ALL.iter().copied().filter(wanted).collect();
        if permissions.is_empty() {
            return Err(AdminError::Invalid {
                member: "permissions",
                message: format!("expected at least one of {}", Permission::names()),
            });
        }
        let expires_ms = new.expires_at.map(|text| checked_expiry(&text, now_ms));
        Ok(Self {
            account,
            name,
            permissions,
            hide: new.hide.into_iter().collect(),
            networks: checked_networks(&new.networks)?,
            expires_ms: expires_ms.transpose()?,
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
        let new = NewKey {
            name: new.name,
            permissions: new.permissions,
            expires_at: new.expires_at,
            hide: new.hide,
            networks: new.networks,
        };
        Self::new(account, new, now_ms)
    }

    /// How far the key would reach in its account.
    pub(crate) fn reach(&self) -> Reach {
        Reach::of(&self.permissions).hiding(&self.hide)
    }
}

impl Key {
    /// How far it reaches in its account.
    pub(crate) fn reach(&self) -> Reach {
        Reach::of(&self.permissions).hiding(&self.hide)
    }
}

/// The time at which a key shall stop, which lies in the future.
pub(super) fn checked_expiry(text: &str, now_ms: u64) -> Result<u64, AdminError> {
    let invalid = |message: &str| AdminError::Invalid {
        member: "expires_at",
        message: message.to_owned(),
    };
    let at = Timestamp::parse(text).map_err(|_| invalid("expected a time as in RFC 3339"))?;
    let expires_ms = Some(at.ms()).filter(|expires_ms| *expires_ms > now_ms);
    expires_ms.ok_or_else(|| invalid("expected a time in the future"))
}

/// Networks as they are compared: without the bits of hosts, each once.
pub(super) fn checked_networks(texts: &[String]) -> Result<Vec<IpNet>, AdminError> {
    let invalid = |message: String| AdminError::Invalid {
        member: "networks",
        message,
    };
    if texts.len() > KEY_NETWORKS_MAX {
        return Err(invalid(format!(
            "expected at most {KEY_NETWORKS_MAX} networks"
        )));
    }
    let mut networks: Vec<IpNet> = Vec::with_capacity(texts.len());
    for text in texts {
        let network = canonical(config::network(text).map_err(invalid)?.trunc());
        if !networks.contains(&network) {
            networks.push(network);
        }
    }
    Ok(networks)
}

/// An IPv4 network that is written as one of IPv6: addresses are compared as IPv4 then.
fn canonical(network: IpNet) -> IpNet {
    let mapped = match network.addr().to_canonical() {
        IpAddr::V4(address) if network.addr().is_ipv6() => network
            .prefix_len()
            .checked_sub(96)
            .and_then(|length| Ipv4Net::new(address, length).ok()),
        _ => None,
    };
    mapped.map_or(network, IpNet::V4)
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
            let _changing = instance.control.keys.changing.lock().await;
            let given = Bounds {
                end_ms: request.expires_ms,
                networks: request.networks.clone(),
            };
            instance.may_bound(&by.principal, request.account.as_ref(), None, &given)?;
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
        let new = control::NewKey {
            id: self.new_key_id(),
            account: request.account,
            name: request.name,
            permissions: request.permissions,
            hide: request.hide,
            networks: request.networks,
            secret_hash: token.hash(),
            prefix: token.shown(),
            created_by: (by.principal.id().to_owned(), by.principal.name().to_owned()),
            created_ms: self.clock.now_ms(),
            expires_ms: request.expires_ms,
            rotated_from: None,
        };
        let key = self
            .control
            .keys
            .insert(new)
            .await
            .map_err(AdminError::Control)?;
        let changes = members_that_differ(&json!({}), &told(&key));
        self.key_changed("key.create", &key, changes, by).await;
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
        let (instance, id, by) = (Arc::clone(self), id.to_owned(), by.into());
        to_the_end(async move {
            let keys = &instance.control.keys;
            // A key that is being replaced gets its successor before it ends, or none.
            let _changing = keys.changing.lock().await;
            let key = keys.get(&id);
            let key = key.ok_or(AdminError::Control(ControlError::NoSuchKey))?;
            let before = told(&key);
            let revoked = keys.revoke(&key.id, instance.clock.now_ms()).await;
            if revoked.map_err(AdminError::Control)? {
                let changes = members_that_differ(&before, &told(&key));
                instance.key_changed("key.revoke", &key, changes, &by).await;
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
        let whose = account.map_or(Whose::Everybodys, |account| Whose::Of(Some(account)));
        self.keys_page(whose, after, limit)
    }

    /// The keys of the whole instance, as [`Self::keys`].
    pub(crate) fn instance_keys(&self, after: Option<&str>, limit: usize) -> Vec<Arc<Key>> {
        self.keys_page(Whose::Of(None), after, limit)
    }

    fn keys_page(&self, whose: Whose<'_>, after: Option<&str>, limit: usize) -> Vec<Arc<Key>> {
        let after = after.and_then(|id| self.key(id));
        let after = after.map(|key| (key.created_ms, key.id.clone()));
        self.control.keys.page(whose, after, limit)
    }

    pub(super) fn new_key_id(&self) -> String {
        let bytes: [u8; 10] = randomness::array(self.randomness.as_ref());
        format!("key_{}", BASE32_NOPAD.encode(&bytes).to_ascii_lowercase())
    }

    pub(super) async fn key_changed(
        &self,
        action: &'static str,
        key: &Key,
        changes: Vec<Value>,
        by: &Requester,
    ) {
        tracing::info!(key = key.id, by = by.principal.id(), action, "key changed");
        let permissions: Vec<&str> = key
            .permissions
            .iter()
            .map(|permission| permission.as_str())
            .collect();
        let mut metadata = Map::new();
        metadata.insert("permissions".to_owned(), json!(permissions));
        if let Some(expires_ms) = key.expires_ms {
            let at = Timestamp::from_ms(expires_ms).to_string();
            metadata.insert("expires_at".to_owned(), json!(at));
        }
        if let Some(other) = &key.replaced_by {
            metadata.insert("replaced_by".to_owned(), json!(other));
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
                changes,
                metadata,
            })
            .await;
    }
}

/// What an event tells of a key; absent is what does not apply.
pub(super) fn told(key: &Key) -> Value {
    let wire = api::key::Key::from(key);
    let mut members = Map::new();
    members.insert("name".to_owned(), json!(wire.name));
    members.insert("permissions".to_owned(), json!(wire.permissions));
    for (name, list) in [
        ("hide", json!(wire.hide)),
        ("networks", json!(wire.networks)),
    ] {
        if list != json!([]) {
            members.insert(name.to_owned(), list);
        }
    }
    for (name, text) in [
        ("expires_at", wire.expires_at),
        ("revoked_at", wire.revoked_at),
        ("replaced_by", wire.replaced_by),
    ] {
        if let Some(text) = text {
            members.insert(name.to_owned(), json!(text));
        }
    }
    Value::Object(members)
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
            hide: key.hide.iter().copied().collect(),
            networks: key.networks.iter().map(ToString::to_string).collect(),
            rotated_from: key.rotated_from.clone(),
            replaced_by: key.replaced_by.clone(),
        }
    }
}
