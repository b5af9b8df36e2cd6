//! Checking a sealed segment: its entries against each other, then its payloads against its entries.

use tlog::{ENTRY_LEN, Entry, LeafIndex, leaf_hash};

use super::{Check, Finding};
use crate::segments::{Segment, each_payload_record};
use crate::state::Edge;
use crate::store::segment::payload::{self, BlockPlace};
use crate::store::segment::spine::{self, KEPT_LEVEL, Run};
use crate::store::segment::{Envelope, FrameRange, Kind, SegmentError};
use crate::store::{Blobs, Head};

impl Check<'_> {
    pub(super) fn segment(
        &mut self,
        blobs: &dyn Blobs,
        range: FrameRange,
        len: u64,
        payload_len: Option<u64>,
    ) {
        let spine = range.name(Kind::Spine);
        let (envelope, runs) = match read_runs(blobs, range, len) {
            Ok(read) => read,
            Err(error) => {
                self.sealed.seq = range.last;
                return self.unreadable(&spine, &error);
            }
        };
        self.sealed = Head {
            seq: range.last,
            chain: envelope.covered.chain,
        };
        self.entries_total += runs.iter().map(|run| u64::from(run.count)).sum::<u64>();
        let blocks = self.blocks(blobs, range, payload_len);
        for block in &blocks {
            if runs
                .binary_search_by_key(&block.log, |run| run.log)
                .is_err()
            {
                let place = range.name(Kind::Payload);
                self.problem(
                    &place,
                    Some(block.log),
                    Some(block.first),
                    Finding::PayloadStray,
                );
            }
        }
        for run in &runs {
            match read_entries(blobs, &spine, run) {
                Err(error) => self.unreadable(&spine, &error),
                Ok(entries) => {
                    self.run(blobs, &spine, run, &entries);
                    let of_log = payload::of_log(&blocks, run.log);
                    self.payloads(blobs, &range.name(Kind::Payload), run, &entries, of_log);
                }
            }
        }
    }

    fn blocks(
        &mut self,
        blobs: &dyn Blobs,
        range: FrameRange,
        payload_len: Option<u64>,
    ) -> Vec<BlockPlace> {
        let name = range.name(Kind::Payload);
        let Some(payload_len) = payload_len else {
            let finding = Finding::Disagreement("there is none beside the spine segment");
            self.problem(&name, None, None, finding);
            return Vec::new();
        };
        let segment = Segment { range, payload_len };
        let read = Envelope::read(blobs, Kind::Payload, segment.range, segment.payload_len)
            .and_then(|envelope| payload::blocks(&envelope));
        read.unwrap_or_else(|error| {
            self.unreadable(&name, &error);
            Vec::new()
        })
    }

    /// Checks the entries of a run and moves its log behind it.
    fn run(&mut self, blobs: &dyn Blobs, place: &str, run: &Run, entries: &[[u8; ENTRY_LEN]]) {
        let log = Some(run.log);
        let Some(before) = self.state.log(run.log).map(|log| log.edge.clone()) else {
            let finding = Finding::Disagreement("it holds entries of a log that has no name");
            return self.problem(place, log, None, finding);
        };
        if before.next_index() != run.first {
            let expected = before.next_index();
            self.problem(place, log, Some(run.first), Finding::Gap { expected });
            self.broken.insert(run.log);
            // What is behind the gap can still be compared with itself.
            self.state.set_edge(run.log, run.edge.clone());
            return;
        }
        let kept = read_kept(blobs, place, run).unwrap_or_else(|error| {
            self.unreadable(place, &error);
            Vec::new()
        });
        let after = self.entries(place, run, before, entries, &kept);
        if after != run.edge {
            self.problem(place, log, None, Finding::Edge);
        }
        self.state.set_edge(run.log, after);
    }

    fn entries(
        &mut self,
        place: &str,
        run: &Run,
        mut edge: Edge,
        entries: &[[u8; ENTRY_LEN]],
        kept: &[[u8; 32]],
    ) -> Edge {
        let mut kept = kept.iter();
        for (bytes, offset) in entries.iter().zip(0..) {
            let index = Some(LeafIndex::new(run.first.get() + offset));
            match Entry::decode(bytes) {
                Err(error) => self.problem(place, Some(run.log), index, error.into()),
                Ok(entry) => {
                    if entry.received_ms < edge.last_received_ms {
                        self.problem(place, Some(run.log), index, Finding::TimeGoesBack);
                    }
                    edge.last_received_ms = entry.received_ms;
                }
            }
            let mut wrong = None;
            edge.frontier
                .push_with(leaf_hash(bytes), |level, node, hash| {
                    if level == KEPT_LEVEL && kept.next() != Some(hash.as_bytes()) {
                        wrong = Some(Finding::Node { level, index: node });
                    }
                });
            if let Some(finding) = wrong {
                self.problem(place, Some(run.log), index, finding);
            }
            self.entry_done();
        }
        edge
    }

    /// Checks that every entry of a run has its payload, and no payload is without an entry.
    fn payloads(
        &mut self,
        blobs: &dyn Blobs,
        place: &str,
        run: &Run,
        entries: &[[u8; ENTRY_LEN]],
        blocks: &[BlockPlace],
    ) {
        let mut found = vec![false; entries.len()];
        let (log, verify) = (Some(run.log), self.verify);
        for block in blocks {
            let mut problems = Vec::new();
            let read = each_payload_record(blobs, place, block, |record| {
                let offset = record.index.get().checked_sub(run.first.get());
                let at = offset.and_then(|offset| usize::try_from(offset).ok());
                let entry = at.and_then(|at| entries.get(at));
                let entry = entry.and_then(|bytes| Entry::decode(bytes).ok());
                let finding = match (entry, record.payload()) {
                    (None, _) => Some(Finding::PayloadStray),
                    (Some(entry), _) if entry.class != block.class => Some(Finding::PayloadStray),
                    (Some(_), None) => Some(Finding::PayloadUnreadable),
                    (Some(entry), Some(payload)) if !verify(&entry, &payload) => {
                        Some(Finding::Commitment)
                    }
                    (Some(_), Some(_)) => None,
                };
                problems.extend(finding.map(|finding| (record.index, finding)));
                if let Some(found) = at.and_then(|at| found.get_mut(at)) {
                    *found = true;
                }
            });
            for (index, finding) in problems {
                self.problem(place, log, Some(index), finding);
            }
            if let Err(error) = read {
                self.unreadable(place, &error);
            }
        }
        for (found, offset) in found.iter().zip(0..) {
            if !found {
                let index = LeafIndex::new(run.first.get() + offset);
                self.problem(place, log, Some(index), Finding::PayloadMissing);
            }
        }
    }
}

fn read_runs(
    blobs: &dyn Blobs,
    range: FrameRange,
    len: u64,
) -> Result<(Envelope, Vec<Run>), SegmentError> {
    let envelope = Envelope::read(blobs, Kind::Spine, range, len)?;
    let runs = spine::runs(&envelope)?;
    Ok((envelope, runs))
}

fn read_entries(
    blobs: &dyn Blobs,
    name: &str,
    run: &Run,
) -> Result<Vec<[u8; ENTRY_LEN]>, SegmentError> {
    let bytes = blobs
        .get(name, run.entries_at())
        .map_err(SegmentError::blob(name))?;
    Ok(bytes.as_chunks().0.to_vec())
}

fn read_kept(blobs: &dyn Blobs, name: &str, run: &Run) -> Result<Vec<[u8; 32]>, SegmentError> {
    let bytes = blobs
        .get(name, run.kept_nodes_at())
        .map_err(SegmentError::blob(name))?;
    Ok(bytes.as_chunks().0.to_vec())
}
