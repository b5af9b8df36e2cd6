//! Changes of people and memberships that are one step with what was checked before.

use std::sync::{Arc, PoisonError};

use tokio::sync::MutexGuard;

use super::{AccountId, ControlError, Membership, People, Person, Statement, folded, signed};

/// Nobody else changes people while this lives.
#[derive(Debug)]
pub(crate) struct Still<'a> {
    pub(super) people: &'a People,
    pub(super) _changing: MutexGuard<'a, ()>,
}

impl Still<'_> {
    /// Makes a known person a member, and an operator when `operator` says so; a role that is held is replaced.
    pub(crate) async fn join(
        &self,
        id: &str,
        account: &AccountId,
        mut membership: Membership,
        operator: bool,
    ) -> Result<Arc<Person>, ControlError> {
        let mut person = self.known(id)?;
        if let Some(held) = person.memberships.get(account) {
            membership.since_ms = held.since_ms;
        }
        let failed = |source| ControlError::Store {
            what: "a membership",
            source,
        };
        let mut transaction = self.people.pool.begin().await.map_err(failed)?;
        join(id, account, &membership)
            .execute(&mut *transaction)
            .await
            .map_err(failed)?;
        sqlx::query("UPDATE people SET operator = max(operator, ?) WHERE id = ?")
            .bind(i64::from(operator))
            .bind(id)
            .execute(&mut *transaction)
            .await
            .map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        person.operator |= operator;
        person.memberships.insert(account.clone(), membership);
        Ok(self.people.remember(person))
    }

    /// Ends a membership; a person without any other one goes, sessions included, unless it is an operator. The answer says whether that was so.
    pub(crate) async fn leave(&self, id: &str, account: &AccountId) -> Result<bool, ControlError> {
        let mut person = self.known(id)?;
        if person.memberships.remove(account).is_none() {
            return Err(ControlError::NoSuchMember);
        }
        let failed = |source| ControlError::Store {
            what: "a membership",
            source,
        };
        // Operators have work to do without being a member anywhere.
        let goes = person.memberships.is_empty() && !person.operator;
        let mut transaction = self.people.pool.begin().await.map_err(failed)?;
        for statement in [
            "DELETE FROM memberships WHERE person = ? AND account = ?",
            "DELETE FROM preferences WHERE person = ? AND account = ?",
            "DELETE FROM views WHERE person = ? AND account = ? AND shared = 0",
        ] {
            sqlx::query(statement)
                .bind(id)
                .bind(account.as_str())
                .execute(&mut *transaction)
                .await
                .map_err(failed)?;
        }
        if goes {
            sqlx::query("DELETE FROM people WHERE id = ?")
                .bind(id)
                .execute(&mut *transaction)
                .await
                .map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)?;
        if goes {
            let directory = &self.people.directory;
            let mut directory = directory.write().unwrap_or_else(PoisonError::into_inner);
            directory.by_folded.remove(&folded(&person.email));
            directory.by_id.remove(id);
        } else {
            self.people.remember(person);
        }
        Ok(goes)
    }

    /// Makes a person an operator of the instance, or no longer one.
    pub(crate) async fn set_operator(
        &self,
        id: &str,
        operator: bool,
    ) -> Result<Arc<Person>, ControlError> {
        let mut person = self.known(id)?;
        sqlx::query("UPDATE people SET operator = ? WHERE id = ?")
            .bind(i64::from(operator))
            .bind(id)
            .execute(&self.people.pool)
            .await
            .map_err(|source| ControlError::Store {
                what: "a person",
                source,
            })?;
        person.operator = operator;
        Ok(self.people.remember(person))
    }

    fn known(&self, id: &str) -> Result<Person, ControlError> {
        let person = self.people.get(id).ok_or(ControlError::NoSuchMember)?;
        Ok(Person::clone(&person))
    }
}

/// The statement that makes a person a member, or changes what it is.
pub(super) fn join<'q>(
    person: &'q str,
    account: &'q AccountId,
    membership: &'q Membership,
) -> Statement<'q> {
    let resources = membership.resources.as_ref();
    sqlx::query(
        "INSERT INTO memberships (person, account, role, created_ms, resources, expires_ms, source) \
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (person, account) DO UPDATE SET role = excluded.role, \
         resources = excluded.resources, expires_ms = excluded.expires_ms, source = excluded.source",
    )
    .bind(person)
    .bind(account.as_str())
    .bind(membership.role.as_str())
    .bind(signed(membership.since_ms))
    .bind(resources.map(|set| serde_json::json!(set).to_string()))
    .bind(membership.expires_ms.map(signed))
    .bind(membership.source.as_deref())
}
