//! Control data: accounts, keys, people and what they keep, in SQLite.
//!
//! One process holds the data directory, so everything that decides who may what is also in memory: no request waits for
//! the database. What only one screen of a person asks for (views, preferences) is read when it is asked for.
//! A change is written and flushed first and visible after.
//! The registry of the ledger decides that an account exists; this database is completed from it, never the reverse.

mod account_id;
mod accounts;
mod decisions;
mod error;
mod founders;
mod invitations;
mod key;
mod keys;
mod links;
mod people;
mod preferences;
mod removals;
mod role_id;
mod roles;
mod runs;
mod schema;
mod sealed;
mod second_factors;
mod sessions;
mod sign_in;
#[cfg(test)]
mod tests;
mod viewers;
mod views;

use std::path::Path;

use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

pub use account_id::{AccountId, AccountIdInvalid, RESERVED};
pub use accounts::{Account, Settings};
pub(crate) use accounts::{Accounts, firewall_settings};
pub(crate) use decisions::{Decided, Decisions, Version};
pub use error::ControlError;
pub(crate) use founders::Founders;
pub(crate) use invitations::{Invitation, Invitations, Joining};
pub use key::Key;
pub(crate) use key::{NewKey, Standing};
pub(crate) use keys::{Keys, Whose};
pub(crate) use links::{Claim, Link, LinkKind, LinkSecret, Links, NewLink};
pub(crate) use people::{Identity, People, folded};
pub use people::{Membership, Person};
pub(crate) use preferences::AllPreferences;
pub(crate) use removals::{Removals, RuleKind};
pub use role_id::RoleId;
pub(crate) use roles::{Role, Roles, folded_name};
pub(crate) use runs::Runs;
pub(crate) use sealed::{SealError, Sealer};
pub(crate) use second_factors::{SecondFactors, Used};
pub(crate) use sessions::{Lifetime, NewSession, Origin, Session, Sessions};
pub(crate) use sign_in::{Begun, Ended};
pub use viewers::ViewerToken;
pub(crate) use viewers::{Maker, Viewers};
pub(crate) use views::{View, Views};

/// The file of the database in the data directory.
pub(crate) const FILE_NAME: &str = "control.db";

/// Accounts, keys and people of one instance.
#[derive(Debug)]
pub(crate) struct Control {
    pub(crate) accounts: Accounts,
    pub(crate) keys: Keys,
    pub(crate) people: People,
    pub(crate) roles: Roles,
    pub(crate) sessions: Sessions,
    pub(crate) viewers: Viewers,
    pub(crate) views: Views,
    pub(crate) decisions: Decisions,
    /// What the firewall took out of events.
    pub(crate) removals: Removals,
    pub(crate) runs: Runs,
    pub(crate) preferences: AllPreferences,
    pub(crate) second_factors: SecondFactors,
    pub(crate) links: Links,
    pub(crate) invitations: Invitations,
    pub(crate) founders: Founders,
    pool: SqlitePool,
}

impl Control {
    /// Makes the database in an empty data directory, readable by its owner only.
    ///
    /// What an interrupted initialisation left behind is replaced: nothing in it was acknowledged.
    pub(crate) async fn create(data_dir: &Path) -> Result<Self, ControlError> {
        let path = data_dir.join(FILE_NAME);
        schema::create_file(&path)?;
        Self::connect(&path).await
    }

    /// Opens the database of an initialised data directory.
    pub(crate) async fn open(data_dir: &Path) -> Result<Self, ControlError> {
        Self::connect(&data_dir.join(FILE_NAME)).await
    }

    async fn connect(path: &Path) -> Result<Self, ControlError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(false)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        let open = |source| ControlError::Open {
            path: path.to_owned(),
            source,
        };
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options)
            .await
            .map_err(open)?;
        schema::migrate(&pool).await?;
        let accounts = Accounts::load(pool.clone()).await?;
        let keys = Keys::load(pool.clone()).await?;
        let people = People::load(pool.clone()).await?;
        let roles = Roles::load(pool.clone()).await?;
        let sessions = Sessions::load(pool.clone()).await?;
        let viewers = Viewers::load(pool.clone()).await?;
        let decisions = Decisions::load(pool.clone()).await?;
        let second_factors = SecondFactors::load(pool.clone()).await?;
        let removals = Removals::load(pool.clone()).await?;
        Ok(Self {
            accounts,
            keys,
            people,
            roles,
            sessions,
            second_factors,
            links: Links::new(pool.clone()),
            invitations: Invitations::new(pool.clone()),
            founders: Founders::new(pool.clone()),
            viewers,
            views: Views::new(pool.clone()),
            decisions,
            removals,
            runs: Runs::new(pool.clone()),
            preferences: AllPreferences::new(pool.clone()),
            pool,
        })
    }

    /// Writes down the last use of keys and sessions and closes the database.
    pub(crate) async fn close(&self) -> Result<(), ControlError> {
        let keys = self.keys.write_last_used().await;
        let sessions = self.sessions.write_last_used().await;
        let removals = self.removals.write().await;
        self.pool.close().await;
        keys.and(sessions).and(removals)
    }
}

/// Milliseconds for SQLite, whose integers have a sign.
fn signed(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}

/// Milliseconds from SQLite; `None` when they are damaged.
fn unsigned(ms: i64) -> Option<u64> {
    u64::try_from(ms).ok()
}
