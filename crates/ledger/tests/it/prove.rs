//! Roots and proofs hold at every size, whether entries are sealed or in memory.

use ledger::{ErrorKind, LogNumber};
use tlog::{Frontier, Hash, LeafIndex, TreeSize, leaf_hash, verify_consistency, verify_inclusion};

use crate::world::{ORIGIN, SMALL, World, record, records};

/// The root at every size from 0 on, from the entries themselves.
fn roots(world: &World, log: LogNumber) -> Vec<Hash> {
    let ledger = world.ledger();
    let size = ledger.size(log).unwrap().get();
    let mut frontier = Frontier::new();
    let mut roots = vec![frontier.root()];
    while frontier.size().get() < size {
        let from = LeafIndex::new(frontier.size().get());
        for entry in ledger.entries(log, from, 100).unwrap() {
            frontier.push(leaf_hash(&entry));
            roots.push(frontier.root());
        }
    }
    roots
}

/// 700 entries of which the first few hundred are sealed in several segments, beside a second log.
fn grown() -> (World, LogNumber) {
    let mut world = World::with(SMALL);
    let log = world.create(ORIGIN);
    let other = world.create("test.example/a/other");
    for number in 0..70 {
        let count = if number == 69 { 9 } else { 10 };
        world.store(log, &records(number * 10..number * 10 + count, 30));
        world.store(other, &[record(number, 100)]);
    }
    world.reopen_and_check();
    (world, log)
}

#[test]
fn every_root_is_that_of_the_entries() {
    let (world, log) = grown();
    let roots = roots(&world, log);
    assert_eq!(roots.len(), 701);
    for (size, root) in roots
        .iter()
        .zip(0..)
        .map(|(root, size)| (TreeSize::new(size), root))
    {
        assert_eq!(world.ledger().root(log, size).unwrap(), *root, "{size}");
    }
}

#[test]
fn proofs_hold_around_every_tile() {
    let (world, log) = grown();
    let (ledger, roots) = (world.ledger(), roots(&world, log));
    let sizes = [1, 2, 3, 255, 256, 257, 511, 512, 513, 600, 700];
    for size in sizes {
        let root = &roots[usize::try_from(size).unwrap()];
        for index in sizes
            .map(|size| size - 1)
            .into_iter()
            .filter(|index| *index < size)
        {
            let (index, size) = (LeafIndex::new(index), TreeSize::new(size));
            let leaf = leaf_hash(&ledger.entries(log, index, 1).unwrap()[0]);
            let proof = ledger.prove_inclusion(log, index, size).unwrap();
            verify_inclusion(index, size, &leaf, &proof, root).unwrap();
        }
        for from in sizes.into_iter().filter(|from| *from <= size) {
            let earlier = &roots[usize::try_from(from).unwrap()];
            let (from, to) = (TreeSize::new(from), TreeSize::new(size));
            let proof = ledger.prove_consistency(log, from, to).unwrap();
            verify_consistency(from, to, earlier, root, &proof).unwrap();
        }
    }
}

#[test]
fn what_is_not_there_is_not_proved() {
    let (world, log) = grown();
    let ledger = world.ledger();
    let too_large = TreeSize::new(701);
    let refused = ledger.root(log, too_large).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::NotFound);
    let refused = ledger
        .prove_inclusion(log, LeafIndex::new(5), too_large)
        .unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::NotFound);
    let refused = ledger
        .prove_inclusion(log, LeafIndex::new(5), TreeSize::new(5))
        .unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Invalid);
    let refused = ledger
        .prove_consistency(log, TreeSize::new(6), TreeSize::new(5))
        .unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Invalid);
    let refused = ledger
        .root(LogNumber::new(9), TreeSize::new(1))
        .unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::NotFound);
    assert!(
        ledger
            .entries(log, LeafIndex::new(700), 10)
            .unwrap()
            .is_empty()
    );
}
