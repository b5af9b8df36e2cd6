//! One physical column: a dictionary of tuples and a code (or a list of codes) per row.

use super::codes::Codes;
use super::schema::Dim;

/// The component of a tuple that has no text.
pub(crate) const ABSENT: u32 = u32::MAX;

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

/// A dictionary of tuples of string ids and the codes of all rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// How many string ids a tuple has.
    pub(crate) width: usize,
    /// The tuples one after the other; sorted in segments.
    pub(crate) tuples: Vec<u32>,
    /// Present when rows have any number of codes.
    pub(crate) lists: Option<Lists>,
    /// The codes of all rows.
    pub(crate) codes: Codes,
}

impl Column {
    /// The empty column of a kind.
    pub(crate) fn new(dim: Dim) -> Self {
        Self {
            width: dim.width(),
            tuples: Vec::new(),
            lists: dim.listed().then(Lists::default),
            codes: Codes::default(),
        }
    }

    /// How many different tuples.
    pub(crate) fn distinct(&self) -> usize {
        self.tuples.len() / self.width
    }

    /// The tuple of a code; empty when there is none.
    #[inline]
    pub(crate) fn tuple(&self, code: u32) -> &[u32] {
        let start = code as usize * self.width;
        self.tuples
            .get(start..start + self.width)
            .unwrap_or_default()
    }

    /// One string id of the tuple of a code; [`ABSENT`] when there is none.
    #[inline]
    pub(crate) fn component(&self, code: u32, component: usize) -> u32 {
        self.tuple(code).get(component).copied().unwrap_or(ABSENT)
    }

    /// Bytes of memory.
    pub(crate) fn bytes(&self) -> usize {
        let lists = self
            .lists
            .as_ref()
            .map_or(0, |lists| lists.counts.bytes() + lists.marks.len() * 4);
        self.tuples.len() * 4 + self.codes.bytes() + lists
    }
}
