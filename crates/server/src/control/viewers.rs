//! Viewer tokens, portal links and the sessions that they begin: who may see a part of a log for a while.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, PoisonError, RwLock},
};

use api::{
    Permission,
    viewer::{ViewerGrant, ViewerKind, ViewerScope},
};
use sqlx::SqlitePool;
use subtle::ConstantTimeEq;
use tokio::sync::Mutex;

use super::{AccountId, ControlError, signed, unsigned};
use crate::limits::VIEWER_TOKENS_PER_ACCOUNT_MAX;

/// Who made a token: it works only while its maker may do what it grants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Maker {
    /// The key with this id.
    Key(String),
    /// The person with this id.
    Person(String),
}

impl Maker {
    /// The id of the key or the person.
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Key(id) | Self::Person(id) => id,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Key(_) => "key",
            Self::Person(_) => "person",
        }
    }

    fn of(kind: &str, id: String) -> Option<Self> {
        match kind {
            "key" => Some(Self::Key(id)),
            "person" => Some(Self::Person(id)),
            _ => None,
        }
    }
}

/// A viewer token, a portal link, or the session of one that was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewerToken {
    /// Its id, `vwt_…` or `plk_…`; a session has that of its link.
    pub id: String,
    /// The account of which it shows a part.
    pub account: AccountId,
    pub(crate) kind: ViewerKind,
    pub(crate) maker: Maker,
    /// What the maker was called then.
    pub(crate) maker_name: String,
    pub(crate) grant: ViewerGrant,
    /// When it was made, in milliseconds since 1970 UTC, as are all times here.
    pub(crate) created_ms: u64,
    /// It stops at this very millisecond.
    pub(crate) expires_ms: u64,
    /// How long the session of a link lasts.
    pub(crate) session_ms: u64,
    pub(crate) secret_hash: [u8; 32],
}

impl ViewerToken {
    /// What it permits when its maker may do the same.
    pub(crate) fn permissions(&self) -> Vec<Permission> {
        let exports = self.grant.scopes.contains(&ViewerScope::Export);
        let export = exports.then_some(Permission::AuditExport);
        std::iter::once(Permission::AuditRead)
            .chain(export)
            .collect()
    }

    /// What the viewer is called.
    pub(crate) fn viewer_name(&self) -> &str {
        let actor = &self.grant.actor;
        actor.name.as_deref().unwrap_or(&actor.id)
    }
}

/// All that have not expired, and some that have.
#[derive(Debug)]
pub(crate) struct Viewers {
    pool: SqlitePool,
    known: RwLock<Known>,
    /// Held from a change in the database to that in memory: what was removed must not come back by one that was quicker.
    changing: Mutex<()>,
}

#[derive(Debug, Default)]
struct Known {
    by_id: BTreeMap<String, Arc<ViewerToken>>,
    /// By the first half of the hash: a look-up never compares the second half, which is compared in constant time.
    by_hash: HashMap<[u8; 16], Arc<ViewerToken>>,
    of_account: HashMap<AccountId, usize>,
}

impl Known {
    fn put(&mut self, token: Arc<ViewerToken>) {
        self.remove(&token.id);
        *self.of_account.entry(token.account.clone()).or_default() += 1;
        self.by_hash
            .insert(half(&token.secret_hash), Arc::clone(&token));
        self.by_id.insert(token.id.clone(), token);
    }

    fn remove(&mut self, id: &str) -> bool {
        let Some(token) = self.by_id.remove(id) else {
            return false;
        };
        self.by_hash.remove(&half(&token.secret_hash));
        if let Some(count) = self.of_account.get_mut(&token.account) {
            *count -= 1;
            if *count == 0 {
                self.of_account.remove(&token.account);
            }
        }
        true
    }
}

impl Viewers {
    pub(super) async fn load(pool: SqlitePool) -> Result<Self, ControlError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, account, kind, secret_hash, maker_kind, maker, maker_name, rights, created_ms, expires_ms, \
             session_ms FROM viewer_tokens",
        )
        .fetch_all(&pool)
        .await
        .map_err(|source| ControlError::Load { what: "viewer tokens", source })?;
        let mut known = Known::default();
        for row in rows {
            let id = row.0.clone();
            let token = token_of(row).ok_or(ControlError::Damaged {
                what: "viewer tokens",
                id,
            })?;
            known.put(Arc::new(token));
        }
        Ok(Self {
            pool,
            known: RwLock::new(known),
            changing: Mutex::new(()),
        })
    }

    /// Stores a token or a link; it works as soon as this returns.
    pub(crate) async fn insert(
        &self,
        token: ViewerToken,
    ) -> Result<Arc<ViewerToken>, ControlError> {
        let _changing = self.changing.lock().await;
        let count = |known: &Known| known.of_account.get(&token.account).copied();
        if self.read(count).unwrap_or_default() >= VIEWER_TOKENS_PER_ACCOUNT_MAX {
            self.forget_expired(token.created_ms).await?;
            if self.read(count).unwrap_or_default() >= VIEWER_TOKENS_PER_ACCOUNT_MAX {
                return Err(ControlError::TooManyViewerTokens);
            }
        }
        sqlx::query(
            "INSERT INTO viewer_tokens (id, account, kind, secret_hash, maker_kind, maker, maker_name, rights, \
             created_ms, expires_ms, session_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&token.id)
        .bind(token.account.as_str())
        .bind(kind_text(token.kind))
        .bind(token.secret_hash.as_slice())
        .bind(token.maker.kind())
        .bind(token.maker.id())
        .bind(&token.maker_name)
        .bind(serde_json::json!(token.grant).to_string())
        .bind(signed(token.created_ms))
        .bind(signed(token.expires_ms))
        .bind(signed(token.session_ms))
        .execute(&self.pool)
        .await
        .map_err(failed)?;
        let token = Arc::new(token);
        self.write(|known| known.put(Arc::clone(&token)));
        Ok(token)
    }

    /// Makes the session of a link, which ends at `expires_ms` and whose code does not work any more; `None` when somebody else was first.
    pub(crate) async fn open(
        &self,
        link: &ViewerToken,
        secret_hash: [u8; 32],
        expires_ms: u64,
    ) -> Result<Option<Arc<ViewerToken>>, ControlError> {
        let _changing = self.changing.lock().await;
        let done = sqlx::query(
            "UPDATE viewer_tokens SET kind = 'session', secret_hash = ?, expires_ms = ? WHERE id = ? AND kind = 'link'",
        )
        .bind(secret_hash.as_slice())
        .bind(signed(expires_ms))
        .bind(&link.id)
        .execute(&self.pool)
        .await
        .map_err(failed)?;
        if done.rows_affected() == 0 {
            return Ok(None);
        }
        let session = Arc::new(ViewerToken {
            kind: ViewerKind::Session,
            secret_hash,
            expires_ms,
            ..link.clone()
        });
        self.write(|known| known.put(Arc::clone(&session)));
        Ok(Some(session))
    }

    /// Ends a token, link or session; the answer says whether it was there. When this returns, it no longer works.
    pub(crate) async fn remove(&self, id: &str) -> Result<bool, ControlError> {
        let _changing = self.changing.lock().await;
        sqlx::query("DELETE FROM viewer_tokens WHERE id = ?")
            .bind(id)
            .execute(&self.pool)
            .await
            .map_err(failed)?;
        Ok(self.write(|known| known.remove(id)))
    }

    /// Removes what has expired.
    pub(crate) async fn remove_expired(&self, now_ms: u64) -> Result<(), ControlError> {
        let _changing = self.changing.lock().await;
        self.forget_expired(now_ms).await
    }

    async fn forget_expired(&self, now_ms: u64) -> Result<(), ControlError> {
        let over = |token: &&Arc<ViewerToken>| token.expires_ms <= now_ms;
        if !self.read(|known| known.by_id.values().any(|token| over(&token))) {
            return Ok(());
        }
        sqlx::query("DELETE FROM viewer_tokens WHERE expires_ms <= ?")
            .bind(signed(now_ms))
            .execute(&self.pool)
            .await
            .map_err(failed)?;
        self.write(|known| {
            let over: Vec<String> = known
                .by_id
                .values()
                .filter(over)
                .map(|token| token.id.clone())
                .collect();
            for id in over {
                known.remove(&id);
            }
        });
        Ok(())
    }

    /// What has this id, whether it has expired or not.
    pub(crate) fn get(&self, id: &str) -> Option<Arc<ViewerToken>> {
        self.read(|known| known.by_id.get(id).cloned())
    }

    /// What has a secret with this hash, whether it has expired or not.
    pub(crate) fn with_hash(&self, hash: &[u8; 32], kind: ViewerKind) -> Option<Arc<ViewerToken>> {
        let found = self.read(|known| known.by_hash.get(&half(hash)).cloned())?;
        (bool::from(found.secret_hash.ct_eq(hash)) && found.kind == kind).then_some(found)
    }

    /// Whether this is as it was, and has not expired: a link that was opened is something else.
    pub(crate) fn has(&self, token: &ViewerToken, now_ms: u64) -> bool {
        let known = self.get(&token.id);
        now_ms < token.expires_ms && known.is_some_and(|known| known.kind == token.kind)
    }

    /// At most `limit` of the account for which `wanted` holds, oldest first, after the place `after` = (created, id).
    pub(crate) fn page(
        &self,
        wanted: impl Fn(&ViewerToken) -> bool,
        after: Option<&(u64, String)>,
        limit: usize,
    ) -> Vec<Arc<ViewerToken>> {
        let later = |token: &ViewerToken| {
            after.is_none_or(|place| (token.created_ms, &token.id) > (place.0, &place.1))
        };
        let chosen = |token: &&Arc<ViewerToken>| wanted(token) && later(token);
        let mut found: Vec<_> =
            self.read(|known| known.by_id.values().filter(chosen).cloned().collect());
        found.sort_by(|a, b| (a.created_ms, &a.id).cmp(&(b.created_ms, &b.id)));
        found.truncate(limit);
        found
    }

    fn read<T>(&self, look: impl FnOnce(&Known) -> T) -> T {
        look(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write<T>(&self, change: impl FnOnce(&mut Known) -> T) -> T {
        change(&mut self.known.write().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The columns of `viewer_tokens`, in the order of the SELECT.
type Row = (
    String,
    String,
    String,
    Vec<u8>,
    String,
    String,
    String,
    String,
    i64,
    i64,
    i64,
);

/// What a row holds; `None` when the row is damaged.
fn token_of(row: Row) -> Option<ViewerToken> {
    let (id, account, kind, hash, maker_kind, maker, maker_name, rights, created, expires, session) =
        row;
    Some(ViewerToken {
        id,
        account: account.parse().ok()?,
        kind: kind_of(&kind)?,
        maker: Maker::of(&maker_kind, maker)?,
        maker_name,
        grant: serde_json::from_str(&rights).ok()?,
        created_ms: unsigned(created)?,
        expires_ms: unsigned(expires)?,
        session_ms: unsigned(session)?,
        secret_hash: hash.try_into().ok()?,
    })
}

const fn kind_text(kind: ViewerKind) -> &'static str {
    match kind {
        ViewerKind::Token => "token",
        ViewerKind::Link => "link",
        ViewerKind::Session => "session",
    }
}

fn kind_of(text: &str) -> Option<ViewerKind> {
    [ViewerKind::Token, ViewerKind::Link, ViewerKind::Session]
        .into_iter()
        .find(|kind| kind_text(*kind) == text)
}

fn half(hash: &[u8; 32]) -> [u8; 16] {
    std::array::from_fn(|n| hash.get(n).copied().unwrap_or_default())
}

fn failed(source: sqlx::Error) -> ControlError {
    ControlError::Store {
        what: "a viewer token",
        source,
    }
}
