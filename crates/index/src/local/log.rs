//! One log: its sealed segments, its frozen runs and the builder that takes new rows.

use std::sync::Arc;

use super::build::Builder;
use super::limits::{FANOUT, LARGEST_RUN_CLASS, SEGMENT_POSITIONS, TAIL_ROWS, TAIL_TEXT_BYTES};
use super::merge::merge;
use super::sealed::Sealed;
use super::segment::Segment;
use super::tokens::Tokens;

/// The state of one log.
#[derive(Debug, Default)]
pub(crate) struct Log {
    /// How many entries are applied.
    pub(crate) applied: u64,
    /// The segments in files, in order of position.
    pub(crate) sealed: Vec<Arc<Sealed>>,
    /// The segments in memory, after the sealed ones, in order of position.
    pub(crate) runs: Vec<Arc<Segment>>,
    /// The newest rows.
    tail: Option<Builder>,
    /// The builder as a segment, until it takes the next row.
    frozen: Option<Arc<Segment>>,
}

/// A run of rows as queries see it.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Where its rows are.
    pub(crate) rows_in: RowsIn,
    /// How many rows.
    pub(crate) rows: usize,
    /// Its first position.
    pub(crate) first: u64,
    /// The position after it.
    pub(crate) next: u64,
    /// When its oldest row occurred.
    pub(crate) oldest_ns: i64,
    /// When its newest row occurred.
    pub(crate) newest_ns: i64,
}

/// Where the rows of a piece are.
#[derive(Clone, Debug)]
pub(crate) enum RowsIn {
    /// In memory.
    Memory(Arc<Segment>),
    /// In a file.
    File(Arc<Sealed>),
}

impl Log {
    /// A log of which these segments were sealed.
    pub(crate) fn of_sealed(applied: u64, sealed: Vec<Arc<Sealed>>) -> Self {
        Self {
            applied,
            sealed,
            ..Self::default()
        }
    }

    /// The builder for the next entry; a change of it is about to follow.
    pub(crate) fn tail_mut(&mut self) -> &mut Builder {
        self.frozen = None;
        self.tail.get_or_insert_with(|| Builder::new(self.applied))
    }

    /// Whether the builder has taken what it may.
    pub(crate) fn tail_is_full(&self) -> bool {
        self.tail.as_ref().is_some_and(|tail| {
            tail.rows() >= TAIL_ROWS
                || tail.text_len() >= TAIL_TEXT_BYTES
                || tail.span() >= SEGMENT_POSITIONS
        })
    }

    /// Makes the builder a run.
    pub(crate) fn freeze_tail(&mut self) {
        if let Some(run) = self.frozen_tail() {
            self.runs.push(run);
        }
        self.drop_tail();
    }

    /// The same sealed segments and runs, without the builder.
    pub(crate) fn without_tail(&self) -> Self {
        Self {
            applied: self.applied,
            sealed: self.sealed.clone(),
            runs: self.runs.clone(),
            tail: None,
            frozen: None,
        }
    }

    /// Forgets the builder.
    pub(crate) fn drop_tail(&mut self) {
        self.tail = None;
        self.frozen = None;
    }

    /// How many rows are only in memory.
    pub(crate) fn head_rows(&self) -> u64 {
        let runs: usize = self.runs.iter().map(|run| run.parts().rows()).sum();
        (runs + self.tail.as_ref().map_or(0, Builder::rows)) as u64
    }

    fn frozen_tail(&mut self) -> Option<Arc<Segment>> {
        let tail = self.tail.as_ref().filter(|tail| tail.rows() > 0)?;
        let frozen = self
            .frozen
            .get_or_insert_with(|| Arc::new(Segment::new(tail.freeze())));
        Some(Arc::clone(frozen))
    }

    /// The runs at the end that are due to be merged into one; they are of one size class.
    pub(crate) fn runs_to_merge(&self) -> Option<Vec<Arc<Segment>>> {
        let newest = size_class(self.runs.last()?);
        let alike = self
            .runs
            .iter()
            .rev()
            .take_while(|run| size_class(run) <= newest)
            .count();
        (alike >= FANOUT && newest < LARGEST_RUN_CLASS).then(|| {
            let kept = self.runs.len() - alike;
            self.runs.get(kept..).unwrap_or_default().to_vec()
        })
    }

    /// Puts one run in the place of the last `merged` ones.
    pub(crate) fn replace_runs(&mut self, merged: usize, run: Arc<Segment>) {
        self.runs.truncate(self.runs.len().saturating_sub(merged));
        self.runs.push(run);
    }

    /// Everything that is applied, oldest position first.
    pub(crate) fn pieces(&mut self) -> Vec<Piece> {
        let tail = self.frozen_tail();
        let sealed = self.sealed.iter().map(|sealed| Piece {
            rows: sealed.meta.rows as usize,
            first: sealed.meta.first,
            next: sealed.meta.next,
            oldest_ns: sealed.meta.oldest_ns,
            newest_ns: sealed.meta.newest_ns,
            rows_in: RowsIn::File(Arc::clone(sealed)),
        });
        let runs = self.runs.iter().cloned().chain(tail).map(|segment| {
            let parts = segment.parts();
            Piece {
                rows: parts.rows(),
                first: parts.first,
                next: parts.next,
                oldest_ns: parts.occurred.first().copied().unwrap_or(0),
                newest_ns: parts.occurred.last().copied().unwrap_or(0),
                rows_in: RowsIn::Memory(segment),
            }
        });
        sealed.chain(runs).collect()
    }
}

/// One run of the rows of several that follow one another.
pub(crate) fn merge_runs(runs: &[Arc<Segment>]) -> Segment {
    let parts: Vec<_> = runs.iter().map(|run| run.parts()).collect();
    let tokens: Vec<_> = runs.iter().map(|run| run.tokens()).collect();
    let (parts, renamed) = merge(&parts);
    let tokens = Tokens::merge(&tokens, &renamed);
    Segment::with_tokens(parts, tokens)
}

/// How often its rows or its text were merged, if builders were always full.
fn size_class(run: &Arc<Segment>) -> u32 {
    let parts = run.parts();
    let by_rows = parts.rows().div_ceil(TAIL_ROWS);
    let by_text = parts.strings.text_len().div_ceil(TAIL_TEXT_BYTES);
    by_rows.max(by_text).max(1).ilog(FANOUT)
}
