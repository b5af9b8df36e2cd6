//! Which runs are merged, and the merge itself in steps of bounded work.

use std::ops::Range;
use std::sync::Arc;

use super::DedupError;
use super::cursor::Cursor;
use super::durable::Directory;
use super::filter::Probe;
use super::limits::{FAN_IN, STEP_RECORDS};
use super::record::Record;
use super::run::Run;
use super::writer::RunWriter;

/// The runs to merge next, given the record counts of all runs, oldest first.
///
/// A run belongs to the tier of its size, in powers of [`FAN_IN`], but never to a lower tier than a newer run: so
/// tiers fall from old to new and the runs of one tier stand side by side. The newest tier with [`FAN_IN`] runs
/// is merged. What remains has less than [`FAN_IN`] runs per tier: logarithmic in the number of records.
pub(super) fn choose(counts: &[u64]) -> Option<Range<usize>> {
    let fan_in = FAN_IN as u64;
    let mut tier = 0;
    let mut end = counts.len();
    for (at, count) in counts.iter().enumerate().rev() {
        let own = count.max(&1).ilog(fan_in);
        if own <= tier {
            continue;
        }
        if end - (at + 1) >= FAN_IN {
            return Some(at + 1..end);
        }
        tier = own;
        end = at + 1;
    }
    (end >= FAN_IN).then_some(0..end)
}

/// A merge under way.
#[derive(Debug)]
pub(super) struct Merge {
    /// The runs that are merged, the oldest first.
    sources: Vec<Cursor>,
    writer: RunWriter,
    /// No run is older than the sources: a forgotten key need not be remembered.
    reaches_oldest: bool,
}

impl Merge {
    /// Begins to merge neighbouring runs, given oldest first, into run `number`.
    pub(super) fn begin(
        dir: &Directory,
        number: u64,
        runs: &[Arc<Run>],
        reaches_oldest: bool,
    ) -> Result<Self, DedupError> {
        let capacity = runs.iter().map(|run| run.records).sum();
        Ok(Self {
            sources: runs.iter().cloned().map(Cursor::at_start).collect(),
            writer: RunWriter::create(dir, number, capacity)?,
            reaches_oldest,
        })
    }

    /// The numbers of the merged runs.
    pub(super) fn source_numbers(&self) -> Vec<u64> {
        self.sources
            .iter()
            .map(|source| source.run().number)
            .collect()
    }

    /// Moves at most [`STEP_RECORDS`] records and flushes them; `true` when the sources are at their end.
    pub(super) fn step(&mut self) -> Result<bool, DedupError> {
        for _ in 0..STEP_RECORDS {
            let Some(record) = self.next()? else {
                return Ok(true);
            };
            if record.seen.is_some() || !self.reaches_oldest {
                self.writer.push(&record)?;
            }
        }
        self.writer.flush()?;
        Ok(false)
    }

    /// Completes the new run; `None` when every record was a forgotten one.
    pub(super) fn finish(self) -> Result<Option<Run>, DedupError> {
        if self.writer.is_empty() {
            return Ok(None);
        }
        self.writer.finish().map(Some)
    }

    /// The next record in order; of records at one place the newest, the others are dropped.
    fn next(&mut self) -> Result<Option<Record>, DedupError> {
        let mut least: Option<Record> = None;
        for source in &mut self.sources {
            if let Some(record) = source.peek()? {
                // Sources come oldest first, so an equal place replaces the older record.
                if least.is_none_or(|least| record.place <= least.place) {
                    least = Some(*record);
                }
            }
        }
        if let Some(least) = least {
            for source in &mut self.sources {
                if source
                    .peek()?
                    .is_some_and(|record| record.place == least.place)
                {
                    source.advance();
                }
            }
        }
        Ok(least)
    }
}

/// Reads a whole run: every checksum, the order of the records, and that the filter knows each.
pub(super) fn verify(run: &Arc<Run>) -> Result<(), DedupError> {
    let mut cursor = Cursor::at_start(Arc::clone(run));
    let mut last = None;
    while let Some(record) = cursor.peek()?.copied() {
        if last.is_some_and(|last| record.place <= last) {
            return Err(DedupError::damaged(
                run.path(),
                "its records are not sorted",
            ));
        }
        if !run.may_contain(Probe::of(&record.place)) {
            return Err(DedupError::damaged(
                run.path(),
                "its filter does not know a record",
            ));
        }
        last = Some(record.place);
        cursor.advance();
    }
    Ok(())
}
