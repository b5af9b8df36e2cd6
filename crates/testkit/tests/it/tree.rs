//! The tree by its definition and the tree that grows leaf by leaf have the same roots.

use testkit::tree;
use tlog::{Frontier, Hash, leaf_hash};

#[test]
fn both_trees_have_the_same_root_at_every_size() {
    let mut frontier = Frontier::new();
    let mut leaves: Vec<Hash> = Vec::new();
    for number in 0..260_u32 {
        assert_eq!(tree::root(&leaves), frontier.root(), "{number} leaves");
        let leaf = leaf_hash(&number.to_be_bytes());
        leaves.push(leaf);
        frontier.push(leaf);
    }
}
