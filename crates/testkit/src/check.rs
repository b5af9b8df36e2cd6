//! Verifies a whole ledger from what it answers, as an auditor with unlimited patience would.

use ledger::{Ledger, LogNumber, Stored};
use tlog::{EntryKind, Hash, LeafIndex};

use crate::model::{Model, ModelLog};
use crate::record::is_committed;
use crate::tree;

/// Entries that one read asks for: not a divisor of any block, so that reads begin in the middle of blocks.
const READ: usize = 100;

/// Reads every log of a ledger, which must be at rest, and checks it for itself: the head, dense indexes, received times that never decrease, a
/// genesis at the beginning and nowhere else, payloads that belong to their entries.
pub fn check_ledger(ledger: &Ledger) {
    for info in ledger.logs() {
        assert_eq!(ledger.log(&info.origin), Some(info.number));
        let stored = read_log(ledger, info.number);
        let head = ledger
            .head(info.number)
            .map(|(size, root)| (size.get(), root));
        assert_eq!(
            head,
            Some((stored.len() as u64, root(&stored))),
            "the head of log {} is that of its entries",
            info.number
        );
        check_entries(info.number, &stored);
    }
}

/// Checks a ledger as [`check_ledger`] does, and that it holds exactly what a model holds.
pub fn check_against(ledger: &Ledger, model: &Model) {
    check_ledger(ledger);
    let numbers: Vec<LogNumber> = ledger.logs().iter().map(|info| info.number).collect();
    assert_eq!(
        numbers,
        model.numbers(),
        "the logs are those that were made"
    );
    for number in numbers {
        let difference = difference(ledger, number, model.log(number));
        assert!(
            difference.is_none(),
            "log {number}: {}",
            difference.unwrap_or_default()
        );
    }
}

/// How a log of a ledger differs from one of a model.
pub fn difference(ledger: &Ledger, number: LogNumber, expected: &ModelLog) -> Option<String> {
    let stored = read_log(ledger, number);
    if stored.len() != expected.entries.len() {
        return Some(format!(
            "{} entries instead of {}",
            stored.len(),
            expected.entries.len()
        ));
    }
    let mut pairs = stored.iter().zip(&expected.entries);
    let wrong = pairs.find(|(found, (entry, payload))| {
        found.entry != *entry || found.payload.as_ref() != Some(payload)
    });
    if let Some((found, _)) = wrong {
        return Some(format!("entry {} is another one", found.index));
    }
    (root(&stored) != expected.root()).then(|| "the root is another one".to_owned())
}

/// Every entry of a log, in order.
pub fn read_log(ledger: &Ledger, number: LogNumber) -> Vec<Stored> {
    let mut all: Vec<Stored> = Vec::new();
    loop {
        let from = LeafIndex::new(all.len() as u64);
        let page = ledger
            .read_range(number, from, READ)
            .expect("every entry can be read");
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

/// The root over entries, by the definition of RFC 6962.
pub fn root(stored: &[Stored]) -> Hash {
    let leaves: Vec<Hash> = stored
        .iter()
        .map(|stored| stored.entry.leaf_hash())
        .collect();
    tree::root(&leaves)
}

fn check_entries(number: LogNumber, stored: &[Stored]) {
    let mut received_ms = 0;
    for (index, found) in (0..).zip(stored) {
        assert_eq!(found.index.get(), index, "log {number} has no gap");
        assert_eq!(
            found.entry.kind == EntryKind::Genesis,
            index == 0,
            "log {number} begins with its genesis"
        );
        assert!(
            found.entry.received_ms >= received_ms,
            "received times of log {number} never decrease"
        );
        received_ms = found.entry.received_ms;
        let payload = found
            .payload
            .as_ref()
            .unwrap_or_else(|| panic!("log {number} lost the payload of {index}"));
        assert!(
            is_committed(&found.entry, payload),
            "the payload of entry {index} of log {number} is its own"
        );
    }
}
