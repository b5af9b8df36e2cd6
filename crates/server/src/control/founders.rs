//! Who creates which account right now, so that a process that ends in between leaves no account without an owner.

use sqlx::SqlitePool;

use super::{AccountId, ControlError};

/// The people who create accounts: rows stand here only while an account is made.
#[derive(Debug)]
pub(crate) struct Founders {
    pool: SqlitePool,
}

impl Founders {
    pub(super) fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }

    /// Notes that a person is about to create an account.
    pub(crate) async fn note(&self, account: &AccountId, person: &str) -> Result<(), ControlError> {
        sqlx::query(
            "INSERT INTO founders (account, person) VALUES (?, ?) \
             ON CONFLICT (account) DO UPDATE SET person = excluded.person",
        )
        .bind(account.as_str())
        .bind(person)
        .execute(&self.pool)
        .await
        .map(drop)
        .map_err(failed)
    }

    /// Forgets it: the account belongs to its founder, or was not made.
    pub(crate) async fn forget(&self, account: &AccountId) -> Result<(), ControlError> {
        sqlx::query("DELETE FROM founders WHERE account = ?")
            .bind(account.as_str())
            .execute(&self.pool)
            .await
            .map(drop)
            .map_err(failed)
    }

    /// What the last process left: accounts, and the ids of those who were creating them.
    pub(crate) async fn left(&self) -> Result<Vec<(AccountId, String)>, ControlError> {
        let rows: Vec<(String, String)> = sqlx::query_as("SELECT account, person FROM founders")
            .fetch_all(&self.pool)
            .await
            .map_err(|source| ControlError::Load {
                what: "founders",
                source,
            })?;
        let read = |(account, person): (String, String)| {
            let id = account.parse().map_err(|_| ControlError::Damaged {
                what: "founders",
                id: account.clone(),
            })?;
            Ok((id, person))
        };
        rows.into_iter().map(read).collect()
    }
}

fn failed(source: sqlx::Error) -> ControlError {
    ControlError::Store {
        what: "the founder of an account",
        source,
    }
}
