//! A check finds every flipped byte, and finds nothing where nothing is wrong.

use std::fs;
use std::path::{Path, PathBuf};

use ledger::disk::Disk;
use ledger::fsck::{Finding, FsckReport, fsck};
use ledger::{DataDir, LogNumber};
use testkit::record::is_committed;
use tlog::LeafIndex;

use crate::world::{ORIGIN, SMALL, World, record, records};

fn check(path: &Path) -> FsckReport {
    let dir = DataDir::open(&Disk::local(), path).unwrap();
    fsck(&dir, &is_committed, &mut |_| {})
}

/// A closed data directory with two sealed segments and a journal, of two logs.
fn sealed_world() -> World {
    let mut world = World::with(SMALL);
    let one = world.create(ORIGIN);
    let two = world.create("test.example/a/two");
    for number in 1..=24 {
        world.store(one, &records(number * 10..number * 10 + 10, 40));
        world.store(two, &[record(number, 700)]);
        if number % 8 == 0 {
            world.reopen();
        }
    }
    world.close();
    world
}

fn files(root: &Path, folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(root.join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

#[test]
fn a_directory_as_it_was_written_is_clean() {
    let world = sealed_world();
    let report = check(&world.path());
    assert!(report.is_clean(), "{:?}", report.problems);
    assert!(report.segments >= 2, "{}", report.segments);
    assert!(report.frames > 0);
    assert_eq!(report.torn_bytes, 0);
    let entries: usize = world.expected.values().map(Vec::len).sum();
    assert_eq!(report.entries, entries as u64);
    let origins: Vec<_> = report.logs.iter().map(|log| &*log.origin).collect();
    assert_eq!(origins, [ORIGIN, "test.example/a/two"]);
    assert!(report.logs.iter().all(|log| log.root.is_some()));
}

#[test]
fn a_check_changes_nothing() {
    let mut world = sealed_world();
    world.open();
    let log = world.ledger().log(ORIGIN).unwrap();
    world.store(log, &records(900..903, 40));
    world.crash();
    // A torn frame, which an open would cut off.
    let newest = files(&world.path(), "journal/0").pop().unwrap();
    let mut bytes = fs::read(&newest).unwrap();
    let end = bytes.iter().rposition(|byte| *byte != 0).unwrap();
    bytes[end - 20] ^= 1;
    fs::write(&newest, &bytes).unwrap();
    let before = everything(&world.path());
    let report = check(&world.path());
    assert!(report.torn_bytes > 0);
    assert!(report.is_clean(), "{:?}", report.problems);
    assert!(everything(&world.path()) == before);
}

fn everything(path: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let folders = [".", "keys", "journal/0", "spine/0", "payload/0", "dedup/0"];
    let files = folders.into_iter().flat_map(|folder| files(path, folder));
    files
        .filter(|file| file.is_file())
        .map(|file| (file.clone(), fs::read(file).unwrap()))
        .collect()
}

#[test]
fn every_flipped_byte_of_what_is_kept_is_found() {
    let world = sealed_world();
    let path = world.path();
    let segments = files(&path, "spine/0")
        .into_iter()
        .chain(files(&path, "payload/0"));
    for file in segments.chain([path.join("registry")]) {
        let bytes = fs::read(&file).unwrap();
        // A prime step: headers, footers and every field of the layout are met over all files.
        for at in (0..bytes.len()).step_by(89) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x10;
            fs::write(&file, &flipped).unwrap();
            let report = check(&path);
            assert!(!report.is_clean(), "byte {at} of {}", file.display());
        }
        fs::write(&file, &bytes).unwrap();
    }
    assert!(check(&path).is_clean());
}

#[test]
fn every_flipped_byte_of_the_journal_is_found_or_torn() {
    let world = sealed_world();
    let path = world.path();
    for file in files(&path, "journal/0") {
        let bytes = fs::read(&file).unwrap();
        let end = bytes.iter().rposition(|byte| *byte != 0).unwrap();
        for at in (0..=end).step_by(97) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x10;
            fs::write(&file, &flipped).unwrap();
            let report = check(&path);
            assert!(
                !report.is_clean() || report.torn_bytes > 0,
                "byte {at} of {}",
                file.display()
            );
        }
        fs::write(&file, &bytes).unwrap();
    }
    assert!(check(&path).is_clean());
}

#[test]
fn a_missing_segment_is_found() {
    let world = sealed_world();
    for folder in ["spine/0", "payload/0"] {
        for file in files(&world.path(), folder) {
            let bytes = fs::read(&file).unwrap();
            fs::remove_file(&file).unwrap();
            let report = check(&world.path());
            assert!(!report.is_clean(), "{}", file.display());
            fs::write(&file, &bytes).unwrap();
        }
    }
    assert!(check(&world.path()).is_clean());
}

#[test]
fn a_payload_that_is_not_committed_to_is_named() {
    let world = sealed_world();
    let dir = DataDir::open(&Disk::local(), &world.path()).unwrap();
    let lie = |entry: &tlog::Entry, payload: &ledger::Payload| {
        let number = payload.facets[0].as_deref();
        is_committed(entry, payload) && number != Some(&77_u64.to_be_bytes()[..])
    };
    let report = fsck(&dir, &lie, &mut |_| {});
    let found: Vec<_> = report
        .problems
        .iter()
        .map(|problem| (problem.log, problem.index, &problem.finding))
        .collect();
    let index = LeafIndex::new(68);
    let expected = (Some(LogNumber::new(0)), Some(index), &Finding::Commitment);
    assert_eq!(found, [expected]);
}
