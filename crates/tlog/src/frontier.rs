//! The compact right edge of a growing tree: all that a writer keeps.

use crate::limits::MAX_TREE_SIZE;
use crate::{Hash, TreeSize, node_hash};

/// The roots of the complete subtrees of a tree, largest first: one hash per bit set in the size.
///
/// Pushing a leaf costs two hashes on average and never more than 64; the frontier is at most 2 KiB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: TreeSize,
    nodes: Vec<Hash>,
}

/// Parts that are not the frontier of any tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrontierError {
    /// The number of hashes does not fit the size.
    #[error("a tree of {size} leaves has a frontier of {expected} hashes, not of {found}")]
    NodeCount {
        /// The size given.
        size: TreeSize,
        /// The bits set in the size.
        expected: usize,
        /// The hashes given.
        found: usize,
    },
    /// The size is beyond [`MAX_TREE_SIZE`].
    #[error("a tree of {size} leaves is larger than the largest tree, {MAX_TREE_SIZE} leaves")]
    Size {
        /// The size given.
        size: TreeSize,
    },
}

impl Frontier {
    /// The frontier of the empty tree.
    pub const fn new() -> Self {
        Self {
            size: TreeSize::ZERO,
            nodes: Vec::new(),
        }
    }

    /// The frontier that has this size and these hashes, largest subtree first, as [`Self::nodes`] returned them.
    ///
    /// # Errors
    /// When the number of hashes does not fit the size, or the size is beyond [`MAX_TREE_SIZE`].
    pub fn from_parts(size: TreeSize, nodes: Vec<Hash>) -> Result<Self, FrontierError> {
        if size.get() > MAX_TREE_SIZE {
            return Err(FrontierError::Size { size });
        }
        let (expected, found) = (size.get().count_ones() as usize, nodes.len());
        if expected != found {
            return Err(FrontierError::NodeCount {
                size,
                expected,
                found,
            });
        }
        Ok(Self { size, nodes })
    }

    /// How many leaves the tree has.
    pub const fn size(&self) -> TreeSize {
        self.size
    }

    /// The roots of the complete subtrees, largest first.
    pub fn nodes(&self) -> &[Hash] {
        &self.nodes
    }

    /// Appends a leaf by its leaf hash.
    pub fn push(&mut self, leaf: Hash) {
        self.push_with(leaf, |_, _, _| {});
    }

    /// Appends a leaf by its leaf hash and reports every inner node that it completes, lowest first.
    ///
    /// `completed` gets the level (1 and up), the index in that level and the hash; each node of a tree is reported
    /// exactly once in its life. The leaf itself, level 0, is not reported.
    pub fn push_with(&mut self, leaf: Hash, mut completed: impl FnMut(u8, u64, Hash)) {
        let mut index = self.size.get();
        // A subtree closes for every trailing bit set in the old size, as a carry runs through a binary counter.
        let first_closed = self.nodes.len() - index.trailing_ones() as usize;
        let (mut level, mut hash) = (0, leaf);
        for left in self.nodes.drain(first_closed..).rev() {
            hash = node_hash(&left, &hash);
            level += 1;
            index >>= 1;
            completed(level, index, hash);
        }
        self.nodes.push(hash);
        // No overflow: a frontier starts at or below 2^63 − 1 leaves, and nobody pushes 2^63 more.
        self.size = TreeSize::new(self.size.get() + 1);
    }

    /// The root of the tree (RFC 6962 2.1); [`Hash::EMPTY_ROOT`] when it has no leaves.
    pub fn root(&self) -> Hash {
        self.nodes
            .iter()
            .rev()
            .copied()
            .reduce(|right, left| node_hash(&left, &right))
            .unwrap_or(Hash::EMPTY_ROOT)
    }
}
