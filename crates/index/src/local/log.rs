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
    /// How many of the runs a flush is sealing.
    sealing: usize,
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

    /// Freezes the builder; the answer is what a flush seals, all that there is now.
    ///
    /// The runs are left alone until [`Log::finish_sealing`] or another beginning.
    pub(crate) fn begin_sealing(&mut self) -> Self {
        self.freeze_tail();
        self.sealing = self.runs.len();
        Self {
            applied: self.applied,
            sealed: self.sealed.clone(),
            runs: self.runs.clone(),
            ..Self::default()
        }
    }

    /// Drops the runs that are sealed now.
    pub(crate) fn finish_sealing(&mut self) {
        self.runs.drain(..self.sealing.min(self.runs.len()));
        self.sealing = 0;
    }

    /// Forgets everything from a sealed segment on; `false` when the log has no such segment any more.
    pub(crate) fn cut_off(&mut self, damaged: &Sealed) -> bool {
        let Some(at) = self
            .sealed
            .iter()
            .position(|sealed| sealed.meta == damaged.meta)
        else {
            return false;
        };
        self.sealed.truncate(at);
        self.runs.clear();
        self.sealing = 0;
        self.drop_tail();
        self.applied = damaged.meta.first;
        true
    }

    fn drop_tail(&mut self) {
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

    /// The runs at the end that are due to be merged into one; they are of one size class, and no flush has them.
    pub(crate) fn runs_to_merge(&self) -> Option<Vec<Arc<Segment>>> {
        let free = self.runs.get(self.sealing..).unwrap_or_default();
        let newest = size_class(free.last()?);
        let alike = free
            .iter()
            .rev()
            .take_while(|run| size_class(run) <= newest)
            .count();
        (alike >= FANOUT && newest < LARGEST_RUN_CLASS)
            .then(|| free.get(free.len() - alike..).unwrap_or_default().to_vec())
    }

    /// Puts one run in the place of those at the end that were merged.
    ///
    /// When a flush has begun with them meanwhile, or the log was cut off, the merged run is not needed.
    pub(crate) fn replace_runs(&mut self, due: &[Arc<Segment>], merged: Segment) {
        let free = self.runs.get(self.sealing..).unwrap_or_default();
        let unchanged = free.len() >= due.len()
            && free
                .iter()
                .rev()
                .zip(due.iter().rev())
                .all(|(run, due)| Arc::ptr_eq(run, due));
        if unchanged {
            self.runs.truncate(self.runs.len() - due.len());
            self.runs.push(Arc::new(merged));
        }
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
    let by_text = parts.text_len().div_ceil(TAIL_TEXT_BYTES);
    by_rows.max(by_text).max(1).ilog(FANOUT)
}
