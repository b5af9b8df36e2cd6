//! Merkle trees by their definition: every hash is computed from the leaves.

use tlog::{Hash, node_hash};

/// The hash of a list of leaf hashes, RFC 6962 section 2.1.
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::EMPTY_ROOT,
        [leaf] => *leaf,
        _ => {
            // The largest power of two that is smaller than the number of leaves.
            let middle = leaves.len().next_power_of_two() / 2;
            let (left, right) = leaves.split_at(middle);
            node_hash(&root(left), &root(right))
        }
    }
}
