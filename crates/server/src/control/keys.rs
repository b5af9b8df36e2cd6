//! API keys: the hash of each token, what it may do, and until when.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Bound,
    sync::{Arc, PoisonError, RwLock, atomic::Ordering},
};

use sqlx::{AssertSqlSafe, Sqlite, SqlitePool, Transaction};
use subtle::ConstantTimeEq;
use tokio::sync::Mutex;

use super::{
    AccountId, ControlError,
    key::{COLUMNS, Key, NewKey, Row, Standing, key_of},
    signed,
};
use crate::limits::{ENDED_KEYS_KEPT, KEYS_PER_ACCOUNT_MAX};

/// All keys.
#[derive(Debug)]
pub(crate) struct Keys {
    pool: SqlitePool,
    ring: RwLock<Ring>,
    /// Held from the look at a key to its change: two changes at once must not undo each other.
    pub(crate) changing: Mutex<()>,
}

/// Which keys are meant.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Whose<'a> {
    /// All of them.
    Everybodys,
    /// Those of an account; with `None` those of the instance.
    Of(Option<&'a AccountId>),
}

/// When a key was created, and its id: the order of all lists.
type Place = (u64, String);

#[derive(Debug, Default)]
struct Ring {
    by_id: HashMap<String, Arc<Key>>,
    by_age: BTreeMap<Place, Arc<Key>>,
    /// With `None` those of the instance.
    of_owner: HashMap<Option<AccountId>, BTreeMap<Place, Arc<Key>>>,
    /// By the first half of the hash: a look-up never compares the second half, which is compared in constant time.
    by_hash: HashMap<[u8; 16], Arc<Key>>,
}

impl Ring {
    fn put(&mut self, key: Key) -> Arc<Key> {
        let key = Arc::new(key);
        let place = (key.created_ms, key.id.clone());
        let owned = self.of_owner.entry(key.account.clone()).or_default();
        owned.insert(place.clone(), Arc::clone(&key));
        self.by_age.insert(place, Arc::clone(&key));
        if let Some(half) = key.secret_hash.first_chunk() {
            self.by_hash.insert(*half, Arc::clone(&key));
        }
        self.by_id.insert(key.id.clone(), Arc::clone(&key));
        key
    }

    fn remove(&mut self, key: &Key) {
        let place = (key.created_ms, key.id.clone());
        if let Some(owned) = self.of_owner.get_mut(&key.account) {
            owned.remove(&place);
        }
        self.by_age.remove(&place);
        if let Some(half) = key.secret_hash.first_chunk::<16>() {
            self.by_hash.remove(half);
        }
        self.by_id.remove(&key.id);
    }

    fn of(&self, owner: Option<&AccountId>) -> impl Iterator<Item = &Arc<Key>> {
        let owned = self.of_owner.get(&owner.cloned());
        owned.into_iter().flat_map(BTreeMap::values)
    }

    /// The keys of an owner that ended longer ago than those that are kept.
    ///
    /// What the machine made stays: a token in the file of `[bootstrap]` would otherwise work again after its key ended.
    fn too_old(&self, owner: Option<&AccountId>, now_ms: u64) -> Vec<Arc<Key>> {
        let is_machines = |key: &Key| {
            let by = key.created_by.as_ref();
            by.is_none_or(|(id, _)| id == "operator")
        };
        let ended = |key: &&Arc<Key>| key.standing(now_ms) != Standing::Good && !is_machines(key);
        let mut ended: Vec<Arc<Key>> = self.of(owner).filter(ended).cloned().collect();
        let excess = ended.len().saturating_sub(ENDED_KEYS_KEPT);
        let end_ms = |key: &Key| {
            [key.revoked_ms(), key.expires_ms]
                .into_iter()
                .flatten()
                .min()
        };
        ended.sort_by_cached_key(|key| (end_ms(key), key.id.clone()));
        ended.truncate(excess);
        ended
    }
}

impl Keys {
    pub(super) async fn load(pool: SqlitePool) -> Result<Self, ControlError> {
        let select = AssertSqlSafe(format!("SELECT {COLUMNS} FROM keys"));
        let rows: Vec<Row> = sqlx::query_as(select)
            .fetch_all(&pool)
            .await
            .map_err(|source| ControlError::Load {
                what: "keys",
                source,
            })?;
        let mut ring = Ring::default();
        for row in rows {
            let id = row.0.clone();
            ring.put(key_of(row).ok_or(ControlError::Damaged { what: "keys", id })?);
        }
        Ok(Self {
            pool,
            ring: RwLock::new(ring),
            changing: Mutex::new(()),
        })
    }

    /// Stores a key; it works as soon as this returns. Those of its owner that ended long ago are forgotten.
    pub(crate) async fn insert(&self, new: NewKey) -> Result<Arc<Key>, ControlError> {
        self.ensure_room(new.account.as_ref(), new.created_ms)?;
        let gone = self.read(|ring| ring.too_old(new.account.as_ref(), new.created_ms));
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        insert(&mut transaction, &new).await?;
        delete(&mut transaction, &gone).await?;
        transaction.commit().await.map_err(failed)?;
        Ok(self.write(|ring| {
            for key in &gone {
                ring.remove(key);
            }
            ring.put(new.into())
        }))
    }

    /// Stores what a key is from now on; what never changes about it is not looked at.
    pub(crate) async fn update(&self, key: Key) -> Result<Arc<Key>, ControlError> {
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        update(&mut transaction, &key).await?;
        transaction.commit().await.map_err(failed)?;
        Ok(self.write(|ring| ring.put(key)))
    }

    /// Stores a key and what the one that it replaces is from now on: both or neither.
    pub(crate) async fn replace(
        &self,
        replaced: Key,
        by: NewKey,
    ) -> Result<Arc<Key>, ControlError> {
        self.ensure_room(by.account.as_ref(), by.created_ms)?;
        let gone = self.read(|ring| ring.too_old(by.account.as_ref(), by.created_ms));
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        insert(&mut transaction, &by).await?;
        delete(&mut transaction, &gone).await?;
        update(&mut transaction, &replaced).await?;
        transaction.commit().await.map_err(failed)?;
        Ok(self.write(|ring| {
            for key in &gone {
                ring.remove(key);
            }
            ring.put(replaced);
            ring.put(by.into())
        }))
    }

    /// Refuses one working key more than an account, or the instance, may have.
    fn ensure_room(&self, account: Option<&AccountId>, now_ms: u64) -> Result<(), ControlError> {
        let works = |key: &&Arc<Key>| key.standing(now_ms) == Standing::Good;
        if self.read(|ring| ring.of(account).filter(works).count()) < KEYS_PER_ACCOUNT_MAX {
            Ok(())
        } else {
            Err(ControlError::TooManyKeys)
        }
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
                .map_err(failed)?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        key.course.revoked_ms.store(now_ms, Ordering::Release);
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

    /// At most `limit` keys, oldest first, after the place `after` = (created, id).
    pub(crate) fn page(
        &self,
        whose: Whose<'_>,
        after: Option<Place>,
        limit: usize,
    ) -> Vec<Arc<Key>> {
        let after = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.read(|ring| {
            let keys = match whose {
                Whose::Everybodys => Some(&ring.by_age),
                Whose::Of(owner) => ring.of_owner.get(&owner.cloned()),
            };
            let later = keys.map(|keys| keys.range((after, Bound::Unbounded)));
            let later = later.into_iter().flatten().take(limit);
            later.map(|(_, key)| Arc::clone(key)).collect()
        })
    }

    /// Writes down the last use of every key that was used since it was last written, in one transaction.
    pub(crate) async fn write_last_used(&self) -> Result<(), ControlError> {
        let since = |key: &Arc<Key>| {
            let used_ms = key.course.last_used_ms.load(Ordering::Relaxed);
            let known = used_ms <= key.course.last_written_ms.load(Ordering::Relaxed);
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
            key.course.last_written_ms.store(used_ms, Ordering::Relaxed);
        }
        Ok(())
    }

    fn read<T>(&self, look: impl FnOnce(&Ring) -> T) -> T {
        look(&self.ring.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write<T>(&self, change: impl FnOnce(&mut Ring) -> T) -> T {
        change(&mut self.ring.write().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn insert(
    transaction: &mut Transaction<'_, Sqlite>,
    new: &NewKey,
) -> Result<(), ControlError> {
    sqlx::query(
        "INSERT INTO keys (id, account, name, permissions, hide, networks, secret_hash, prefix, created_ms, \
         expires_ms, created_by_id, created_by_name, rotated_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&new.id)
    .bind(new.account.as_ref().map(AccountId::as_str))
    .bind(&new.name)
    .bind(words(new.permissions.iter().map(|permission| permission.as_str())))
    .bind(words(new.hide.iter().map(|facet| facet.as_str())))
    .bind(words(new.networks.iter().map(ToString::to_string)))
    .bind(new.secret_hash.as_slice())
    .bind(&new.prefix)
    .bind(signed(new.created_ms))
    .bind(new.expires_ms.map(signed))
    .bind(&new.created_by.0)
    .bind(&new.created_by.1)
    .bind(&new.rotated_from)
    .execute(&mut **transaction)
    .await
    .map_err(failed)?;
    Ok(())
}

async fn delete(
    transaction: &mut Transaction<'_, Sqlite>,
    keys: &[Arc<Key>],
) -> Result<(), ControlError> {
    for key in keys {
        sqlx::query("DELETE FROM keys WHERE id = ?")
            .bind(&key.id)
            .execute(&mut **transaction)
            .await
            .map_err(failed)?;
    }
    Ok(())
}

async fn update(transaction: &mut Transaction<'_, Sqlite>, key: &Key) -> Result<(), ControlError> {
    sqlx::query(
        "UPDATE keys SET name = ?, networks = ?, expires_ms = ?, replaced_by = ? WHERE id = ?",
    )
    .bind(&key.name)
    .bind(words(key.networks.iter().map(ToString::to_string)))
    .bind(key.expires_ms.map(signed))
    .bind(&key.replaced_by)
    .bind(&key.id)
    .execute(&mut **transaction)
    .await
    .map_err(failed)?;
    Ok(())
}

fn words<T: AsRef<str>>(words: impl Iterator<Item = T>) -> String {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word.as_ref());
    }
    text
}

fn failed(source: sqlx::Error) -> ControlError {
    ControlError::Store {
        what: "a key",
        source,
    }
}
