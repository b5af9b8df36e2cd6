//! Saved views. They are asked for seldom, so the database answers itself.

use sqlx::{SqlitePool, sqlite::SqliteQueryResult};
use tokio::sync::Mutex;

use super::{AccountId, ControlError, signed, unsigned};

/// A saved view as it stands in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct View {
    /// Its id, `view_…`.
    pub(crate) id: String,
    /// The id of whoever made it.
    pub(crate) maker: String,
    pub(crate) name: String,
    /// Whether everybody in the account sees it.
    pub(crate) shared: bool,
    /// What it looks for, as JSON of the API.
    pub(crate) query: String,
    /// The columns it shows, as JSON of the API.
    pub(crate) columns: Option<String>,
    /// When it was last changed, in milliseconds since 1970 UTC.
    pub(crate) updated_ms: u64,
}

/// The saved views of all accounts.
#[derive(Debug)]
pub(crate) struct Views {
    pool: SqlitePool,
    /// Held while views are counted and changed, so that no limit is passed by two at once.
    pub(crate) changing: Mutex<()>,
}

type Row = (String, String, String, i64, String, Option<String>, i64);

impl Views {
    pub(super) fn new(pool: SqlitePool) -> Self {
        Self {
            pool,
            changing: Mutex::default(),
        }
    }

    /// Every view that `reader` sees in the account: its own and the shared ones, in the order of names.
    pub(crate) async fn of(
        &self,
        account: &AccountId,
        reader: &str,
    ) -> Result<Vec<View>, ControlError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, person, name, shared, query, columns, updated_ms FROM views \
             WHERE account = ? AND (person = ? OR shared = 1) ORDER BY name, id",
        )
        .bind(account.as_str())
        .bind(reader)
        .fetch_all(&self.pool)
        .await
        .map_err(|source| ControlError::Load {
            what: "saved views",
            source,
        })?;
        rows.into_iter().map(view_of).collect()
    }

    /// One view of the account, whoever made it.
    pub(crate) async fn get(&self, account: &AccountId, id: &str) -> Result<View, ControlError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT id, person, name, shared, query, columns, updated_ms FROM views \
             WHERE account = ? AND id = ?",
        )
        .bind(account.as_str())
        .bind(id)
        .fetch_optional(&self.pool)
        .await
        .map_err(|source| ControlError::Load {
            what: "a saved view",
            source,
        })?;
        row.map_or(Err(ControlError::NoSuchView), view_of)
    }

    /// Stores a view that is new.
    pub(crate) async fn insert(
        &self,
        account: &AccountId,
        view: &View,
    ) -> Result<(), ControlError> {
        let done = sqlx::query(
            "INSERT INTO views (id, account, person, name, shared, query, columns, updated_ms) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&view.id)
        .bind(account.as_str())
        .bind(&view.maker)
        .bind(&view.name)
        .bind(i64::from(view.shared))
        .bind(&view.query)
        .bind(&view.columns)
        .bind(signed(view.updated_ms))
        .execute(&self.pool)
        .await;
        stored(done)
    }

    /// Stores a view that has changed.
    pub(crate) async fn update(
        &self,
        account: &AccountId,
        view: &View,
    ) -> Result<(), ControlError> {
        let done = sqlx::query(
            "UPDATE views SET name = ?, shared = ?, query = ?, columns = ?, updated_ms = ? \
             WHERE account = ? AND id = ?",
        )
        .bind(&view.name)
        .bind(i64::from(view.shared))
        .bind(&view.query)
        .bind(&view.columns)
        .bind(signed(view.updated_ms))
        .bind(account.as_str())
        .bind(&view.id)
        .execute(&self.pool)
        .await;
        stored(done)
    }

    /// Removes a view.
    pub(crate) async fn delete(&self, account: &AccountId, id: &str) -> Result<(), ControlError> {
        let done = sqlx::query("DELETE FROM views WHERE account = ? AND id = ?")
            .bind(account.as_str())
            .bind(id)
            .execute(&self.pool)
            .await;
        stored(done)
    }
}

fn view_of(row: Row) -> Result<View, ControlError> {
    let (id, maker, name, shared, query, columns, updated) = row;
    let Some(updated_ms) = unsigned(updated) else {
        return Err(ControlError::Damaged { what: "views", id });
    };
    Ok(View {
        id,
        maker,
        name,
        shared: shared == 1,
        query,
        columns,
        updated_ms,
    })
}

fn stored(done: Result<SqliteQueryResult, sqlx::Error>) -> Result<(), ControlError> {
    match done {
        Ok(done) if done.rows_affected() == 0 => Err(ControlError::NoSuchView),
        Ok(_) => Ok(()),
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            Err(ControlError::NameTaken)
        }
        Err(source) => Err(ControlError::Store {
            what: "a saved view",
            source,
        }),
    }
}
