//! What is appended is there, in memory, sealed and after a restart.

use std::sync::atomic::Ordering;

use ledger::{BatchMode, CreateLogError};
use tlog::{LeafIndex, TreeSize};

use crate::home::wait;
use crate::world::{ORIGIN, SMALL, World, genesis, record, records};

#[test]
fn an_entry_is_read_back_before_and_after_a_restart() {
    let mut world = World::new();
    let log = world.create(ORIGIN);
    let receipts = world.store(log, &records(1..4, 100));
    assert_eq!(receipts[2].index, LeafIndex::new(3));
    world.reopen_and_check();
    assert_eq!(world.ledger().log(ORIGIN), Some(log));
    assert_eq!(world.ledger().instance_name(), "test.example");
    world.close();
    world.open();
    world.check();
}

#[test]
fn sizes_around_a_tile_stand_before_and_after_sealing() {
    for size in [255, 256, 257] {
        let mut world = World::with(SMALL);
        let log = world.create(ORIGIN);
        for number in 1..size {
            world.store(log, &[record(number, 200)]);
        }
        assert_eq!(world.ledger().size(log), Some(TreeSize::new(size)));
        world.reopen_and_check();
        world.store(log, &[record(size, 200)]);
        world.reopen_and_check();
    }
}

#[test]
fn received_times_never_go_back() {
    let mut world = World::new();
    let log = world.create(ORIGIN);
    let first = world.store(log, &records(1..2, 10));
    world.now.fetch_sub(3_600_000, Ordering::SeqCst);
    let second = world.store(log, &records(2..3, 10));
    assert_eq!(first[0].received_ms, second[0].received_ms);
    world.reopen();
    let third = world.store(log, &records(3..4, 10));
    assert_eq!(first[0].received_ms, third[0].received_ms);
    world.now.fetch_add(3_600_001, Ordering::SeqCst);
    let fourth = world.store(log, &records(4..5, 10));
    assert_eq!(first[0].received_ms + 1, fourth[0].received_ms);
    world.check();
}

#[test]
fn an_origin_is_a_log_once() {
    let mut world = World::new();
    world.create(ORIGIN);
    let again = wait(
        world
            .ledger()
            .create_log(ORIGIN.to_owned(), genesis(ORIGIN)),
    );
    assert_eq!(again, Err(CreateLogError::Exists));
    world.reopen();
    let again = wait(
        world
            .ledger()
            .create_log(ORIGIN.to_owned(), genesis(ORIGIN)),
    );
    assert_eq!(again, Err(CreateLogError::Exists));
    let too_long = "a".repeat(256);
    let refused = wait(world.ledger().create_log(too_long, genesis(ORIGIN)));
    assert_eq!(refused, Err(CreateLogError::Origin { found: 256 }));
    world.check();
}

#[test]
fn a_batch_for_no_log_is_refused() {
    let mut world = World::new();
    let log = world.create(ORIGIN);
    let other = ledger::LogNumber::new(log.get() + 1);
    let batch = ledger::Batch {
        log: other,
        records: records(1..2, 10),
        mode: BatchMode::Each,
    };
    let refused = wait(world.ledger().append(batch));
    assert_eq!(refused, Err(ledger::AppendError::UnknownLog(other)));
    world.check();
}
