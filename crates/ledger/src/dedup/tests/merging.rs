//! Which runs are merged, how many remain, and what they cost in memory.

use super::super::limits::FAN_IN;
use super::super::merge::choose;
use super::super::{Content, DedupError, Known, Seen};
use super::{key, maintain, new_index, tagged};
use tlog::LeafIndex;

#[test]
fn chooses_the_newest_full_tier() {
    let cases: &[(&[u64], Option<std::ops::Range<usize>>)] = &[
        (&[], None),
        (&[1], None),
        (&[1, 1, 1], None),
        (&[1, 1, 1, 1], Some(0..4)),
        (&[100, 100, 100, 100, 1, 1, 1, 1], Some(4..8)),
        (&[100, 100, 100, 100, 1, 1, 1], Some(0..4)),
        // A small run between large ones belongs to their tier, so that only neighbours are merged.
        (&[100, 1, 100, 100], Some(0..4)),
        (&[1, 1, 1, 100], Some(0..4)),
        (&[1000, 100, 10, 1], None),
        (&[0, 0, 0, 0], Some(0..4)),
    ];
    for (counts, expected) in cases {
        assert_eq!(choose(counts), *expected, "{counts:?}");
    }
}

#[test]
fn any_seal_sizes_leave_a_logarithmic_number_of_runs() {
    let mut counts: Vec<u64> = Vec::new();
    let mut sealed = 0;
    for seal in 0..20_000_u64 {
        let size = 1 + (seal * 7919) % 1000;
        sealed += size;
        counts.push(size);
        while let Some(range) = choose(&counts) {
            let merged = counts[range.clone()].iter().sum();
            counts.splice(range, [merged]);
        }
        let tiers = sealed.ilog(FAN_IN as u64) as usize + 1;
        assert!(counts.len() <= tiers * (FAN_IN - 1), "{counts:?}");
    }
    assert_eq!(counts.iter().sum::<u64>(), sealed);
}

#[test]
fn many_records_stay_found_and_cheap() {
    const RECORDS: u64 = 60_000;
    let (_dir, index) = new_index();
    for number in 0..RECORDS {
        index.insert(7, &key(number), tagged(number));
        if number % 1000 == 999 {
            index.seal(number).unwrap();
            index.maintenance().unwrap();
        }
    }
    maintain(&index);
    let stored = index.stored();
    assert_eq!(stored.records, RECORDS);
    assert!(stored.runs <= 12, "{stored:?}");
    assert!(stored.memory_bytes <= 2 * RECORDS, "{stored:?}");
    for number in 0..RECORDS {
        assert_eq!(index.lookup(7, &key(number)).unwrap(), Some(tagged(number)));
    }
    // The same keys in another log, and other keys, are unknown.
    for number in 0..RECORDS {
        assert_eq!(index.lookup(8, &key(number)).unwrap(), None);
        assert_eq!(index.lookup(7, &key(number + RECORDS)).unwrap(), None);
    }
}

#[test]
fn the_filter_answers_almost_every_unknown_key() {
    const RECORDS: u64 = 50_000;
    let mut filter = super::super::filter::Filter::for_records(RECORDS);
    let probe = |number| {
        super::super::filter::Probe::of(&super::super::record::Place {
            key: key(number),
            log: 1,
        })
    };
    (0..RECORDS).for_each(|number| filter.insert(probe(number)));
    assert!((0..RECORDS).all(|number| filter.may_contain(probe(number))));
    let wrong = (RECORDS..3 * RECORDS)
        .filter(|number| filter.may_contain(probe(*number)))
        .count();
    assert!(wrong < 600, "{wrong} of 100,000 unknown keys pass");
}

#[test]
fn an_erased_key_overrides_its_older_tag_through_merges() {
    let (_dir, index) = new_index();
    let erased = Seen {
        index: LeafIndex::new(1),
        content: Content::Erased,
    };
    index.insert(1, &key(1), tagged(1));
    index.insert(1, &key(2), tagged(2));
    index.seal(1).unwrap();
    index.insert(1, &key(1), erased);
    index.forget(1, &key(2));
    index.seal(2).unwrap();
    for upto in 3..9 {
        assert_eq!(index.lookup(1, &key(1)).unwrap(), Some(erased));
        assert_eq!(index.lookup(1, &key(2)).unwrap(), None);
        index.insert(1, &key(100 + upto), tagged(upto));
        index.seal(upto).unwrap();
        maintain(&index);
    }
    assert_eq!(index.lookup(1, &key(1)).unwrap(), Some(erased));
    assert_eq!(index.lookup(1, &key(2)).unwrap(), None);
}

#[test]
fn a_merge_down_to_nothing_leaves_no_run() {
    let (_dir, index) = new_index();
    index.insert(1, &key(1), tagged(1));
    index.seal(1).unwrap();
    for upto in 2..=4 {
        index.forget(1, &key(1));
        index.seal(upto).unwrap();
    }
    maintain(&index);
    assert_eq!(index.stored().runs, 0);
    assert_eq!(index.lookup(1, &key(1)).unwrap(), None);
}

#[test]
fn seals_without_maintenance_stay_bounded() {
    let (_dir, index) = new_index();
    for number in 0..200 {
        index.insert(1, &key(number), tagged(number));
        index.seal(number).unwrap();
    }
    assert!(index.stored().runs <= super::super::limits::RUNS_MAX);
    assert!((0..200).all(|number| index.lookup(1, &key(number)).unwrap() == Some(tagged(number))));
}

#[test]
fn a_rebuild_replaces_everything_and_covers_only_at_its_end() {
    let (dir, index) = new_index();
    index.insert(1, &key(1), tagged(1));
    index.seal(9).unwrap();
    let known = |number| Known {
        log: 2,
        key: key(number),
        seen: tagged(number),
    };
    let broken = (2..4)
        .map(|number| Ok(known(number)))
        .chain([Err(DedupError::Poisoned)]);
    assert!(index.rebuild(9, broken).is_err());
    drop(index);
    let (index, covered) = super::DedupIndex::open(dir.path()).unwrap();
    assert_eq!(covered, 0);
    index
        .rebuild(12, (2..5).map(|number| Ok::<_, DedupError>(known(number))))
        .unwrap();
    drop(index);
    let (index, covered) = super::DedupIndex::open(dir.path()).unwrap();
    assert_eq!(covered, 12);
    assert_eq!(index.lookup(1, &key(1)).unwrap(), None);
    assert!((2..5).all(|number| index.lookup(2, &key(number)).unwrap() == Some(tagged(number))));
}
