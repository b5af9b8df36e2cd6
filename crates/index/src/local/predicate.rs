//! What a row of one segment must satisfy, in terms of the codes of that segment.

use super::bits::Bits;
use super::clock::Clock;
use super::codes::Codes;
use super::column::{Column, MARK_EVERY};
use super::parts::Parts;
use super::schema::Dim;

/// Words of 64 rows that are evaluated at a time: their bits stay in the nearest cache.
pub(crate) const BLOCK_WORDS: usize = 64;

/// Rows that are evaluated at a time.
pub(crate) const BLOCK_ROWS: usize = BLOCK_WORDS * 64;

/// The bits of one block.
pub(crate) type Block = [u64; BLOCK_WORDS];

/// A condition on rows.
#[derive(Debug)]
pub(crate) enum Predicate {
    /// Holds for every row, or for none.
    Constant(bool),
    /// Some code of the row in a column is one of these.
    Codes(Dim, Bits),
    /// The first code of the row, in a column with any number of them, is one of these.
    FirstCode(Dim, Bits),
    /// Some of these flags of the row are set.
    Flags(u8),
    /// The position, less the first of the segment, is below this.
    Before(u32),
    /// The hour or the day of the week, in a zone, is one of these.
    Clock(Clock),
    /// The condition does not hold.
    Not(Box<Predicate>),
    /// All conditions hold.
    All(Vec<Predicate>),
    /// Some condition holds.
    Any(Vec<Predicate>),
}

impl Predicate {
    /// The opposite.
    pub(crate) fn negate(self) -> Self {
        match self {
            Self::Constant(holds) => Self::Constant(!holds),
            Self::Not(inside) => *inside,
            other => Self::Not(Box::new(other)),
        }
    }

    /// All of `parts`, without those that say nothing.
    pub(crate) fn all(parts: Vec<Self>) -> Self {
        let mut kept = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Constant(true) => {}
                Self::Constant(false) => return Self::Constant(false),
                other => kept.push(other),
            }
        }
        match (kept.len(), kept.pop()) {
            (_, None) => Self::Constant(true),
            (1, Some(only)) => only,
            (_, Some(last)) => {
                kept.push(last);
                Self::All(kept)
            }
        }
    }

    /// Some of `parts`, without those that say nothing.
    pub(crate) fn any(parts: Vec<Self>) -> Self {
        let mut kept = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Constant(false) => {}
                Self::Constant(true) => return Self::Constant(true),
                other => kept.push(other),
            }
        }
        match (kept.len(), kept.pop()) {
            (_, None) => Self::Constant(false),
            (1, Some(only)) => only,
            (_, Some(last)) => {
                kept.push(last);
                Self::Any(kept)
            }
        }
    }

    /// Some code of a row in a column of `parts` is one of `accept`.
    pub(crate) fn codes(dim: Dim, accept: Bits, parts: &Parts) -> Self {
        let accepted = accept.count();
        if accepted == 0 {
            Self::Constant(false)
        } else if accepted == parts.column(dim).distinct() && !dim.listed() {
            Self::Constant(true)
        } else {
            Self::Codes(dim, accept)
        }
    }

    /// Sets in `out` the bits of the rows of block `block` that satisfy the condition.
    ///
    /// Bits beyond the last row are undefined.
    pub(crate) fn evaluate(&self, parts: &Parts, block: usize, out: &mut Block) {
        match self {
            Self::Constant(holds) => out.fill(if *holds { u64::MAX } else { 0 }),
            Self::Codes(dim, accept) => codes_in(parts.column(*dim), accept, block, out),
            Self::FirstCode(dim, accept) => {
                lists_in::<true>(parts.column(*dim), accept, block, out);
            }
            Self::Flags(mask) => {
                scan(block_of(&parts.first_seen, block), out, |flags| {
                    flags & mask != 0
                });
            }
            Self::Before(end) => {
                scan(block_of(&parts.offsets, block), out, |offset| offset < *end);
            }
            Self::Clock(clock) => {
                let mut at = clock.at_time_of(block_of(&parts.occurred, block).first());
                scan(block_of(&parts.occurred, block), out, |ns| at.accepts(ns));
            }
            Self::Not(inside) => {
                inside.evaluate(parts, block, out);
                for word in out {
                    *word = !*word;
                }
            }
            Self::All(conditions) => {
                out.fill(u64::MAX);
                let mut next = [0; BLOCK_WORDS];
                for condition in conditions {
                    condition.evaluate(parts, block, &mut next);
                    out.iter_mut().zip(&next).for_each(|(a, b)| *a &= b);
                    if out.iter().all(|&word| word == 0) {
                        break;
                    }
                }
            }
            Self::Any(conditions) => {
                out.fill(0);
                let mut next = [0; BLOCK_WORDS];
                for condition in conditions {
                    condition.evaluate(parts, block, &mut next);
                    out.iter_mut().zip(&next).for_each(|(a, b)| *a |= b);
                }
            }
        }
    }
}

fn block_of<T>(rows: &[T], block: usize) -> &[T] {
    let start = (block * BLOCK_ROWS).min(rows.len());
    let end = (start + BLOCK_ROWS).min(rows.len());
    rows.get(start..end).unwrap_or_default()
}

#[inline]
fn scan<T: Copy>(rows: &[T], out: &mut Block, mut test: impl FnMut(T) -> bool) {
    out.fill(0);
    for (word, rows) in out.iter_mut().zip(rows.chunks(64)) {
        let mut bits = 0;
        for (bit, &row) in rows.iter().enumerate() {
            bits |= u64::from(test(row)) << bit;
        }
        *word = bits;
    }
}

fn codes_in(column: &Column, accept: &Bits, block: usize, out: &mut Block) {
    if column.lists.is_some() {
        return lists_in::<false>(column, accept, block, out);
    }
    let mut only = accept.iter();
    if let (Some(single), None) = (only.next(), only.next()) {
        let single = u32::try_from(single).unwrap_or(u32::MAX);
        return match &column.codes {
            Codes::Narrow(codes) => scan(block_of(codes, block), out, |c| u32::from(c) == single),
            Codes::Middle(codes) => scan(block_of(codes, block), out, |c| u32::from(c) == single),
            Codes::Wide(codes) => scan(block_of(codes, block), out, |c| c == single),
        };
    }
    match &column.codes {
        Codes::Narrow(codes) => {
            scan(block_of(codes, block), out, |c| {
                accept.contains(usize::from(c))
            });
        }
        Codes::Middle(codes) => {
            scan(block_of(codes, block), out, |c| {
                accept.contains(usize::from(c))
            });
        }
        Codes::Wide(codes) => scan(block_of(codes, block), out, |c| accept.contains(c as usize)),
    }
}

/// The rows of which some code, or with `FIRST` the first code, is accepted.
fn lists_in<const FIRST: bool>(column: &Column, accept: &Bits, block: usize, out: &mut Block) {
    const { assert!(MARK_EVERY == 64, "one mark begins each word") };
    out.fill(0);
    let Some(lists) = &column.lists else { return };
    for (offset, word) in out.iter_mut().enumerate() {
        let mark = block * BLOCK_WORDS + offset;
        let (Some(&start), Some(&end)) = (lists.marks.get(mark), lists.marks.get(mark + 1)) else {
            return;
        };
        let codes = start as usize..end as usize;
        *word = match &column.codes {
            Codes::Narrow(all) => {
                lists_in_word::<FIRST, _>(&lists.counts, all.get(codes), mark, accept)
            }
            Codes::Middle(all) => {
                lists_in_word::<FIRST, _>(&lists.counts, all.get(codes), mark, accept)
            }
            Codes::Wide(all) => {
                lists_in_word::<FIRST, _>(&lists.counts, all.get(codes), mark, accept)
            }
        };
    }
}

/// The bits of 64 rows of which the codes follow one another.
#[inline]
fn lists_in_word<const FIRST: bool, T: Copy + Into<u32>>(
    counts: &Codes,
    codes: Option<&[T]>,
    mark: usize,
    accept: &Bits,
) -> u64 {
    let accepts = |code: &T| accept.contains((*code).into() as usize);
    let holds = |mine: &[T]| {
        if FIRST {
            mine.first().is_some_and(accepts)
        } else {
            mine.iter().any(accepts)
        }
    };
    let mut left = codes.unwrap_or_default();
    let rows = mark * 64..(mark * 64 + 64).min(counts.len());
    let mut word = 0;
    if let Codes::Narrow(counts) = counts {
        for (bit, &count) in counts.get(rows).unwrap_or_default().iter().enumerate() {
            let (mine, rest) = left.split_at(usize::from(count).min(left.len()));
            left = rest;
            word |= u64::from(holds(mine)) << bit;
        }
        return word;
    }
    for (bit, row) in rows.enumerate() {
        let (mine, rest) = left.split_at((counts.get(row) as usize).min(left.len()));
        left = rest;
        word |= u64::from(holds(mine)) << bit;
    }
    word
}
