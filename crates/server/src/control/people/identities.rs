//! Who people are at the providers with which they sign in.

use std::sync::{Arc, PoisonError};

use sqlx::{SqliteConnection, SqlitePool};

use super::{ControlError, People, Person, Still, signed};

/// Who somebody is at a provider: the id of the provider, and what it calls the person.
pub(crate) type Identity = (String, String);

impl People {
    /// All identities, with the ids of their people.
    pub(super) async fn load_identities(
        pool: &SqlitePool,
    ) -> Result<Vec<(Identity, String)>, ControlError> {
        let rows: Vec<(String, String, String)> =
            sqlx::query_as("SELECT provider, subject, person FROM identities")
                .fetch_all(pool)
                .await
                .map_err(|source| ControlError::Load {
                    what: "identities",
                    source,
                })?;
        let entry = |(provider, subject, person)| ((provider, subject), person);
        Ok(rows.into_iter().map(entry).collect())
    }

    /// The person with this identity.
    pub(crate) fn with_identity(&self, identity: &Identity) -> Option<Arc<Person>> {
        // What stands here of people who are gone finds nobody.
        self.read(|directory| {
            let id = directory.identities.get(identity)?;
            directory.by_id.get(id).cloned()
        })
    }

    /// The providers with which the person can sign in.
    pub(crate) fn providers_of(&self, person: &str) -> Vec<String> {
        self.read(|directory| {
            let own = directory.identities.iter().filter(|(_, id)| *id == person);
            own.map(|((provider, _), _)| provider.clone()).collect()
        })
    }

    /// Puts an identity that the database holds by now into memory.
    pub(in crate::control) fn remember_identity(&self, identity: Identity, person: &str) {
        let mut directory = self
            .directory
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        directory.identities.insert(identity, person.to_owned());
    }
}

impl Still<'_> {
    /// Stores that a known person is the one with this identity; [`People::remember_identity`] follows it.
    pub(in crate::control) async fn identify_in(
        &self,
        connection: &mut SqliteConnection,
        person: &str,
        identity: &Identity,
        now_ms: u64,
    ) -> Result<(), ControlError> {
        statement(identity, person, now_ms)
            .execute(connection)
            .await
            .map(drop)
            .map_err(|source| ControlError::Store {
                what: "an identity",
                source,
            })
    }
}

/// The statement that stores an identity.
pub(super) fn statement<'q>(
    (provider, subject): &'q Identity,
    person: &'q str,
    now_ms: u64,
) -> super::Statement<'q> {
    sqlx::query(
        "INSERT INTO identities (provider, subject, person, created_ms) VALUES (?, ?, ?, ?) \
         ON CONFLICT (provider, subject) DO UPDATE SET person = excluded.person",
    )
    .bind(provider)
    .bind(subject)
    .bind(person)
    .bind(signed(now_ms))
}
