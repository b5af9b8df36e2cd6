//! What the secrets firewall took out of the events of one request: counted, and told to the self-audit.

use std::collections::BTreeMap;

use event::firewall::{Hits, Rule};

use crate::audit::notice::Removal;
use crate::auth::Principal;
use crate::control::AccountId;
use crate::http::Client;
use crate::instance::Instance;

/// How many rules of one request are told to the self-audit; all of them are counted.
const TOLD_RULES_MAX: usize = 16;

/// What was taken out of one event.
#[derive(Debug)]
pub(crate) struct Taken {
    /// Which rules told it, where.
    pub(crate) hits: Hits,
    /// The action of the event.
    pub(crate) action: String,
    /// The program that sent the event.
    pub(crate) producer: Option<String>,
}

/// What was taken out of the events of one request that were stored, by rule.
#[derive(Debug, Default)]
pub(crate) struct Removed(BTreeMap<Rule, Sample>);

#[derive(Debug)]
struct Sample {
    count: u64,
    action: String,
    producer: Option<String>,
    place: String,
    fingerprint: String,
}

impl Removed {
    /// Adds an event that was stored.
    pub(crate) fn add(&mut self, taken: &Taken) {
        for (rule, count) in taken.hits.by_rule() {
            let sample = self.0.entry(rule).or_insert_with(|| {
                let hit = taken.hits.told().iter().find(|hit| hit.rule == rule);
                Sample {
                    count: 0,
                    action: taken.action.clone(),
                    producer: taken.producer.clone(),
                    place: hit.map(|hit| hit.pointer.clone()).unwrap_or_default(),
                    fingerprint: hit.map(|hit| hit.fingerprint.clone()).unwrap_or_default(),
                }
            });
            sample.count += count;
        }
    }

    /// Counts everything, and tells the self-audit who sent it.
    pub(crate) fn tell(
        self,
        instance: &Instance,
        account: &AccountId,
        principal: &Principal,
        client: &Client,
    ) {
        let now_ms = instance.clock.now_ms();
        for (place, (rule, sample)) in self.0.into_iter().enumerate() {
            instance
                .control
                .removals
                .add(account, rule, sample.count, now_ms);
            if place < TOLD_RULES_MAX {
                instance.audit.removed(Removal {
                    account: account.clone(),
                    principal: principal.clone(),
                    client: client.clone(),
                    rule: rule.to_string(),
                    count: sample.count,
                    action: sample.action,
                    producer: sample.producer,
                    place: sample.place,
                    fingerprint: sample.fingerprint,
                    at_ms: now_ms,
                });
            }
        }
    }
}
