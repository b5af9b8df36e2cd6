//! The spine: per log a run of entries and the hashes of the tiles that it completes.
//!
//! ```text
//! run     44 bytes per entry, then 32 bytes per node of level 8 that the run completes
//! footer  count u32, then per run, in the order of the logs:
//!           log u32 · first index u64 · entries u32 · offset u64 · last received u64
//!           · nodes of the frontier behind the run u8 · 32 bytes each, largest subtree first
//! ```

use std::ops::Range;

use tlog::{ENTRY_LEN, Frontier, Hash, LeafIndex, TreeSize, leaf_hash};

use super::{Covered, Envelope, Kind, SegmentError, envelope};
use crate::LogNumber;
use crate::state::Edge;
use crate::wire::Fields;

/// The level whose nodes are kept: 256 leaves, the width of a tile. Lower ones are hashed again when needed,
/// higher ones are few.
pub(crate) const KEPT_LEVEL: u8 = 8;
/// The bytes of a hash.
pub(crate) const HASH_LEN: u64 = 32;

/// The entries of one log in a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) log: LogNumber,
    pub(crate) first: LeafIndex,
    pub(crate) count: u32,
    /// Where its entries begin in the segment.
    pub(crate) offset: u64,
    /// The edge of the log behind the run.
    pub(crate) edge: Edge,
}

impl Run {
    /// Where its entries stand in the segment.
    pub(crate) fn entries_at(&self) -> Range<u64> {
        self.offset..self.offset + u64::from(self.count) * ENTRY_LEN as u64
    }

    /// How many hashes of level 8 stand behind the entries.
    fn kept_nodes(&self) -> u64 {
        let end = self.first.get() + u64::from(self.count);
        (end >> KEPT_LEVEL) - (self.first.get() >> KEPT_LEVEL)
    }

    /// Where the hashes of level 8 stand in the segment.
    pub(crate) fn kept_nodes_at(&self) -> Range<u64> {
        let start = self.entries_at().end;
        start..start + self.kept_nodes() * HASH_LEN
    }
}

/// A spine segment while it is written.
#[derive(Debug)]
pub(crate) struct SpineWriter {
    bytes: Vec<u8>,
    runs: Vec<Run>,
}

impl SpineWriter {
    pub(crate) fn new(covered: Covered) -> Self {
        Self {
            bytes: envelope::begin(Kind::Spine, covered),
            runs: Vec::new(),
        }
    }

    /// Writes the run of a log and moves its edge behind it. Logs come in ascending order.
    pub(crate) fn push<'a>(
        &mut self,
        log: LogNumber,
        edge: &mut Edge,
        entries: impl Iterator<Item = (&'a [u8; ENTRY_LEN], u64)>,
    ) {
        let (first, offset) = (edge.next_index(), self.bytes.len() as u64);
        let mut kept = Vec::new();
        let mut count = 0;
        for (entry, received_ms) in entries {
            self.bytes.extend_from_slice(entry);
            edge.frontier.push_with(leaf_hash(entry), |level, _, hash| {
                if level == KEPT_LEVEL {
                    kept.extend_from_slice(hash.as_bytes());
                }
            });
            edge.last_received_ms = received_ms;
            count += 1;
        }
        self.bytes.extend(kept);
        self.runs.push(Run {
            log,
            first,
            count,
            offset,
            edge: edge.clone(),
        });
    }

    /// The bytes of the segment and the runs in it.
    pub(crate) fn finish(mut self) -> (Vec<u8>, Vec<Run>) {
        let mut footer = u32::try_from(self.runs.len())
            .unwrap_or(u32::MAX)
            .to_be_bytes()
            .to_vec();
        for run in &self.runs {
            footer.extend(run.log.get().to_be_bytes());
            footer.extend(run.first.get().to_be_bytes());
            footer.extend(run.count.to_be_bytes());
            footer.extend(run.offset.to_be_bytes());
            footer.extend(run.edge.last_received_ms.to_be_bytes());
            let nodes = run.edge.frontier.nodes();
            // A frontier has at most 63 nodes.
            footer.push(u8::try_from(nodes.len()).unwrap_or(u8::MAX));
            for node in nodes {
                footer.extend(node.as_bytes());
            }
        }
        envelope::end(&mut self.bytes, &footer);
        (self.bytes, self.runs)
    }
}

/// The runs of a spine segment, from its footer.
pub(crate) fn runs(envelope: &Envelope) -> Result<Vec<Run>, SegmentError> {
    let mut fields = Fields(&envelope.footer);
    read_runs(&mut fields)
        .filter(|_| fields.is_empty())
        .ok_or_else(|| {
            let name = envelope.covered.range.name(Kind::Spine);
            SegmentError::damaged(&name, "its footer cannot be read")
        })
}

fn read_runs(fields: &mut Fields<'_>) -> Option<Vec<Run>> {
    let count = fields.u32()?;
    (0..count).map(|_| read_run(fields)).collect()
}

fn read_run(fields: &mut Fields<'_>) -> Option<Run> {
    let log = LogNumber::new(fields.u32()?);
    let first = LeafIndex::new(fields.u64()?);
    let (count, offset) = (fields.u32()?, fields.u64()?);
    let last_received_ms = fields.u64()?;
    let nodes = (0..fields.u8()?).map(|_| fields.array().copied().map(Hash::from_bytes));
    let nodes = nodes.collect::<Option<Vec<_>>>()?;
    let size = TreeSize::new(first.get().checked_add(u64::from(count))?);
    let frontier = Frontier::from_parts(size, nodes).ok()?;
    Some(Run {
        log,
        first,
        count,
        offset,
        edge: Edge {
            frontier,
            last_received_ms,
        },
    })
}
