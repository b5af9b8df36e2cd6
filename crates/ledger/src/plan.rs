//! What a commit will be: a pure function of the logs, the pooled batches, what is known about their keys and the
//! time.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use tlog::{Hash, LeafIndex};

use crate::LogNumber;
use crate::commit::{self, Advance, Misfit};
use crate::dedup::{Content, Key, Seen};
use crate::encoded::{EncodedBatch, EncodedRecord};
use crate::record::{BatchMode, DedupKey, Refused};
use crate::state::State;
use crate::store::FrameKind;

/// A pooled batch and, for each record, what the dedup index answered.
#[derive(Debug)]
pub(crate) struct Pooled {
    pub(crate) batch: EncodedBatch,
    pub(crate) seen: Vec<Option<Seen>>,
}

/// A commit that is not written yet.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The body of the frame; `None` when nothing is to be stored.
    pub(crate) commit: Option<PlannedCommit>,
    /// What becomes of each batch, in the order in which they were given.
    pub(crate) outcomes: Vec<Outcome>,
}

/// A frame body and what it will do.
#[derive(Debug)]
pub(crate) struct PlannedCommit {
    pub(crate) body: Vec<u8>,
    pub(crate) advance: Advance,
}

/// What becomes of a batch once the frame is durable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// One verdict per record.
    Records(Vec<Verdict>),
    /// Nothing of it is stored, because of the record at `position`.
    Refused { position: usize, refused: Refused },
    /// There is no such log.
    UnknownLog,
}

/// What becomes of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is stored.
    Stored {
        index: LeafIndex,
        received_ms: u64,
        leaf_hash: Hash,
    },
    /// It was stored before, at this index.
    Duplicate(LeafIndex),
    /// It is not stored.
    Refused(Refused),
}

/// Decides what becomes of every record and lays out the frame.
///
/// `received` is the larger of the previous received time of the log and `now_ms`.
///
/// # Errors
/// Only when the frame that was just laid out does not fit the state it was laid out for, which is a defect.
pub(crate) fn plan(state: &State, pool: &[Pooled], now_ms: u64) -> Result<Plan, Misfit> {
    let mut layout = Layout {
        state,
        now_ms,
        body: Vec::with_capacity(
            pool.iter()
                .map(|pooled| pooled.batch.bytes.len())
                .sum::<usize>()
                + commit::COMMIT_HEADER_LEN,
        ),
        records: 0,
        next: HashMap::new(),
        fresh: HashMap::new(),
    };
    commit::begin_commit(&mut layout.body);
    let mut outcomes: Vec<_> = pool.iter().map(|pooled| layout.batch(pooled)).collect();
    if layout.records == 0 {
        return Ok(Plan {
            commit: None,
            outcomes,
        });
    }
    commit::finish_commit(&mut layout.body, layout.records);
    let advance = Advance::of(state, FrameKind::Commit, &layout.body)?;
    fill_in_leaves(&mut outcomes, &advance.leaves);
    Ok(Plan {
        commit: Some(PlannedCommit {
            body: layout.body,
            advance,
        }),
        outcomes,
    })
}

/// The leaf hashes stand in the order of the frame, which is the order of the stored verdicts.
fn fill_in_leaves(outcomes: &mut [Outcome], leaves: &[Hash]) {
    let verdicts = outcomes.iter_mut().filter_map(|outcome| match outcome {
        Outcome::Records(verdicts) => Some(verdicts),
        Outcome::Refused { .. } | Outcome::UnknownLog => None,
    });
    let stored = verdicts.flatten().filter_map(|verdict| match verdict {
        Verdict::Stored { leaf_hash, .. } => Some(leaf_hash),
        Verdict::Duplicate(_) | Verdict::Refused(_) => None,
    });
    stored.zip(leaves).for_each(|(slot, leaf)| *slot = *leaf);
}

/// A frame while it is laid out.
struct Layout<'a> {
    state: &'a State,
    now_ms: u64,
    body: Vec<u8>,
    records: u32,
    /// Next index and received time of the logs that got records.
    next: HashMap<LogNumber, (LeafIndex, u64)>,
    /// Keys that this frame stores.
    fresh: HashMap<(LogNumber, Key), Seen>,
}

impl Layout<'_> {
    fn batch(&mut self, pooled: &Pooled) -> Outcome {
        let batch = &pooled.batch;
        let next = self.next.get(&batch.log).copied().or_else(|| {
            let edge = &self.state.log(batch.log)?.edge;
            Some((edge.next_index(), edge.last_received_ms.max(self.now_ms)))
        });
        let Some((mut index, received_ms)) = next else {
            return Outcome::UnknownLog;
        };
        let (body_len, records) = (self.body.len(), self.records);
        let mut verdicts = Vec::with_capacity(batch.records.len());
        for (position, record) in batch.records.iter().enumerate() {
            let seen = pooled.seen.get(position).copied().flatten();
            let verdict = self.record(batch, record, seen, index, received_ms);
            if let (Verdict::Refused(refused), BatchMode::AllOrNothing) = (verdict, batch.mode) {
                self.body.truncate(body_len);
                self.records = records;
                self.forget(batch, position);
                return Outcome::Refused { position, refused };
            }
            if matches!(verdict, Verdict::Stored { .. }) {
                // An index never reaches the end of u64: a frontier ends at 2^63.
                index = index.next().unwrap_or(index);
            }
            verdicts.push(verdict);
        }
        self.next.insert(batch.log, (index, received_ms));
        Outcome::Records(verdicts)
    }

    fn record(
        &mut self,
        batch: &EncodedBatch,
        record: &EncodedRecord,
        seen: Option<Seen>,
        index: LeafIndex,
        received_ms: u64,
    ) -> Verdict {
        if let Some(DedupKey { key, tag }) = record.dedup {
            let place = (batch.log, key);
            let known = self.fresh.get(&place).copied().or(seen);
            if let (Some(tag), Some(known)) = (tag, known) {
                return match known.content {
                    Content::Tagged(other) if other == tag => Verdict::Duplicate(known.index),
                    Content::Tagged(_) | Content::Untagged => {
                        Verdict::Refused(Refused::Conflict { index: known.index })
                    }
                    Content::Erased => Verdict::Refused(Refused::Erased),
                };
            }
            let content = tag.map_or(Content::Untagged, Content::Tagged);
            self.fresh.insert(place, Seen { index, content });
        }
        batch.place(record, received_ms, index, &mut self.body);
        self.records += 1;
        Verdict::Stored {
            index,
            received_ms,
            leaf_hash: Hash::EMPTY_ROOT,
        }
    }

    /// Takes back the keys of the records before `position`, which are not stored after all.
    fn forget(&mut self, batch: &EncodedBatch, position: usize) {
        let Some(first) = self.next_index(batch.log) else {
            return;
        };
        for record in batch.records.iter().take(position) {
            if let Some(DedupKey { key, .. }) = record.dedup {
                let place = (batch.log, key);
                // Keys of earlier batches of this frame stand below the first index of this one, and stay.
                if self
                    .fresh
                    .get(&place)
                    .is_some_and(|seen| seen.index >= first)
                {
                    self.fresh.remove(&place);
                }
            }
        }
    }

    fn next_index(&self, log: LogNumber) -> Option<LeafIndex> {
        match self.next.get(&log) {
            Some((index, _)) => Some(*index),
            None => Some(self.state.log(log)?.edge.next_index()),
        }
    }
}
