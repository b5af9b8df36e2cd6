//! The keys since the last run, in memory.

use std::collections::HashMap;

use super::record::{Place, Record, Seen};

/// Keys that no run holds yet; `None` where a key was forgotten.
#[derive(Debug, Default)]
pub(super) struct Memtable {
    records: HashMap<Place, Option<Seen>>,
}

impl Memtable {
    pub(super) fn put(&mut self, record: Record) {
        self.records.insert(record.place, record.seen);
    }

    pub(super) fn get(&self, place: &Place) -> Option<Record> {
        let record = |seen: &Option<Seen>| Record {
            place: *place,
            seen: *seen,
        };
        self.records.get(place).map(record)
    }

    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    /// Makes one sorted list of tables given oldest first; where a place is in several, the newest counts.
    pub(super) fn sorted<'a>(tables: impl DoubleEndedIterator<Item = &'a Self>) -> Vec<Record> {
        let newest_first = tables.rev().flat_map(|table| &table.records);
        let mut records: Vec<Record> = newest_first
            .map(|(place, seen)| Record {
                place: *place,
                seen: *seen,
            })
            .collect();
        // The sort is stable, so the newest of equal places stays in front and is the one that is kept.
        records.sort_by_key(|record| record.place);
        records.dedup_by_key(|record| record.place);
        records
    }
}
