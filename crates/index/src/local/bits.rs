//! Sets of small numbers: rows of a segment, codes of a column.

use std::ops::Range;

/// A fixed number of bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// `len` bits, none of them set.
    pub(crate) fn none(len: usize) -> Self {
        Self {
            words: vec![0; len.div_ceil(64)],
            len,
        }
    }

    /// Whether bit `at` is set; bits beyond the end are not.
    #[inline]
    pub(crate) fn contains(&self, at: usize) -> bool {
        self.words
            .get(at / 64)
            .is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// Sets bit `at`; bits beyond the end are ignored.
    #[inline]
    pub(crate) fn insert(&mut self, at: usize) {
        if let Some(word) = self.words.get_mut(at / 64)
            && at < self.len
        {
            *word |= 1 << (at % 64);
        }
    }

    /// Sets the bits of a range; those beyond the end are ignored.
    #[inline]
    pub(crate) fn insert_all(&mut self, range: Range<usize>) {
        let end = range.end.min(self.len);
        if range.len() == 1 {
            return self.insert(range.start);
        }
        let mut at = range.start;
        while at < end {
            let next = (at / 64 * 64 + 64).min(end);
            if let Some(word) = self.words.get_mut(at / 64) {
                *word |= (u64::MAX >> (64 - (next - at))) << (at % 64);
            }
            at = next;
        }
    }

    /// Clears bit `at`.
    pub(crate) fn remove(&mut self, at: usize) {
        if let Some(word) = self.words.get_mut(at / 64) {
            *word &= !(1 << (at % 64));
        }
    }

    /// How many bits are set.
    pub(crate) fn count(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Keeps only what is also in `other`.
    pub(crate) fn intersect(&mut self, other: &Self) {
        for (word, with) in self.words.iter_mut().zip(&other.words) {
            *word &= with;
        }
    }

    /// The numbers of a range that are set, in ascending order.
    pub(crate) fn iter_in(&self, range: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        let words = range.start / 64..range.end.div_ceil(64).max(range.start / 64);
        words
            .flat_map(|w| {
                let word = self.words.get(w).copied().unwrap_or(0);
                Ones(word).map(move |bit| w * 64 + bit)
            })
            .filter(move |at| range.contains(at))
    }

    /// The numbers that are set, in ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words
            .iter()
            .enumerate()
            .flat_map(|(w, &word)| Ones(word).map(move |bit| w * 64 + bit))
    }
}

/// The set bits of one word, lowest first.
pub(crate) struct Ones(pub(crate) u64);

impl Iterator for Ones {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let bit = self.0.trailing_zeros() as usize;
        self.0 &= self.0 - 1;
        Some(bit)
    }
}
