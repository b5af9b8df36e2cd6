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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use api::{account::NewAccount, admin::NewAdminMember};

    use crate::{
        Config, Principal, SystemClock,
        admin::{AccountRequest, MemberRequest},
        control::AccountId,
        instance::Instance,
        randomness::SystemRandomness,
    };

    async fn opened(dir: &tempfile::TempDir) -> Arc<Instance> {
        let mut config = Config::default();
        config.instance.data_dir = dir.path().join("data");
        let (clock, randomness) = (Arc::new(SystemClock), Arc::new(SystemRandomness));
        Instance::open(&config, clock, randomness).await.unwrap()
    }

    async fn create(instance: &Arc<Instance>, id: &str) {
        let new = NewAccount {
            id: id.to_owned(),
            ..NewAccount::default()
        };
        let request = AccountRequest::try_from(new).unwrap();
        let created = instance.create_account(request, &Principal::Operator);
        created.await.unwrap();
    }

    #[tokio::test]
    async fn an_account_whose_founder_was_cut_off_belongs_to_it_after_the_next_start() {
        let dir = tempfile::tempdir().unwrap();
        let ids: [AccountId; 3] = ["acme", "globex", "never"].map(|id| id.parse().unwrap());
        let [acme, globex, never] = &ids;
        let person = {
            let instance = opened(&dir).await;
            create(&instance, "acme").await;
            let new = NewAdminMember {
                account: "acme".to_owned(),
                email: "lily@example.com".to_owned(),
                name: "Lily".to_owned(),
                password: Some("correct horse battery".to_owned()),
                ..serde_json::from_str(r#"{"account":"","email":"","name":""}"#).unwrap()
            };
            let request = MemberRequest::new(new, 0).unwrap();
            let added = instance.add_member(request, &Principal::Operator);
            let person = added.await.unwrap().member.id;
            // As a crash between the account and the membership leaves it; the last account was never made.
            create(&instance, "globex").await;
            for account in [globex, never] {
                instance
                    .control
                    .founders
                    .note(account, &person)
                    .await
                    .unwrap();
            }
            instance.close().await.unwrap();
            person
        };
        let instance = opened(&dir).await;
        let known = instance.control.people.get(&person).unwrap();
        let of: Vec<&AccountId> = known.memberships.keys().collect();
        assert_eq!(of, [acme, globex]);
        assert!(instance.control.founders.left().await.unwrap().is_empty());
        instance.close().await.unwrap();
    }

    #[tokio::test]
    async fn who_failed_to_create_an_account_does_not_get_that_of_somebody_else() {
        let dir = tempfile::tempdir().unwrap();
        let instance = opened(&dir).await;
        create(&instance, "acme").await;
        let globex: AccountId = "globex".parse().unwrap();
        let new = serde_json::from_str(
            r#"{"account":"acme","email":"lily@example.com","name":"Lily","password":"correct horse battery"}"#,
        );
        let request = MemberRequest::new(new.unwrap(), 0).unwrap();
        let added = instance.add_member(request, &Principal::Operator).await;
        let person = added.unwrap().member.id;
        instance
            .control
            .founders
            .note(&globex, &person)
            .await
            .unwrap();
        create(&instance, "globex").await;
        assert!(instance.control.founders.left().await.unwrap().is_empty());
        instance.close().await.unwrap();
    }
}
