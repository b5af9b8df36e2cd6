//! Sealing: full parts of the journal become segments, then the journal is trimmed.
//!
//! The steps and what a crash between them leaves:
//!
//! 1. The dedup index writes a run. It covers more than segments do; the frames are still in the journal.
//! 2. The payload segment is put. Without its spine it counts for nothing, and recovery removes it.
//! 3. The spine segment is put: **from here the frames are sealed**. Recovery takes them from the segments and does
//!    not replay what the journal still holds of them.
//! 4. The registry is replaced. Account frames behind what it covers are read from the journal.
//! 5. Readers are switched over, and the tail lets the frames go.
//! 6. The journal is trimmed. What a crash leaves is trimmed after the next open.
//!
//! Each step is durable before the next begins, and repeating any of them changes nothing.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::LogNumber;
use crate::dedup::{DedupError, Maintenance};
use crate::disk::Disk;
use crate::encoded::RecordView;
use crate::limits::SEGMENT_BYTES_MAX;
use crate::registry::{Registry, RegistryError};
use crate::segments::Segment;
use crate::shared::Shared;
use crate::state::Edge;
use crate::store::segment::payload::PayloadWriter;
use crate::store::segment::spine::{Run, SpineWriter};
use crate::store::segment::{Covered, FrameRange, Kind};
use crate::store::{BlobError, Blobs};
use crate::tail::{TailFrame, TailRun};

/// What wakes and stops the sealing thread.
#[derive(Debug, Default)]
pub(crate) struct SealerSignal {
    state: Mutex<Signal>,
    changed: Condvar,
}

#[derive(Clone, Copy, Debug, Default)]
struct Signal {
    woken: bool,
    stopped: bool,
    /// The last attempt found no space.
    full: bool,
}

impl SealerSignal {
    pub(crate) fn wake(&self) {
        self.change(|signal| signal.woken = true);
    }

    pub(crate) fn stop(&self) {
        self.change(|signal| signal.stopped = true);
    }

    /// Whether sealing waits for space.
    pub(crate) fn is_full(&self) -> bool {
        self.change(|signal| signal.full)
    }

    fn is_stopped(&self) -> bool {
        self.change(|signal| signal.stopped)
    }

    /// Waits until it is woken; false when it is stopped.
    fn wait(&self) -> bool {
        let mut signal = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while !signal.woken && !signal.stopped {
            signal = self
                .changed
                .wait(signal)
                .unwrap_or_else(PoisonError::into_inner);
        }
        signal.woken = false;
        !signal.stopped
    }

    fn change<T>(&self, change: impl FnOnce(&mut Signal) -> T) -> T {
        let mut signal = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = change(&mut signal);
        drop(signal);
        self.changed.notify_all();
        changed
    }
}

/// The thread that seals.
pub(crate) struct Sealer {
    pub(crate) shared: Arc<Shared>,
    pub(crate) signal: Arc<SealerSignal>,
    pub(crate) blobs: Arc<dyn Blobs>,
    pub(crate) disk: Disk,
    pub(crate) registry_path: PathBuf,
    /// As it stands on the disk.
    pub(crate) registry: Registry,
    /// The newest sealed frame.
    pub(crate) sealed: u64,
    /// Where each log ends in the segments.
    pub(crate) edges: HashMap<LogNumber, Edge>,
    /// The last frame of a segment that was begun and not finished, for want of space: the next attempt must make
    /// the same segment, because parts of it may stand already.
    pub(crate) begun: Option<u64>,
}

/// Why frames could not be sealed. They stay in the journal.
#[derive(Debug, thiserror::Error)]
enum SealError {
    #[error("cannot seal the dedup index")]
    Dedup(#[from] DedupError),
    #[error("cannot compress payloads")]
    Compress(#[source] io::Error),
    #[error("cannot put a segment")]
    Blob(#[from] BlobError),
    #[error("cannot replace the registry of logs")]
    Registry(#[from] RegistryError),
    #[error("log {0} does not continue its newest segment")]
    Gap(LogNumber),
}

impl SealError {
    /// Whether only space is missing, so that it may be tried again.
    fn is_full(&self) -> bool {
        let source = match self {
            Self::Blob(BlobError::Full { .. }) => return true,
            Self::Dedup(DedupError::Write { source, .. })
            | Self::Registry(RegistryError::Write(source)) => source,
            _ => return false,
        };
        matches!(
            source.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
        )
    }
}

impl Sealer {
    /// Seals whenever it is woken and something is full, until it is stopped or the state on the disk is unknown.
    pub(crate) fn run(mut self) {
        loop {
            // Nothing depends on it: a file that is not ready is made when it is needed.
            let _ = self.shared.journal.prepare();
            let sealed = self.seal_full();
            let full = matches!(&sealed, Err(error) if error.is_full());
            self.signal.change(|signal| signal.full = full);
            if let Err(error) = sealed
                && !full
            {
                self.shared.poison(&error);
                return;
            }
            if !self.signal.wait() {
                return;
            }
        }
    }

    fn seal_full(&mut self) -> Result<(), SealError> {
        while !self.signal.is_stopped() {
            let full = self.shared.journal.full();
            let upto = self.begun.unwrap_or(full);
            let frames = self.shared.tail().oldest(upto, SEGMENT_BYTES_MAX);
            let Some(last) = frames.last() else {
                break;
            };
            self.begun = Some(last.frame.head.seq);
            let covered = Covered {
                range: FrameRange {
                    first: self.sealed + 1,
                    last: last.frame.head.seq,
                },
                chain: last.frame.head.chain,
            };
            self.seal(covered, &frames)?;
            self.begun = None;
        }
        // A file that cannot be removed now only takes space, and what an earlier start sealed may stand there too.
        let _ = self.shared.journal.trim(self.sealed);
        while !self.signal.is_stopped() {
            if self.shared.dedup.maintenance()? == Maintenance::Idle {
                break;
            }
        }
        Ok(())
    }

    fn seal(&mut self, covered: Covered, frames: &[Arc<TailFrame>]) -> Result<(), SealError> {
        let range = covered.range;
        self.shared.dedup.seal(range.last)?;
        let logs = by_log(frames);
        let payload = pack_payloads(covered, &logs).map_err(SealError::Compress)?;
        self.blobs.put(&range.name(Kind::Payload), &payload)?;
        let payload_len = payload.len() as u64;
        drop(payload);
        let (spine, runs) = self.lay_spine(covered, &logs)?;
        self.blobs.put(&range.name(Kind::Spine), &spine)?;
        drop((spine, logs));

        let created = frames.iter().filter_map(|frame| frame.created.clone());
        let mut registry = self.registry.clone();
        registry.logs.extend(created.filter(|new| {
            // A crash may have left a registry that is ahead of nothing but of the spine before it.
            new.number.place() >= self.registry.logs.len()
        }));
        if registry.logs.len() != self.registry.logs.len() {
            registry.covered = range.last;
            registry.write(&self.disk, &self.registry_path)?;
            self.registry = registry;
        }

        self.shared
            .segments
            .add(Segment { range, payload_len }, &runs);
        for run in runs {
            self.edges.insert(run.log, run.edge);
        }
        self.sealed = range.last;
        self.shared.drop_sealed(range.last);
        Ok(())
    }

    fn lay_spine(
        &self,
        covered: Covered,
        logs: &ByLog<'_>,
    ) -> Result<(Vec<u8>, Vec<Run>), SealError> {
        let mut writer = SpineWriter::new(covered);
        for (log, records) in logs {
            let mut edge = self.edges.get(log).cloned().unwrap_or_default();
            let first = records.first().map(|(_, run)| run.first);
            if first != Some(edge.next_index()) {
                return Err(SealError::Gap(*log));
            }
            let entries = each_record(records).filter_map(|record| {
                let (_, rest) = record.entry.split_first_chunk::<4>()?;
                let received_ms = u64::from_be_bytes(*rest.first_chunk()?);
                Some((record.entry, received_ms))
            });
            writer.push(*log, &mut edge, entries);
        }
        Ok(writer.finish())
    }
}

/// The runs of every log, in the order of the logs and then of the frames.
type ByLog<'a> = BTreeMap<LogNumber, Vec<(&'a TailFrame, &'a TailRun)>>;

fn by_log(frames: &[Arc<TailFrame>]) -> ByLog<'_> {
    let mut logs = ByLog::new();
    for frame in frames {
        for run in &frame.logs {
            logs.entry(run.log).or_default().push((frame, run));
        }
    }
    logs
}

fn each_record<'a>(
    records: &'a [(&'a TailFrame, &'a TailRun)],
) -> impl Iterator<Item = RecordView<'a>> {
    records.iter().flat_map(|(frame, run)| frame.records(run))
}

fn pack_payloads(covered: Covered, logs: &ByLog<'_>) -> io::Result<Vec<u8>> {
    let mut writer = PayloadWriter::new(covered)?;
    for (log, records) in logs {
        for record in each_record(records) {
            let [_version, _kind, class, ..] = *record.entry;
            writer.push(*log, class, &record.payload)?;
        }
    }
    writer.finish()
}
