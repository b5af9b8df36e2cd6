//! What the clients sent, and what they were told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use crate::process::Process;

pub(crate) const EVENTS: &str = "/v1/accounts/acme/events";

/// Events of one request that checks resend.
const CHUNK: usize = 500;

/// What every client notes.
#[derive(Default)]
pub(crate) struct Book {
    pages: Mutex<Pages>,
}

#[derive(Default)]
struct Pages {
    /// Every event that was ever sent, by its id.
    sent: BTreeMap<String, Value>,
    /// The first receipt of each acknowledged event.
    receipts: BTreeMap<String, Value>,
    /// Acknowledged events that no later process was asked for yet.
    unchecked: BTreeSet<String>,
    /// Requests without an answer: all of their events are stored, or none.
    open: Vec<Vec<Value>>,
}

fn id_of(event: &Value) -> String {
    event["id"].as_str().unwrap().to_owned()
}

impl Book {
    /// Notes a request before it is sent.
    pub(crate) fn note_sent(&self, events: &[Value]) {
        let mut pages = self.pages();
        pages
            .sent
            .extend(events.iter().map(|event| (id_of(event), event.clone())));
    }

    /// Notes a request whose answer never came.
    pub(crate) fn note_unanswered(&self, events: Vec<Value>) {
        self.pages().open.push(events);
    }

    /// Notes the receipts of a request: one per event, in its order.
    pub(crate) fn note_receipts(&self, events: &[Value], receipts: &[Value]) {
        assert_eq!(events.len(), receipts.len());
        let mut pages = self.pages();
        for (event, receipt) in events.iter().zip(receipts) {
            assert_eq!(receipt["id"], event["id"]);
            pages.unchecked.insert(id_of(event));
            let first = pages
                .receipts
                .entry(id_of(event))
                .or_insert_with(|| receipt.clone());
            assert_eq!(
                without_duplicate(first),
                without_duplicate(receipt),
                "a receipt never changes"
            );
        }
    }

    /// Some request that was sent before, answered or not, to be sent again.
    pub(crate) fn sent_before(&self, chance: usize) -> Option<Vec<Value>> {
        let pages = self.pages();
        let acknowledged = pages
            .receipts
            .keys()
            .nth(chance % pages.receipts.len().max(1));
        let acknowledged = acknowledged.map(|id| vec![pages.sent[id].clone()]);
        let open = pages.open.get(chance % pages.open.len().max(1)).cloned();
        if chance.is_multiple_of(2) {
            open.or(acknowledged)
        } else {
            acknowledged.or(open)
        }
    }

    /// Asks a new process for what was acknowledged since the last kill.
    pub(crate) fn check_new_receipts(&self, process: &Process) {
        let mut pages = self.pages();
        let unchecked = std::mem::take(&mut pages.unchecked);
        pages.check(process, unchecked.iter());
    }

    /// Asks a process for everything that was ever acknowledged.
    pub(crate) fn check_receipts(&self, process: &Process) {
        let pages = self.pages();
        pages.check(process, pages.receipts.keys());
    }

    /// Sends every request without an answer again: all of its events were stored, or none.
    pub(crate) fn settle(&self, process: &Process) {
        let open = std::mem::take(&mut self.pages().open);
        for events in open {
            let known = events
                .iter()
                .filter(|event| self.pages().receipts.contains_key(&id_of(event)))
                .count();
            let (status, answer) = process.post(EVENTS, &json!(events)).unwrap();
            assert_eq!(status, 201, "{answer}");
            let receipts = answer["receipts"].as_array().unwrap();
            let duplicates = receipts
                .iter()
                .filter(|receipt| receipt["duplicate"] == true)
                .count();
            assert!(
                duplicates == 0 || duplicates == events.len(),
                "{duplicates} of {} were stored",
                events.len()
            );
            assert!(
                known == 0 || duplicates == events.len(),
                "acknowledged events are duplicates"
            );
            self.note_receipts(&events, receipts);
        }
    }

    /// Reads the whole log: every event that was sent is there once, at the index of its receipt, unchanged.
    pub(crate) fn check_listing(&self, process: &Process) {
        let waiting =
            json!([{"action": "role.create", "actor": {"type": "user", "id": "usr_last"}}]);
        let (status, answer) = process
            .post(&format!("{EVENTS}?wait=indexed"), &waiting)
            .unwrap();
        assert_eq!((status, &answer["waited"]), (201, &json!(true)), "{answer}");
        let pages = self.pages();
        let mut ids = BTreeSet::new();
        let mut indexes = BTreeSet::new();
        for event in listing(process) {
            assert!(
                indexes.insert(event["integrity"]["index"].as_u64().unwrap()),
                "an index is given out twice: {event}"
            );
            let id = id_of(&event);
            let Some(sent) = pages.sent.get(&id) else {
                continue;
            };
            assert!(ids.insert(id.clone()), "stored twice: {event}");
            for member in ["log", "index", "leaf_hash"] {
                assert_eq!(
                    event["integrity"][member], pages.receipts[&id][member],
                    "{event}"
                );
            }
            assert_eq!(event["received_at"], pages.receipts[&id]["received_at"]);
            assert_eq!(event["metadata"], sent["metadata"]);
            assert_eq!(event["action"], sent["action"]);
        }
        let all: BTreeSet<String> = pages.sent.keys().cloned().collect();
        assert_eq!(ids, all, "every event is listed");
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pages {
    /// Sends acknowledged events again: each must be a duplicate with the same receipt.
    fn check<'a>(&self, process: &Process, ids: impl Iterator<Item = &'a String>) {
        let events: Vec<&Value> = ids.map(|id| &self.sent[id]).collect();
        for chunk in events.chunks(CHUNK) {
            let (status, answer) = process.post(EVENTS, &json!(chunk)).unwrap();
            assert_eq!(status, 201, "{answer}");
            let receipts = answer["receipts"].as_array().unwrap();
            assert_eq!(receipts.len(), chunk.len());
            for (event, receipt) in chunk.iter().zip(receipts) {
                let first = &self.receipts[&id_of(event)];
                assert_eq!(receipt["duplicate"], true, "lost by a kill: {first}");
                assert_eq!(
                    without_duplicate(receipt),
                    without_duplicate(first),
                    "changed by a kill"
                );
            }
        }
    }
}

fn without_duplicate(receipt: &Value) -> Value {
    let mut receipt = receipt.clone();
    receipt.as_object_mut().unwrap().remove("duplicate");
    receipt
}

/// Every event of the account, oldest first.
fn listing(process: &Process) -> Vec<Value> {
    let mut terms = json!({"range": "all_time", "order": "asc", "limit": 1000});
    let mut events = Vec::new();
    loop {
        let (status, page) = process.post(&format!("{EVENTS}/search"), &terms).unwrap();
        assert_eq!(status, 200, "{page}");
        events.extend(page["events"].as_array().unwrap().iter().cloned());
        match &page["next_cursor"] {
            Value::Null => return events,
            cursor => terms["cursor"] = cursor.clone(),
        }
    }
}
