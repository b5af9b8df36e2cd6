//! People: who may sign in, with which password, and what they are in which account.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, PoisonError, RwLock},
};

use api::member::MemberResource;
use sqlx::SqlitePool;
use tokio::sync::{Mutex, MutexGuard};

use super::{AccountId, ControlError, RoleId, signed, unsigned};
use crate::auth::PasswordHash;

mod identities;
mod still;
mod within;

pub(crate) use identities::Identity;
pub(crate) use still::Still;

/// A person as it stands in the database.
#[derive(Clone, Debug)]
pub struct Person {
    /// The id, `usr_…`.
    pub id: String,
    /// The address with which the person signs in, as it was typed.
    pub email: String,
    /// The name.
    pub name: String,
    /// Whether the person may create accounts.
    pub operator: bool,
    /// When the person was made, in milliseconds since 1970 UTC.
    pub created_ms: u64,
    /// What the person is in which account.
    pub memberships: BTreeMap<AccountId, Membership>,
    /// `None` for whoever signs in in another way.
    pub(crate) password: Option<PasswordHash>,
}

/// What a person is in an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// What the person is.
    pub role: RoleId,
    /// The resources whose log the person may see; `None` for everything that the role may see.
    pub resources: Option<BTreeSet<MemberResource>>,
    /// Since when, in milliseconds since 1970 UTC.
    pub since_ms: u64,
    /// Until when; it grants nothing from this very millisecond on.
    pub expires_ms: Option<u64>,
    /// The id of the provider whose rules gave it; `None` when somebody gave it.
    pub source: Option<Arc<str>>,
}

impl Membership {
    /// A membership that begins now, sees all that its role sees, and lasts.
    pub(crate) const fn new(role: RoleId, now_ms: u64) -> Self {
        Self {
            role,
            resources: None,
            since_ms: now_ms,
            expires_ms: None,
            source: None,
        }
    }

    /// Whether it grants anything still.
    pub(crate) fn lasts(&self, now_ms: u64) -> bool {
        self.expires_ms.is_none_or(|expires_ms| now_ms < expires_ms)
    }
}

/// What stands in the database for a person without a password.
pub(super) const NO_PASSWORD: &str = "!";

impl Person {
    /// Whether the person has a password.
    pub(crate) fn has_password(&self) -> bool {
        self.password.is_some()
    }

    /// The membership of the account that grants something now.
    pub(crate) fn membership(&self, account: &AccountId, now_ms: u64) -> Option<&Membership> {
        let membership = self.memberships.get(account)?;
        membership.lasts(now_ms).then_some(membership)
    }
}

/// What addresses are compared by.
pub(crate) fn folded(email: &str) -> String {
    email.trim().to_lowercase()
}

/// All people.
#[derive(Debug)]
pub(crate) struct People {
    pool: SqlitePool,
    /// Held while the database and the memory change, so that both always say the same.
    changing: Mutex<()>,
    directory: RwLock<Directory>,
}

#[derive(Debug, Default)]
struct Directory {
    by_id: BTreeMap<String, Arc<Person>>,
    by_folded: HashMap<String, String>,
    identities: HashMap<Identity, String>,
}

impl Directory {
    fn put(&mut self, person: Person) -> Arc<Person> {
        let person = Arc::new(person);
        self.by_folded
            .insert(folded(&person.email), person.id.clone());
        self.by_id.insert(person.id.clone(), Arc::clone(&person));
        person
    }
}

type PersonRow = (String, String, String, String, i64, i64);
type MembershipRow = (
    String,
    String,
    String,
    i64,
    Option<String>,
    Option<i64>,
    Option<String>,
);

impl People {
    pub(super) async fn load(pool: SqlitePool) -> Result<Self, ControlError> {
        let failed = |source| ControlError::Load {
            what: "people",
            source,
        };
        let people: Vec<PersonRow> =
            sqlx::query_as("SELECT id, email, name, password, operator, created_ms FROM people")
                .fetch_all(&pool)
                .await
                .map_err(failed)?;
        let memberships: Vec<MembershipRow> = sqlx::query_as(
            "SELECT person, account, role, created_ms, resources, expires_ms, source FROM memberships",
        )
        .fetch_all(&pool)
        .await
        .map_err(failed)?;
        let mut by_person: HashMap<String, BTreeMap<AccountId, Membership>> = HashMap::new();
        for row in memberships {
            let person = row.0.clone();
            let (account, membership) = membership_of(row).ok_or(ControlError::Damaged {
                what: "memberships",
                id: person.clone(),
            })?;
            let of_person = by_person.entry(person).or_default();
            of_person.insert(account, membership);
        }
        let mut directory = Directory {
            identities: Self::load_identities(&pool).await?.into_iter().collect(),
            ..Directory::default()
        };
        for (id, email, name, password, operator, created) in people {
            let damaged = || ControlError::Damaged {
                what: "people",
                id: id.clone(),
            };
            directory.put(Person {
                email,
                name,
                operator: operator == 1,
                created_ms: unsigned(created).ok_or_else(damaged)?,
                memberships: by_person.remove(&id).unwrap_or_default(),
                password: match &*password {
                    NO_PASSWORD => None,
                    phc => Some(PasswordHash::of_phc(phc).ok_or_else(damaged)?),
                },
                id,
            });
        }
        Ok(Self {
            pool,
            changing: Mutex::default(),
            directory: RwLock::new(directory),
        })
    }

    /// Stores a new person with all memberships; an address that is taken is an error.
    pub(crate) async fn insert(&self, person: Person) -> Result<Arc<Person>, ControlError> {
        self.insert_with(person, None).await
    }

    /// Stores a new person with all memberships, and with who it is at a provider.
    pub(crate) async fn insert_with(
        &self,
        person: Person,
        identity: Option<Identity>,
    ) -> Result<Arc<Person>, ControlError> {
        let _changing = self.changing.lock().await;
        if self.with_email(&person.email).is_some() {
            return Err(ControlError::EmailTaken);
        }
        let failed = |source| ControlError::Store {
            what: "a person",
            source,
        };
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        within::insert_in(&mut transaction, &person).await?;
        if let Some(identity) = &identity {
            identities::statement(identity, &person.id, person.created_ms)
                .execute(&mut *transaction)
                .await
                .map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)?;
        let person = self.remember(person);
        if let Some(identity) = identity {
            self.remember_identity(identity, &person.id);
        }
        Ok(person)
    }

    /// Holds off all other changes of people while the answer lives, so that what was checked stays true until it is
    /// changed.
    pub(crate) async fn still(&self) -> Still<'_> {
        Still {
            people: self,
            _changing: self.changing.lock().await,
        }
    }

    /// Makes a known person a member, and an operator when `operator` says so; a role that is held is replaced.
    pub(crate) async fn join(
        &self,
        id: &str,
        account: &AccountId,
        membership: Membership,
        operator: bool,
    ) -> Result<Arc<Person>, ControlError> {
        let still = self.still().await;
        still.join(id, account, membership, operator).await
    }

    /// Whether nobody can sign in.
    pub(crate) fn is_empty(&self) -> bool {
        self.read(|directory| directory.by_id.is_empty())
    }

    /// The person with this id.
    pub(crate) fn get(&self, id: &str) -> Option<Arc<Person>> {
        self.read(|directory| directory.by_id.get(id).cloned())
    }

    /// The person who signs in with this address; case makes no difference.
    pub(crate) fn with_email(&self, email: &str) -> Option<Arc<Person>> {
        self.read(|directory| {
            let id = directory.by_folded.get(&folded(email))?;
            directory.by_id.get(id).cloned()
        })
    }

    /// Everybody.
    pub(crate) fn all(&self) -> Vec<Arc<Person>> {
        self.read(|directory| directory.by_id.values().cloned().collect())
    }

    /// Held while something about a person changes together with something else.
    pub(super) async fn change(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().await
    }

    /// Puts what the database holds by now into memory.
    pub(super) fn remember(&self, person: Person) -> Arc<Person> {
        self.directory
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .put(person)
    }

    fn read<T>(&self, look: impl FnOnce(&Directory) -> T) -> T {
        look(
            &self
                .directory
                .read()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }
}

fn membership_of(row: MembershipRow) -> Option<(AccountId, Membership)> {
    let (_, account, role, since, resources, expires, source) = row;
    let resources = resources.map(|text| serde_json::from_str(&text).ok());
    let membership = Membership {
        role: RoleId::of(&role),
        resources: resources.map_or(Some(None), |set| set.map(Some))?,
        since_ms: unsigned(since)?,
        expires_ms: expires.map_or(Some(None), |ms| unsigned(ms).map(Some))?,
        source: source.map(Into::into),
    };
    Some((account.parse().ok()?, membership))
}

type Statement<'q> =
    sqlx::query::Query<'q, sqlx::Sqlite, <sqlx::Sqlite as sqlx::Database>::Arguments>;
