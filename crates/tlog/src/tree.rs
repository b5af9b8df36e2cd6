//! The shape of a tree: the names of its nodes and how a root is made of complete subtrees.

use std::fmt;

use crate::{Hash, TreeSize, node_hash};

/// The name of a node whose subtree is complete: it never changes while the tree grows.
///
/// A node at `level` covers the 2^`level` leaves from `index` × 2^`level`; level 0 are the leaf hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId {
    /// The height above the leaves, 0 to 63.
    pub level: u8,
    /// The position among the nodes of this level, counted from 0.
    pub index: u64,
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.level, self.index)
    }
}

/// The complete subtrees that a tree of `size` consists of, largest first; empty for the empty tree.
///
/// There is one per bit that is set in `size`. Their hashes are the nodes of a [`Frontier`](crate::Frontier).
pub fn right_edge(size: TreeSize) -> impl DoubleEndedIterator<Item = NodeId> {
    complete_subtrees(0, size.get())
}

/// The root of the tree of `size`, from at most 64 nodes that `read` returns.
///
/// # Errors
/// The first error of `read`.
pub fn root<E>(size: TreeSize, mut read: impl FnMut(NodeId) -> Result<Hash, E>) -> Result<Hash, E> {
    range_hash(0, size.get(), &mut read)
}

/// The hash of the leaves `start..end`, where `start` is a multiple of the largest power of two in the length.
///
/// Every range that RFC 6962 hashes is of that form.
pub(crate) fn range_hash<E>(
    start: u64,
    end: u64,
    read: &mut impl FnMut(NodeId) -> Result<Hash, E>,
) -> Result<Hash, E> {
    let mut right: Option<Hash> = None;
    for node in complete_subtrees(start, end).rev() {
        let left = read(node)?;
        right = Some(match right {
            Some(right) => node_hash(&left, &right),
            None => left,
        });
    }
    Ok(right.unwrap_or(Hash::EMPTY_ROOT))
}

fn complete_subtrees(start: u64, end: u64) -> impl DoubleEndedIterator<Item = NodeId> {
    let len = end - start;
    (0..=63u8)
        .rev()
        .filter(move |level| len >> level & 1 == 1)
        .map(move |level| {
            // The larger subtrees lie to the left, so the bits above this one are the distance from the start.
            let before = len & !(u64::MAX >> (63 - level));
            NodeId {
                level,
                index: (start + before) >> level,
            }
        })
}

/// The largest power of two smaller than `leaves`: where RFC 6962 splits a tree. `leaves` is at least 2.
pub(crate) const fn split(leaves: u64) -> u64 {
    1 << (leaves - 1).ilog2()
}
