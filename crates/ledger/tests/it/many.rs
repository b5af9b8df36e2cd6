//! Many logs, and many callers at once.

use ledger::{Batch, BatchMode};
use tlog::LeafIndex;

use crate::home::{wait, wait_for_all};
use crate::world::{World, genesis, record, records};

#[test]
fn many_logs_stand_in_one_commit() {
    let mut world = World::new();
    let logs: Vec<_> = (0..300)
        .map(|number| world.create(&format!("test.example/a/{number}")))
        .collect();
    let before = *world.ledger().commits().borrow();
    let ledger = world.ledger();
    let appends = logs.iter().map(|log| {
        ledger.append(Batch {
            log: *log,
            records: records(1..4, 30),
            mode: BatchMode::AllOrNothing,
        })
    });
    for answers in wait_for_all(appends.collect()) {
        let indexes: Vec<_> = answers
            .unwrap()
            .iter()
            .map(|receipt| receipt.unwrap().index)
            .collect();
        assert_eq!(indexes, [1, 2, 3].map(LeafIndex::new));
    }
    // They waited together while the first was flushed.
    let commits = *world.ledger().commits().borrow() - before;
    assert!(commits < 300, "{commits} commits");
    world.reopen();
    for log in world.ledger().logs() {
        assert_eq!(log.size.get(), 4);
    }
}

#[test]
fn callers_of_one_log_get_each_index_once() {
    let mut world = World::new();
    let log = world.create("test.example/a/one");
    let ledger = world.ledger();
    let appends = (1..400).map(|number| {
        ledger.append(Batch {
            log,
            records: vec![record(number, 30)],
            mode: BatchMode::Each,
        })
    });
    let answers = wait_for_all(appends.collect());
    let mut indexes: Vec<_> = answers
        .into_iter()
        .map(|answer| answer.unwrap()[0].unwrap().index.get())
        .collect();
    indexes.sort_unstable();
    assert_eq!(indexes, (1..400).collect::<Vec<_>>());
}

#[test]
fn many_logs_survive_a_restart() {
    let mut world = World::new();
    let ledger = world.ledger();
    let creates = (0..2_000).map(|number| {
        let origin = format!("test.example/a/{number}");
        let genesis = genesis(&origin);
        ledger.create_log(origin, genesis)
    });
    let mut numbers: Vec<_> = wait_for_all(creates.collect())
        .into_iter()
        .map(|number| number.unwrap().get())
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (0..2_000).collect::<Vec<_>>());
    world.reopen();
    let logs = world.ledger().logs();
    assert_eq!(logs.len(), 2_000);
    for log in logs {
        assert_eq!(world.ledger().log(&log.origin), Some(log.number));
        assert_eq!(log.size.get(), 1);
    }
}

#[test]
fn closing_commits_what_waits_and_refuses_what_comes() {
    let mut world = World::new();
    let log = world.create("test.example/a/one");
    let ledger = world.ledger();
    let batch = |number| Batch {
        log,
        records: vec![record(number, 30)],
        mode: BatchMode::Each,
    };
    let appends: Vec<_> = (1..50).map(|number| ledger.append(batch(number))).collect();
    assert!(wait_for_all(appends).iter().all(Result::is_ok));
    wait(ledger.close());
    assert_eq!(
        wait(ledger.append(batch(50))),
        Err(ledger::AppendError::Closed)
    );
    // Closing again does nothing, and reading goes on.
    wait(ledger.close());
    assert_eq!(ledger.size(log).unwrap().get(), 50);
    assert_eq!(ledger.read(log, &[LeafIndex::new(49)]).unwrap().len(), 1);
    world.reopen();
    assert_eq!(world.ledger().size(log).unwrap().get(), 50);
}
