//! What people prefer in accounts. It is asked for seldom, so the database answers itself.

use sqlx::SqlitePool;

use super::{AccountId, ControlError};

/// The preferences of everybody.
#[derive(Debug)]
pub(crate) struct AllPreferences {
    pool: SqlitePool,
}

impl AllPreferences {
    pub(super) fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }

    /// What a person chose in an account, as JSON of the API; `None` when nothing.
    pub(crate) async fn of(
        &self,
        person: &str,
        account: &AccountId,
    ) -> Result<Option<String>, ControlError> {
        sqlx::query_scalar("SELECT preferences FROM preferences WHERE person = ? AND account = ?")
            .bind(person)
            .bind(account.as_str())
            .fetch_optional(&self.pool)
            .await
            .map_err(|source| ControlError::Load {
                what: "preferences",
                source,
            })
    }

    /// Stores what a person chose, as JSON of the API.
    pub(crate) async fn put(
        &self,
        person: &str,
        account: &AccountId,
        preferences: &str,
    ) -> Result<(), ControlError> {
        sqlx::query(
            "INSERT INTO preferences (person, account, preferences) VALUES (?, ?, ?) \
             ON CONFLICT (person, account) DO UPDATE SET preferences = excluded.preferences",
        )
        .bind(person)
        .bind(account.as_str())
        .bind(preferences)
        .execute(&self.pool)
        .await
        .map(|_| ())
        .map_err(|source| ControlError::Store {
            what: "preferences",
            source,
        })
    }
}
