//! Sending a record again: the rules of `api.md` 3, for records in one batch, in memory, sealed and rebuilt.

use ledger::{AppendError, BatchMode, DedupKey, Record, Refused};
use tlog::LeafIndex;

use crate::world::{ORIGIN, SMALL, World, key, record, records};

/// The record of a number with other content and therefore another tag.
fn other_content(number: u64) -> Record {
    let mut other = record(number + 1_000, 30);
    other.dedup = Some(DedupKey {
        key: key(number),
        tag: Some([0xee; 8]),
    });
    other
}

fn conflict(index: u64) -> Refused {
    Refused::Conflict {
        index: LeafIndex::new(index),
    }
}

#[test]
fn a_record_sent_again_gets_its_first_receipt() {
    let mut world = World::new();
    let log = world.create(ORIGIN);
    let first = world.store(log, &records(1..4, 50));
    for _ in 0..2 {
        let again = world.store(log, &records(1..4, 50));
        for (first, again) in first.iter().zip(&again) {
            assert!(again.duplicate);
            assert_eq!(
                (again.index, again.leaf_hash),
                (first.index, first.leaf_hash)
            );
            assert_eq!(again.received_ms, first.received_ms);
        }
        world.reopen_and_check();
    }
}

#[test]
fn other_content_under_the_same_id_is_a_conflict() {
    let mut world = World::new();
    let log = world.create(ORIGIN);
    world.store(log, &records(1..4, 50));
    let batch = [record(9, 50), other_content(2), record(10, 50)];
    let refused = world.append(log, BatchMode::AllOrNothing, &batch);
    let expected = AppendError::Refused {
        position: 1,
        refused: conflict(2),
    };
    assert_eq!(refused, Err(expected));
    world.reopen_and_check();
    // Nothing of the refused batch was stored, so its records are new.
    let each = world.append(log, BatchMode::Each, &batch).unwrap();
    assert_eq!(each[0].unwrap().index, LeafIndex::new(4));
    assert_eq!(each[1], Err(conflict(2)));
    assert_eq!(each[2].unwrap().index, LeafIndex::new(5));
    world.reopen_and_check();
}

#[test]
fn equal_ids_inside_one_batch_follow_the_same_rules() {
    let mut world = World::new();
    let log = world.create(ORIGIN);
    let twice = world.store(log, &[record(1, 50), record(2, 50), record(1, 50)]);
    assert_eq!(twice[0].index, twice[2].index);
    assert_eq!(twice[0].leaf_hash, twice[2].leaf_hash);
    assert_eq!([twice[0].duplicate, twice[2].duplicate], [false, true]);
    let batch = [record(3, 50), other_content(3)];
    let refused = world.append(log, BatchMode::AllOrNothing, &batch);
    let expected = AppendError::Refused {
        position: 1,
        refused: conflict(3),
    };
    assert_eq!(refused, Err(expected));
    let each = world.append(log, BatchMode::Each, &batch).unwrap();
    assert_eq!((each[0].is_ok(), each[1]), (true, Err(conflict(3))));
    world.reopen_and_check();
}

#[test]
fn an_id_that_we_made_is_a_conflict_when_it_is_sent() {
    let mut world = World::new();
    let log = world.create(ORIGIN);
    let mut made = record(1, 50);
    made.dedup = Some(DedupKey {
        key: key(1),
        tag: None,
    });
    world.store(log, std::slice::from_ref(&made));
    for _ in 0..2 {
        let sent = world
            .append(log, BatchMode::Each, &[record(1, 50)])
            .unwrap();
        assert_eq!(sent, [Err(conflict(1))]);
        world.reopen_and_check();
    }
}

#[test]
fn ids_of_different_logs_do_not_meet() {
    let mut world = World::new();
    let (one, two) = (
        world.create("test.example/a/one"),
        world.create("test.example/a/two"),
    );
    world.store(one, &records(1..3, 50));
    assert!(
        world
            .store(two, &records(1..3, 50))
            .iter()
            .all(|receipt| !receipt.duplicate)
    );
    world.reopen_and_check();
}

#[test]
fn a_dedup_index_that_was_deleted_or_damaged_is_built_again() {
    let mut world = World::with(SMALL);
    let log = world.create(ORIGIN);
    for number in 1..200 {
        world.store(log, &[record(number, 300)]);
    }
    let dedup = world.path().join("dedup/0");
    world.close();
    std::fs::remove_dir_all(&dedup).unwrap();
    world.open();
    world.check();
    assert!(
        world
            .store(log, &records(1..200, 300))
            .iter()
            .all(|receipt| receipt.duplicate)
    );
    world.close();
    std::fs::write(dedup.join("manifest"), b"damaged").unwrap();
    world.open();
    let again = world
        .append(log, BatchMode::Each, &[other_content(3), record(150, 300)])
        .unwrap();
    assert_eq!(again[0], Err(conflict(3)));
    assert!(again[1].unwrap().duplicate);
    world.reopen_and_check();
}
