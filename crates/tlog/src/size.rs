//! Where a leaf stands and how many leaves there are: two types, so that an off-by-one does not compile.

use std::fmt;

/// The position of a leaf in its tree, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeafIndex(u64);

impl LeafIndex {
    /// The first leaf of every tree.
    pub const FIRST: Self = Self(0);

    /// The leaf at `index`, counted from 0.
    pub const fn new(index: u64) -> Self {
        Self(index)
    }

    /// The position, counted from 0.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The position after this one, or `None` after the last `u64`.
    pub const fn next(self) -> Option<Self> {
        match self.0.checked_add(1) {
            Some(next) => Some(Self(next)),
            None => None,
        }
    }

    /// The smallest tree that holds this leaf, or `None` when that size does not fit a `u64`.
    pub const fn smallest_tree(self) -> Option<TreeSize> {
        match self.0.checked_add(1) {
            Some(size) => Some(TreeSize(size)),
            None => None,
        }
    }
}

impl fmt::Display for LeafIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How many leaves a tree has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TreeSize(u64);

impl TreeSize {
    /// The tree without leaves.
    pub const ZERO: Self = Self(0);

    /// A tree of `leaves` leaves.
    pub const fn new(leaves: u64) -> Self {
        Self(leaves)
    }

    /// The number of leaves.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The newest leaf, or `None` when the tree is empty.
    pub const fn last_leaf(self) -> Option<LeafIndex> {
        match self.0.checked_sub(1) {
            Some(last) => Some(LeafIndex(last)),
            None => None,
        }
    }

    /// The position that the next appended leaf takes.
    pub const fn next_leaf(self) -> LeafIndex {
        LeafIndex(self.0)
    }

    /// The size after one more leaf, or `None` when it does not fit a `u64`.
    pub const fn next(self) -> Option<Self> {
        self.checked_add(1)
    }

    /// The size after `leaves` more leaves, or `None` when it does not fit a `u64`.
    pub const fn checked_add(self, leaves: u64) -> Option<Self> {
        match self.0.checked_add(leaves) {
            Some(size) => Some(Self(size)),
            None => None,
        }
    }

    /// Whether a tree of this size has the leaf.
    pub const fn contains(self, leaf: LeafIndex) -> bool {
        leaf.0 < self.0
    }
}

impl fmt::Display for TreeSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
