//! Every kind of failing write for logs around the edge of a tile: first each write of the journal, then each change
//! of the disk that appending and sealing make.

use std::sync::Arc;

use ledger::disk::Disk;
use ledger::store::{Blobs, Journal};
use ledger::{AppendError, Batch, Clock, CreateLogError, DataDir, Ledger, LogNumber, Options};
use testkit::check::check_against;
use testkit::clock::ManualClock;
use testkit::faulty::{Fault, FaultyDisk, FaultyJournal, Plan};
use testkit::memory::{MemoryBlobs, MemoryJournal};
use testkit::model::Model;
use testkit::record;
use testkit::seed::Seed;

use crate::attempt::{Attempt, adopt};
use crate::home::{Home, create_log, wait};

const NOW_MS: u64 = ManualClock::START_MS;

/// Entries of a log before the fault, genesis included; 0 is a log that does not exist yet.
const SIZES: [u64; 6] = [0, 1, 2, 255, 256, 257];

fn numbered(log: LogNumber, ids: std::ops::Range<u64>) -> Batch {
    record::batch(log, ids.map(|id| record::with_id(id, 0)).collect())
}

/// A process over stores in memory.
fn open_in_memory(home: &Home, journal: Arc<dyn Journal>, blobs: &MemoryBlobs) -> Ledger {
    let clock: Arc<dyn Clock> = Arc::<ManualClock>::clone(&home.clock);
    let blobs: Arc<dyn Blobs> = Arc::new(blobs.clone());
    let options = Options {
        journal: Some(journal),
        blobs: Some(blobs),
        ..Options::new(clock)
    };
    let dir = DataDir::open(&Disk::local(), home.path()).unwrap();
    Ledger::open(dir, options).unwrap()
}

/// Brings the log to a size; without a log there is nothing to bring.
fn grow(ledger: &Ledger, model: &mut Model, size: u64) {
    if size > 0 {
        let log = create_log(ledger, model, "one", NOW_MS);
        append(ledger, model, &numbered(log, 1..size));
    }
}

fn append(ledger: &Ledger, model: &mut Model, batch: &Batch) {
    let receipts = wait(ledger.append(batch.clone()));
    let receipts =
        receipts.unwrap_or_else(|error| panic!("{error}: {:?}", *ledger.poisoned().borrow()));
    let expected = model.append(batch, NOW_MS).unwrap();
    let places = receipts
        .iter()
        .map(|receipt| receipt.map(|receipt| (receipt.index, receipt.duplicate)));
    let expected = expected
        .iter()
        .map(|place| place.map(|place| (place.index, place.duplicate)));
    assert_eq!(places.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}

/// The attempt that meets the fault: three records, or the log itself where there is none.
fn attempt(size: u64) -> Attempt {
    if size == 0 {
        Attempt::Create {
            origin: "one".to_owned(),
            genesis: record::genesis(&mut Seed::new(9)),
        }
    } else {
        Attempt::Append(numbered(LogNumber::new(0), size..size + 3))
    }
}

fn make(ledger: &Ledger, attempt: &Attempt) -> Result<(), AppendError> {
    match attempt.clone() {
        Attempt::Create { origin, genesis } => match wait(ledger.create_log(origin, genesis)) {
            Ok(_) => Ok(()),
            Err(CreateLogError::Append(error)) => Err(error),
            Err(other) => panic!("{other}"),
        },
        Attempt::Append(batch) => wait(ledger.append(batch)).map(drop),
    }
}

#[test]
fn a_failing_journal_write_loses_nothing_and_gives_no_index_twice() {
    for (size, frames_per_part) in SIZES.into_iter().flat_map(|size| [(size, 1), (size, 1000)]) {
        for fault in Fault::ALL {
            let home = Home::new();
            let (journal, blobs) = (MemoryJournal::new(frames_per_part), MemoryBlobs::new());
            let plan = Arc::new(Plan::new());
            let faulty = FaultyJournal::new(Arc::new(journal.clone()), Arc::clone(&plan));
            let ledger = open_in_memory(&home, Arc::new(faulty), &blobs);
            let mut model = Model::new();
            grow(&ledger, &mut model, size);

            plan.fail_after(0, fault);
            let error = make(&ledger, &attempt(size)).unwrap_err();
            let expected = if fault == Fault::Full {
                AppendError::Full
            } else {
                AppendError::Poisoned
            };
            assert_eq!(error, expected, "{fault:?} at size {size}");
            check_against(&ledger, &model);
            if fault == Fault::Full {
                make(&ledger, &attempt(size)).unwrap();
            } else {
                assert_eq!(make(&ledger, &attempt(size)), Err(AppendError::Poisoned));
            }
            drop(ledger);

            if fault != Fault::Lost {
                attempt(size).commit(&mut model, NOW_MS);
            }
            let ledger = open_in_memory(&home, Arc::new(journal.clone()), &blobs);
            check_against(&ledger, &model);
            if fault == Fault::Lost {
                make(&ledger, &attempt(size)).unwrap();
                attempt(size).commit(&mut model, NOW_MS);
            }
            // Sent again it is a duplicate; new records follow behind it.
            append(
                &ledger,
                &mut model,
                &numbered(LogNumber::new(0), 1..size + 9),
            );
            check_against(&ledger, &model);
        }
    }
}

/// Appends until files were sealed, stops at the first error; answers the attempts without an answer.
fn live(ledger: &Ledger, model: &mut Model, size: u64) -> Vec<(Attempt, u64)> {
    let log = LogNumber::new(0);
    for round in 0..6 {
        let first = size + round * 40;
        let batch = numbered(log, first..first + 40);
        match wait(ledger.append(batch.clone())) {
            Ok(_) => drop(model.append(&batch, NOW_MS)),
            Err(AppendError::Full | AppendError::Overloaded { .. }) => {}
            Err(AppendError::Poisoned) => return vec![(Attempt::Append(batch), NOW_MS)],
            Err(other) => panic!("{other}"),
        }
    }
    Vec::new()
}

/// One life with a fault at one change, and the life after it.
fn check_fault(size: u64, change: u64, fault: Fault) -> u64 {
    let home = Home::new();
    let plan = Arc::new(Plan::new());
    let mut model = Model::new();
    let ledger = home.open_on(&FaultyDisk::disk(Arc::clone(&plan))).unwrap();
    grow(&ledger, &mut model, size);
    let before = plan.writes();
    plan.fail_after(change, fault);
    let unknown = live(&ledger, &mut model, size);
    wait(ledger.close());
    drop(ledger);
    let changes = plan.writes() - before;

    let ledger = home.open_on(&Disk::local());
    let ledger = ledger
        .unwrap_or_else(|error| panic!("{fault:?} at change {change} of size {size}: {error:?}"));
    adopt(&ledger, &mut model, &unknown);
    check_against(&ledger, &model);
    append(
        &ledger,
        &mut model,
        &numbered(LogNumber::new(0), 1..size + 300),
    );
    check_against(&ledger, &model);
    drop(ledger);
    check_against(&home.open(), &model);
    changes
}

#[test]
fn a_failing_change_of_the_disk_loses_nothing_and_gives_no_index_twice() {
    let sizes = SIZES.into_iter().skip(1);
    let kinds: Vec<(u64, Fault)> = sizes
        .flat_map(|size| Fault::ALL.map(|fault| (size, fault)))
        .collect();
    // A fault that never comes counts the changes of a life without one.
    let changes = check_fault(2, u64::MAX / 2, Fault::Lost);
    assert!(
        changes > 60,
        "{changes} changes are sealing and trimming too"
    );
    // Neighbouring changes fail in different ways for different sizes.
    for (change, kind) in (0..changes).zip((0..).step_by(7)) {
        let (size, fault) = kinds[kind % kinds.len()];
        check_fault(size, change, fault);
    }
}

#[test]
fn a_full_disk_refuses_appends_and_goes_on_when_there_is_space() {
    let home = Home::new();
    let plan = Arc::new(Plan::new());
    let mut model = Model::new();
    let ledger = home.open_on(&FaultyDisk::disk(Arc::clone(&plan))).unwrap();
    grow(&ledger, &mut model, 255);
    for round in 0..30 {
        let batch = numbered(LogNumber::new(0), 1000 + round * 20..1020 + round * 20);
        plan.set_full(true);
        assert_eq!(wait(ledger.append(batch.clone())), Err(AppendError::Full));
        check_against(&ledger, &model);
        plan.set_full(false);
        append(&ledger, &mut model, &batch);
    }
    wait(ledger.close());
    drop(ledger);
    check_against(&home.open(), &model);
}
