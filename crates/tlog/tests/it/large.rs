//! Trees far larger than any memory: every leaf is the same, so a node is known by its level alone.

use std::convert::Infallible;

use proptest::prelude::*;
use tlog::{
    Frontier, Hash, LeafIndex, MAX_PROOF_LEN, MAX_TREE_SIZE, NodeId, TreeSize, consistency_proof,
    inclusion_proof, leaf_hash, node_hash, right_edge, root, verify_consistency, verify_inclusion,
};

fn uniform() -> impl Fn(NodeId) -> Result<Hash, Infallible> {
    let mut levels = vec![leaf_hash(b"the same")];
    for level in 0..63 {
        levels.push(node_hash(&levels[level], &levels[level]));
    }
    move |node| Ok(levels[usize::from(node.level)])
}

fn root_at(size: TreeSize) -> Hash {
    let Ok(root) = root(size, uniform());
    root
}

/// Sizes of every magnitude, and those around powers of two.
fn a_size() -> impl Strategy<Value = u64> {
    prop_oneof![
        (any::<u64>(), 0u32..64).prop_map(|(bits, shift)| (bits >> shift).max(1)),
        (1u32..64, -1i64..=1).prop_map(|(power, off)| (1u64 << power).wrapping_add_signed(off)),
        Just(u64::MAX),
        Just(1 << 48),
    ]
}

fn check_inclusion(index: u64, size: u64) -> Result<(), TestCaseError> {
    let (index, size) = (LeafIndex::new(index), TreeSize::new(size));
    let proof = inclusion_proof(index, size, uniform()).expect("a proof");
    prop_assert!(proof.len() <= MAX_PROOF_LEN);
    let (leaf, root) = (leaf_hash(b"the same"), root_at(size));
    prop_assert_eq!(verify_inclusion(index, size, &leaf, &proof, &root), Ok(()));
    Ok(())
}

fn check_consistency(from: u64, to: u64) -> Result<(), TestCaseError> {
    let (from, to) = (TreeSize::new(from), TreeSize::new(to));
    let proof = consistency_proof(from, to, uniform()).expect("a proof");
    prop_assert!(proof.len() <= MAX_PROOF_LEN);
    let roots = (root_at(from), root_at(to));
    prop_assert_eq!(
        verify_consistency(from, to, &roots.0, &roots.1, &proof),
        Ok(())
    );
    Ok(())
}

#[test]
fn the_ends_of_the_largest_trees_are_proved() -> Result<(), TestCaseError> {
    for size in [1, 2, 1 << 48, MAX_TREE_SIZE, 1 << 63, u64::MAX] {
        for index in [0, size / 2, size - 1] {
            check_inclusion(index, size)?;
        }
        for from in [0, 1, size / 2, size - 1, size] {
            check_consistency(from, size)?;
        }
    }
    Ok(())
}

#[test]
fn a_frontier_stops_nowhere_near_the_largest_tree() {
    let size = TreeSize::new(MAX_TREE_SIZE);
    let Ok(nodes) = right_edge(size)
        .map(uniform())
        .collect::<Result<Vec<_>, _>>();
    let mut frontier = Frontier::from_parts(size, nodes).expect("a frontier");
    let mut completed = 0;
    frontier.push_with(leaf_hash(b"the same"), |_, _, _| completed += 1);
    assert_eq!(completed, 63);
    assert_eq!(frontier.size(), TreeSize::new(1 << 63));
    assert_eq!(frontier.root(), root_at(frontier.size()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn inclusion_holds_at_any_size(size in a_size(), place in any::<u64>()) {
        check_inclusion(place % size, size)?;
    }

    #[test]
    fn consistency_holds_at_any_size(to in a_size(), place in any::<u64>()) {
        let from = to.checked_add(1).map_or(place, |sizes| place % sizes);
        check_consistency(from, to)?;
    }
}
