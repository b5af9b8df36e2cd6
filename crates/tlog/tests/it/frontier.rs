//! The frontier against the O(n) model, leaf by leaf.

use proptest::prelude::*;
use tlog::{Frontier, FrontierError, Hash, MAX_TREE_SIZE, NodeId, TreeSize, leaf_hash, right_edge};

use crate::naive;

#[test]
fn every_size_has_the_root_of_the_model() {
    let leaves = naive::leaves(70);
    let mut frontier = Frontier::new();
    for len in 0..leaves.len() {
        let size = TreeSize::new(len as u64);
        assert_eq!(frontier.size(), size);
        assert_eq!(frontier.root(), naive::root(&leaves[..len]), "size {len}");
        let read = naive::reader(&leaves[..len]);
        assert_eq!(tlog::root(size, &read), Ok(frontier.root()));
        let edge: Result<Vec<_>, _> = right_edge(size).map(&read).collect();
        assert_eq!(edge.as_deref(), Ok(frontier.nodes()), "size {len}");
        frontier.push(leaf_hash(&leaves[len]));
    }
}

#[test]
fn every_inner_node_is_reported_once_and_in_order() {
    let leaves = naive::leaves(70);
    let read = naive::reader(&leaves);
    let mut frontier = Frontier::new();
    let mut reported = Vec::new();
    for leaf in &leaves {
        frontier.push_with(leaf_hash(leaf), |level, index, hash| {
            let node = NodeId { level, index };
            assert_eq!(read(node), Ok(hash), "{node}");
            reported.push((level, index));
        });
    }
    for level in 1..=6 {
        let of_level: Vec<u64> = reported
            .iter()
            .filter(|(at, _)| *at == level)
            .map(|(_, index)| *index)
            .collect();
        assert_eq!(of_level, (0..70 >> level).collect::<Vec<u64>>());
    }
    assert_eq!(reported.len(), 35 + 17 + 8 + 4 + 2 + 1);
}

#[test]
fn parts_that_belong_to_no_tree_are_refused() {
    let some = |count| vec![Hash::EMPTY_ROOT; count];
    assert_eq!(
        Frontier::from_parts(TreeSize::new(5), some(3)),
        Err(FrontierError::NodeCount {
            size: TreeSize::new(5),
            expected: 2,
            found: 3
        })
    );
    assert!(Frontier::from_parts(TreeSize::ZERO, some(1)).is_err());
    assert!(Frontier::from_parts(TreeSize::new(8), Vec::new()).is_err());
    assert!(Frontier::from_parts(TreeSize::new(MAX_TREE_SIZE), some(63)).is_ok());
    let size = TreeSize::new(MAX_TREE_SIZE + 1);
    assert_eq!(
        Frontier::from_parts(size, some(1)),
        Err(FrontierError::Size { size })
    );
}

proptest! {
    #[test]
    fn a_resumed_frontier_goes_on_as_if_never_stopped(before in 0u64..300, after in 0u64..40) {
        let leaves = naive::leaves(before + after);
        let mut whole = Frontier::new();
        let mut resumed = Frontier::new();
        for (at, leaf) in leaves.iter().enumerate() {
            if at as u64 == before {
                resumed = Frontier::from_parts(whole.size(), whole.nodes().to_vec())?;
            }
            whole.push(leaf_hash(leaf));
            if at as u64 >= before {
                resumed.push(leaf_hash(leaf));
            }
        }
        if after > 0 {
            prop_assert_eq!(&resumed, &whole);
        }
        prop_assert_eq!(whole.root(), naive::root(&leaves));
    }
}
