//! Gives equal texts and equal tuples one number while rows are being added.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::strings::Strings;

/// Numbers texts in the order of their first appearance.
///
/// The hash is seeded anew in each process, and no number depends on it: whoever sends events cannot choose texts that
/// collide.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    table: HashTable<u32>,
    hasher: RandomState,
}

impl Interner {
    /// The id of `text` in `strings`, which this interner alone fills.
    pub(crate) fn id(&mut self, strings: &mut Strings, text: &str) -> u32 {
        let hash = self.hasher.hash_one(text);
        if let Some(&id) = self.table.find(hash, |&id| strings.get(id) == text) {
            return id;
        }
        let id = strings.push(text);
        let hasher = &self.hasher;
        self.table
            .insert_unique(hash, id, |&id| hasher.hash_one(strings.get(id)));
        id
    }
}

/// Numbers tuples of one width in the order of their first appearance.
#[derive(Debug, Default)]
pub(crate) struct TupleInterner {
    table: HashTable<u32>,
    hasher: RandomState,
}

impl TupleInterner {
    /// The code of `tuple` in `tuples`, which this interner alone fills with tuples of the same width.
    pub(crate) fn code(&mut self, tuples: &mut Vec<u32>, tuple: &[u32]) -> u32 {
        let width = tuple.len();
        let hash = self.hasher.hash_one(tuple);
        let of = |tuples: &[u32], code: u32| -> std::ops::Range<usize> {
            let start = code as usize * width;
            start..(start + width).min(tuples.len())
        };
        if let Some(&code) = self
            .table
            .find(hash, |&code| tuples.get(of(tuples, code)) == Some(tuple))
        {
            return code;
        }
        let code = u32::try_from(tuples.len() / width).unwrap_or(u32::MAX);
        tuples.extend_from_slice(tuple);
        let hasher = &self.hasher;
        self.table.insert_unique(hash, code, |&code| {
            hasher.hash_one(tuples.get(of(tuples, code)).unwrap_or_default())
        });
        code
    }
}
