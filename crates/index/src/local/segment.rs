//! An immutable run of rows, sorted by (occurred, position), with its words.

use std::ops::Range;
use std::sync::OnceLock;

use super::bits::Ones;
use super::dictionary::ABSENT;
use super::parts::Parts;
use super::predicate::{BLOCK_ROWS, BLOCK_WORDS, Predicate};
use super::resource::{Mention, mentions};
use super::schema::Dim;
use super::tokens::Tokens;
use crate::answer::{Hit, Order, Place};
use tlog::LeafIndex;

/// Rows that never change.
#[derive(Debug)]
pub(crate) struct Segment {
    parts: Parts,
    tokens: Tokens,
    newest_actor_rows: OnceLock<Vec<u32>>,
    mentions: OnceLock<Vec<Mention>>,
}

/// The rows that a query selected: a range, and a bit per row of the whole segment.
#[derive(Debug)]
pub(crate) struct Selection {
    /// The rows that can be selected.
    pub(crate) rows: Range<usize>,
    words: Vec<u64>,
}

impl Segment {
    /// A segment of sorted rows.
    pub(crate) fn new(parts: Parts) -> Self {
        let tokens = Tokens::of(&parts);
        Self::with_tokens(parts, tokens)
    }

    /// A segment whose words are known.
    pub(crate) fn with_tokens(parts: Parts, tokens: Tokens) -> Self {
        Self {
            parts,
            tokens,
            newest_actor_rows: OnceLock::new(),
            mentions: OnceLock::new(),
        }
    }

    /// The columns.
    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }

    /// The words.
    pub(crate) fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Bytes of memory.
    pub(crate) fn bytes(&self) -> usize {
        self.parts.bytes() + self.tokens.bytes()
    }

    /// The rows that occurred in a half-open range.
    pub(crate) fn rows_between(&self, from: Option<i64>, to: Option<i64>) -> Range<usize> {
        let before = |ns: i64| self.parts.occurred.partition_point(|&at| at < ns);
        let start = from.map_or(0, before);
        start..to.map_or(self.parts.rows(), before).max(start)
    }

    /// Narrows `rows` to those that a listing shows after a place.
    pub(crate) fn rows_after(
        &self,
        rows: Range<usize>,
        order: Order,
        after: Place,
    ) -> Range<usize> {
        let mut at = self
            .parts
            .occurred
            .partition_point(|&occurred| occurred < after.occurred_at_ns);
        // Ties in time are few, or a bulk import whose place is found by walking once.
        while self.parts.occurred.get(at) == Some(&after.occurred_at_ns)
            && self.parts.position(at) < after.index.get()
        {
            at += 1;
        }
        match order {
            Order::Desc => rows.start..rows.end.min(at).max(rows.start),
            Order::Asc => {
                let itself = self.parts.occurred.get(at) == Some(&after.occurred_at_ns)
                    && self.parts.position(at) == after.index.get();
                let start = rows.start.max(at + usize::from(itself));
                start..rows.end.max(start)
            }
        }
    }

    /// The rows of a range that satisfy a condition.
    pub(crate) fn select(&self, predicate: &Predicate, rows: Range<usize>) -> Selection {
        let mut words = vec![0; self.parts.rows().div_ceil(64)];
        if rows.is_empty() || matches!(predicate, Predicate::Constant(false)) {
            return Selection { rows, words };
        }
        let mut bits = [0; BLOCK_WORDS];
        for block in rows.start / BLOCK_ROWS..=(rows.end - 1) / BLOCK_ROWS {
            predicate.evaluate(&self.parts, block, &mut bits);
            let first = block * BLOCK_WORDS;
            for (word, bits) in (first..).zip(&bits) {
                if let Some(slot) = words.get_mut(word) {
                    *slot = bits & mask_of(word, &rows);
                }
            }
        }
        Selection { rows, words }
    }

    /// The first `limit` rows of a range, in a direction, that satisfy a condition.
    pub(crate) fn first_hits(
        &self,
        predicate: &Predicate,
        rows: Range<usize>,
        order: Order,
        limit: usize,
    ) -> Vec<Hit> {
        let mut hits = Vec::new();
        if rows.is_empty() || matches!(predicate, Predicate::Constant(false)) {
            return hits;
        }
        let (first, last) = (rows.start / BLOCK_ROWS, (rows.end - 1) / BLOCK_ROWS);
        let mut bits = [0; BLOCK_WORDS];
        for step in 0..=last - first {
            let block = match order {
                Order::Asc => first + step,
                Order::Desc => last - step,
            };
            predicate.evaluate(&self.parts, block, &mut bits);
            for (word, bits) in (block * BLOCK_WORDS..).zip(&mut bits) {
                *bits &= mask_of(word, &rows);
            }
            self.take_hits(&bits, block, order, limit, &mut hits);
            if hits.len() >= limit {
                break;
            }
        }
        hits
    }

    fn take_hits(
        &self,
        bits: &[u64; BLOCK_WORDS],
        block: usize,
        order: Order,
        limit: usize,
        hits: &mut Vec<Hit>,
    ) {
        for step in 0..BLOCK_WORDS {
            let word = match order {
                Order::Asc => step,
                Order::Desc => BLOCK_WORDS - 1 - step,
            };
            let mut left = bits.get(word).copied().unwrap_or(0);
            while left != 0 && hits.len() < limit {
                let bit = match order {
                    Order::Asc => left.trailing_zeros(),
                    Order::Desc => left.ilog2(),
                };
                left &= !(1 << bit);
                hits.push(self.hit((block * BLOCK_WORDS + word) * 64 + bit as usize));
            }
        }
    }

    /// The hit that a row is.
    pub(crate) fn hit(&self, row: usize) -> Hit {
        Hit {
            index: LeafIndex::new(self.parts.position(row)),
            occurred_at_ns: self.parts.occurred_at(row),
            first_seen: self.parts.first_seen(row),
        }
    }

    /// The positions in a range whose rows satisfy a condition, ascending.
    pub(crate) fn positions_in(&self, positions: &Range<u64>, predicate: &Predicate) -> Vec<u64> {
        let mut found = Vec::new();
        if matches!(predicate, Predicate::Constant(false)) {
            return found;
        }
        let mut bits = [0; BLOCK_WORDS];
        let mut evaluated = None;
        for row in 0..self.parts.rows() {
            let position = self.parts.position(row);
            if !positions.contains(&position) {
                continue;
            }
            let block = row / BLOCK_ROWS;
            if evaluated != Some(block) {
                predicate.evaluate(&self.parts, block, &mut bits);
                evaluated = Some(block);
            }
            let word = bits.get(row % BLOCK_ROWS / 64).copied().unwrap_or(0);
            if word >> (row % 64) & 1 == 1 {
                found.push(position);
            }
        }
        found.sort_unstable();
        found
    }

    /// The row of a position.
    pub(crate) fn row_of(&self, position: u64) -> Option<usize> {
        let offset = u32::try_from(position.checked_sub(self.parts.first)?).ok()?;
        self.parts.offsets.iter().position(|&at| at == offset)
    }

    /// For each actor of the dictionary the newest row that has it.
    pub(crate) fn newest_actor_rows(&self) -> &[u32] {
        self.newest_actor_rows
            .get_or_init(|| newest_actor_rows(&self.parts, 0..self.parts.rows()))
    }

    /// As [`Segment::newest_actor_rows`], among selected rows; [`ABSENT`] where none of them has the actor.
    pub(crate) fn newest_actor_rows_among(&self, selection: &Selection) -> Vec<u32> {
        newest_actor_rows(&self.parts, selection.iter())
    }

    /// What the rows say about each resource.
    pub(crate) fn mentions(&self) -> &[Mention] {
        self.mentions
            .get_or_init(|| mentions(&self.parts, |_| true))
    }
}

impl Selection {
    /// How many rows are selected.
    pub(crate) fn count(&self) -> u64 {
        self.words
            .iter()
            .map(|word| u64::from(word.count_ones()))
            .sum()
    }

    /// Whether a row is selected.
    pub(crate) fn contains(&self, row: usize) -> bool {
        let word = self.words.get(row / 64).copied().unwrap_or(0);
        word >> (row % 64) & 1 == 1
    }

    /// The selected rows, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        self.words_in(&self.rows)
            .flat_map(|(word, bits)| Ones(bits).map(move |bit| word * 64 + bit))
    }

    /// How many of `rows` are selected.
    pub(crate) fn count_in(&self, rows: &Range<usize>) -> u64 {
        self.words_in(rows)
            .map(|(_, word)| u64::from(word.count_ones()))
            .sum()
    }

    /// The words that touch `rows`, with their numbers, without the bits of other rows.
    pub(crate) fn words_in(&self, rows: &Range<usize>) -> impl Iterator<Item = (usize, u64)> {
        let words = rows.start / 64..rows.end.div_ceil(64).max(rows.start / 64);
        words.map(|word| {
            let bits = self.words.get(word).copied().unwrap_or(0);
            (word, bits & mask_of(word, rows))
        })
    }
}

/// The bits of word `word` whose rows lie in `rows`.
fn mask_of(word: usize, rows: &Range<usize>) -> u64 {
    let base = word * 64;
    let low = rows.start.saturating_sub(base).min(64);
    let high = rows.end.saturating_sub(base).min(64);
    if low >= high {
        return 0;
    }
    let below = |bit: usize| if bit == 64 { u64::MAX } else { (1 << bit) - 1 };
    below(high) & !below(low)
}

/// For each actor of the dictionary the last of some ascending rows that has it.
fn newest_actor_rows(parts: &Parts, rows: impl Iterator<Item = usize>) -> Vec<u32> {
    let column = parts.column(Dim::Actor);
    let mut newest = vec![ABSENT; column.distinct()];
    for row in rows {
        if let Some(slot) = newest.get_mut(column.codes.get(row) as usize) {
            *slot = u32::try_from(row).unwrap_or(ABSENT);
        }
    }
    newest
}
