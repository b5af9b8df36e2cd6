//! The recorder knows what is durable, and its images are what a power failure could leave.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;
use testkit::crash::{Image, Moment, Recorder};
use testkit::seed::Seed;

fn recorded(changes: impl FnOnce(&ledger::disk::Disk, &Path)) -> Arc<Recorder> {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("old"), b"old bytes").unwrap();
    let recorder = Recorder::watching(dir.path()).unwrap();
    changes(&recorder.disk(), dir.path());
    recorder
}

fn last(recorder: &Recorder) -> Moment {
    recorder.moments().last().unwrap()
}

/// The content of a file in an image.
fn content(image: &Image, name: &str) -> Option<Vec<u8>> {
    let dir = TempDir::new().unwrap();
    image.write_to(dir.path()).unwrap();
    fs::read(dir.path().join(name)).ok()
}

/// Every content that a file has in many images of a moment.
fn contents(moment: &Moment, name: &str) -> BTreeSet<Option<Vec<u8>>> {
    let mut seed = Seed::new(5);
    (0..60)
        .map(|_| content(&moment.after_power_failure(&mut seed), name))
        .collect()
}

#[test]
fn flushed_bytes_survive_and_others_may_not() {
    let recorder = recorded(|disk, root| {
        let file = disk.open(&root.join("old")).unwrap();
        file.write_at(b"NEW", 0).unwrap();
        file.flush().unwrap();
        file.write_at(b"more", 9).unwrap();
    });
    let moment = last(&recorder);
    assert!(!moment.is_flushed());
    assert_eq!(
        content(&moment.after_kill(), "old"),
        Some(b"NEW bytesmore".to_vec())
    );
    let expected = [b"NEW bytes".to_vec(), b"NEW bytesmore".to_vec()];
    assert_eq!(
        contents(&moment, "old"),
        expected.into_iter().map(Some).collect()
    );
}

#[test]
fn a_new_name_survives_only_after_its_directory_was_flushed() {
    let write = |disk: &ledger::disk::Disk, root: &Path| {
        let file = disk.create(&root.join("new.tmp")).unwrap();
        file.write_at(b"bytes", 0).unwrap();
        file.flush().unwrap();
        disk.rename(&root.join("new.tmp"), &root.join("new"))
            .unwrap();
    };
    let moment = last(&recorded(write));
    assert_eq!(
        contents(&moment, "new"),
        [None, Some(b"bytes".to_vec())].into()
    );
    let moment = last(&recorded(|disk, root| {
        write(disk, root);
        disk.flush_directory(root).unwrap();
    }));
    assert!(moment.is_flushed());
    assert_eq!(contents(&moment, "new"), [Some(b"bytes".to_vec())].into());
    assert_eq!(contents(&moment, "new.tmp"), [None].into());
    assert_eq!(
        contents(&moment, "old"),
        [Some(b"old bytes".to_vec())].into()
    );
}

#[test]
fn a_name_may_come_before_the_bytes() {
    let moment = last(&recorded(|disk, root| {
        let file = disk.create(&root.join("new")).unwrap();
        file.write_at(b"bytes", 0).unwrap();
        disk.flush_directory(root).unwrap();
    }));
    assert_eq!(
        contents(&moment, "new"),
        [Some(Vec::new()), Some(b"bytes".to_vec())].into()
    );
}

#[test]
fn large_writes_are_torn_between_sectors() {
    let moment = last(&recorded(|disk, root| {
        let file = disk.create(&root.join("new")).unwrap();
        file.set_length(4096).unwrap();
        file.flush().unwrap();
        disk.flush_directory(root).unwrap();
        file.write_at(&[7; 1024], 100).unwrap();
    }));
    let contents = contents(&moment, "new");
    assert!(contents.len() > 4, "{} contents", contents.len());
    for content in contents.into_iter().flatten() {
        assert_eq!(content.len(), 4096);
        let boundaries = content
            .windows(2)
            .enumerate()
            .filter(|(_, pair)| pair[0] != pair[1]);
        for (at, _) in boundaries {
            assert!(
                [99, 511, 1023, 1123].contains(&at),
                "torn at byte {}",
                at + 1
            );
        }
    }
}

#[test]
fn removals_and_cuts_survive_only_after_a_flush() {
    let moment = last(&recorded(|disk, root| {
        disk.open(&root.join("old")).unwrap().set_length(3).unwrap();
        disk.remove(&root.join("old")).unwrap();
    }));
    let expected = [None, Some(b"old".to_vec()), Some(b"old bytes".to_vec())];
    assert_eq!(contents(&moment, "old"), expected.into());
    assert_eq!(content(&moment.after_kill(), "old"), None);
}

#[test]
fn every_change_is_a_moment() {
    let recorder = recorded(|disk, root| {
        let file = disk.create(&root.join("new")).unwrap();
        file.write_at(b"1", 0).unwrap();
        file.write_at(b"2", 1).unwrap();
    });
    let seen: Vec<_> = recorder
        .moments()
        .map(|moment| content(&moment.after_kill(), "new"))
        .collect();
    assert_eq!(
        seen,
        [
            None,
            Some(vec![]),
            Some(b"1".to_vec()),
            Some(b"12".to_vec())
        ]
    );
    assert_eq!(recorder.changes(), 3);
}
