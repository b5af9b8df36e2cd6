//! Inclusion: a leaf is at its index in the tree with a root (RFC 6962 2.1.1, RFC 9162 2.1.3).

use super::{BuildError, VerifyError};
use crate::tree::{range_hash, split};
use crate::{Hash, LeafIndex, NodeId, TreeSize, node_hash};

/// The inclusion proof of a leaf: the siblings on its way up, lowest first (RFC 9162 2.1.3.1).
///
/// `read` is asked for complete nodes of the tree of `size` only, for leaf hashes as level 0.
///
/// # Errors
/// When the tree does not have the leaf, or `read` fails.
pub fn inclusion_proof<E>(
    index: LeafIndex,
    size: TreeSize,
    mut read: impl FnMut(NodeId) -> Result<Hash, E>,
) -> Result<Vec<Hash>, BuildError<E>> {
    if !size.contains(index) {
        return Err(BuildError::IndexOutsideTree { index, size });
    }
    let mut read = |node| read(node).map_err(|source| BuildError::Read { node, source });
    let mut proof = Vec::with_capacity(proof_len(index, size));
    let (mut start, mut end) = (0, size.get());
    while end - start > 1 {
        let middle = start + split(end - start);
        if index.get() < middle {
            proof.push(range_hash(middle, end, &mut read)?);
            end = middle;
        } else {
            proof.push(range_hash(start, middle, &mut read)?);
            start = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// Verifies that the leaf with hash `leaf` stands at `index` in the tree of `size` with this `root` (RFC 9162 2.1.3.2).
///
/// # Errors
/// When the tree cannot have the leaf, the proof has a wrong length, or another root results.
pub fn verify_inclusion(
    index: LeafIndex,
    size: TreeSize,
    leaf: &Hash,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), VerifyError> {
    if root_from_inclusion(index, size, leaf, proof)? == *root {
        Ok(())
    } else {
        Err(VerifyError::Root)
    }
}

/// The root that an inclusion proof leads to; the caller compares it with one he trusts.
///
/// # Errors
/// When the tree cannot have the leaf, or the proof has a wrong length.
pub fn root_from_inclusion(
    index: LeafIndex,
    size: TreeSize,
    leaf: &Hash,
    proof: &[Hash],
) -> Result<Hash, VerifyError> {
    if !size.contains(index) {
        return Err(VerifyError::IndexOutsideTree { index, size });
    }
    let (expected, found) = (proof_len(index, size), proof.len());
    if expected != found {
        return Err(VerifyError::Length { expected, found });
    }
    let mut hash = *leaf;
    let (mut node, mut last) = (index.get(), size.get() - 1);
    for sibling in proof {
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            // The last node of a level without a sibling is the same node one level up.
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    Ok(hash)
}

/// The number of siblings on the way up: one per level while leaf and last leaf have different ancestors,
/// after that one for each time the common ancestor is a right child.
fn proof_len(index: LeafIndex, size: TreeSize) -> usize {
    let apart = u64::BITS - (index.get() ^ (size.get() - 1)).leading_zeros();
    let border = index.get().checked_shr(apart).unwrap_or(0).count_ones();
    (apart + border) as usize
}
