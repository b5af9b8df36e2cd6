//! What a look-up costs with ten million keys, and what keeping them costs.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use ledger::dedup::{Content, DedupIndex, Key, Maintenance, Seen};
use testkit::seed::Seed;
use tlog::LeafIndex;

const LOG: u32 = 1;
const KEYS: u64 = 10_000_000;

/// About the records of one journal file, after which the ledger seals.
const KEYS_PER_SEAL: u64 = 130_000;

fn key(number: u64) -> Key {
    Seed::new(number).bytes()
}

fn insert(index: &DedupIndex, number: u64) {
    let seen = Seen {
        index: LeafIndex::new(number),
        content: Content::Tagged(number.to_be_bytes()),
    };
    index.insert(LOG, &key(number), seen);
}

fn seal(index: &DedupIndex, upto: u64) {
    index.seal(upto).expect("a seal is written");
    while index.maintenance().expect("runs are merged") == Maintenance::Working {}
}

fn look_ups(criterion: &mut Criterion) {
    let dir = tempfile::tempdir().expect("a directory can be made");
    let (index, _) = DedupIndex::open(dir.path()).expect("an index is made");
    for number in 0..KEYS {
        insert(&index, number);
        if number % KEYS_PER_SEAL == KEYS_PER_SEAL - 1 {
            seal(&index, number);
        }
    }
    let mut group = criterion.benchmark_group("dedup of ten million keys");
    let mut unknown = KEYS;
    group.bench_function("unknown key", |bencher| {
        bencher.iter(|| {
            unknown += 1;
            black_box(index.lookup(LOG, &key(unknown))).expect("a key is looked up")
        });
    });
    let mut known = 0;
    group.bench_function("known key", |bencher| {
        bencher.iter(|| {
            known = (known + 7_919_993) % KEYS;
            black_box(index.lookup(LOG, &key(known))).expect("a key is looked up")
        });
    });
    group.finish();
}

fn seals(criterion: &mut Criterion) {
    let dir = tempfile::tempdir().expect("a directory can be made");
    let (index, _) = DedupIndex::open(dir.path()).expect("an index is made");
    let mut next = 0;
    let mut group = criterion.benchmark_group("dedup");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(10));
    group.bench_function("insert, seal and merge 130,000 keys", |bencher| {
        bencher.iter(|| {
            (next..next + KEYS_PER_SEAL).for_each(|number| insert(&index, number));
            next += KEYS_PER_SEAL;
            seal(&index, next);
        });
    });
    group.finish();
}

criterion_group!(benches, look_ups, seals);
criterion_main!(benches);
