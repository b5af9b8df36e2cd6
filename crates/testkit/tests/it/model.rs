//! The naive ledger follows the rules of ids, and a difference to a real one is found.

use std::sync::Arc;

use ledger::disk::Disk;
use ledger::{BatchMode, DataDir, Ledger, LogNumber, Opened, Options, Refused, Secrets};
use testkit::check::{check_against, difference};
use testkit::clock::ManualClock;
use testkit::model::{Model, Place};
use testkit::record::{batch, genesis, with_id};
use testkit::scratch;
use testkit::seed::Seed;
use tlog::LeafIndex;

const LOG: LogNumber = LogNumber::new(0);

fn place(index: u64, duplicate: bool) -> Place {
    Place {
        index: LeafIndex::new(index),
        duplicate,
    }
}

#[test]
fn an_id_is_stored_once() {
    let mut model = Model::new();
    model.create_log(LOG, &genesis(&mut Seed::new(1)), 5);
    let first = batch(LOG, vec![with_id(1, 0), with_id(2, 0), with_id(1, 0)]);
    let expected = [Ok(place(1, false)), Ok(place(2, false)), Ok(place(1, true))];
    assert_eq!(model.append(&first, 5), Ok(expected.to_vec()));

    let conflict = Refused::Conflict {
        index: LeafIndex::new(2),
    };
    let mut second = batch(LOG, vec![with_id(3, 0), with_id(2, 7)]);
    assert_eq!(model.append(&second, 5), Err((1, conflict)));
    assert_eq!(
        model.log(LOG).entries.len(),
        3,
        "a refused batch leaves nothing"
    );
    second.mode = BatchMode::Each;
    assert_eq!(
        model.append(&second, 5),
        Ok(vec![Ok(place(3, false)), Err(conflict)])
    );
}

#[test]
fn a_ledger_that_holds_something_else_is_found() {
    let dir = scratch::directory();
    let Opened::Fresh(begun) = DataDir::open_or_begin(&Disk::local(), dir.path()).unwrap() else {
        panic!("the directory is empty");
    };
    let secrets = Secrets {
        signing_seed: [1; 32],
        dedup: [2; 32],
        fingerprint: [3; 32],
    };
    let data = begun
        .keys(&secrets)
        .unwrap()
        .finish("audit.example.com", 5)
        .unwrap();
    let ledger = Ledger::open(data, Options::new(Arc::new(ManualClock::at(5)))).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let genesis = genesis(&mut Seed::new(1));
    runtime
        .block_on(ledger.create_log("one".to_owned(), genesis.clone()))
        .unwrap();
    let stored = batch(LOG, vec![with_id(1, 0), with_id(2, 0)]);
    runtime
        .block_on(ledger.append(stored.clone()))
        .unwrap()
        .into_iter()
        .for_each(|receipt| {
            receipt.unwrap();
        });

    let model_of = |records| {
        let mut model = Model::new();
        model.create_log(LOG, &genesis, 5);
        model.append(&batch(LOG, records), 5).unwrap();
        model
    };
    check_against(&ledger, &model_of(stored.records));
    let others = [
        vec![],
        vec![with_id(1, 0)],
        vec![with_id(1, 0), with_id(2, 1)],
        vec![with_id(2, 0), with_id(1, 0)],
    ];
    for records in others {
        assert!(difference(&ledger, LOG, model_of(records).log(LOG)).is_some());
    }
    let mut later = Model::new();
    later.create_log(LOG, &genesis, 6);
    assert!(difference(&ledger, LOG, later.log(LOG)).is_some());
}
