//! What accounts decide about actions: in memory what is in force, in the database every version of it.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{PoisonError, RwLock},
};

use event::catalogue::OwnAction;
use sqlx::SqlitePool;
use tokio::sync::Mutex;

use super::{AccountId, ControlError, signed, unsigned};
use crate::limits::CATALOGUE_VERSIONS_MAX;

/// What is in force about one action.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Decided {
    /// How often something was decided about the action.
    pub(crate) version: u64,
    /// What was decided last; empty when it was taken back.
    pub(crate) own: OwnAction,
}

/// One version of what is decided about an action.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Version {
    /// Its number, from 1.
    pub(crate) number: u64,
    /// `declare`, `change`, `remove`, `deprecate`, `restore`, `alias` or `unalias`.
    pub(crate) change: String,
    /// When, in milliseconds since 1970 UTC.
    pub(crate) changed_ms: u64,
    /// The id and name of whoever did it.
    pub(crate) by: (String, String),
    /// What is in force since then.
    pub(crate) own: OwnAction,
}

/// The decisions of all accounts.
#[derive(Debug)]
pub(crate) struct Decisions {
    pool: SqlitePool,
    by_account: RwLock<HashMap<AccountId, BTreeMap<String, Decided>>>,
    /// Held while something is decided, so that each change sees what the one before it left.
    pub(crate) changing: Mutex<()>,
}

impl Decisions {
    pub(super) async fn load(pool: SqlitePool) -> Result<Self, ControlError> {
        let rows: Vec<(String, String, i64, String)> = sqlx::query_as(
            "SELECT account, action, version, decided FROM catalogue_versions AS newest \
             WHERE version = (SELECT MAX(version) FROM catalogue_versions AS other \
             WHERE other.account = newest.account AND other.action = newest.action)",
        )
        .fetch_all(&pool)
        .await
        .map_err(|source| ControlError::Load {
            what: "the catalogue",
            source,
        })?;
        let mut by_account: HashMap<AccountId, BTreeMap<String, Decided>> = HashMap::new();
        for (account, action, version, decided) in rows {
            let damaged = || damaged(&account, &action);
            let id: AccountId = account.parse().map_err(|_| damaged())?;
            let decided = Decided {
                version: unsigned(version).ok_or_else(damaged)?,
                own: serde_json::from_str(&decided).map_err(|_| damaged())?,
            };
            by_account.entry(id).or_default().insert(action, decided);
        }
        Ok(Self {
            pool,
            by_account: RwLock::new(by_account),
            changing: Mutex::default(),
        })
    }

    /// What is decided about an action; version 0 when nothing ever was.
    pub(crate) fn get(&self, account: &AccountId, action: &str) -> Decided {
        self.read(account, |decided| {
            decided
                .and_then(|decided| decided.get(action))
                .cloned()
                .unwrap_or_default()
        })
    }

    /// Everything that is in force in an account, by action.
    pub(crate) fn of(&self, account: &AccountId) -> BTreeMap<String, OwnAction> {
        self.read(account, |decided| {
            let in_force = decided
                .into_iter()
                .flatten()
                .filter(|(_, decided)| !decided.own.is_empty());
            in_force
                .map(|(action, decided)| (action.clone(), decided.own.clone()))
                .collect()
        })
    }

    /// The versions of all actions about which something was decided.
    pub(crate) fn versions_of(&self, account: &AccountId) -> BTreeMap<String, u64> {
        self.read(account, |decided| {
            let each = decided.into_iter().flatten();
            each.map(|(action, decided)| (action.clone(), decided.version))
                .collect()
        })
    }

    /// The accounts in which something was decided.
    pub(crate) fn accounts(&self) -> Vec<AccountId> {
        let by_account = self
            .by_account
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        by_account.keys().cloned().collect()
    }

    /// The newest versions of an action, newest first; older ones than the last 200 are not kept.
    pub(crate) async fn history(
        &self,
        account: &AccountId,
        action: &str,
    ) -> Result<Vec<Version>, ControlError> {
        let rows: Vec<(i64, String, i64, String, String, String)> = sqlx::query_as(
            "SELECT version, change, changed_ms, by_id, by_name, decided FROM catalogue_versions \
             WHERE account = ? AND action = ? ORDER BY version DESC",
        )
        .bind(account.as_str())
        .bind(action)
        .fetch_all(&self.pool)
        .await
        .map_err(|source| ControlError::Load {
            what: "versions of the catalogue",
            source,
        })?;
        let damaged = || damaged(account.as_str(), action);
        rows.into_iter()
            .map(|(version, change, changed_ms, by_id, by_name, decided)| {
                Ok(Version {
                    number: unsigned(version).ok_or_else(damaged)?,
                    change,
                    changed_ms: unsigned(changed_ms).ok_or_else(damaged)?,
                    by: (by_id, by_name),
                    own: serde_json::from_str(&decided).map_err(|_| damaged())?,
                })
            })
            .collect()
    }

    /// Stores a further version of an action and forgets the oldest one beyond those that are kept; call it under
    /// [`Self::changing`].
    pub(crate) async fn add(
        &self,
        account: &AccountId,
        action: &str,
        version: Version,
    ) -> Result<(), ControlError> {
        let failed = |source| ControlError::Store {
            what: "a version of the catalogue",
            source,
        };
        let decided = serde_json::to_string(&version.own)
            .map_err(|error| failed(sqlx::Error::Encode(Box::new(error))))?;
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        sqlx::query(
            "INSERT INTO catalogue_versions \
             (account, action, version, change, changed_ms, by_id, by_name, decided) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(account.as_str())
        .bind(action)
        .bind(signed(version.number))
        .bind(&version.change)
        .bind(signed(version.changed_ms))
        .bind(&version.by.0)
        .bind(&version.by.1)
        .bind(decided)
        .execute(&mut *transaction)
        .await
        .map_err(failed)?;
        sqlx::query(
            "DELETE FROM catalogue_versions WHERE account = ? AND action = ? AND version <= ?",
        )
        .bind(account.as_str())
        .bind(action)
        .bind(signed(
            version.number.saturating_sub(CATALOGUE_VERSIONS_MAX),
        ))
        .execute(&mut *transaction)
        .await
        .map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        let mut by_account = self
            .by_account
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let decided = Decided {
            version: version.number,
            own: version.own,
        };
        by_account
            .entry(account.clone())
            .or_default()
            .insert(action.to_owned(), decided);
        Ok(())
    }

    fn read<T>(
        &self,
        account: &AccountId,
        look: impl FnOnce(Option<&BTreeMap<String, Decided>>) -> T,
    ) -> T {
        let by_account = self
            .by_account
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        look(by_account.get(account))
    }
}

fn damaged(account: &str, action: &str) -> ControlError {
    ControlError::Damaged {
        what: "the catalogue",
        id: format!("{account} {action}"),
    }
}
