use tlog::{EntryKind, LeafIndex};

use super::*;
use crate::encoded::EncodedBatch;
use crate::{Batch, BatchMode, Record};

fn record_bytes(log: u32, received_ms: u64, index: u64) -> Vec<u8> {
    let batch = EncodedBatch::of(&Batch {
        log: LogNumber::new(log),
        records: vec![Record {
            kind: EntryKind::Event,
            class: 1,
            commitment: [0; 32],
            seed: [0; 16],
            facets: [const { None }; 8],
            dedup: None,
        }],
        mode: BatchMode::Each,
    });
    let mut out = Vec::new();
    batch.place(
        &batch.records[0],
        received_ms,
        LeafIndex::new(index),
        &mut out,
    );
    out
}

fn commit(records: &[Vec<u8>]) -> Vec<u8> {
    let mut body = Vec::new();
    begin_commit(&mut body);
    body.extend(records.concat());
    finish_commit(&mut body, u32::try_from(records.len()).unwrap());
    body
}

/// One log with entry 0, received at 10.
fn state() -> State {
    let mut state = State::default();
    let body = account_body(LogNumber::new(0), "origin", &record_bytes(0, 10, 0));
    let advance = Advance::of(&state, FrameKind::Account, &body).unwrap();
    advance.apply(&mut state).unwrap();
    state
}

#[test]
fn an_account_frame_makes_a_log_with_its_first_entry() {
    let state = state();
    let log = state.log(LogNumber::new(0)).unwrap();
    assert_eq!((&*log.origin, log.created_ms), ("origin", 10));
    assert_eq!(log.edge.frontier.size().get(), 1);
    assert_eq!(state.by_origin("origin"), Some(LogNumber::new(0)));
}

#[test]
fn frames_that_do_not_fit_are_named() {
    let log = LogNumber::new(0);
    let account = |number, origin: &str, record: &[u8]| {
        let body = account_body(LogNumber::new(number), origin, record);
        (FrameKind::Account, body)
    };
    let gap = Misfit::Gap {
        log,
        expected: LeafIndex::new(1),
        found: LeafIndex::new(2),
    };
    let back = Misfit::TimeGoesBack {
        log,
        index: LeafIndex::new(1),
    };
    let mut other_codec = commit(&[record_bytes(0, 10, 1)]);
    other_codec[0] = 3;
    let mut too_long = commit(&[record_bytes(0, 10, 1)]);
    too_long.push(0);
    let mut unknown_entry = commit(&[record_bytes(0, 10, 1)]);
    unknown_entry[COMMIT_HEADER_LEN + 4] = 2;
    let entry = Misfit::Entry {
        log,
        index: LeafIndex::new(1),
        source: tlog::EntryError::UnknownVersion(2),
    };
    let commit_of = |records: &[Vec<u8>]| (FrameKind::Commit, commit(records));
    let two = [record_bytes(1, 10, 0), record_bytes(1, 10, 1)].concat();
    for ((kind, body), expected) in [
        (commit_of(&[record_bytes(0, 10, 2)]), gap),
        (commit_of(&[record_bytes(0, 9, 1)]), back),
        (
            commit_of(&[record_bytes(1, 10, 0)]),
            Misfit::UnknownLog(LogNumber::new(1)),
        ),
        ((FrameKind::Commit, other_codec), Misfit::Codec(3)),
        ((FrameKind::Commit, too_long), Misfit::Body),
        ((FrameKind::Commit, Vec::new()), Misfit::Body),
        ((FrameKind::Commit, unknown_entry), entry),
        (
            account(0, "other", &record_bytes(0, 10, 0)),
            Misfit::NotCreatable(log),
        ),
        (
            account(1, "origin", &record_bytes(1, 10, 0)),
            Misfit::NotCreatable(LogNumber::new(1)),
        ),
        (
            account(2, "other", &record_bytes(2, 10, 0)),
            Misfit::NotCreatable(LogNumber::new(2)),
        ),
        (account(1, "other", &two), Misfit::Body),
        (account(1, "other", &[]), Misfit::Body),
    ] {
        assert_eq!(Advance::of(&state(), kind, &body), Err(expected));
    }
}

#[test]
fn frames_without_records_change_nothing() {
    for kind in [
        FrameKind::Close,
        FrameKind::Epoch,
        FrameKind::Skippable(200),
    ] {
        let advance = Advance::of(&state(), kind, b"whatever").unwrap();
        assert_eq!(advance, Advance::default());
    }
}
