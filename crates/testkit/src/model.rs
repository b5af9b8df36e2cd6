//! The ledger as one would write it without caring for speed, disks or crashes: a list per log.

use std::collections::HashMap;

use ledger::dedup::{ContentTag, Key};
use ledger::{Batch, BatchMode, DedupKey, LogNumber, Payload, Record, Refused};
use tlog::{Entry, Hash, LeafIndex};

use crate::tree;

/// All logs.
#[derive(Clone, Debug, Default)]
pub struct Model {
    logs: HashMap<LogNumber, ModelLog>,
}

/// One log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelLog {
    /// Every entry, with its payload.
    pub entries: Vec<(Entry, Payload)>,
    ids: HashMap<Key, (LeafIndex, Option<ContentTag>)>,
}

/// What a record of a batch becomes.
pub type Expected = Result<Place, Refused>;

/// Where a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its index.
    pub index: LeafIndex,
    /// Whether it stood there before.
    pub duplicate: bool,
}

impl Model {
    /// Without logs.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes a log with its first entry.
    pub fn create_log(&mut self, number: LogNumber, genesis: &Record, received_ms: u64) {
        let mut log = ModelLog::default();
        log.push(genesis, received_ms);
        let before = self.logs.insert(number, log);
        assert!(before.is_none(), "log {number} is made once");
    }

    /// A log that was made.
    pub fn log(&self, number: LogNumber) -> &ModelLog {
        self.logs
            .get(&number)
            .unwrap_or_else(|| panic!("log {number} was made"))
    }

    /// The numbers of all logs, ascending.
    pub fn numbers(&self) -> Vec<LogNumber> {
        let mut numbers: Vec<_> = self.logs.keys().copied().collect();
        numbers.sort();
        numbers
    }

    /// What a batch becomes, one outcome per record, or the first refusal where it stands and falls as a whole.
    pub fn append(
        &mut self,
        batch: &Batch,
        received_ms: u64,
    ) -> Result<Vec<Expected>, (usize, Refused)> {
        let log = self
            .logs
            .get_mut(&batch.log)
            .unwrap_or_else(|| panic!("log {} was made", batch.log));
        let mut after = log.clone();
        let expected: Vec<Expected> = batch
            .records
            .iter()
            .map(|record| after.append(record, received_ms))
            .collect();
        if batch.mode == BatchMode::AllOrNothing
            && let Some((position, refused)) = first_refusal(&expected)
        {
            return Err((position, refused));
        }
        *log = after;
        Ok(expected)
    }
}

fn first_refusal(expected: &[Expected]) -> Option<(usize, Refused)> {
    let refusals = expected
        .iter()
        .enumerate()
        .filter_map(|(position, one)| Some((position, (*one).err()?)));
    refusals.into_iter().next()
}

impl ModelLog {
    /// The root of the tree over all entries, by the definition of RFC 6962 section 2.1.
    pub fn root(&self) -> Hash {
        let leaves: Vec<Hash> = self
            .entries
            .iter()
            .map(|(entry, _)| entry.leaf_hash())
            .collect();
        tree::root(&leaves)
    }

    fn append(&mut self, record: &Record, received_ms: u64) -> Expected {
        if let Some(DedupKey { key, tag }) = record.dedup {
            if let (Some(tag), Some((index, first))) = (tag, self.ids.get(&key).copied()) {
                return if first == Some(tag) {
                    Ok(Place {
                        index,
                        duplicate: true,
                    })
                } else {
                    Err(Refused::Conflict { index })
                };
            }
            self.ids.insert(key, (self.next(), tag));
        }
        let index = self.push(record, received_ms);
        Ok(Place {
            index,
            duplicate: false,
        })
    }

    fn next(&self) -> LeafIndex {
        LeafIndex::new(self.entries.len() as u64)
    }

    fn push(&mut self, record: &Record, received_ms: u64) -> LeafIndex {
        let index = self.next();
        let before = self
            .entries
            .last()
            .map_or(0, |(entry, _)| entry.received_ms);
        let entry = Entry {
            kind: record.kind,
            class: record.class,
            received_ms: before.max(received_ms),
            commitment: record.commitment,
        };
        let payload = Payload {
            seed: record.seed,
            facets: record.facets.clone(),
        };
        self.entries.push((entry, payload));
        index
    }
}
