//! People and memberships that are stored inside a transaction with something else.

use sqlx::SqliteConnection;

use super::{
    AccountId, ControlError, NO_PASSWORD, PasswordHash, Person, folded, signed,
    still::{Still, join},
};

fn failed(source: sqlx::Error) -> ControlError {
    ControlError::Store {
        what: "a person",
        source,
    }
}

/// Stores a new person with all memberships; an address that is taken makes the transaction fail.
pub(super) async fn insert_in(
    connection: &mut SqliteConnection,
    person: &Person,
) -> Result<(), ControlError> {
    sqlx::query(
        "INSERT INTO people (id, email, folded, name, password, operator, created_ms) \
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&person.id)
    .bind(&person.email)
    .bind(folded(&person.email))
    .bind(&person.name)
    .bind(
        person
            .password
            .as_ref()
            .map_or_else(|| NO_PASSWORD.to_owned(), PasswordHash::to_phc),
    )
    .bind(i64::from(person.operator))
    .bind(signed(person.created_ms))
    .execute(&mut *connection)
    .await
    .map_err(failed)?;
    for (account, membership) in &person.memberships {
        join(&person.id, account, membership)
            .execute(&mut *connection)
            .await
            .map_err(failed)?;
    }
    Ok(())
}

impl Still<'_> {
    /// Stores a new person; [`ControlError::EmailTaken`] when there is one with this address.
    pub(in crate::control) async fn insert_in(
        &self,
        connection: &mut SqliteConnection,
        person: &Person,
    ) -> Result<(), ControlError> {
        if self.people.with_email(&person.email).is_some() {
            return Err(ControlError::EmailTaken);
        }
        insert_in(connection, person).await
    }

    /// Stores the membership that a person has in an account.
    pub(in crate::control) async fn member_in(
        &self,
        connection: &mut SqliteConnection,
        person: &Person,
        account: &AccountId,
    ) -> Result<(), ControlError> {
        let Some(membership) = person.memberships.get(account) else {
            return Ok(());
        };
        join(&person.id, account, membership)
            .execute(connection)
            .await
            .map(drop)
            .map_err(failed)
    }
}
