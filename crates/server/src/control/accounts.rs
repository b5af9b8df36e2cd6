//! The accounts: in memory for every request, in the database for the next start.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Bound,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use api::{account::WeekStart, firewall::FirewallSettings, settings::ColumnSet};
use event::{FirewallRules, catalogue::PackId};
use ledger::LogNumber;
use sqlx::SqlitePool;

use super::{AccountId, ControlError, RoleId};

/// A tenant with its log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The number of its log in the ledger of this data directory.
    pub log: LogNumber,
    /// When it was created, in milliseconds since 1970 UTC.
    pub created_ms: u64,
    /// What may be changed.
    pub settings: Settings,
}

/// What may be changed about an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The name to show.
    pub name: String,
    /// An IANA zone for callers who send none; `None` means UTC.
    pub time_zone: Option<String>,
    /// The first day of a week for callers who send none; `None` means Monday.
    pub week_start: Option<WeekStart>,
    /// Packs of the catalogue that are turned off.
    pub packs_off: Vec<PackId>,
    /// Which columns a list of events shows to whoever has not chosen.
    pub column_set: ColumnSet,
    /// The roles that may view; `None` for every role with the permission to read.
    pub viewers: Option<BTreeSet<RoleId>>,
    /// Whether only declared actions and fields are accepted.
    pub catalog_strict: bool,
    /// What the account adds to the rules of the secrets firewall.
    pub firewall: Arc<FirewallRules>,
}

impl Settings {
    /// Those of an account about which nothing is known but its id.
    pub(crate) fn named(id: &AccountId) -> Self {
        Self {
            name: id.to_string(),
            ..Self::default()
        }
    }
}

/// All accounts.
#[derive(Debug)]
pub(crate) struct Accounts {
    pool: SqlitePool,
    /// What the database holds about ids that have not been admitted yet; the ledger decides whether they are.
    stored: Mutex<HashMap<AccountId, (u64, Settings)>>,
    directory: RwLock<Directory>,
}

#[derive(Debug, Default)]
struct Directory {
    by_id: BTreeMap<AccountId, Arc<Account>>,
    by_folded: HashMap<String, AccountId>,
}

impl Accounts {
    pub(super) async fn load(pool: SqlitePool) -> Result<Self, ControlError> {
        type Row = (
            String,
            String,
            i64,
            Option<String>,
            Option<String>,
            String,
            String,
            Option<String>,
            i64,
            String,
        );
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, name, created_ms, time_zone, week_start, packs_off, column_set, \
             viewers, catalog_strict, firewall FROM accounts",
        )
        .fetch_all(&pool)
        .await
        .map_err(|source| ControlError::Load {
            what: "accounts",
            source,
        })?;
        let mut stored = HashMap::with_capacity(rows.len());
        for row in rows {
            let (
                id,
                name,
                created_ms,
                time_zone,
                week_start,
                packs_off,
                column_set,
                viewers,
                strict,
                firewall,
            ) = row;
            let damaged = || ControlError::Damaged {
                what: "accounts",
                id: id.clone(),
            };
            let packs = packs_off
                .split_whitespace()
                .map(|name| PackId::from_name(name).ok_or_else(damaged));
            let week_start = week_start
                .map(|day| WeekStart::from_name(&day).ok_or_else(damaged))
                .transpose()?;
            let settings = Settings {
                name,
                time_zone,
                week_start,
                packs_off: packs.collect::<Result<_, _>>()?,
                column_set: ColumnSet::from_name(&column_set).ok_or_else(damaged)?,
                viewers: viewers.map(|ids| ids.split_whitespace().map(RoleId::of).collect()),
                catalog_strict: strict == 1,
                firewall: rules_of_json(&firewall).ok_or_else(damaged)?,
            };
            let created_ms = u64::try_from(created_ms).map_err(|_| damaged())?;
            stored.insert(id.parse().map_err(|_| damaged())?, (created_ms, settings));
        }
        Ok(Self {
            pool,
            stored: Mutex::new(stored),
            directory: RwLock::default(),
        })
    }

    /// Lets in an account whose log the ledger has; one that the database does not know is completed by its id.
    pub(crate) async fn admit(
        &self,
        id: &AccountId,
        log: LogNumber,
        created_ms: u64,
    ) -> Result<Arc<Account>, ControlError> {
        let known = self
            .stored
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(id);
        let (created_ms, settings) = if let Some(known) = known {
            known
        } else {
            let settings = Settings::named(id);
            self.store(id, created_ms, &settings).await?;
            (created_ms, settings)
        };
        Ok(self.remember(Account {
            id: id.clone(),
            log,
            created_ms,
            settings,
        }))
    }

    /// Stores an account: one whose log has just been made, or one whose settings have changed.
    pub(crate) async fn insert(&self, account: Account) -> Result<Arc<Account>, ControlError> {
        self.store(&account.id, account.created_ms, &account.settings)
            .await?;
        Ok(self.remember(account))
    }

    async fn store(
        &self,
        id: &AccountId,
        created_ms: u64,
        settings: &Settings,
    ) -> Result<(), ControlError> {
        let packs: Vec<&str> = settings
            .packs_off
            .iter()
            .map(|pack| pack.as_str())
            .collect();
        let viewers = settings.viewers.as_ref().map(|roles| {
            let ids: Vec<&str> = roles.iter().map(RoleId::as_str).collect();
            ids.join(" ")
        });
        sqlx::query(
            "INSERT INTO accounts (id, folded, name, created_ms, time_zone, week_start, packs_off, column_set, \
             viewers, catalog_strict, firewall) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, created_ms = excluded.created_ms, \
             time_zone = excluded.time_zone, week_start = excluded.week_start, packs_off = excluded.packs_off, \
             column_set = excluded.column_set, viewers = excluded.viewers, \
             catalog_strict = excluded.catalog_strict, firewall = excluded.firewall",
        )
        .bind(id.as_str())
        .bind(id.folded())
        .bind(&settings.name)
        .bind(i64::try_from(created_ms).unwrap_or(i64::MAX))
        .bind(&settings.time_zone)
        .bind(settings.week_start.map(WeekStart::as_str))
        .bind(packs.join(" "))
        .bind(settings.column_set.as_str())
        .bind(viewers)
        .bind(i64::from(settings.catalog_strict))
        .bind(json_of_rules(&settings.firewall))
        .execute(&self.pool)
        .await
        .map_err(|source| ControlError::Store { what: "an account", source })?;
        Ok(())
    }

    fn remember(&self, account: Account) -> Arc<Account> {
        let account = Arc::new(account);
        let mut directory = self
            .directory
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        directory
            .by_folded
            .insert(account.id.folded(), account.id.clone());
        directory
            .by_id
            .insert(account.id.clone(), Arc::clone(&account));
        account
    }

    /// The account with exactly this id.
    pub(crate) fn get(&self, id: &AccountId) -> Option<Arc<Account>> {
        self.read(|directory| directory.by_id.get(id).cloned())
    }

    /// The id of the account with this log.
    pub(crate) fn of_log(&self, log: LogNumber) -> Option<AccountId> {
        self.read(|directory| {
            let mut accounts = directory.by_id.values();
            let found = accounts.find(|account| account.log == log);
            found.map(|account| account.id.clone())
        })
    }

    /// The id that is equal to `id` but for case, if there is one.
    pub(crate) fn taken_by(&self, id: &AccountId) -> Option<AccountId> {
        self.read(|directory| directory.by_folded.get(&id.folded()).cloned())
    }

    /// At most `limit` accounts in the order of their ids, after `after`.
    pub(crate) fn page(&self, after: Option<&AccountId>, limit: usize) -> Vec<Arc<Account>> {
        let lower = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.read(|directory| {
            let range = directory
                .by_id
                .range::<AccountId, _>((lower, Bound::Unbounded));
            range
                .take(limit)
                .map(|(_, account)| Arc::clone(account))
                .collect()
        })
    }

    /// The id most like `wanted` among the accounts that are `visible`, when one is like it at all.
    pub(crate) fn nearest(
        &self,
        wanted: &str,
        visible: impl Fn(&AccountId) -> bool,
    ) -> Option<AccountId> {
        let wanted = wanted.to_ascii_lowercase();
        self.read(|directory| {
            let near = directory.by_folded.iter().filter_map(|(folded, id)| {
                visible(id).then_some(())?;
                let distance = edit_distance(&wanted, folded, wanted.len() / 3 + 1)?;
                Some((distance, id))
            });
            near.min().map(|(_, id)| id.clone())
        })
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

/// The rules of the firewall as the database holds them: JSON of the API.
fn json_of_rules(rules: &FirewallRules) -> String {
    // Lists of strings are always JSON.
    serde_json::to_string(&firewall_settings(rules)).unwrap_or_default()
}

/// What [`json_of_rules`] wrote; `None` when it is damaged.
fn rules_of_json(json: &str) -> Option<Arc<FirewallRules>> {
    let stored: FirewallSettings = serde_json::from_str(json).ok()?;
    let rules = FirewallRules::new(stored.names, stored.allow, stored.prefixes, stored.entropy);
    rules.ok().map(Arc::new)
}

/// The rules of the firewall as the API answers them.
pub(crate) fn firewall_settings(rules: &FirewallRules) -> FirewallSettings {
    FirewallSettings {
        names: rules.names().to_vec(),
        allow: rules.allow().to_vec(),
        entropy: rules.entropy(),
        prefixes: rules.prefixes().to_vec(),
    }
}

/// How many insertions, removals and replacements make `a` from `b`, when that is at most `most`.
pub(super) fn edit_distance(a: &str, b: &str, most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        let mut least = before;
        if let Some(first) = row.first_mut() {
            *first = before;
        }
        for (cell, right) in row.iter_mut().skip(1).zip(b.bytes()) {
            let replaced = diagonal + usize::from(left != right);
            diagonal = *cell;
            *cell = replaced.min(before + 1).min(diagonal + 1);
            before = *cell;
            least = least.min(before);
        }
        if least > most {
            return None;
        }
    }
    row.last().copied().filter(|distance| *distance <= most)
}
