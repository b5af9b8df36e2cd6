//! A flipped byte anywhere is found, and never answers.

use std::fs;

use super::super::DedupError;
use super::super::limits::BLOCK_BYTES;
use super::{DedupIndex, key, new_index, tagged};

const RECORDS: u64 = 300;

#[test]
fn every_flipped_byte_of_a_run_is_found() {
    let (dir, index) = new_index();
    (0..RECORDS).for_each(|number| index.insert(1, &key(number), tagged(number)));
    index.seal(1).unwrap();
    let manifest = fs::read(dir.path().join("manifest")).unwrap();
    drop(index);
    let path = dir.path().join("0000000000000000.run");
    let intact = fs::read(&path).unwrap();
    // Every byte of the tail and a stride through the pages that hits every kind of field.
    let tail = 4 * BLOCK_BYTES..intact.len();
    for at in (0..tail.start).step_by(31).chain(tail.step_by(5)) {
        let mut damaged = intact.clone();
        damaged[at] ^= 1 << (at % 8);
        fs::write(&path, &damaged).unwrap();
        fs::write(dir.path().join("manifest"), &manifest).unwrap();
        let (index, covered) = DedupIndex::open(dir.path()).unwrap();
        if covered == 1 {
            assert!(index.verify().unwrap_err().is_damage(), "byte {at}");
            let answers = (0..RECORDS).map(|number| (number, index.lookup(1, &key(number))));
            for (number, answer) in answers {
                match answer {
                    Ok(seen) => assert_eq!(seen, Some(tagged(number)), "byte {at}"),
                    Err(error) => assert!(error.is_damage()),
                }
            }
            index.clear().unwrap();
        }
        assert_eq!(index.stored().runs, 0, "byte {at}");
        assert_eq!(index.lookup(1, &key(1)).unwrap(), None);
    }
}

#[test]
fn pages_that_changed_places_are_found() {
    let (dir, index) = new_index();
    (0..RECORDS).for_each(|number| index.insert(1, &key(number), tagged(number)));
    index.seal(1).unwrap();
    let path = dir.path().join("0000000000000000.run");
    let mut bytes = fs::read(&path).unwrap();
    let (first, second) = bytes[BLOCK_BYTES..].split_at_mut(BLOCK_BYTES);
    first.swap_with_slice(&mut second[..BLOCK_BYTES]);
    fs::write(&path, &bytes).unwrap();
    assert!(index.verify().unwrap_err().is_damage());
}

#[test]
fn every_flipped_byte_of_the_manifest_discards_everything() {
    let (dir, index) = new_index();
    index.insert(1, &key(1), tagged(1));
    index.seal(3).unwrap();
    drop(index);
    let path = dir.path().join("manifest");
    let intact = fs::read(&path).unwrap();
    let run = fs::read(dir.path().join("0000000000000000.run")).unwrap();
    for at in 0..intact.len() {
        let mut damaged = intact.clone();
        damaged[at] ^= 0x40;
        fs::write(&path, &damaged).unwrap();
        fs::write(dir.path().join("0000000000000000.run"), &run).unwrap();
        let (index, covered) = DedupIndex::open(dir.path()).unwrap();
        assert_eq!((covered, index.stored().runs), (0, 0), "byte {at}");
        assert!(!dir.path().join("0000000000000000.run").exists());
    }
}

#[test]
fn damage_stops_a_merge_and_clearing_heals() {
    let (dir, index) = new_index();
    for number in 0..4 {
        index.insert(1, &key(number), tagged(number));
        index.seal(number).unwrap();
    }
    let path = dir.path().join("0000000000000002.run");
    let mut bytes = fs::read(&path).unwrap();
    bytes[BLOCK_BYTES + 3] ^= 1;
    fs::write(&path, &bytes).unwrap();
    assert!(index.maintenance().unwrap_err().is_damage());
    assert!(matches!(
        index.lookup(1, &key(2)),
        Err(DedupError::Damaged { .. })
    ));
    // What is intact goes on answering, and nothing is added to what will be thrown away.
    assert_eq!(index.lookup(1, &key(1)).unwrap(), Some(tagged(1)));
    index.insert(1, &key(9), tagged(9));
    assert!(matches!(index.seal(9), Err(DedupError::Poisoned)));
    index.clear().unwrap();
    assert_eq!(index.lookup(1, &key(2)).unwrap(), None);
    assert_eq!(super::names(&dir), ["manifest"]);
}

#[test]
fn a_damaged_block_that_a_lookup_met_means_a_rebuild_at_the_next_open() {
    let (dir, index) = new_index();
    index.insert(1, &key(1), tagged(1));
    index.seal(3).unwrap();
    let path = dir.path().join("0000000000000000.run");
    let mut bytes = fs::read(&path).unwrap();
    bytes[BLOCK_BYTES + 3] ^= 1;
    fs::write(&path, &bytes).unwrap();
    drop(index);
    // Opening reads no record block, so the damage is met only later.
    let (index, covered) = DedupIndex::open(dir.path()).unwrap();
    assert_eq!(covered, 3);
    assert!(index.lookup(1, &key(1)).unwrap_err().is_damage());
    drop(index);
    let (index, covered) = DedupIndex::open(dir.path()).unwrap();
    assert_eq!((covered, index.stored().runs), (0, 0));
}
