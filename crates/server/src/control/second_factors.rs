//! Second factors of people: the sealed secret of each, its last step, and the recovery codes that are left.
//!
//! Who has one is also in memory, because lists of people tell it; everything else is read when it is asked for.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use sqlx::SqlitePool;

use super::{ControlError, signed, unsigned};

/// The second factors of everybody.
#[derive(Debug)]
pub(crate) struct SecondFactors {
    pool: SqlitePool,
    /// Since when it is on, by the id of the person.
    on: RwLock<HashMap<String, u64>>,
}

/// The secret of a second factor as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    /// Sealed for the person.
    pub(crate) secret: Vec<u8>,
    /// Whether it is on; else the person has not yet shown a code.
    pub(crate) is_on: bool,
}

/// What was accepted as a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Used {
    /// A code of the app.
    Totp,
    /// A recovery code, which is gone now.
    RecoveryCode,
}

impl Used {
    /// How events name it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::RecoveryCode => "recovery code",
        }
    }
}

impl SecondFactors {
    pub(super) async fn load(pool: SqlitePool) -> Result<Self, ControlError> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT person, since_ms FROM second_factors WHERE since_ms IS NOT NULL",
        )
        .fetch_all(&pool)
        .await
        .map_err(unread)?;
        let mut on = HashMap::with_capacity(rows.len());
        for (person, since) in rows {
            let since_ms = unsigned(since).ok_or_else(|| ControlError::Damaged {
                what: "second factors",
                id: person.clone(),
            })?;
            on.insert(person, since_ms);
        }
        Ok(Self {
            pool,
            on: RwLock::new(on),
        })
    }

    /// Since when a person has a second factor, in milliseconds since 1970 UTC; `None` without one.
    pub(crate) fn since_ms(&self, person: &str) -> Option<u64> {
        let on = self.on.read().unwrap_or_else(PoisonError::into_inner);
        on.get(person).copied()
    }

    /// The secret of a person, on or not yet.
    pub(crate) async fn stored(&self, person: &str) -> Result<Option<Stored>, ControlError> {
        let row: Option<(Vec<u8>, Option<i64>)> =
            sqlx::query_as("SELECT secret, since_ms FROM second_factors WHERE person = ?")
                .bind(person)
                .fetch_optional(&self.pool)
                .await
                .map_err(unread)?;
        Ok(row.map(|(secret, since)| Stored {
            secret,
            is_on: since.is_some(),
        }))
    }

    /// Stores the secret of a person who has none that is on; another one that was not confirmed is replaced.
    pub(crate) async fn offer(&self, person: &str, secret: &[u8]) -> Result<(), ControlError> {
        let done = sqlx::query(
            "INSERT INTO second_factors (person, secret, since_ms, last_step) VALUES (?, ?, NULL, -1) \
             ON CONFLICT (person) DO UPDATE SET secret = excluded.secret WHERE since_ms IS NULL",
        )
        .bind(person)
        .bind(secret)
        .execute(&self.pool)
        .await
        .map_err(unwritten)?;
        if done.rows_affected() == 0 {
            return Err(ControlError::SecondFactorOn);
        }
        Ok(())
    }

    /// Turns the offered factor on, with its first step used and these recovery codes.
    pub(crate) async fn turn_on(
        &self,
        person: &str,
        step: u64,
        recovery_hashes: &[[u8; 32]],
        now_ms: u64,
    ) -> Result<(), ControlError> {
        let mut transaction = self.pool.begin().await.map_err(unwritten)?;
        let done = sqlx::query(
            "UPDATE second_factors SET since_ms = ?, last_step = ? WHERE person = ? AND since_ms IS NULL",
        )
        .bind(signed(now_ms))
        .bind(signed(step))
        .bind(person)
        .execute(&mut *transaction)
        .await
        .map_err(unwritten)?;
        if done.rows_affected() == 0 {
            return Err(ControlError::SecondFactorOn);
        }
        replace_codes(&mut transaction, person, recovery_hashes).await?;
        transaction.commit().await.map_err(unwritten)?;
        self.write(|on| on.insert(person.to_owned(), now_ms));
        Ok(())
    }

    /// Uses a step of the clock, once: `false` when it or a later one was used before.
    pub(crate) async fn use_step(&self, person: &str, step: u64) -> Result<bool, ControlError> {
        sqlx::query(
            "UPDATE second_factors SET last_step = ? WHERE person = ? AND last_step < ? AND since_ms IS NOT NULL",
        )
        .bind(signed(step))
        .bind(person)
        .bind(signed(step))
        .execute(&self.pool)
        .await
        .map(|done| done.rows_affected() > 0)
        .map_err(unwritten)
    }

    /// Uses a recovery code, once: `false` when the person has none with this hash.
    pub(crate) async fn use_recovery_code(
        &self,
        person: &str,
        hash: &[u8; 32],
    ) -> Result<bool, ControlError> {
        sqlx::query("DELETE FROM recovery_codes WHERE person = ? AND code_hash = ?")
            .bind(person)
            .bind(hash.as_slice())
            .execute(&self.pool)
            .await
            .map(|done| done.rows_affected() > 0)
            .map_err(unwritten)
    }

    /// Replaces the recovery codes of a person.
    pub(crate) async fn replace_recovery_codes(
        &self,
        person: &str,
        hashes: &[[u8; 32]],
    ) -> Result<(), ControlError> {
        let mut transaction = self.pool.begin().await.map_err(unwritten)?;
        replace_codes(&mut transaction, person, hashes).await?;
        transaction.commit().await.map_err(unwritten)
    }

    /// How many recovery codes a person has left.
    pub(crate) async fn recovery_codes_left(&self, person: &str) -> Result<u64, ControlError> {
        let left: i64 = sqlx::query_scalar("SELECT count(*) FROM recovery_codes WHERE person = ?")
            .bind(person)
            .fetch_one(&self.pool)
            .await
            .map_err(unread)?;
        Ok(unsigned(left).unwrap_or_default())
    }

    /// Takes the second factor of a person away, with all recovery codes. The answer says whether there was one.
    pub(crate) async fn remove(&self, person: &str) -> Result<bool, ControlError> {
        let mut transaction = self.pool.begin().await.map_err(unwritten)?;
        Self::remove_in(&mut transaction, person).await?;
        transaction.commit().await.map_err(unwritten)?;
        Ok(self.forget(person))
    }

    /// As [`Self::remove`], inside a transaction; [`Self::forget`] follows it.
    pub(super) async fn remove_in(
        connection: &mut sqlx::SqliteConnection,
        person: &str,
    ) -> Result<(), ControlError> {
        replace_codes(connection, person, &[]).await?;
        sqlx::query("DELETE FROM second_factors WHERE person = ?")
            .bind(person)
            .execute(connection)
            .await
            .map(drop)
            .map_err(unwritten)
    }

    /// Forgets the second factor of a person whom the database has forgotten. The answer says whether it was on.
    pub(crate) fn forget(&self, person: &str) -> bool {
        self.write(|on| on.remove(person)).is_some()
    }

    fn write<T>(&self, change: impl FnOnce(&mut HashMap<String, u64>) -> T) -> T {
        change(&mut self.on.write().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn replace_codes(
    connection: &mut sqlx::SqliteConnection,
    person: &str,
    hashes: &[[u8; 32]],
) -> Result<(), ControlError> {
    sqlx::query("DELETE FROM recovery_codes WHERE person = ?")
        .bind(person)
        .execute(&mut *connection)
        .await
        .map_err(unwritten)?;
    for hash in hashes {
        sqlx::query("INSERT INTO recovery_codes (person, code_hash) VALUES (?, ?)")
            .bind(person)
            .bind(hash.as_slice())
            .execute(&mut *connection)
            .await
            .map_err(unwritten)?;
    }
    Ok(())
}

fn unread(source: sqlx::Error) -> ControlError {
    ControlError::Load {
        what: "second factors",
        source,
    }
}

fn unwritten(source: sqlx::Error) -> ControlError {
    ControlError::Store {
        what: "a second factor",
        source,
    }
}
