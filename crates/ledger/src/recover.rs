//! From the files of a data directory to an open ledger, through the code of the normal path.
//!
//! | situation | what happens |
//! |---|---|
//! | torn **last** frame: checksum, length or chain fail and no valid frame stands behind it | it is overwritten with zeros; it was never acknowledged, because at most one frame is in flight |
//! | bad frame with a **valid later frame** | [`JournalError::Corrupt`] names file and offset; acknowledged data is damaged, and only a replica or an archive repairs it |
//! | bad frame before a close frame | the same: a close frame is a valid later frame |
//! | a frame of an unknown version, or of an unknown type below 128 | [`JournalError::Newer`] |
//! | a write or flush of a frame failed | the running ledger is poisoned and refuses everything; here the frame is found whole, and then it stands, or it is not |
//! | a frame was flushed and nobody was told | it is replayed and stands; whoever sends its records again gets the first receipts |
//! | no space for a frame | it was refused; what was written of it is a torn last frame |
//! | the next journal file was being made | it has a name that counts for nothing and is removed |
//! | the next journal file was made and got no frame | it is filled from its beginning |
//! | sealing was cut off before the spine | the payload segment without a spine is removed, and the frames are sealed again |
//! | sealing was cut off behind the spine | the frames are not replayed; the registry is completed from them and the journal trimmed |
//! | the dedup index is missing, damaged, or of another past | it is rebuilt from payload segments and journal |
//! | registry, segments and journal do not continue each other | [`OpenError::Disagreement`]: one of them comes from a backup |
//! | a part of the directory is missing | [`DirError::MissingPart`](crate::store::dir::DirError::MissingPart) before anything is read |
//!
//! [`JournalError::Corrupt`]: crate::store::JournalError::Corrupt
//! [`JournalError::Newer`]: crate::store::JournalError::Newer

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use tlog::LeafIndex;

use crate::LogNumber;
use crate::commit;
use crate::dedup::{DedupIndex, Known};
use crate::disk::Disk;
use crate::error::OpenError;
use crate::limits::Limits;
use crate::pool::Pool;
use crate::registry::Registry;
use crate::segments::{Segment, Segments, each_payload_record};
use crate::shared::Shared;
use crate::state::{Edge, NewLog};
use crate::store::segment::spine::{self, Run};
use crate::store::segment::{self, Covered, Envelope, FrameRange, Kind, SegmentError, payload};
use crate::store::{Blobs, Frame, FrameKind, Journal};
use crate::wire::Fields;

/// What a ledger is made of.
pub(crate) struct Parts {
    pub(crate) disk: Disk,
    pub(crate) registry_path: PathBuf,
    pub(crate) dedup_path: PathBuf,
    pub(crate) journal: Arc<dyn Journal>,
    pub(crate) blobs: Arc<dyn Blobs>,
    pub(crate) limits: Limits,
}

/// A ledger that knows what its files say.
pub(crate) struct Recovered {
    pub(crate) shared: Shared,
    /// As it stands on the disk.
    pub(crate) registry: Registry,
    /// The newest sealed frame.
    pub(crate) sealed: u64,
    /// Where each log ends in the segments.
    pub(crate) edges: HashMap<LogNumber, Edge>,
}

/// A sealed segment as its footer describes it.
pub(crate) struct SealedSegment {
    pub(crate) segment: Segment,
    pub(crate) covered: Covered,
    pub(crate) runs: Vec<Run>,
}

/// Reads everything that is needed to go on.
pub(crate) fn recover(parts: &Parts) -> Result<Recovered, OpenError> {
    let registry = Registry::read(&parts.registry_path).map_err(OpenError::Registry)?;
    let sealed_segments = sealed_segments(&*parts.blobs)?;
    let (dedup, covered) = DedupIndex::open_on(&parts.disk, &parts.dedup_path)?;
    let shared = Shared::new(
        Pool::new(&parts.limits),
        Segments::new(Arc::clone(&parts.blobs), parts.limits.cache_bytes),
        dedup,
        Arc::clone(&parts.journal),
    );
    for new in &registry.logs {
        create(&shared, new)?;
    }
    let newest = sealed_segments.last().map(|sealed| sealed.covered);
    let mut recovery = Recovery {
        parts,
        shared,
        registry,
        newest,
        edges: HashMap::new(),
    };
    recovery.replay(&sealed_segments, covered)?;
    // Only now: behind a lost spine the payload segment would be all that is left.
    remove_orphans(&*parts.blobs)?;
    Ok(Recovered {
        sealed: recovery.sealed(),
        shared: recovery.shared,
        registry: recovery.registry,
        edges: recovery.edges,
    })
}

struct Recovery<'a> {
    parts: &'a Parts,
    shared: Shared,
    registry: Registry,
    newest: Option<Covered>,
    edges: HashMap<LogNumber, Edge>,
}

impl Recovery<'_> {
    fn sealed(&self) -> u64 {
        self.newest.map_or(0, |newest| newest.range.last)
    }

    fn replay(&mut self, segments: &[SealedSegment], covered: u64) -> Result<(), OpenError> {
        let (sealed, head) = (self.sealed(), self.parts.journal.head());
        if head.seq < sealed {
            return Err(OpenError::Disagreement {
                seq: head.seq,
                finding: "the journal ends before the newest segment does",
            });
        }
        let journal = Arc::clone(&self.parts.journal);
        let after = self.registry.covered.min(sealed);
        let mut frames = journal.since(after).map_err(OpenError::Journal)?.peekable();
        // Frames that segments hold: of them only the logs that they made are wanted.
        while let Some(frame) =
            frames.next_if(|frame| matches!(frame, Ok(frame) if frame.head.seq <= sealed))
        {
            self.replay_sealed(&frame.map_err(OpenError::Journal)?)?;
        }
        self.complete_registry(sealed)?;
        self.take_segments(segments)?;
        if covered < sealed || covered > head.seq {
            self.rebuild_dedup(segments)?;
        }
        let mut expected = sealed + 1;
        for frame in frames {
            let frame = frame.map_err(OpenError::Journal)?;
            self.check_order(&frame, expected)?;
            expected += 1;
            let seq = frame.head.seq;
            self.shared
                .replay(frame)
                .map_err(|source| OpenError::Frame { seq, source })?;
        }
        if expected != head.seq + 1 {
            return Err(OpenError::Disagreement {
                seq: expected,
                finding: "the journal does not hold the frame behind the newest segment",
            });
        }
        self.shared.commits.send_replace(head.seq);
        Ok(())
    }

    /// The first frame behind the segments must continue exactly them.
    fn check_order(&self, frame: &Frame, expected: u64) -> Result<(), OpenError> {
        if frame.head.seq != expected {
            return Err(OpenError::Disagreement {
                seq: expected,
                finding: "the journal does not hold the frame behind the newest segment",
            });
        }
        match self.newest {
            Some(newest)
                if newest.range.last == frame.after.seq && newest.chain != frame.after.chain =>
            {
                Err(OpenError::Disagreement {
                    seq: expected,
                    finding: "the journal does not chain to the newest segment",
                })
            }
            _ => Ok(()),
        }
    }

    fn replay_sealed(&mut self, frame: &Frame) -> Result<(), OpenError> {
        if frame.kind != FrameKind::Account || frame.head.seq <= self.registry.covered {
            return Ok(());
        }
        let disagreement = |finding| OpenError::Disagreement {
            seq: frame.head.seq,
            finding,
        };
        let new =
            read_new_log(frame).ok_or_else(|| disagreement("an account frame cannot be read"))?;
        create(&self.shared, &new)?;
        self.registry.logs.push(new);
        Ok(())
    }

    /// What sealing would have written next.
    fn complete_registry(&mut self, sealed: u64) -> Result<(), OpenError> {
        let known = Registry::read(&self.parts.registry_path).map_err(OpenError::Registry)?;
        if known.logs.len() == self.registry.logs.len() {
            return Ok(());
        }
        self.registry.covered = sealed;
        self.registry
            .write(&self.parts.disk, &self.parts.registry_path)
            .map_err(OpenError::Registry)
    }

    fn take_segments(&mut self, segments: &[SealedSegment]) -> Result<(), OpenError> {
        for sealed in segments {
            for run in &sealed.runs {
                let next = self
                    .shared
                    .state()
                    .log(run.log)
                    .map(|log| log.edge.next_index());
                if next != Some(run.first) {
                    return Err(OpenError::Disagreement {
                        seq: sealed.covered.range.first,
                        finding: "a segment does not continue its logs",
                    });
                }
                self.shared
                    .change_state(|state| state.set_edge(run.log, run.edge.clone()));
                self.edges.insert(run.log, run.edge.clone());
            }
            self.shared.segments.add(sealed.segment, &sealed.runs);
        }
        Ok(())
    }

    fn rebuild_dedup(&self, segments: &[SealedSegment]) -> Result<(), OpenError> {
        let blobs = &*self.parts.blobs;
        let known = segments
            .iter()
            .flat_map(|sealed| known_of(blobs, sealed.segment).unwrap_or_else(failed));
        self.shared.dedup.rebuild(self.sealed(), known)
    }
}

/// What the dedup index learns from a payload segment.
fn known_of(
    blobs: &dyn Blobs,
    segment: Segment,
) -> Result<Box<dyn Iterator<Item = Result<Known, OpenError>> + '_>, SegmentError> {
    let name = segment.range.name(Kind::Payload);
    let envelope = Envelope::read(blobs, Kind::Payload, segment.range, segment.payload_len)?;
    let blocks = payload::blocks(&envelope)?;
    Ok(Box::new(blocks.into_iter().flat_map(move |place| {
        let mut known = Vec::new();
        let read = each_payload_record(blobs, &name, &place, |record| {
            known.extend(record.seen().map(|(key, seen)| {
                Ok(Known {
                    log: place.log.get(),
                    key,
                    seen,
                })
            }));
        });
        known.extend(read.err().map(|error| Err(OpenError::Segment(error))));
        known
    })))
}

fn failed<'a>(error: SegmentError) -> Box<dyn Iterator<Item = Result<Known, OpenError>> + 'a> {
    Box::new(std::iter::once(Err(OpenError::Segment(error))))
}

fn create(shared: &Shared, new: &NewLog) -> Result<(), OpenError> {
    shared
        .change_state(|state| state.create(new))
        .map_err(|_| OpenError::Disagreement {
            seq: 0,
            finding: "the registry names a log twice",
        })
}

/// The log that an account frame makes.
pub(crate) fn read_new_log(frame: &Frame) -> Option<NewLog> {
    let mut fields = Fields(&frame.body);
    let (number, origin) = commit::read_account(&mut fields)?;
    let record = crate::encoded::RecordView::read(&mut fields)?;
    let entry = tlog::Entry::decode(record.entry).ok()?;
    (record.payload.index == LeafIndex::FIRST).then(|| NewLog {
        number,
        origin: origin.into(),
        created_ms: entry.received_ms,
    })
}

/// Removes payload segments without a spine: sealing was cut off, and the journal still holds their frames.
fn remove_orphans(blobs: &dyn Blobs) -> Result<(), OpenError> {
    let spines = segment::list(blobs, Kind::Spine).map_err(OpenError::Blobs)?;
    for (range, _) in segment::list(blobs, Kind::Payload).map_err(OpenError::Blobs)? {
        if !spines.iter().any(|(spine, _)| *spine == range) {
            blobs
                .delete(&range.name(Kind::Payload))
                .map_err(OpenError::Blobs)?;
        }
    }
    Ok(())
}

/// Reads the footer of every spine and checks that they follow each other from the first frame on.
pub(crate) fn sealed_segments(blobs: &dyn Blobs) -> Result<Vec<SealedSegment>, OpenError> {
    let spines = segment::list(blobs, Kind::Spine).map_err(OpenError::Blobs)?;
    let payloads = segment::list(blobs, Kind::Payload).map_err(OpenError::Blobs)?;
    let payloads: HashMap<FrameRange, u64> = payloads.into_iter().collect();
    let mut next = 1;
    let mut segments = Vec::with_capacity(spines.len());
    for (range, len) in spines {
        if range.first != next {
            return Err(OpenError::Disagreement {
                seq: next,
                finding: "there is no segment for a frame that was sealed",
            });
        }
        next = range.last + 1;
        let envelope = Envelope::read(blobs, Kind::Spine, range, len)?;
        let payload_len = payloads.get(&range).copied();
        let payload_len = payload_len.ok_or(OpenError::Disagreement {
            seq: range.first,
            finding: "a spine segment has no payload segment",
        })?;
        segments.push(SealedSegment {
            segment: Segment { range, payload_len },
            covered: envelope.covered,
            runs: spine::runs(&envelope)?,
        });
    }
    Ok(segments)
}
