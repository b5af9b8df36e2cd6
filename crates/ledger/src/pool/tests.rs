use tlog::EntryKind;

use super::*;
use crate::{Batch, BatchMode};

type Answer = oneshot::Receiver<Result<Outcome, AppendError>>;

fn record(size: usize) -> Record {
    let mut facets = [const { None }; 8];
    facets[0] = Some(vec![0; size].into());
    Record {
        kind: EntryKind::Event,
        class: 1,
        commitment: [0; 32],
        seed: [0; 16],
        facets,
        dedup: None,
    }
}

fn append(records: usize, size: usize) -> (Request, Answer) {
    let batch = EncodedBatch::of(&Batch {
        log: LogNumber::new(0),
        records: vec![record(size); records],
        mode: BatchMode::Each,
    });
    let (reply, answer) = oneshot::channel();
    (Request::Append(batch, reply), answer)
}

fn create() -> Request {
    let (reply, _) = oneshot::channel();
    Request::Create("origin".to_owned(), Box::new(record(1)), reply)
}

fn pool(pool_records: usize, pool_bytes: usize) -> Pool {
    Pool::new(&Limits {
        pool_records,
        pool_bytes,
        ..Limits::default()
    })
}

/// How many batches the next work commits; 0 for anything else.
fn batches(work: &Work) -> usize {
    match work {
        Work::Batches(batches) => batches.len(),
        Work::Create(..) | Work::Close | Work::Stop => 0,
    }
}

#[test]
fn what_waits_is_committed_together_in_its_order() {
    let pool = pool(100, 1 << 20);
    for request in [append(1, 1).0, append(2, 1).0, create(), append(3, 1).0] {
        pool.put(request).unwrap();
    }
    assert_eq!(batches(&pool.take()), 2);
    assert!(matches!(pool.take(), Work::Create(..)));
    assert_eq!(batches(&pool.take()), 1);
    pool.close();
    assert!(matches!(pool.take(), Work::Close));
}

#[test]
fn a_full_pool_declines_and_takes_again_when_there_is_room() {
    for pool in [pool(3, 1 << 20), pool(100, 300)] {
        pool.put(append(3, 1).0).unwrap();
        assert_eq!(pool.put(append(1, 1).0), Err(Declined::Overloaded));
        assert_eq!(batches(&pool.take()), 1);
        // An empty pool takes even what is larger than it.
        pool.put(append(4, 1_000).0).unwrap();
        assert_eq!(batches(&pool.take()), 1);
        pool.put(append(1, 1).0).unwrap();
    }
}

#[test]
fn a_commit_closes_at_its_limit() {
    let pool = pool(1_000, 4 * COMMIT_BYTES_MAX);
    for _ in 0..3 {
        pool.put(append(15, 1_000_000).0).unwrap();
    }
    assert_eq!(batches(&pool.take()), 2);
    assert_eq!(batches(&pool.take()), 1);
}

#[test]
fn closing_serves_what_waits_and_stopping_does_not() {
    let pool = pool(100, 1 << 20);
    let (request, mut answer) = append(1, 1);
    pool.put(request).unwrap();
    pool.close();
    assert_eq!(pool.put(create()), Err(Declined::Closed));
    assert_eq!(batches(&pool.take()), 1);
    assert!(matches!(pool.take(), Work::Close));
    assert!(answer.try_recv().is_err());

    let pool = self::pool(100, 1 << 20);
    let (request, mut answer) = append(1, 1);
    pool.put(request).unwrap();
    pool.stop();
    assert_eq!(answer.try_recv(), Err(oneshot::error::TryRecvError::Closed));
    assert!(matches!(pool.take(), Work::Stop));
}

#[test]
fn poison_stays() {
    let pool = pool(100, 1 << 20);
    pool.poison();
    pool.close();
    assert!(pool.is_poisoned());
    assert_eq!(pool.put(create()), Err(Declined::Poisoned));
    assert!(matches!(pool.take(), Work::Stop));
}
