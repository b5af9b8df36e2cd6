//! API keys: the hash of each token, what it may do, and until when.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use api::Permission;
use sqlx::SqlitePool;
use subtle::ConstantTimeEq;

use super::{AccountId, ControlError, signed};
use crate::auth::Paid;

/// A key as it stands in the database.
#[derive(Debug)]
pub struct Key {
    /// Its id, `key_…`.
    pub id: String,
    /// The account it is for; `None` for the whole instance.
    pub account: Option<AccountId>,
    /// The name for people.
    pub name: String,
    /// What it may do, in the order of [`Permission::ALL`], each once.
    pub permissions: Vec<Permission>,
    /// The first characters of its token.
    pub prefix: String,
    /// Who created it: the id and the name then.
    pub created_by: Option<(String, String)>,
    /// When it was created, in milliseconds since 1970 UTC, as are all times here.
    pub created_ms: u64,
    /// When it stops working.
    pub expires_ms: Option<u64>,
    /// 0 while it is not revoked.
    revoked_ms: AtomicU64,
    secret_hash: [u8; 32],
    /// How often it asked lately.
    pub(crate) paid: Paid,
    /// 0 when never used.
    last_used_ms: AtomicU64,
    /// What the database says about `last_used_ms`.
    last_written_ms: AtomicU64,
}

/// What is needed to store a key.
#[derive(Debug)]
pub(crate) struct NewKey {
    pub(crate) id: String,
    pub(crate) account: Option<AccountId>,
    pub(crate) name: String,
    pub(crate) permissions: Vec<Permission>,
    pub(crate) secret_hash: [u8; 32],
    pub(crate) prefix: String,
    pub(crate) created_by: (String, String),
    pub(crate) created_ms: u64,
    pub(crate) expires_ms: Option<u64>,
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

    /// When it was revoked.
    pub fn revoked_ms(&self) -> Option<u64> {
        Some(self.revoked_ms.load(Ordering::Acquire)).filter(|revoked_ms| *revoked_ms > 0)
    }

    /// When it was last used, as far as this process and the database know.
    pub(crate) fn last_used_ms(&self) -> Option<u64> {
        Some(self.last_used_ms.load(Ordering::Relaxed)).filter(|used_ms| *used_ms > 0)
    }

    pub(crate) fn touch(&self, now_ms: u64) {
        self.last_used_ms.fetch_max(now_ms, Ordering::Relaxed);
    }
}

/// All keys.
#[derive(Debug)]
pub(crate) struct Keys {
    pool: SqlitePool,
    ring: RwLock<Ring>,
}

#[derive(Debug, Default)]
struct Ring {
    by_id: BTreeMap<String, Arc<Key>>,
    /// By the first half of the hash: a look-up never compares the second half, which is compared in constant time.
    by_hash: HashMap<[u8; 16], Arc<Key>>,
}

impl Ring {
    fn put(&mut self, key: Key) -> Arc<Key> {
        let key = Arc::new(key);
        if let Some(half) = key.secret_hash.first_chunk() {
            self.by_hash.insert(*half, Arc::clone(&key));
        }
        self.by_id.insert(key.id.clone(), Arc::clone(&key));
        key
    }
}

impl Keys {
    pub(super) async fn load(pool: SqlitePool) -> Result<Self, ControlError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, account, name, permissions, secret_hash, prefix, created_ms, expires_ms, last_used_ms, \
             revoked_ms, created_by_id, created_by_name FROM keys",
        )
        .fetch_all(&pool)
        .await
        .map_err(|source| ControlError::Load { what: "keys", source })?;
        let mut ring = Ring::default();
        for row in rows {
            let id = row.0.clone();
            ring.put(key_of(row).ok_or(ControlError::Damaged { what: "keys", id })?);
        }
        Ok(Self {
            pool,
            ring: RwLock::new(ring),
        })
    }

    /// Stores a key; it works as soon as this returns.
    pub(crate) async fn insert(&self, new: NewKey) -> Result<Arc<Key>, ControlError> {
        sqlx::query(
            "INSERT INTO keys (id, account, name, permissions, secret_hash, prefix, created_ms, expires_ms, \
             created_by_id, created_by_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&new.id)
        .bind(new.account.as_ref().map(AccountId::as_str))
        .bind(&new.name)
        .bind(new.permissions.iter().map(|permission| permission.as_str()).collect::<Vec<_>>().join(" "))
        .bind(new.secret_hash.as_slice())
        .bind(&new.prefix)
        .bind(signed(new.created_ms))
        .bind(new.expires_ms.map(signed))
        .bind(&new.created_by.0)
        .bind(&new.created_by.1)
        .execute(&self.pool)
        .await
        .map_err(|source| ControlError::Store { what: "a key", source })?;
        Ok(self
            .ring
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .put(Key {
                id: new.id,
                account: new.account,
                name: new.name,
                permissions: new.permissions,
                prefix: new.prefix,
                created_by: Some(new.created_by),
                created_ms: new.created_ms,
                expires_ms: new.expires_ms,
                revoked_ms: AtomicU64::new(0),
                secret_hash: new.secret_hash,
                paid: Paid::default(),
                last_used_ms: AtomicU64::new(0),
                last_written_ms: AtomicU64::new(0),
            }))
    }

    /// Ends a key; the answer says whether it was still working. When this returns, it no longer works.
    pub(crate) async fn revoke(&self, id: &str, now_ms: u64) -> Result<bool, ControlError> {
        let key = self.get(id).ok_or(ControlError::NoSuchKey)?;
        let done =
            sqlx::query("UPDATE keys SET revoked_ms = ? WHERE id = ? AND revoked_ms IS NULL")
                .bind(signed(now_ms))
                .bind(id)
                .execute(&self.pool)
                .await
                .map_err(|source| ControlError::Store {
                    what: "a key",
                    source,
                })?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        key.revoked_ms.store(now_ms, Ordering::Release);
        Ok(true)
    }

    /// The key with this id, whether it works or not.
    pub(crate) fn get(&self, id: &str) -> Option<Arc<Key>> {
        self.read(|ring| ring.by_id.get(id).cloned())
    }

    /// The key whose token has this hash, whether it works or not.
    pub(crate) fn with_hash(&self, hash: &[u8; 32]) -> Option<Arc<Key>> {
        let half = hash.first_chunk::<16>()?;
        let key = self.read(|ring| ring.by_hash.get(half).cloned())?;
        bool::from(key.secret_hash.ct_eq(hash)).then_some(key)
    }

    /// At most `limit` keys for which `wanted` holds, oldest first, after the place `after` = (created, id).
    pub(crate) fn page(
        &self,
        wanted: impl Fn(&Key) -> bool,
        after: Option<&(u64, String)>,
        limit: usize,
    ) -> Vec<Arc<Key>> {
        let later =
            |key: &Key| after.is_none_or(|place| (key.created_ms, &key.id) > (place.0, &place.1));
        let mut keys: Vec<Arc<Key>> = self.read(|ring| {
            ring.by_id
                .values()
                .filter(|key| wanted(key) && later(key))
                .cloned()
                .collect()
        });
        keys.sort_by(|a, b| (a.created_ms, &a.id).cmp(&(b.created_ms, &b.id)));
        keys.truncate(limit);
        keys
    }

    /// Writes down the last use of every key that was used since it was last written, in one transaction.
    pub(crate) async fn write_last_used(&self) -> Result<(), ControlError> {
        let since = |key: &Arc<Key>| {
            let used_ms = key.last_used_ms.load(Ordering::Relaxed);
            let known = used_ms <= key.last_written_ms.load(Ordering::Relaxed);
            (!known).then(|| (Arc::clone(key), used_ms))
        };
        let used: Vec<(Arc<Key>, u64)> =
            self.read(|ring| ring.by_id.values().filter_map(since).collect());
        if used.is_empty() {
            return Ok(());
        }
        let failed = |source| ControlError::Store {
            what: "the last use of keys",
            source,
        };
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        for (key, used_ms) in &used {
            sqlx::query("UPDATE keys SET last_used_ms = ? WHERE id = ?")
                .bind(signed(*used_ms))
                .bind(&key.id)
                .execute(&mut *transaction)
                .await
                .map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)?;
        for (key, used_ms) in used {
            key.last_written_ms.store(used_ms, Ordering::Relaxed);
        }
        Ok(())
    }

    fn read<T>(&self, look: impl FnOnce(&Ring) -> T) -> T {
        look(&self.ring.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The columns of `keys`, in the order of the SELECT.
type Row = (
    String,
    Option<String>,
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
);

/// The key that a row holds; `None` when the row is damaged.
fn key_of(row: Row) -> Option<Key> {
    let (
        id,
        account,
        name,
        permissions,
        hash,
        prefix,
        created,
        expires,
        last_used,
        revoked,
        by,
        by_name,
    ) = row;
    let time = |ms: Option<i64>| {
        ms.map(|ms| u64::try_from(ms).ok())
            .map_or(Some(None), |ms| ms.map(Some))
    };
    let last_used_ms = time(last_used)?.unwrap_or(0);
    Some(Key {
        id,
        account: account.map(|account| account.parse()).transpose().ok()?,
        name,
        permissions: permissions
            .split_whitespace()
            .map(str::parse)
            .collect::<Result<_, _>>()
            .ok()?,
        prefix,
        created_by: by.zip(by_name),
        created_ms: u64::try_from(created).ok()?,
        expires_ms: time(expires)?,
        revoked_ms: AtomicU64::new(time(revoked)?.unwrap_or(0)),
        secret_hash: hash.try_into().ok()?,
        paid: Paid::default(),
        last_used_ms: AtomicU64::new(last_used_ms),
        last_written_ms: AtomicU64::new(last_used_ms),
    })
}
