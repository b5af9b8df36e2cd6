//! Sessions of people: the hash of each token, when it began and when it was last used.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use sqlx::SqlitePool;
use subtle::ConstantTimeEq;

use super::{ControlError, signed, unsigned};
use crate::limits::SESSIONS_PER_PERSON_MAX;

/// A session as it stands in the database.
#[derive(Debug)]
pub(crate) struct Session {
    /// The id of the person.
    pub(crate) person: String,
    /// When it began, in milliseconds since 1970 UTC, as are all times here.
    created_ms: u64,
    secret_hash: [u8; 32],
    used_ms: AtomicU64,
    /// What the database says about `used_ms`.
    written_ms: AtomicU64,
}

/// How long sessions last, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lifetime {
    /// After the last use.
    pub(crate) idle_ms: u64,
    /// After the sign-in, however much it is used.
    pub(crate) absolute_ms: u64,
}

impl Session {
    /// When it ends unless it is used before; it ends at this very millisecond.
    pub(crate) fn expires_ms(&self, lifetime: Lifetime) -> u64 {
        let idle_ms = self
            .used_ms
            .load(Ordering::Relaxed)
            .saturating_add(lifetime.idle_ms);
        idle_ms.min(self.created_ms.saturating_add(lifetime.absolute_ms))
    }

    pub(crate) fn touch(&self, now_ms: u64) {
        self.used_ms.fetch_max(now_ms, Ordering::Relaxed);
    }

    fn new(person: String, secret_hash: [u8; 32], created_ms: u64, used_ms: u64) -> Self {
        Self {
            person,
            created_ms,
            secret_hash,
            used_ms: AtomicU64::new(used_ms),
            written_ms: AtomicU64::new(used_ms),
        }
    }
}

/// All sessions.
#[derive(Debug)]
pub(crate) struct Sessions {
    pool: SqlitePool,
    /// By the first half of the hash: a look-up never compares the second half, which is compared in constant time.
    by_hash: RwLock<HashMap<[u8; 16], Arc<Session>>>,
}

impl Sessions {
    pub(super) async fn load(pool: SqlitePool) -> Result<Self, ControlError> {
        type Row = (Vec<u8>, String, i64, i64);
        let rows: Vec<Row> =
            sqlx::query_as("SELECT secret_hash, person, created_ms, used_ms FROM sessions")
                .fetch_all(&pool)
                .await
                .map_err(|source| ControlError::Load {
                    what: "sessions",
                    source,
                })?;
        let mut by_hash = HashMap::with_capacity(rows.len());
        for (hash, person, created, used) in rows {
            let session = hash.try_into().ok().and_then(|hash| {
                let (created_ms, used_ms) = (unsigned(created)?, unsigned(used)?);
                Some(Session::new(person.clone(), hash, created_ms, used_ms))
            });
            let session = session.ok_or(ControlError::Damaged {
                what: "sessions",
                id: person,
            })?;
            by_hash.insert(half(&session.secret_hash), Arc::new(session));
        }
        Ok(Self {
            pool,
            by_hash: RwLock::new(by_hash),
        })
    }

    /// Stores a session that begins now; of a person with too many, the one that was not used for longest ends.
    pub(crate) async fn begin(
        &self,
        person: &str,
        secret_hash: [u8; 32],
        now_ms: u64,
    ) -> Result<Arc<Session>, ControlError> {
        let mut others = self.of(person);
        others.sort_by_key(|session| session.used_ms.load(Ordering::Relaxed));
        let too_many = (others.len() + 1).saturating_sub(SESSIONS_PER_PERSON_MAX);
        for session in others.iter().take(too_many) {
            self.end(session).await?;
        }
        sqlx::query(
            "INSERT INTO sessions (secret_hash, person, created_ms, used_ms) VALUES (?, ?, ?, ?)",
        )
        .bind(secret_hash.as_slice())
        .bind(person)
        .bind(signed(now_ms))
        .bind(signed(now_ms))
        .execute(&self.pool)
        .await
        .map_err(failed)?;
        let session = Arc::new(Session::new(person.to_owned(), secret_hash, now_ms, now_ms));
        self.write(|by_hash| by_hash.insert(half(&secret_hash), Arc::clone(&session)));
        Ok(session)
    }

    /// Ends a session; when this returns, it no longer works.
    pub(crate) async fn end(&self, session: &Session) -> Result<(), ControlError> {
        sqlx::query("DELETE FROM sessions WHERE secret_hash = ?")
            .bind(session.secret_hash.as_slice())
            .execute(&self.pool)
            .await
            .map_err(failed)?;
        self.write(|by_hash| by_hash.remove(&half(&session.secret_hash)));
        Ok(())
    }

    /// Forgets the sessions of a person whom the database has forgotten.
    pub(crate) fn forget(&self, person: &str) {
        self.write(|by_hash| by_hash.retain(|_, session| session.person != person));
    }

    /// The session whose token has this hash, also when it has expired.
    pub(crate) fn with_hash(&self, hash: &[u8; 32]) -> Option<Arc<Session>> {
        let found = self.read(|by_hash| by_hash.get(&half(hash)).cloned())?;
        bool::from(found.secret_hash.ct_eq(hash)).then_some(found)
    }

    /// Whether a session that worked works still.
    pub(crate) fn has(&self, session: &Session, lifetime: Lifetime, now_ms: u64) -> bool {
        now_ms < session.expires_ms(lifetime) && self.with_hash(&session.secret_hash).is_some()
    }

    /// Removes what has expired, and writes down the last use of the others.
    pub(crate) async fn tidy(&self, lifetime: Lifetime, now_ms: u64) -> Result<(), ControlError> {
        let over = self.select(|session| session.expires_ms(lifetime) <= now_ms);
        if !over.is_empty() {
            let mut transaction = self.pool.begin().await.map_err(failed)?;
            for session in &over {
                sqlx::query("DELETE FROM sessions WHERE secret_hash = ?")
                    .bind(session.secret_hash.as_slice())
                    .execute(&mut *transaction)
                    .await
                    .map_err(failed)?;
            }
            transaction.commit().await.map_err(failed)?;
            self.write(|by_hash| {
                for session in &over {
                    by_hash.remove(&half(&session.secret_hash));
                }
            });
        }
        self.write_last_used().await
    }

    /// Writes down the last use of all sessions.
    pub(crate) async fn write_last_used(&self) -> Result<(), ControlError> {
        let used = self.select(|session| {
            session.used_ms.load(Ordering::Relaxed) > session.written_ms.load(Ordering::Relaxed)
        });
        if used.is_empty() {
            return Ok(());
        }
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        let mut written = Vec::with_capacity(used.len());
        for session in used {
            let used_ms = session.used_ms.load(Ordering::Relaxed);
            sqlx::query("UPDATE sessions SET used_ms = ? WHERE secret_hash = ?")
                .bind(signed(used_ms))
                .bind(session.secret_hash.as_slice())
                .execute(&mut *transaction)
                .await
                .map_err(failed)?;
            written.push((session, used_ms));
        }
        transaction.commit().await.map_err(failed)?;
        for (session, used_ms) in written {
            session.written_ms.store(used_ms, Ordering::Relaxed);
        }
        Ok(())
    }

    /// When each person who has a session last used one, by the id of the person.
    pub(crate) fn last_used_ms(&self) -> HashMap<String, u64> {
        self.read(|by_hash| {
            let mut newest: HashMap<String, u64> = HashMap::new();
            for session in by_hash.values() {
                let used_ms = session.used_ms.load(Ordering::Relaxed);
                let newest = newest.entry(session.person.clone()).or_default();
                *newest = used_ms.max(*newest);
            }
            newest
        })
    }

    fn of(&self, person: &str) -> Vec<Arc<Session>> {
        self.select(|session| session.person == person)
    }

    fn select(&self, wanted: impl Fn(&Session) -> bool) -> Vec<Arc<Session>> {
        let wanted = |session: &&Arc<Session>| wanted(session);
        self.read(|by_hash| by_hash.values().filter(wanted).cloned().collect())
    }

    fn read<T>(&self, look: impl FnOnce(&HashMap<[u8; 16], Arc<Session>>) -> T) -> T {
        look(&self.by_hash.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write<T>(&self, change: impl FnOnce(&mut HashMap<[u8; 16], Arc<Session>>) -> T) -> T {
        change(&mut self.by_hash.write().unwrap_or_else(PoisonError::into_inner))
    }
}

fn failed(source: sqlx::Error) -> ControlError {
    ControlError::Store {
        what: "a session",
        source,
    }
}

fn half(hash: &[u8; 32]) -> [u8; 16] {
    std::array::from_fn(|n| hash.get(n).copied().unwrap_or_default())
}
