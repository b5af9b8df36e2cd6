//! Consistency: an earlier tree is the beginning of a later one (RFC 6962 2.1.2, RFC 9162 2.1.4).

use super::{BuildError, VerifyError};
use crate::tree::{range_hash, split};
use crate::{Hash, NodeId, TreeSize, node_hash};

/// The proof that the tree of size `to` begins with the tree of size `from` (RFC 9162 2.1.4.1).
///
/// It is empty when the sizes are equal or the earlier tree is empty.
/// `read` is asked for complete nodes of the tree of size `to` only.
///
/// # Errors
/// When `from` is larger than `to`, or `read` fails.
pub fn consistency_proof<E>(
    from: TreeSize,
    to: TreeSize,
    mut read: impl FnMut(NodeId) -> Result<Hash, E>,
) -> Result<Vec<Hash>, BuildError<E>> {
    if from > to {
        return Err(BuildError::SizesReversed { from, to });
    }
    if from == TreeSize::ZERO {
        return Ok(Vec::new());
    }
    let mut read = |node| read(node).map_err(|source| BuildError::Read { node, source });
    let mut proof = Vec::with_capacity(proof_len(from, to));
    let (mut start, mut end) = (0, to.get());
    while from.get() != end {
        let middle = start + split(end - start);
        if from.get() <= middle {
            proof.push(range_hash(middle, end, &mut read)?);
            end = middle;
        } else {
            proof.push(range_hash(start, middle, &mut read)?);
            start = middle;
        }
    }
    // The subtree in which the earlier tree ends; the verifier knows it already when it is that whole tree.
    if start != 0 {
        proof.push(range_hash(start, end, &mut read)?);
    }
    proof.reverse();
    Ok(proof)
}

/// Verifies that the tree of size `to` begins with the tree of size `from` (RFC 9162 2.1.4.2).
///
/// Every tree begins with the empty one, whose root is [`Hash::EMPTY_ROOT`] and whose proof is empty.
///
/// # Errors
/// When the sizes are reversed, the proof has a wrong length, or another root results.
pub fn verify_consistency(
    from: TreeSize,
    to: TreeSize,
    from_root: &Hash,
    to_root: &Hash,
    proof: &[Hash],
) -> Result<(), VerifyError> {
    if from > to {
        return Err(VerifyError::SizesReversed { from, to });
    }
    let (expected, found) = (proof_len(from, to), proof.len());
    if expected != found {
        return Err(VerifyError::Length { expected, found });
    }
    if from == TreeSize::ZERO {
        return equal(&Hash::EMPTY_ROOT, from_root, VerifyError::EarlierRoot).and_then(|()| {
            if to == TreeSize::ZERO {
                equal(&Hash::EMPTY_ROOT, to_root, VerifyError::Root)
            } else {
                Ok(())
            }
        });
    }
    if from == to {
        return equal(from_root, to_root, VerifyError::Root);
    }
    let (earlier, later) = replay(from.get(), to.get(), from_root, proof);
    equal(&earlier, from_root, VerifyError::EarlierRoot)?;
    equal(&later, to_root, VerifyError::Root)
}

/// Both roots that a proof of the right length leads to, for 0 < `from` < `to`.
fn replay(from: u64, to: u64, from_root: &Hash, proof: &[Hash]) -> (Hash, Hash) {
    let whole = from.is_power_of_two().then_some(from_root);
    let mut path = whole.into_iter().chain(proof);
    // A whole earlier tree seeds the walk with its own root, any other with the first hash of the proof.
    let seed = path.next().copied().unwrap_or(Hash::EMPTY_ROOT);
    let (mut earlier, mut later) = (seed, seed);
    let below = (from - 1).trailing_ones();
    let (mut node, mut last) = ((from - 1) >> below, (to - 1) >> below);
    for sibling in path {
        if node & 1 == 1 || node == last {
            earlier = node_hash(sibling, &earlier);
            later = node_hash(sibling, &later);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            later = node_hash(&later, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    (earlier, later)
}

fn equal(found: &Hash, expected: &Hash, otherwise: VerifyError) -> Result<(), VerifyError> {
    if found == expected {
        Ok(())
    } else {
        Err(otherwise)
    }
}

/// The number of hashes of a proof: the siblings above the last complete subtree of the earlier tree,
/// and that subtree itself unless it is the whole earlier tree.
fn proof_len(from: TreeSize, to: TreeSize) -> usize {
    if from == TreeSize::ZERO || from == to {
        return 0;
    }
    let below = from.get().trailing_zeros();
    let (node, last) = ((from.get() - 1) >> below, (to.get() - 1) >> below);
    let apart = u64::BITS - (node ^ last).leading_zeros();
    let border = node.checked_shr(apart).unwrap_or(0).count_ones();
    let seed = u32::from(!from.get().is_power_of_two());
    (apart + border + seed) as usize
}
