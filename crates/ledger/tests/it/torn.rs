//! The first rows of the crash table: what stands at the end of the journal, and in front of it.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::PathBuf;

use ledger::OpenError;
use ledger::disk::Disk;
use ledger::store::journal::{LocalJournal, frame};
use ledger::store::{FrameKind, Head, Journal, JournalError, NewFrame};
use testkit::scratch;

use crate::world::{ORIGIN, SMALL, World, record, records};

/// The only journal file of a world, and its bytes up to the zeros.
fn journal_file(world: &World) -> (PathBuf, Vec<u8>) {
    let path = world.path().join("journal/0/0000000000000001.wal");
    let mut bytes = fs::read(&path).unwrap();
    let end = bytes.iter().rposition(|byte| *byte != 0).unwrap() + 1;
    bytes.truncate(end);
    (path, bytes)
}

/// Where each frame begins, and where the last one ends.
fn frame_bounds(bytes: &[u8]) -> Vec<usize> {
    let mut bounds = vec![0];
    while let Some(header) = bytes[bounds[bounds.len() - 1]..].first_chunk() {
        let header = frame::Header::decode(header).unwrap();
        let len = usize::try_from(header.frame_len()).unwrap();
        bounds.push(bounds[bounds.len() - 1] + len);
    }
    bounds
}

fn write_at(path: &PathBuf, bytes: &[u8], at: usize) {
    let file = File::options().write(true).open(path).unwrap();
    file.write_all_at(bytes, at as u64).unwrap();
}

/// Opens the world, which must be refused because of the frame that begins at `offset`.
fn assert_corrupt(world: &mut World, path: &PathBuf, offset: usize) {
    let refused = world.try_open().unwrap_err();
    let OpenError::Journal(JournalError::Corrupt {
        path: found_path,
        offset: found_offset,
        ..
    }) = refused
    else {
        panic!("{refused:?}");
    };
    assert_eq!((&found_path, found_offset), (path, offset as u64));
}

#[test]
fn a_last_frame_torn_at_any_byte_is_cut_off() {
    let mut world = World::with(SMALL);
    let log = world.create(ORIGIN);
    world.store(log, &records(1..3, 20));
    let before = world.expected.clone();
    world.store(log, &records(3..5, 20));
    world.crash();
    let (path, bytes) = journal_file(&world);
    let bounds = frame_bounds(&bytes);
    let (start, end) = (bounds[bounds.len() - 2], bounds[bounds.len() - 1]);
    assert_eq!(end, bytes.len());
    let whole = world.expected.clone();
    world.open();
    world.check();
    world.crash();
    world.expected = before;
    for kept in start..end {
        write_at(&path, &bytes[start..], start);
        write_at(&path, &vec![0; end - kept], kept);
        world.open();
        world.check();
        world.crash();
        assert_eq!(journal_file(&world).1.len(), start, "after {kept} bytes");
    }
    // A file that ends inside the frame is torn in the same way.
    write_at(&path, &bytes[start..], start);
    let file = File::options().write(true).open(&path).unwrap();
    file.set_len(end as u64 - 1).unwrap();
    world.open();
    world.check();
    let log = world.ledger().log(ORIGIN).unwrap();
    world.store(log, &records(3..5, 20));
    assert_eq!(world.expected, whole);
    world.reopen_and_check();
}

#[test]
fn a_flipped_byte_in_front_of_a_valid_frame_is_corruption() {
    let mut world = World::with(SMALL);
    let log = world.create(ORIGIN);
    world.store(log, &records(1..3, 20));
    world.store(log, &records(3..5, 20));
    world.crash();
    let (path, bytes) = journal_file(&world);
    let bounds = frame_bounds(&bytes);
    for (at, byte) in bytes.iter().enumerate().take(bounds[2]) {
        write_at(&path, &[byte ^ 0x40], at);
        let frame = usize::from(at >= bounds[1]);
        assert_corrupt(&mut world, &path, bounds[frame]);
        write_at(&path, &[*byte], at);
    }
    // Nothing was changed by the refusals.
    assert_eq!(journal_file(&world).1, bytes);
    world.open();
    world.check();
}

#[test]
fn a_bad_frame_in_front_of_a_close_frame_is_corruption() {
    let mut world = World::with(SMALL);
    let log = world.create(ORIGIN);
    world.store(log, &records(1..3, 20));
    world.close();
    let (path, bytes) = journal_file(&world);
    let bounds = frame_bounds(&bytes);
    let last_commit = bounds[bounds.len() - 3];
    write_at(&path, &[bytes[last_commit + 80] ^ 1], last_commit + 80);
    assert_corrupt(&mut world, &path, last_commit);
    // Without the close frame nobody can tell it from a frame that was never acknowledged.
    let close = bounds[bounds.len() - 2];
    write_at(&path, &vec![0; bytes.len() - close], close);
    world.open();
    assert_eq!(world.ledger().size(log).unwrap().get(), 1);
}

#[test]
fn a_missing_journal_file_is_found() {
    let mut world = World::with(SMALL);
    let log = world.create(ORIGIN);
    world.store(log, &records(1..3, 20));
    world.close();
    let path = world.path().join("journal/0");
    for entry in fs::read_dir(&path).unwrap() {
        fs::remove_file(entry.unwrap().path()).unwrap();
    }
    assert_corrupt(&mut world, &path, 0);
}

#[test]
fn unknown_frames_are_skipped_from_128_on() {
    let mut world = World::with(SMALL);
    let log = world.create(ORIGIN);
    world.store(log, &[record(1, 20)]);
    world.crash();
    let (path, bytes) = journal_file(&world);
    let end = bytes.len();
    let journal = world.path().join("journal/0");
    let sizes = ledger::store::journal::FileSizes::default();
    let head = LocalJournal::open(&Disk::local(), &journal, sizes)
        .unwrap()
        .head();
    let frame_of = |kind, after: Head| {
        let mut frame = Vec::new();
        let body = b"from a newer version".as_slice();
        let head = frame::encode(&NewFrame { after, kind, body }, &mut frame);
        (frame, head)
    };
    let (skipped, _) = frame_of(FrameKind::Skippable(200), head);
    write_at(&path, &skipped, end);
    world.open();
    world.check();
    world.store(log, &[record(2, 20)]);
    world.reopen_and_check();
    world.crash();

    write_at(&path, &vec![0; journal_file(&world).1.len() - end], end);
    let (refused, _) = frame_of(FrameKind::Skippable(77), head);
    write_at(&path, &refused, end);
    match world.try_open().unwrap_err() {
        OpenError::Journal(JournalError::Newer { offset, what, .. }) => {
            assert_eq!((offset, what.as_str()), (end as u64, "type 77"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_a_record_holds_cannot_pass_for_a_later_frame() {
    let dir = scratch::directory();
    let sizes = ledger::store::journal::FileSizes::default();
    LocalJournal::create(&Disk::local(), dir.path(), sizes).unwrap();
    let journal = LocalJournal::open(&Disk::local(), dir.path(), sizes).unwrap();
    let first = journal.append(&NewFrame {
        after: Head::EMPTY,
        kind: FrameKind::Commit,
        body: b"first",
    });
    let first = first.unwrap();
    // A whole frame of a later number, as the content of the frame that is torn.
    let mut inner = Vec::new();
    let after = Head { seq: 7, ..first };
    let later = NewFrame {
        after,
        kind: FrameKind::Commit,
        body: b"later",
    };
    frame::encode(&later, &mut inner);
    let mut torn = Vec::new();
    let outer = NewFrame {
        after: first,
        kind: FrameKind::Commit,
        body: &inner,
    };
    frame::encode(&outer, &mut torn);
    torn.truncate(torn.len() - 1);
    drop(journal);
    let path = dir.path().join("0000000000000001.wal");
    let at = frame::OVERHEAD + b"first".len();
    write_at(&path, &torn, at);
    let journal = LocalJournal::open(&Disk::local(), dir.path(), sizes).unwrap();
    assert_eq!(journal.head(), first);
}
