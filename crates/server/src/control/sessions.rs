//! Sessions of people: the hash of each token, how and from where each began, and when it was last used.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use sqlx::{SqliteConnection, SqlitePool};
use subtle::ConstantTimeEq;

use super::{ControlError, signed, unsigned};
use crate::limits::SESSIONS_PER_PERSON_MAX;

/// A session as it stands in the database.
#[derive(Debug)]
pub(crate) struct Session {
    /// Its name for people, `ses_…`: it is shown, and opens nothing.
    pub(crate) id: String,
    /// The id of the person.
    pub(crate) person: String,
    /// From where it began, and how.
    pub(crate) origin: Origin,
    /// When it began, in milliseconds since 1970 UTC, as are all times here.
    pub(crate) created_ms: u64,
    secret_hash: [u8; 32],
    used_ms: AtomicU64,
    /// What the database says about `used_ms`.
    written_ms: AtomicU64,
}

/// From where a session began, and how the person proved who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The address of the client, after trusted proxies; `None` when it is not known.
    pub(crate) ip: Option<String>,
    /// What the browser said it is, cut to [`crate::limits::USER_AGENT_BYTES_MAX`].
    pub(crate) user_agent: Option<String>,
    /// `password`, `setup`, `invitation` or `oidc:<provider>`.
    pub(crate) method: String,
}

/// A session that is to begin.
#[derive(Clone, Debug)]
pub(crate) struct NewSession {
    /// Its name for people, `ses_…`.
    pub(crate) id: String,
    /// SHA-256 of the token.
    pub(crate) secret_hash: [u8; 32],
    /// From where, and how.
    pub(crate) origin: Origin,
    /// The present.
    pub(crate) now_ms: u64,
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

    /// When it was last used.
    pub(crate) fn used_ms(&self) -> u64 {
        self.used_ms.load(Ordering::Relaxed)
    }

    pub(crate) fn touch(&self, now_ms: u64) {
        self.used_ms.fetch_max(now_ms, Ordering::Relaxed);
    }

    fn of_row(row: Row) -> Option<Self> {
        let (id, person, secret_hash, ip, user_agent, method, created, used) = row;
        let used_ms = unsigned(used)?;
        Some(Self {
            id,
            person,
            origin: Origin {
                ip,
                user_agent,
                method,
            },
            created_ms: unsigned(created)?,
            secret_hash: secret_hash.try_into().ok()?,
            used_ms: AtomicU64::new(used_ms),
            written_ms: AtomicU64::new(used_ms),
        })
    }
}

/// All sessions.
#[derive(Debug)]
pub(crate) struct Sessions {
    pool: SqlitePool,
    /// By the first half of the hash: a look-up never compares the second half, which is compared in constant time.
    by_hash: RwLock<HashMap<[u8; 16], Arc<Session>>>,
}

type Row = (
    String,
    String,
    Vec<u8>,
    Option<String>,
    Option<String>,
    String,
    i64,
    i64,
);

impl Sessions {
    pub(super) async fn load(pool: SqlitePool) -> Result<Self, ControlError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, person, secret_hash, ip, user_agent, method, created_ms, used_ms FROM sessions",
        )
        .fetch_all(&pool)
        .await
        .map_err(|source| ControlError::Load {
            what: "sessions",
            source,
        })?;
        let mut by_hash = HashMap::with_capacity(rows.len());
        for row in rows {
            let id = row.0.clone();
            let damaged = ControlError::Damaged {
                what: "sessions",
                id,
            };
            let session = Session::of_row(row).ok_or(damaged)?;
            by_hash.insert(half(&session.secret_hash), Arc::new(session));
        }
        Ok(Self {
            pool,
            by_hash: RwLock::new(by_hash),
        })
    }

    /// Stores a session that begins now, in the place of `before`. The answer says which ended besides: of a person with
    /// too many, those that were not used for longest.
    pub(super) async fn begin(
        &self,
        person: &str,
        new: NewSession,
        before: Option<&Session>,
    ) -> Result<(Arc<Session>, Vec<Arc<Session>>), ControlError> {
        let replaced = |other: &Session| before.is_some_and(|before| before.id == other.id);
        let mut others = self.of(person);
        others.retain(|other| !replaced(other));
        others.sort_by_key(|session| session.used_ms());
        let too_many = (others.len() + 1).saturating_sub(SESSIONS_PER_PERSON_MAX);
        others.truncate(too_many);
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        for over in before
            .into_iter()
            .chain(others.iter().map(|other| &**other))
        {
            Self::end_in(&mut transaction, over).await?;
        }
        let NewSession {
            id,
            secret_hash,
            origin,
            now_ms,
        } = new;
        sqlx::query(
            "INSERT INTO sessions (id, person, secret_hash, ip, user_agent, method, created_ms, used_ms) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&id)
        .bind(person)
        .bind(secret_hash.as_slice())
        .bind(&origin.ip)
        .bind(&origin.user_agent)
        .bind(&origin.method)
        .bind(signed(now_ms))
        .bind(signed(now_ms))
        .execute(&mut *transaction)
        .await
        .map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        let session = Arc::new(Session {
            id,
            person: person.to_owned(),
            origin,
            created_ms: now_ms,
            secret_hash,
            used_ms: AtomicU64::new(now_ms),
            written_ms: AtomicU64::new(now_ms),
        });
        self.write(|by_hash| {
            for over in before
                .into_iter()
                .chain(others.iter().map(|other| &**other))
            {
                by_hash.remove(&half(&over.secret_hash));
            }
            by_hash.insert(half(&secret_hash), Arc::clone(&session));
        });
        Ok((session, others))
    }

    /// Ends a session; when this returns, it no longer works. The answer says whether it had worked until now.
    pub(crate) async fn end(&self, session: &Session) -> Result<bool, ControlError> {
        let mut connection = self.pool.acquire().await.map_err(failed)?;
        let ended = Self::end_in(&mut connection, session).await?;
        self.write(|by_hash| by_hash.remove(&half(&session.secret_hash)));
        Ok(ended)
    }

    /// Ends the sessions of a person but `kept`, and answers them.
    pub(crate) async fn end_others(
        &self,
        person: &str,
        kept: Option<&Session>,
    ) -> Result<Vec<Arc<Session>>, ControlError> {
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        let others = self.end_others_in(&mut transaction, person, kept).await?;
        transaction.commit().await.map_err(failed)?;
        self.forget_all(&others);
        Ok(others)
    }

    /// As [`Self::end_others`], inside a transaction; [`Self::forget_all`] follows it.
    pub(super) async fn end_others_in(
        &self,
        connection: &mut SqliteConnection,
        person: &str,
        kept: Option<&Session>,
    ) -> Result<Vec<Arc<Session>>, ControlError> {
        let mut others = self.of(person);
        others.retain(|other| kept.is_none_or(|kept| kept.id != other.id));
        for other in &others {
            Self::end_in(connection, other).await?;
        }
        Ok(others)
    }

    /// Forgets sessions that the database has forgotten.
    pub(super) fn forget_all(&self, ended: &[Arc<Session>]) {
        self.write(|by_hash| {
            for session in ended {
                by_hash.remove(&half(&session.secret_hash));
            }
        });
    }

    async fn end_in(
        connection: &mut SqliteConnection,
        session: &Session,
    ) -> Result<bool, ControlError> {
        sqlx::query("DELETE FROM sessions WHERE secret_hash = ?")
            .bind(session.secret_hash.as_slice())
            .execute(connection)
            .await
            .map(|done| done.rows_affected() > 0)
            .map_err(failed)
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
                Self::end_in(&mut transaction, session).await?;
            }
            transaction.commit().await.map_err(failed)?;
            self.forget_all(&over);
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

    /// The sessions of a person, also those that have expired.
    pub(crate) fn of(&self, person: &str) -> Vec<Arc<Session>> {
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
