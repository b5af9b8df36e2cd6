use std::sync::Arc;

use proptest::prelude::*;
use tlog::EntryKind;

use super::*;
use crate::state::{Edge, NewLog};
use crate::{Batch, Record};

const NOW: u64 = 5_000;

/// Two logs: one of 3 entries received at 4,000, one of 2 entries received at 9,000.
fn state() -> State {
    let mut state = State::default();
    for (number, (size, received)) in [(3, 4_000), (2, 9_000)].into_iter().enumerate() {
        let number = LogNumber::new(u32::try_from(number).unwrap());
        let origin = Arc::from(format!("log {number}"));
        let new = NewLog {
            number,
            origin,
            created_ms: 1,
        };
        state.create(&new).unwrap();
        let mut edge = Edge::default();
        (0..size).for_each(|_| edge.frontier.push(Hash::EMPTY_ROOT));
        edge.last_received_ms = received;
        state.set_edge(number, edge);
    }
    state
}

fn record(id: u8, tag: Option<u8>) -> Record {
    Record {
        kind: EntryKind::Event,
        class: 1,
        commitment: [id; 32],
        seed: [0; 16],
        facets: [const { None }; 8],
        dedup: Some(DedupKey {
            key: [id; 16],
            tag: tag.map(|tag| [tag; 8]),
        }),
    }
}

fn pooled(log: u32, mode: BatchMode, records: Vec<Record>) -> Pooled {
    let seen = vec![None; records.len()];
    let batch = EncodedBatch::of(&Batch {
        log: LogNumber::new(log),
        records,
        mode,
    });
    Pooled { batch, seen }
}

fn all(log: u32, records: Vec<Record>) -> Pooled {
    pooled(log, BatchMode::AllOrNothing, records)
}

/// Index and received time of every stored record of an outcome, `None` for the others.
fn stored(outcome: &Outcome) -> Vec<Option<(u64, u64)>> {
    let Outcome::Records(verdicts) = outcome else {
        panic!("{outcome:?}");
    };
    let stored = verdicts.iter().map(|verdict| match verdict {
        Verdict::Stored {
            index, received_ms, ..
        } => Some((index.get(), *received_ms)),
        _ => None,
    });
    stored.collect()
}

#[test]
fn indexes_are_next_and_times_never_go_back() {
    let pool = [
        all(0, vec![record(1, Some(1)), record(2, Some(1))]),
        all(1, vec![record(1, Some(1))]),
        all(0, vec![record(3, Some(1))]),
    ];
    let plan = plan(&state(), &pool, NOW).unwrap();
    let stored: Vec<_> = plan.outcomes.iter().map(stored).collect();
    assert_eq!(stored[0], [Some((3, 5_000)), Some((4, 5_000))]);
    assert_eq!(stored[1], [Some((2, 9_000))]);
    assert_eq!(stored[2], [Some((5, 5_000))]);
    let advance = plan.commit.unwrap().advance;
    let logs: Vec<_> = advance
        .logs
        .iter()
        .map(|log| (log.log.get(), log.edge.frontier.size().get()))
        .collect();
    assert_eq!(logs, [(0, 6), (1, 3)]);
    assert_eq!(advance.leaves.len(), 4);
    assert_eq!(advance.seen.len(), 4);
}

#[test]
fn leaf_hashes_are_those_of_the_entries() {
    let plan = plan(&state(), &[all(0, vec![record(1, Some(1))])], NOW).unwrap();
    let entry = tlog::Entry {
        kind: EntryKind::Event,
        class: 1,
        received_ms: NOW,
        commitment: [1; 32],
    };
    let Outcome::Records(verdicts) = &plan.outcomes[0] else {
        panic!("{:?}", plan.outcomes);
    };
    let expected = Verdict::Stored {
        index: LeafIndex::new(3),
        received_ms: NOW,
        leaf_hash: entry.leaf_hash(),
    };
    assert_eq!(verdicts, &[expected]);
}

/// What a known key makes of a record: by what is known about it and the tag that is sent.
#[test]
fn verdicts_follow_what_is_known() {
    let known = |content| {
        Some(Seen {
            index: LeafIndex::new(1),
            content,
        })
    };
    let index = LeafIndex::new(1);
    let conflict = Some(Verdict::Refused(Refused::Conflict { index }));
    for (seen, tag, expected) in [
        (None, Some(1), None),
        (
            known(Content::Tagged([1; 8])),
            Some(1),
            Some(Verdict::Duplicate(index)),
        ),
        (known(Content::Tagged([2; 8])), Some(1), conflict),
        (known(Content::Untagged), Some(1), conflict),
        (
            known(Content::Erased),
            Some(1),
            Some(Verdict::Refused(Refused::Erased)),
        ),
        (None, None, None),
    ] {
        let mut pooled = pooled(0, BatchMode::Each, vec![record(9, tag)]);
        pooled.seen = vec![seen];
        let plan = plan(&state(), &[pooled], NOW).unwrap();
        let Outcome::Records(verdicts) = &plan.outcomes[0] else {
            panic!("{:?}", plan.outcomes);
        };
        match expected {
            None => assert_eq!(stored(&plan.outcomes[0]), [Some((3, NOW))]),
            Some(expected) => assert_eq!(verdicts, &[expected], "{seen:?}"),
        }
        assert_eq!(plan.commit.is_some(), expected.is_none());
    }
}

#[test]
fn a_refused_batch_leaves_no_trace() {
    let pool = [
        all(0, vec![record(1, Some(1))]),
        // Its first record is new, its second is a conflict with the batch before.
        all(0, vec![record(2, Some(1)), record(1, Some(9))]),
        all(0, vec![record(2, Some(7))]),
    ];
    let plan = plan(&state(), &pool, NOW).unwrap();
    let refused = Refused::Conflict {
        index: LeafIndex::new(3),
    };
    let position = 1;
    assert_eq!(plan.outcomes[1], Outcome::Refused { position, refused });
    // The key of the refused batch is free again, and its index is given to the next record.
    assert_eq!(stored(&plan.outcomes[2]), [Some((4, NOW))]);
}

#[test]
fn a_log_that_does_not_exist_stores_nothing() {
    let plan = plan(&state(), &[all(2, vec![record(1, Some(1))])], NOW).unwrap();
    assert_eq!(plan.outcomes, [Outcome::UnknownLog]);
    assert!(plan.commit.is_none());
}

proptest! {
    /// Whatever is pooled, the frame fits the logs, and the verdicts agree with it.
    #[test]
    fn a_plan_fits_its_own_frame(batches in proptest::collection::vec(
        (0_u32..3, any::<bool>(), proptest::collection::vec((0_u8..6, proptest::option::of(0_u8..2)), 0..5)),
        0..8,
    )) {
        let pool: Vec<_> = batches.into_iter().map(|(log, each, records)| {
            let mode = if each { BatchMode::Each } else { BatchMode::AllOrNothing };
            let records = records.into_iter().map(|(id, tag)| record(id, tag)).collect();
            pooled(log, mode, records)
        }).collect();
        let state = state();
        let plan = plan(&state, &pool, NOW).unwrap();
        prop_assert_eq!(plan.outcomes.len(), pool.len());
        let verdicts = plan.outcomes.iter().filter_map(|outcome| match outcome {
            Outcome::Records(verdicts) => Some(verdicts),
            _ => None,
        });
        let leaves: Vec<_> = verdicts.flatten().filter_map(|verdict| match verdict {
            Verdict::Stored { leaf_hash, .. } => Some(*leaf_hash),
            _ => None,
        }).collect();
        let frame = plan.commit.map(|commit| {
            let again = Advance::of(&state, FrameKind::Commit, &commit.body).unwrap();
            assert_eq!(again, commit.advance);
            again.leaves
        });
        prop_assert_eq!(frame.unwrap_or_default(), leaves);
    }
}
