//! Roles of accounts: those of an account's own, and the names that it gave the built-in ones.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, PoisonError, RwLock},
};

use api::{BuiltInRole, HiddenFacet, Permission};
use sqlx::SqlitePool;

use super::{AccountId, ControlError, RoleId, accounts::edit_distance, signed, unsigned};
use crate::limits::NAME_BYTES_MAX;

/// What the members of an account with this role may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Role {
    pub(crate) id: RoleId,
    /// The name for people.
    pub(crate) name: String,
    /// In the order of [`Permission::ALL`], each once.
    pub(crate) permissions: Vec<Permission>,
    /// What its members do not see.
    pub(crate) hide: BTreeSet<HiddenFacet>,
    /// When it was made, in milliseconds since 1970 UTC; 0 for a built-in role.
    pub(crate) created_ms: u64,
}

impl Role {
    fn built_in(role: BuiltInRole) -> Self {
        Self {
            id: RoleId::BuiltIn(role),
            name: role.title().to_owned(),
            permissions: role.permissions().to_vec(),
            hide: BTreeSet::new(),
            created_ms: 0,
        }
    }
}

/// The roles of all accounts.
#[derive(Debug)]
pub(crate) struct Roles {
    pool: SqlitePool,
    /// What is stored, by account and by the id as it is written.
    stored: RwLock<HashMap<AccountId, BTreeMap<String, Arc<Role>>>>,
}

impl Roles {
    pub(super) async fn load(pool: SqlitePool) -> Result<Self, ControlError> {
        type Row = (String, String, String, String, String, i64);
        let rows: Vec<Row> =
            sqlx::query_as("SELECT account, id, name, permissions, hide, created_ms FROM roles")
                .fetch_all(&pool)
                .await
                .map_err(|source| ControlError::Load {
                    what: "roles",
                    source,
                })?;
        let mut stored: HashMap<AccountId, BTreeMap<String, Arc<Role>>> = HashMap::new();
        for (account, id, name, permissions, hide, created) in rows {
            let damaged = || ControlError::Damaged {
                what: "roles",
                id: id.clone(),
            };
            let account = account.parse().map_err(|_| damaged())?;
            let role = role_of(&id, name, &permissions, &hide, created).ok_or_else(damaged)?;
            let of_account = stored.entry(account).or_default();
            of_account.insert(id, Arc::new(role));
        }
        Ok(Self {
            pool,
            stored: RwLock::new(stored),
        })
    }

    /// The role of this id in the account; `None` when the account has no such role.
    pub(crate) fn get(&self, account: &AccountId, id: &RoleId) -> Option<Arc<Role>> {
        let stored = self.read(|all| all.get(account)?.get(id.as_str()).cloned());
        match id {
            RoleId::BuiltIn(role) => {
                Some(stored.unwrap_or_else(|| Arc::new(Role::built_in(*role))))
            }
            RoleId::Own(_) => stored,
        }
    }

    /// All roles of the account: the built-in ones, the most powerful first, then its own by name.
    pub(crate) fn of(&self, account: &AccountId) -> Vec<Arc<Role>> {
        let built_in = BuiltInRole::ALL.iter().map(|role| RoleId::BuiltIn(*role));
        let mut roles: Vec<_> = built_in.filter_map(|id| self.get(account, &id)).collect();
        let mut own: Vec<_> = self.read(|all| {
            let stored = all.get(account).into_iter().flat_map(BTreeMap::values);
            stored
                .filter(|role| matches!(role.id, RoleId::Own(_)))
                .cloned()
                .collect()
        });
        own.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        roles.append(&mut own);
        roles
    }

    /// Stores a role as it is from now on. Of a built-in one only the name is kept.
    pub(crate) async fn put(
        &self,
        account: &AccountId,
        role: Role,
    ) -> Result<Arc<Role>, ControlError> {
        let permissions: Vec<&str> = role.permissions.iter().map(|it| it.as_str()).collect();
        let hide: Vec<&str> = role.hide.iter().map(|it| it.as_str()).collect();
        sqlx::query(
            "INSERT INTO roles (account, id, name, permissions, hide, created_ms) VALUES (?, ?, ?, ?, ?, ?) \
             ON CONFLICT (account, id) DO UPDATE SET name = excluded.name, permissions = excluded.permissions, \
             hide = excluded.hide",
        )
        .bind(account.as_str())
        .bind(role.id.as_str())
        .bind(&role.name)
        .bind(permissions.join(" "))
        .bind(hide.join(" "))
        .bind(signed(role.created_ms))
        .execute(&self.pool)
        .await
        .map_err(failed)?;
        let role = Arc::new(role);
        let mut stored = self.stored.write().unwrap_or_else(PoisonError::into_inner);
        let of_account = stored.entry(account.clone()).or_default();
        of_account.insert(role.id.to_string(), Arc::clone(&role));
        Ok(role)
    }

    /// Removes a role of the account's own; whoever has it is the caller's to look after.
    pub(crate) async fn remove(
        &self,
        account: &AccountId,
        id: &RoleId,
    ) -> Result<(), ControlError> {
        sqlx::query("DELETE FROM roles WHERE account = ? AND id = ?")
            .bind(account.as_str())
            .bind(id.as_str())
            .execute(&self.pool)
            .await
            .map_err(failed)?;
        let mut stored = self.stored.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_account) = stored.get_mut(account) {
            of_account.remove(id.as_str());
        }
        Ok(())
    }

    /// How many invitations that can still be accepted give the role.
    pub(crate) async fn invited(
        &self,
        account: &AccountId,
        id: &RoleId,
        now_ms: u64,
    ) -> Result<u64, ControlError> {
        let count: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM invitations WHERE account = ? AND role = ? AND expires_ms > ?",
        )
        .bind(account.as_str())
        .bind(id.as_str())
        .bind(signed(now_ms))
        .fetch_one(&self.pool)
        .await
        .map_err(|source| ControlError::Load {
            what: "invitations",
            source,
        })?;
        Ok(unsigned(count).unwrap_or_default())
    }

    /// The role of the account whose id or name is most like `wanted`, when one is like it at all.
    pub(crate) fn nearest(&self, account: &AccountId, wanted: &str) -> Option<Arc<Role>> {
        // A longer text is like no role, and is not compared with each of them.
        let wanted = folded_name(wanted);
        let most = wanted.len().min(NAME_BYTES_MAX) / 3 + 1;
        let near = self.of(account).into_iter().filter_map(|role| {
            let by_id = edit_distance(&wanted, role.id.as_str(), most);
            let by_name = edit_distance(&wanted, &folded_name(&role.name), most);
            Some((by_id.into_iter().chain(by_name).min()?, role))
        });
        near.min_by_key(|(distance, _)| *distance)
            .map(|(_, role)| role)
    }

    fn read<T>(
        &self,
        look: impl FnOnce(&HashMap<AccountId, BTreeMap<String, Arc<Role>>>) -> T,
    ) -> T {
        look(&self.stored.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What names of roles are compared by: neither case, nor spaces, nor what nobody sees makes a difference.
pub(crate) fn folded_name(name: &str) -> String {
    let is_seen = |c: &char| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let seen: String = name.chars().filter(is_seen).collect();
    let words: Vec<&str> = seen.split_whitespace().collect();
    event::fold(&words.join(" "))
}

/// The role that a row holds; `None` when the row is damaged.
fn role_of(id: &str, name: String, permissions: &str, hide: &str, created: i64) -> Option<Role> {
    let id = RoleId::of(id);
    if let RoleId::BuiltIn(role) = id {
        return Some(Role {
            name,
            ..Role::built_in(role)
        });
    }
    let permissions = permissions.split_whitespace().map(|name| name.parse().ok());
    let hide = hide.split_whitespace().map(HiddenFacet::from_name);
    Some(Role {
        id,
        name,
        permissions: permissions.collect::<Option<_>>()?,
        hide: hide.collect::<Option<_>>()?,
        created_ms: unsigned(created)?,
    })
}

fn failed(source: sqlx::Error) -> ControlError {
    ControlError::Store {
        what: "a role",
        source,
    }
}
