//! How many secrets the firewall took out of the events of each account, by rule; never the secrets.
//!
//! It is counted in memory and written down now and then: a killed process forgets the last minute of the counts, and
//! nothing of the events that say so in the log.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use event::firewall::Rule;
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family},
};
use sqlx::SqlitePool;

use super::{AccountId, ControlError, signed, unsigned};

/// The kind of a rule, as a label of the metric.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub(crate) struct RuleKind {
    kind: &'static str,
}

/// What one rule took out of the events of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Removed {
    /// How many secrets.
    pub(crate) count: u64,
    /// When the last of them came, in milliseconds since 1970 UTC.
    pub(crate) last_ms: u64,
    /// Whether the database does not know it yet.
    is_new: bool,
}

type ByRule = BTreeMap<String, Removed>;

/// The counts of all accounts.
#[derive(Debug)]
pub(crate) struct Removals {
    pool: SqlitePool,
    counts: Mutex<HashMap<AccountId, ByRule>>,
    kinds: Family<RuleKind, Counter>,
}

impl Removals {
    pub(super) async fn load(pool: SqlitePool) -> Result<Self, ControlError> {
        let rows: Vec<(String, String, i64, i64)> =
            sqlx::query_as("SELECT account, rule, count, last_ms FROM firewall_hits")
                .fetch_all(&pool)
                .await
                .map_err(|source| ControlError::Load {
                    what: "the hits of the firewall",
                    source,
                })?;
        let mut counts: HashMap<AccountId, ByRule> = HashMap::new();
        for (account, rule, count, last_ms) in rows {
            let damaged = || ControlError::Damaged {
                what: "the hits of the firewall",
                id: account.clone(),
            };
            let removed = Removed {
                count: unsigned(count).ok_or_else(damaged)?,
                last_ms: unsigned(last_ms).ok_or_else(damaged)?,
                is_new: false,
            };
            let id = account.parse().map_err(|_| damaged())?;
            counts.entry(id).or_default().insert(rule, removed);
        }
        Ok(Self {
            pool,
            counts: Mutex::new(counts),
            kinds: Family::default(),
        })
    }

    /// Counts secrets that a rule took out of events of an account.
    pub(crate) fn add(&self, account: &AccountId, rule: Rule, count: u64, now_ms: u64) {
        self.kinds
            .get_or_create(&RuleKind { kind: rule.kind() })
            .inc_by(count);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let by_rule = counts.entry(account.clone()).or_default();
        let removed = by_rule.entry(rule.to_string()).or_default();
        removed.count = removed.count.saturating_add(count);
        removed.last_ms = removed.last_ms.max(now_ms);
        removed.is_new = true;
    }

    /// What every rule took out of the events of an account.
    pub(crate) fn of(&self, account: &AccountId) -> Vec<(String, Removed)> {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let by_rule = counts.get(account);
        by_rule.map_or_else(Vec::new, |by_rule| {
            by_rule
                .iter()
                .map(|(rule, removed)| (rule.clone(), *removed))
                .collect()
        })
    }

    /// Counts by kind of rule since the process started.
    pub(crate) fn kinds(&self) -> &Family<RuleKind, Counter> {
        &self.kinds
    }

    /// Writes down what the database does not know yet.
    pub(crate) async fn write(&self) -> Result<(), ControlError> {
        let new = self.take_new();
        if new.is_empty() {
            return Ok(());
        }
        let stored = self.store(&new).await;
        if stored.is_err() {
            self.take_back(&new);
        }
        stored.map_err(|source| ControlError::Store {
            what: "the hits of the firewall",
            source,
        })
    }

    fn take_new(&self) -> Vec<(AccountId, String, Removed)> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut new = Vec::new();
        for (account, by_rule) in &mut *counts {
            for (rule, removed) in by_rule.iter_mut().filter(|(_, removed)| removed.is_new) {
                removed.is_new = false;
                new.push((account.clone(), rule.clone(), *removed));
            }
        }
        new
    }

    /// What could not be written is written the next time.
    fn take_back(&self, new: &[(AccountId, String, Removed)]) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for (account, rule, _) in new {
            if let Some(removed) = counts
                .get_mut(account)
                .and_then(|by_rule| by_rule.get_mut(rule))
            {
                removed.is_new = true;
            }
        }
    }

    async fn store(&self, new: &[(AccountId, String, Removed)]) -> Result<(), sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        for (account, rule, removed) in new {
            sqlx::query(
                "INSERT INTO firewall_hits (account, rule, count, last_ms) VALUES (?, ?, ?, ?) \
                 ON CONFLICT (account, rule) DO UPDATE SET count = excluded.count, last_ms = excluded.last_ms",
            )
            .bind(account.as_str())
            .bind(rule)
            .bind(signed(removed.count))
            .bind(signed(removed.last_ms))
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await
    }
}
