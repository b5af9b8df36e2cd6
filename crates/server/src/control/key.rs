//! One API key: what it may do, from where, and until when.

use std::{
    collections::BTreeSet,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use api::{HiddenFacet, Permission};
use ipnet::IpNet;

use super::AccountId;
use crate::auth::Paid;

/// A key as it stands in the database.
#[derive(Clone, Debug)]
pub struct Key {
    /// Its id, `key_…`.
    pub id: String,
    /// The account it is for; `None` for the whole instance.
    pub account: Option<AccountId>,
    /// The name for people.
    pub name: String,
    /// What it may do, in the order of [`Permission::ALL`], each once.
    pub permissions: Vec<Permission>,
    /// Which parts of events it does not see.
    pub hide: BTreeSet<HiddenFacet>,
    /// The networks from which it works; everywhere when empty.
    pub networks: Vec<IpNet>,
    /// The first characters of its token.
    pub prefix: String,
    /// Who created it: the id and the name then.
    pub created_by: Option<(String, String)>,
    /// When it was created, in milliseconds since 1970 UTC, as are all times here.
    pub created_ms: u64,
    /// When it stops working.
    pub expires_ms: Option<u64>,
    /// The id of the key that it replaced.
    pub rotated_from: Option<String>,
    /// The id of the key by which it was replaced.
    pub replaced_by: Option<String>,
    pub(super) secret_hash: [u8; 32],
    /// What goes on while it is used: shared with what the key was before a change.
    pub(super) course: Arc<Course>,
}

/// What goes on with a key while it is used.
#[derive(Debug, Default)]
pub(super) struct Course {
    /// How often it asked lately.
    pub(super) paid: Paid,
    /// 0 while it is not revoked.
    pub(super) revoked_ms: AtomicU64,
    /// 0 when never used.
    pub(super) last_used_ms: AtomicU64,
    /// What the database says about `last_used_ms`.
    pub(super) last_written_ms: AtomicU64,
}

/// What is needed to store a key.
#[derive(Clone, Debug)]
pub(crate) struct NewKey {
    pub(crate) id: String,
    pub(crate) account: Option<AccountId>,
    pub(crate) name: String,
    pub(crate) permissions: Vec<Permission>,
    pub(crate) hide: BTreeSet<HiddenFacet>,
    pub(crate) networks: Vec<IpNet>,
    pub(crate) secret_hash: [u8; 32],
    pub(crate) prefix: String,
    pub(crate) created_by: (String, String),
    pub(crate) created_ms: u64,
    pub(crate) expires_ms: Option<u64>,
    pub(crate) rotated_from: Option<String>,
}

impl From<NewKey> for Key {
    fn from(new: NewKey) -> Self {
        Self {
            id: new.id,
            account: new.account,
            name: new.name,
            permissions: new.permissions,
            hide: new.hide,
            networks: new.networks,
            prefix: new.prefix,
            created_by: Some(new.created_by),
            created_ms: new.created_ms,
            expires_ms: new.expires_ms,
            rotated_from: new.rotated_from,
            replaced_by: None,
            secret_hash: new.secret_hash,
            course: Arc::default(),
        }
    }
}

/// Whether a known key works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Good,
    Expired,
    Revoked,
}

impl Key {
    /// Whether it works at `now_ms`; a key stops at the very millisecond of its expiry.
    pub(crate) fn standing(&self, now_ms: u64) -> Standing {
        if self.revoked_ms().is_some() {
            Standing::Revoked
        } else if self
            .expires_ms
            .is_some_and(|expires_ms| expires_ms <= now_ms)
        {
            Standing::Expired
        } else {
            Standing::Good
        }
    }

    /// Whether it works from this address; an unknown one is in no network.
    pub(crate) fn works_from(&self, address: Option<IpAddr>) -> bool {
        let within = |ip: IpAddr| self.networks.iter().any(|network| network.contains(&ip));
        self.networks.is_empty() || address.is_some_and(|ip| within(ip.to_canonical()))
    }

    /// When it was revoked.
    pub fn revoked_ms(&self) -> Option<u64> {
        Some(self.course.revoked_ms.load(Ordering::Acquire)).filter(|revoked_ms| *revoked_ms > 0)
    }

    /// When it was last used, as far as this process and the database know.
    pub(crate) fn last_used_ms(&self) -> Option<u64> {
        Some(self.course.last_used_ms.load(Ordering::Relaxed)).filter(|used_ms| *used_ms > 0)
    }

    /// How often it asked lately.
    pub(crate) fn paid(&self) -> &Paid {
        &self.course.paid
    }

    pub(crate) fn touch(&self, now_ms: u64) {
        self.course
            .last_used_ms
            .fetch_max(now_ms, Ordering::Relaxed);
    }
}

/// The columns of `keys` that [`key_of`] reads, in its order.
pub(super) const COLUMNS: &str = "id, account, name, permissions, hide, networks, secret_hash, prefix, created_ms, \
     expires_ms, last_used_ms, revoked_ms, created_by_id, created_by_name, rotated_from, replaced_by";

/// A row of `keys`.
pub(super) type Row = (
    String,
    Option<String>,
    String,
    String,
    String,
    String,
    Vec<u8>,
    String,
    i64,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
);

/// The key that a row holds; `None` when the row is damaged.
pub(super) fn key_of(row: Row) -> Option<Key> {
    let (
        id,
        account,
        name,
        permissions,
        hide,
        networks,
        hash,
        prefix,
        created,
        expires,
        last_used,
        revoked,
        by,
        by_name,
        rotated_from,
        replaced_by,
    ) = row;
    let time = |ms: Option<i64>| {
        ms.map(|ms| u64::try_from(ms).ok())
            .map_or(Some(None), |ms| ms.map(Some))
    };
    let last_used_ms = time(last_used)?.unwrap_or(0);
    let permissions = permissions.split_whitespace().map(str::parse);
    let hide = hide.split_whitespace().map(HiddenFacet::from_name);
    let networks = networks.split_whitespace().map(str::parse);
    Some(Key {
        id,
        account: account.map(|account| account.parse()).transpose().ok()?,
        name,
        permissions: permissions.collect::<Result<_, _>>().ok()?,
        hide: hide.collect::<Option<_>>()?,
        networks: networks.collect::<Result<_, _>>().ok()?,
        prefix,
        created_by: by.zip(by_name),
        created_ms: u64::try_from(created).ok()?,
        expires_ms: time(expires)?,
        rotated_from,
        replaced_by,
        secret_hash: hash.try_into().ok()?,
        course: Arc::new(Course {
            paid: Paid::default(),
            revoked_ms: AtomicU64::new(time(revoked)?.unwrap_or(0)),
            last_used_ms: AtomicU64::new(last_used_ms),
            last_written_ms: AtomicU64::new(last_used_ms),
        }),
    })
}
