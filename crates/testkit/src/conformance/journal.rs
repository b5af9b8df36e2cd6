use ledger::ErrorKind;
use ledger::store::{Frame, FrameKind, Head, Journal, JournalError, NewFrame};

use super::OpenJournal;
use crate::seed::Seed;

/// Checks a journal against the contract of its trait.
///
/// # Panics
/// At the first sentence of the contract that does not hold.
pub fn check_journal(new: &dyn Fn() -> OpenJournal) {
    begins_empty(&new());
    frames_come_back_in_order(&new());
    only_the_head_is_extended(&new());
    another_writer_is_refused(&new());
    frames_survive_an_open(&new());
    bodies_of_all_sizes_come_back(&new());
    trims_take_the_oldest_and_never_the_head(&new());
    trims_survive_an_open(&new());
}

fn append(journal: &dyn Journal, body: &[u8]) -> Head {
    append_kind(journal, FrameKind::Commit, body)
}

fn append_kind(journal: &dyn Journal, kind: FrameKind, body: &[u8]) -> Head {
    let after = journal.head();
    let head = journal
        .append(&NewFrame { after, kind, body })
        .expect("a frame behind the head is appended");
    assert_eq!(head, journal.head(), "the head is what the append answered");
    head
}

fn frames(journal: &dyn Journal, after: u64) -> Vec<Frame> {
    let frames = journal.since(after).expect("a journal can be read");
    frames
        .collect::<Result<_, _>>()
        .expect("every frame can be read")
}

fn begins_empty(open: &OpenJournal) {
    let journal = open();
    assert_eq!(journal.head(), Head::EMPTY);
    assert_eq!(frames(&*journal, 0), []);
    assert_eq!(journal.full(), 0);
    journal.trim(0).expect("nothing is trimmed");
}

fn frames_come_back_in_order(open: &OpenJournal) {
    let journal = open();
    let kinds = [
        FrameKind::Account,
        FrameKind::Commit,
        FrameKind::Epoch,
        FrameKind::Skippable(200),
        FrameKind::Close,
    ];
    let mut after = Head::EMPTY;
    for (number, kind) in (1..).zip(kinds) {
        let body = vec![number; usize::from(number)];
        let head = append_kind(&*journal, kind, &body);
        assert_eq!(
            head.seq,
            u64::from(number),
            "frames are numbered from 1 without a gap"
        );
        assert_ne!(head.chain, after.chain);
        let newest = frames(&*journal, after.seq);
        let [frame] = newest.as_slice() else {
            panic!(
                "one frame stands after the head before, not {}",
                newest.len()
            );
        };
        assert_eq!((frame.after, frame.head, frame.kind), (after, head, kind));
        assert_eq!(*frame.body, *body);
        after = head;
    }
    let numbers: Vec<_> = frames(&*journal, 0)
        .iter()
        .map(|frame| frame.head.seq)
        .collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    assert_eq!(frames(&*journal, 5), []);
    assert_eq!(frames(&*journal, 99), []);
}

fn only_the_head_is_extended(open: &OpenJournal) {
    let journal = open();
    let first = append(&*journal, b"first");
    let second = append(&*journal, b"second");
    let mut forked = second;
    forked.chain = first.chain;
    for after in [Head::EMPTY, first, forked] {
        let frame = NewFrame {
            after,
            kind: FrameKind::Commit,
            body: b"fork",
        };
        let error = journal
            .append(&frame)
            .expect_err("a frame behind an older head is refused");
        assert!(
            matches!(error, JournalError::Conflict { found, .. } if found == second),
            "{error}"
        );
        assert_eq!(error.kind(), ErrorKind::Conflict);
    }
    assert_eq!(journal.head(), second);
    assert_eq!(
        frames(&*journal, 0).len(),
        2,
        "a refused frame leaves nothing"
    );
}

/// A conflict may poison the writer that met it, but never the journal.
fn another_writer_is_refused(open: &OpenJournal) {
    let journal = open();
    let first = append(&*journal, b"first");
    let stale = NewFrame {
        after: Head::EMPTY,
        kind: FrameKind::Commit,
        body: b"again",
    };
    journal.append(&stale).expect_err("the frame was written");
    drop(journal);
    let journal = open();
    assert_eq!(journal.head(), first);
    assert_eq!(append(&*journal, b"second").seq, 2);
}

fn frames_survive_an_open(open: &OpenJournal) {
    let mut written = Vec::new();
    for round in 0..5_u8 {
        let journal = open();
        let found = frames(&*journal, 0);
        assert_eq!(found, written, "round {round}");
        assert_eq!(
            journal.head(),
            written
                .last()
                .map_or(Head::EMPTY, |frame: &Frame| frame.head)
        );
        append(&*journal, &[round; 100]);
        append(&*journal, &[]);
        written = frames(&*journal, 0);
        assert_eq!(written.len(), 2 * usize::from(round) + 2);
    }
}

fn bodies_of_all_sizes_come_back(open: &OpenJournal) {
    let mut seed = Seed::new(7);
    let sizes = [
        0,
        1,
        255,
        256,
        257,
        4095,
        4096,
        4097,
        65_535,
        65_536,
        1 << 20,
    ];
    let bodies: Vec<Vec<u8>> = sizes
        .iter()
        .map(|size| seed.bytes::<64>().into_iter().cycle().take(*size).collect())
        .collect();
    let journal = open();
    for body in &bodies {
        append(&*journal, body);
    }
    drop(journal);
    let read: Vec<Vec<u8>> = frames(&*open(), 0)
        .iter()
        .map(|frame| frame.body.to_vec())
        .collect();
    assert!(read == bodies, "every body comes back as it was");
}

/// Appends until a part of the journal is full.
fn fill(journal: &dyn Journal) {
    let body = vec![1; 1 << 20];
    let frames_max = 4096;
    for _ in 0..frames_max {
        if journal.full() > 0 {
            return;
        }
        append(journal, &body);
    }
    panic!("after {frames_max} frames of 1 MiB no part of the journal is full");
}

fn trims_take_the_oldest_and_never_the_head(open: &OpenJournal) {
    let journal = open();
    fill(&*journal);
    let (full, head) = (journal.full(), journal.head());
    assert!(full < head.seq, "the head is never in a full part");
    journal.trim(full).expect("a full part is trimmed");
    journal.trim(full).expect("trimming again changes nothing");
    assert_eq!(journal.head(), head);
    let left: Vec<_> = frames(&*journal, 0)
        .iter()
        .map(|frame| frame.head.seq)
        .collect();
    let oldest = *left.first().expect("the head is left");
    assert!(
        oldest <= full + 1,
        "a trim up to {full} took frame {}",
        oldest - 1
    );
    assert_eq!(
        left,
        (oldest..=head.seq).collect::<Vec<_>>(),
        "what is left has no gap"
    );
    append(&*journal, b"on it goes");
    assert_eq!(journal.head().seq, head.seq + 1);
}

fn trims_survive_an_open(open: &OpenJournal) {
    let journal = open();
    fill(&*journal);
    journal
        .trim(journal.full())
        .expect("a full part is trimmed");
    let (left, head) = (frames(&*journal, 0), journal.head());
    drop(journal);
    let journal = open();
    assert_eq!(journal.head(), head, "the head survives a trim and an open");
    assert!(frames(&*journal, 0) == left);
    assert_eq!(append(&*journal, b"next").seq, head.seq + 1);
}
