//! Parts of a directory that come from different times are refused, and what a crash left of sealing is put right.

use std::fs;
use std::path::{Path, PathBuf};

use ledger::OpenError;

use crate::world::{ORIGIN, SMALL, World, record};

fn grow(world: &mut World, numbers: std::ops::Range<u64>) {
    let log = world.ledger().log(ORIGIN).unwrap();
    for number in numbers {
        world.store(log, &[record(number, 600)]);
    }
}

fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn assert_disagreement(world: &mut World) {
    let refused = world.try_open().unwrap_err();
    assert!(
        matches!(
            refused,
            OpenError::Disagreement { .. } | OpenError::Frame { .. }
        ),
        "{refused:?}"
    );
}

/// A closed world of several segments, with one folder as it was some segments earlier beside it.
fn world_with_older(folder: &str) -> (World, PathBuf) {
    let mut world = World::with(SMALL);
    world.create(ORIGIN);
    grow(&mut world, 1..60);
    world.close();
    let older = world.path().with_file_name("older");
    copy(&world.path().join(folder), &older);
    world.open();
    grow(&mut world, 60..160);
    world.close();
    (world, older)
}

#[test]
fn an_older_journal_beside_newer_segments_is_refused() {
    let (mut world, older) = world_with_older("journal/0");
    copy(&older, &world.path().join("journal/0"));
    assert_disagreement(&mut world);
}

#[test]
fn older_segments_beside_a_newer_journal_are_refused() {
    let (mut world, older) = world_with_older("spine/0");
    copy(&older, &world.path().join("spine/0"));
    assert_disagreement(&mut world);
}

#[test]
fn a_missing_segment_is_refused() {
    let (mut world, _) = world_with_older("spine/0");
    let spines = names(&world.path().join("spine/0"));
    assert!(spines.len() >= 3, "{spines:?}");
    for spine in &spines {
        let spine = world.path().join("spine/0").join(spine);
        let bytes = fs::read(&spine).unwrap();
        fs::remove_file(&spine).unwrap();
        assert_disagreement(&mut world);
        fs::write(&spine, bytes).unwrap();
    }
    // Nothing was removed because of what was missing.
    world.open();
    world.check();
}

#[test]
fn a_dedup_index_of_another_past_is_built_again() {
    let (mut world, older) = world_with_older("dedup/0");
    copy(&older, &world.path().join("dedup/0"));
    world.open();
    world.check();
    // The other way round: an index that knows more than the journal ever held.
    let newer = world.path().with_file_name("newer");
    world.close();
    copy(&world.path().join("dedup/0"), &newer);
    let mut other = World::with(SMALL);
    other.create(ORIGIN);
    grow(&mut other, 1_000..1_003);
    other.close();
    copy(&newer, &other.path().join("dedup/0"));
    other.open();
    other.check();
    let log = other.ledger().log(ORIGIN).unwrap();
    assert!(!other.store(log, &[record(1, 600)])[0].duplicate);
    other.reopen_and_check();
}

#[test]
fn a_payload_segment_without_its_spine_is_made_again() {
    let mut world = World::with(SMALL);
    world.create(ORIGIN);
    grow(&mut world, 1..3);
    world.close();
    let orphan = "payload/0/0000000000000001-0000000000000003.payload";
    fs::write(world.path().join(orphan), b"half of a segment").unwrap();
    fs::write(world.path().join("spine/0/half.tmp"), b"half of a segment").unwrap();
    world.open();
    assert!(!world.path().join(orphan).exists());
    assert!(!world.path().join("spine/0/half.tmp").exists());
    grow(&mut world, 3..80);
    world.reopen_and_check();
}

#[test]
fn the_journal_is_trimmed_and_segments_follow_each_other() {
    let (mut world, _) = world_with_older("spine/0");
    assert_eq!(
        names(&world.path().join("spine/0")).len(),
        names(&world.path().join("payload/0")).len()
    );
    world.open();
    world.check();
    // Everything but the newest frames is sealed, so that few files of the journal are left.
    assert!(names(&world.path().join("journal/0")).len() <= 4);
}
