//! The committed frames that no segment holds yet, in memory, as they stand in the journal.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use bytes::Bytes;
use tlog::LeafIndex;

use crate::LogNumber;
use crate::commit::Advance;
use crate::encoded::RecordView;
use crate::state::NewLog;
use crate::store::Frame;
use crate::wire::Fields;

/// What a frame and a run take beside their bytes, nearly.
const FRAME_WEIGHT: usize = 256;
const RUN_WEIGHT: usize = 96;

/// A frame and where its records stand in it.
#[derive(Debug)]
pub(crate) struct TailFrame {
    pub(crate) frame: Frame,
    pub(crate) created: Option<NewLog>,
    pub(crate) logs: Vec<TailRun>,
}

/// The records of one log in a frame.
#[derive(Debug)]
pub(crate) struct TailRun {
    pub(crate) log: LogNumber,
    pub(crate) first: LeafIndex,
    offsets: Vec<u32>,
}

impl TailFrame {
    /// Takes what `advance` knows about the frame; its edges stay.
    pub(crate) fn new(frame: Frame, advance: &mut Advance) -> Self {
        let runs = advance.logs.iter_mut().map(|log| TailRun {
            log: log.log,
            first: log.first,
            offsets: std::mem::take(&mut log.offsets),
        });
        Self {
            logs: runs.collect(),
            created: advance.created.clone(),
            frame,
        }
    }

    /// The records of one of its runs, in order.
    pub(crate) fn records<'a>(
        &'a self,
        run: &'a TailRun,
    ) -> impl Iterator<Item = RecordView<'a>> + 'a {
        run.offsets.iter().filter_map(|offset| self.record(*offset))
    }

    fn record(&self, offset: u32) -> Option<RecordView<'_>> {
        let at = usize::try_from(offset).ok()?;
        RecordView::read(&mut Fields(self.frame.body.get(at..)?))
    }

    /// What the frame takes in memory, nearly.
    fn weight(&self) -> usize {
        let offsets: usize = self.logs.iter().map(|run| run.offsets.len()).sum();
        FRAME_WEIGHT + self.frame.body.len() + 4 * offsets + RUN_WEIGHT * self.logs.len()
    }
}

/// A record in the tail, which stays readable while it is held.
#[derive(Clone, Debug)]
pub(crate) struct TailRecord(Bytes);

impl TailRecord {
    pub(crate) fn view(&self) -> Option<RecordView<'_>> {
        RecordView::read(&mut Fields(&self.0))
    }
}

/// The frames that are not sealed, and where each log has records in them.
#[derive(Debug, Default)]
pub(crate) struct Tail {
    /// Oldest first.
    frames: VecDeque<Arc<TailFrame>>,
    weight: usize,
    /// Per log its runs, oldest first: the frame, and which of its runs.
    logs: HashMap<LogNumber, VecDeque<(LeafIndex, Arc<TailFrame>, usize)>>,
}

impl Tail {
    /// What the tail takes in memory, in bytes, nearly.
    pub(crate) fn weight(&self) -> usize {
        self.weight
    }

    pub(crate) fn push(&mut self, frame: TailFrame) {
        let frame = Arc::new(frame);
        self.weight += frame.weight();
        for (place, run) in frame.logs.iter().enumerate() {
            let runs = self.logs.entry(run.log).or_default();
            runs.push_back((run.first, Arc::clone(&frame), place));
        }
        self.frames.push_back(frame);
    }

    /// The record at an index, when it is in the tail.
    pub(crate) fn find(&self, log: LogNumber, index: LeafIndex) -> Option<TailRecord> {
        let runs = self.logs.get(&log)?;
        let after = runs.partition_point(|(first, _, _)| *first <= index);
        let (first, frame, place) = runs.get(after.checked_sub(1)?)?;
        let skipped = usize::try_from(index.get() - first.get()).ok()?;
        let offset = *frame.logs.get(*place)?.offsets.get(skipped)?;
        let record = frame.record(offset)?;
        let at = usize::try_from(offset).ok()?;
        let len = record.len();
        Some(TailRecord(frame.frame.body.slice(at..at + len)))
    }

    /// The oldest frames, at most `bytes` of them but always one, none newer than `upto`.
    pub(crate) fn oldest(&self, upto: u64, bytes: usize) -> Vec<Arc<TailFrame>> {
        let mut taken = 0;
        let fits = |frame: &&Arc<TailFrame>| {
            let first = taken == 0;
            taken += frame.frame.body.len();
            frame.frame.head.seq <= upto && (first || taken <= bytes)
        };
        self.frames.iter().take_while(fits).cloned().collect()
    }

    /// Lets go what segments hold now.
    pub(crate) fn drop_sealed(&mut self, upto: u64) {
        while self
            .frames
            .front()
            .is_some_and(|frame| frame.frame.head.seq <= upto)
        {
            let Some(frame) = self.frames.pop_front() else {
                return;
            };
            self.weight = self.weight.saturating_sub(frame.weight());
            for run in &frame.logs {
                if let Some(runs) = self.logs.get_mut(&run.log) {
                    runs.pop_front();
                    if runs.is_empty() {
                        self.logs.remove(&run.log);
                    }
                }
            }
        }
    }
}
