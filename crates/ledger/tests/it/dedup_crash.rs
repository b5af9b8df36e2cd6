//! The dedup index after power failures at every change of the disk, and on a disk that fails.

use std::path::Path;
use std::sync::Arc;

use ledger::dedup::{Content, DedupIndex, Key, Maintenance, Seen};
use ledger::disk::Disk;
use testkit::crash::{Image, Recorder};
use testkit::faulty::{Fault, FaultyDisk, Plan};
use testkit::scratch;
use testkit::seed::Seed;
use tlog::LeafIndex;

const LOG: u32 = 1;
const KEYS_PER_COMMIT: u64 = 3;

fn key(number: u64) -> Key {
    Seed::new(number).bytes()
}

fn seen(number: u64) -> Seen {
    Seen {
        index: LeafIndex::new(number),
        content: Content::Tagged(number.to_be_bytes()),
    }
}

fn keys_of(commit: u64) -> std::ops::Range<u64> {
    commit * KEYS_PER_COMMIT..(commit + 1) * KEYS_PER_COMMIT
}

fn insert(index: &DedupIndex, commit: u64) {
    for number in keys_of(commit) {
        index.insert(LOG, &key(number), seen(number));
    }
}

/// Checks that an index answers for all commits up to `covered`.
fn check(index: &DedupIndex, covered: u64) {
    for number in (1..=covered).flat_map(keys_of) {
        assert_eq!(index.lookup(LOG, &key(number)).unwrap(), Some(seen(number)));
    }
}

/// Opens an image, checks it, lets the index go on to `last`, and answers what it had covered.
fn reopen(image: &Image, last: u64) -> u64 {
    let dir = scratch::directory();
    image.write_to(dir.path()).unwrap();
    let (index, covered) = DedupIndex::open(dir.path()).unwrap();
    check(&index, covered);
    index.verify().unwrap();
    (covered + 1..=last).for_each(|commit| insert(&index, commit));
    check(&index, last);
    covered
}

#[test]
fn what_a_seal_covered_survives_a_power_failure_at_every_change() {
    const COMMITS: u64 = 14;
    let dir = scratch::directory();
    let recorder = Recorder::watching(dir.path()).unwrap();
    // How many changes there were when a commit was known to be covered.
    let mut sealed = vec![(0, 0)];
    let (index, _) = DedupIndex::open_on(&recorder.disk(), dir.path()).unwrap();
    for commit in 1..=COMMITS {
        insert(&index, commit);
        index.seal(commit).unwrap();
        sealed.push((recorder.changes(), commit));
        while index.maintenance().unwrap() == Maintenance::Working {}
    }
    assert!(index.stored().runs < 10, "the runs were merged");
    let mut seed = Seed::new(1);
    for moment in recorder.moments() {
        let known = |(changes, _): &&(usize, u64)| *changes <= moment.changes();
        let (_, acknowledged) = sealed.iter().rfind(known).unwrap();
        let images = std::iter::once(moment.after_kill());
        let torn = (0..3).map(|_| moment.after_power_failure(&mut seed));
        for image in images.chain(torn) {
            let covered = reopen(&image, COMMITS);
            let possible = *acknowledged..=acknowledged + 1;
            assert!(
                possible.contains(&covered),
                "{covered} is covered after change {}",
                moment.changes()
            );
        }
    }
}

/// Opens, seals and merges until the first error; answers what was covered for certain.
fn run_until_error(disk: &Disk, dir: &Path, commits: u64) -> u64 {
    let Ok((index, mut covered)) = DedupIndex::open_on(disk, dir) else {
        return 0;
    };
    check(&index, covered);
    for commit in covered + 1..=commits {
        insert(&index, commit);
        if index.seal(commit).is_err() {
            check(&index, commit);
            return covered;
        }
        covered = commit;
        while let Ok(Maintenance::Working) = index.maintenance() {}
        check(&index, commit);
    }
    covered
}

#[test]
fn every_failing_change_loses_nothing_that_was_covered() {
    const COMMITS: u64 = 9;
    let plan = Arc::new(Plan::new());
    let healthy = scratch::directory();
    assert_eq!(
        run_until_error(
            &FaultyDisk::disk(Arc::clone(&plan)),
            healthy.path(),
            COMMITS
        ),
        COMMITS
    );
    for fault in Fault::ALL {
        for change in 0..plan.writes() {
            let dir = scratch::directory();
            let faults = Arc::new(Plan::new());
            faults.fail_after(change, fault);
            let covered =
                run_until_error(&FaultyDisk::disk(Arc::clone(&faults)), dir.path(), COMMITS);
            assert_eq!(faults.happened(), 1, "{fault:?} at change {change}");
            let (index, found) = DedupIndex::open(dir.path()).unwrap();
            assert!(
                found >= covered,
                "{fault:?} at change {change}: {found} of {covered} are covered"
            );
            check(&index, found);
            index.verify().unwrap();
        }
    }
}

#[test]
fn a_full_disk_stops_seals_and_nothing_else() {
    let dir = scratch::directory();
    let plan = Arc::new(Plan::new());
    let (index, _) = DedupIndex::open_on(&FaultyDisk::disk(Arc::clone(&plan)), dir.path()).unwrap();
    insert(&index, 1);
    index.seal(1).unwrap();
    plan.set_full(true);
    for commit in 2..6 {
        insert(&index, commit);
        index.seal(commit).unwrap_err();
        check(&index, commit);
    }
    plan.set_full(false);
    index.seal(5).unwrap();
    drop(index);
    let (index, covered) = DedupIndex::open(dir.path()).unwrap();
    assert_eq!((covered, index.stored().runs), (5, 2));
    check(&index, 5);
}
