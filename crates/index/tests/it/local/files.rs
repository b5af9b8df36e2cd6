//! What happens to files: shared, replaced, damaged, lost, scrubbed, read when needed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use index::{Index, IndexError, IndexOptions, LocalIndex};
use tlog::TreeSize;

use super::{all_positions, apply, directory, events, open};

fn position(number: u64) -> usize {
    usize::try_from(number).expect("tests have few entries")
}

/// The files of an index with their contents.
fn files(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(directory).expect("the directory can be read");
    entries
        .map(|entry| {
            let path = entry.expect("the directory can be read").path();
            let bytes = fs::read(&path).expect("the file can be read");
            (path, bytes)
        })
        .collect()
}

#[test]
fn ten_thousand_small_logs_share_their_files() {
    let directory = directory();
    let events = events(3);
    let index = open(directory.path());
    for log in 0..10_000 {
        apply(&index, log, &events);
    }
    index.close().expect("the directory can be written");
    assert!(
        files(directory.path()).len() <= 3,
        "a manifest and a file or two"
    );
    let index = open(directory.path());
    for log in (0..10_000).step_by(997) {
        assert_eq!(index.applied(log), TreeSize::new(3));
        assert_eq!(
            all_positions(&index, log, 100).expect("not damaged").len(),
            3
        );
    }
    assert_eq!(index.sizes().rows, 30_000);
}

#[test]
fn files_of_replaced_segments_go_away() {
    let directory = directory();
    let index = open(directory.path());
    let events = events(40);
    for round in 0..60_u32 {
        // Log 0 grows, every other log is written once.
        apply(&index, 0, &events);
        apply(&index, 1 + round, &events);
        index.flush().expect("the directory can be written");
    }
    let sizes = index.sizes();
    let on_disk: u64 = files(directory.path())
        .values()
        .map(|bytes| bytes.len() as u64)
        .sum();
    assert!(sizes.segments < 60 + 12, "{} segments", sizes.segments);
    assert!(
        on_disk < sizes.file_bytes * 5 / 2,
        "{on_disk} bytes hold {}",
        sizes.file_bytes
    );
    assert_eq!(
        all_positions(&index, 0, 1_000).expect("not damaged").len(),
        2_400
    );
    for log in 1..=60 {
        assert_eq!(
            all_positions(&index, log, 1_000)
                .expect("not damaged")
                .len(),
            40
        );
    }
}

#[test]
fn every_flipped_byte_is_noticed_and_repaired() {
    let directory = directory();
    let events = events(12);
    let index = open(directory.path());
    apply(&index, 1, events.get(..6).expect("twelve were made"));
    index.flush().expect("the directory can be written");
    apply(&index, 1, events.get(6..).expect("twelve were made"));
    let wanted = all_positions(&index, 1, 5).expect("not damaged");
    index.close().expect("the directory can be written");
    for (path, bytes) in files(directory.path()) {
        for at in (0..bytes.len()).step_by(11).chain([bytes.len() - 1]) {
            let mut damaged = bytes.clone();
            *damaged.get_mut(at).expect("the file is as long") ^= 0x20;
            fs::write(&path, &damaged).expect("the file can be written");
            let index = open(directory.path());
            let answer = all_positions(&index, 1, 5);
            if path.extension().is_some() {
                let named = matches!(answer, Err(IndexError::Corrupt { .. }));
                assert!(named, "byte {at} of {}: {answer:?}", path.display());
            }
            let applied = index.applied(1);
            assert!(
                applied < TreeSize::new(12),
                "what is damaged is not applied"
            );
            let rows: Vec<_> = events.iter().map(|event| Some(event.row())).collect();
            let again = position(index.applied(1).get());
            let lost = rows.get(again..).expect("no more than was applied");
            index
                .apply(1, index.applied(1).next_leaf(), lost)
                .expect("the rows follow");
            let found = all_positions(&index, 1, 5).expect("it was repaired");
            assert_eq!(found, wanted, "byte {at} of {}", path.display());
            drop(index);
            // Without a manifest the other files were removed; the manifest is the last to be damaged.
            fs::write(&path, &bytes).expect("the file can be written");
        }
    }
}

#[test]
fn a_lost_file_costs_the_rows_in_it() {
    let directory = directory();
    let events = events(2_100);
    let index = open(directory.path());
    apply(&index, 1, events.get(..2_000).expect("2,100 were made"));
    apply(&index, 2, events.get(..5).expect("2,100 were made"));
    index.flush().expect("the directory can be written");
    let first_files = files(directory.path());
    // Far fewer rows, so the large segment stays where it is.
    apply(&index, 1, events.get(2_000..).expect("2,100 were made"));
    index.close().expect("the directory can be written");
    let newer: Vec<_> = files(directory.path())
        .into_keys()
        .filter(|path| !first_files.contains_key(path))
        .collect();
    assert_eq!(newer.len(), 1);
    fs::remove_file(newer.first().expect("one file is newer")).expect("the file is there");
    let index = open(directory.path());
    assert_eq!(index.applied(1), TreeSize::new(2_000));
    assert_eq!(index.applied(2), TreeSize::new(5));
    assert_eq!(
        all_positions(&index, 1, 500).expect("not damaged").len(),
        2_000
    );
    drop(index);
    for path in files(directory.path()).into_keys() {
        fs::remove_file(path).expect("the file is there");
    }
    let index = open(directory.path());
    assert_eq!(index.applied(1), TreeSize::ZERO);
    assert_eq!(
        all_positions(&index, 1, 500).expect("not damaged"),
        Vec::<u64>::new()
    );
}

#[test]
fn a_reset_log_leaves_no_byte_and_others_stay() {
    let directory = directory();
    let mut events = events(50);
    let erased = "Zaphod the erased";
    events
        .first_mut()
        .expect("fifty were made")
        .event
        .description = Some(erased.to_owned());
    let holds_it = || {
        let is_in = |bytes: &Vec<u8>| {
            bytes
                .windows(erased.len())
                .any(|window| window == erased.as_bytes())
        };
        files(directory.path()).values().any(is_in)
    };
    let index = open(directory.path());
    apply(&index, 1, &events);
    apply(&index, 2, events.get(1..).expect("fifty were made"));
    index.flush().expect("the directory can be written");
    assert!(holds_it());
    index.reset(1).expect("the directory can be written");
    assert!(!holds_it());
    assert_eq!(index.applied(1), TreeSize::ZERO);
    assert_eq!(
        all_positions(&index, 2, 100).expect("not damaged").len(),
        49
    );
    drop(index);
    let index = open(directory.path());
    assert_eq!(index.applied(1), TreeSize::ZERO);
    assert_eq!(
        all_positions(&index, 2, 100).expect("not damaged").len(),
        49
    );
    apply(&index, 1, events.get(1..).expect("fifty were made"));
    assert_eq!(
        all_positions(&index, 1, 100).expect("not damaged").len(),
        49
    );
}

#[test]
fn memory_of_sealed_segments_is_bounded() {
    let directory = directory();
    let events = events(400);
    let index = open(directory.path());
    for log in 0..30 {
        apply(&index, log, &events);
    }
    index.close().expect("the directory can be written");
    let all = open(directory.path());
    for log in 0..30 {
        all_positions(&all, log, 1_000).expect("not damaged");
    }
    let limit = all.sizes().sealed_bytes / 4;
    assert!(limit > 0);
    drop(all);
    let options = IndexOptions {
        resident_bytes: limit,
        ..IndexOptions::default()
    };
    let index = LocalIndex::open(directory.path(), options).expect("the directory can be read");
    assert_eq!(
        index.sizes().sealed_bytes,
        0,
        "nothing is read before it is needed"
    );
    for log in (0..30).chain(0..30) {
        assert_eq!(
            all_positions(&index, log, 1_000)
                .expect("not damaged")
                .len(),
            400
        );
        assert!(index.sizes().sealed_bytes <= limit);
    }
}
