//! Whether the run before this one ended by itself.

use sqlx::SqlitePool;

use super::{ControlError, signed, unsigned};

/// The one row about runs of the instance.
#[derive(Debug)]
pub(crate) struct Runs {
    pool: SqlitePool,
}

impl Runs {
    pub(super) fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }

    /// Notes that a run begins; tells when the one before began, if it did not end.
    pub(crate) async fn begin(&self, now_ms: u64) -> Result<Option<u64>, ControlError> {
        let before: Option<(i64, Option<i64>)> =
            sqlx::query_as("SELECT started_ms, stopped_ms FROM runs WHERE id = 1")
                .fetch_optional(&self.pool)
                .await
                .map_err(|source| ControlError::Load {
                    what: "the run before",
                    source,
                })?;
        self.store(
            "INSERT INTO runs (id, started_ms, stopped_ms) VALUES (1, ?, NULL) \
             ON CONFLICT (id) DO UPDATE SET started_ms = excluded.started_ms, stopped_ms = NULL",
            now_ms,
        )
        .await?;
        Ok(
            before.and_then(|(started_ms, stopped_ms)| match stopped_ms {
                None => unsigned(started_ms),
                Some(_) => None,
            }),
        )
    }

    /// Notes that this run ends by itself.
    pub(crate) async fn end(&self, now_ms: u64) -> Result<(), ControlError> {
        self.store("UPDATE runs SET stopped_ms = ? WHERE id = 1", now_ms)
            .await
    }

    async fn store(&self, sql: &'static str, now_ms: u64) -> Result<(), ControlError> {
        sqlx::query(sql)
            .bind(signed(now_ms))
            .execute(&self.pool)
            .await
            .map(|_| ())
            .map_err(|source| ControlError::Store {
                what: "the run",
                source,
            })
    }
}
