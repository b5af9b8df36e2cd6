//! One physical column: a dictionary and a code (or a list of codes) per row.

use super::codes::Codes;
use super::dictionary::{ABSENT, Dictionary};
use super::schema::Dim;
use super::strings::Strings;

/// Rows between two marks of a [`Lists`].
pub(crate) const MARK_EVERY: usize = 64;

/// How many codes each row has, where that differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lists {
    /// How many codes each row has.
    pub(crate) counts: Codes,
    /// Where the codes of every 64th row begin.
    pub(crate) marks: Vec<u32>,
}

impl Lists {
    /// Lists of these lengths.
    pub(crate) fn of(counts: Vec<u32>) -> Self {
        let longest = counts.iter().max().map_or(0, |&longest| longest as usize);
        let counts = Codes::pack(counts, longest + 1);
        let marks = Self::marks_of(&counts);
        Self { counts, marks }
    }

    /// Where the codes of every 64th row begin, and at last where they all end.
    pub(crate) fn marks_of(counts: &Codes) -> Vec<u32> {
        let mut marks = Vec::with_capacity(counts.len() / MARK_EVERY + 2);
        let mut start = 0_u32;
        for row in 0..counts.len() {
            if row % MARK_EVERY == 0 {
                marks.push(start);
            }
            start = start.saturating_add(counts.get(row));
        }
        marks.push(start);
        marks
    }
}

/// A dictionary and the codes of all rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// What the codes stand for.
    pub(crate) dictionary: Dictionary,
    /// Present when rows have any number of codes.
    pub(crate) lists: Option<Lists>,
    /// The codes of all rows.
    pub(crate) codes: Codes,
}

impl Column {
    /// The empty column of a kind, to be filled.
    pub(crate) fn new(dim: Dim) -> Self {
        let dictionary = match dim.width() {
            Some(width) => Dictionary::Tuples {
                width,
                cells: Vec::new(),
            },
            None => Dictionary::Growing(Strings::default()),
        };
        Self {
            dictionary,
            lists: dim.listed().then(Lists::default),
            codes: Codes::default(),
        }
    }

    /// How many different codes.
    pub(crate) fn distinct(&self) -> usize {
        self.dictionary.distinct()
    }

    /// One string id of the tuple of a code; [`ABSENT`] when there is none.
    #[inline]
    pub(crate) fn component(&self, code: u32, component: usize) -> u32 {
        self.dictionary
            .tuple(code)
            .get(component)
            .copied()
            .unwrap_or(ABSENT)
    }

    /// Bytes of memory.
    pub(crate) fn bytes(&self) -> usize {
        let lists = self
            .lists
            .as_ref()
            .map_or(0, |lists| lists.counts.bytes() + lists.marks.len() * 4);
        self.dictionary.bytes() + self.codes.bytes() + lists
    }
}
