//! The whole ledger after power failures at every change of the disk: no acknowledged record is lost and no index
//! is given out twice.

use std::sync::Arc;

use ledger::{Ledger, LogNumber, Receipt};
use testkit::check::check_ledger;
use testkit::clock::ManualClock;
use testkit::crash::{Image, Moment, Recorder};
use testkit::model::Model;
use testkit::record;
use testkit::seed::Seed;

use crate::home::{Home, create_log, wait};

/// What a client was told, and how many changes the disk had seen then.
struct Acknowledged {
    changes: usize,
    log: LogNumber,
    id: u64,
    receipt: Receipt,
}

/// Batch sizes that lead the first log over the edges of a tile: 1, 2, 255, 256, 257 and 512 entries.
const BATCHES: [u64; 9] = [1, 253, 1, 1, 100, 154, 1, 3, 40];

fn append(ledger: &Ledger, log: LogNumber, ids: std::ops::Range<u64>) -> Vec<Receipt> {
    let records = ids.map(|id| record::with_id(id, 0)).collect();
    let results = wait(ledger.append(record::batch(log, records))).unwrap();
    results.into_iter().collect::<Result<_, _>>().unwrap()
}

/// Appends batch after batch to two logs, and notes every receipt.
fn live(home: &Home, recorder: &Arc<Recorder>) -> Vec<Acknowledged> {
    let ledger = home.open_on(&recorder.disk()).unwrap();
    let mut model = Model::new();
    let logs = ["one", "another"]
        .map(|origin| create_log(&ledger, &mut model, origin, ManualClock::START_MS));
    let mut acknowledged = Vec::new();
    let mut next = 0;
    for (round, size) in BATCHES.into_iter().enumerate() {
        for (log, size) in [(logs[0], size), (logs[1], 1 + round as u64)] {
            let ids = next..next + size;
            next = ids.end;
            let receipts = append(&ledger, log, ids.clone());
            let changes = recorder.changes();
            let noted = ids.zip(receipts).map(|(id, receipt)| Acknowledged {
                changes,
                log,
                id,
                receipt,
            });
            acknowledged.extend(noted);
        }
        home.clock.advance_ms(10);
    }
    wait(ledger.close());
    acknowledged
}

/// Opens an image and checks it; then appends everything again and checks that nothing is stored twice.
fn reopen(image: &Image, acknowledged: &[Acknowledged]) {
    let home = Home::of_image(image);
    let ledger = home.open();
    check_ledger(&ledger);
    for Acknowledged {
        log, id, receipt, ..
    } in acknowledged
    {
        let again = append(&ledger, *log, *id..id + 1);
        let expected = Receipt {
            duplicate: true,
            ..*receipt
        };
        assert_eq!(again, [expected], "id {id} of log {log}");
    }
    for info in ledger.logs() {
        let new = append(&ledger, info.number, 1 << 40..(1 << 40) + 1);
        assert_eq!(
            new[0].index,
            info.size.next_leaf(),
            "a new record gets the next index"
        );
    }
    drop(ledger);
    let ledger = home.open();
    check_ledger(&ledger);
    for Acknowledged { log, receipt, .. } in acknowledged {
        let entry = ledger.read(*log, &[receipt.index]).unwrap()[0].entry;
        assert_eq!(
            (entry.leaf_hash(), entry.received_ms),
            (receipt.leaf_hash, receipt.received_ms)
        );
    }
}

#[test]
fn no_acknowledged_record_is_lost_by_a_power_failure_at_any_change() {
    /// Of all changes every one is a moment of its own, but one out of this many is enough for a test run.
    const STRIDE: usize = 3;
    let home = Home::new();
    let recorder = Recorder::watching(home.path()).unwrap();
    let acknowledged = live(&home, &recorder);
    let sealed = |moment: &Moment| {
        moment
            .after_kill()
            .names()
            .any(|name| name.starts_with("spine"))
    };
    let mut seed = Seed::new(4);
    let mut sealed_moments = 0;
    for moment in recorder.moments().skip(seed.below(STRIDE)).step_by(STRIDE) {
        let known = acknowledged.partition_point(|noted| noted.changes <= moment.changes());
        let known = &acknowledged[..known];
        sealed_moments += usize::from(sealed(&moment));
        reopen(&moment.after_power_failure(&mut seed), known);
        if seed.percent(30) {
            reopen(&moment.after_kill(), known);
        }
    }
    assert!(sealed_moments > 10, "segments were sealed meanwhile");
}
