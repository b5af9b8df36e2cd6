//! Proofs over a tree: that a leaf is in it, and that it only grew.
//!
//! Provers read single nodes through a function, at most two per level.
//! Verifiers are loops over the proof and read nothing else; a proof has exactly one length for its sizes,
//! and any other length is refused.

mod consistency;
mod inclusion;

pub use consistency::{consistency_proof, verify_consistency};
pub use inclusion::{inclusion_proof, root_from_inclusion, verify_inclusion};

use crate::{LeafIndex, NodeId, TreeSize};

/// Why a proof was not built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildError<E> {
    /// The leaf is not in the tree.
    #[error("building an inclusion proof of leaf {index} in a tree of {size} leaves")]
    IndexOutsideTree {
        /// The leaf asked for.
        index: LeafIndex,
        /// The tree asked for.
        size: TreeSize,
    },
    /// The earlier tree is larger than the later one.
    #[error("building a consistency proof from {from} leaves back to {to}")]
    SizesReversed {
        /// The size of the earlier tree.
        from: TreeSize,
        /// The size of the later tree.
        to: TreeSize,
    },
    /// The reader did not return a node.
    #[error("reading node {node} for a proof")]
    Read {
        /// The node asked for.
        node: NodeId,
        /// The error of the reader.
        source: E,
    },
}

/// Why a proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// The leaf is not in a tree of that size, whatever the proof says.
    #[error("verifying leaf {index} in a tree of {size} leaves")]
    IndexOutsideTree {
        /// The leaf to verify.
        index: LeafIndex,
        /// The tree it should be in.
        size: TreeSize,
    },
    /// The earlier tree is larger than the later one.
    #[error("verifying growth from {from} leaves back to {to}")]
    SizesReversed {
        /// The size of the earlier tree.
        from: TreeSize,
        /// The size of the later tree.
        to: TreeSize,
    },
    /// The proof has another length than the sizes ask for.
    #[error("verifying a proof of {found} hashes where the sizes ask for {expected}")]
    Length {
        /// The only length that fits.
        expected: usize,
        /// The length found.
        found: usize,
    },
    /// The proof leads to another root than the one of the earlier tree.
    #[error("verifying against the root of the earlier tree: another root results")]
    EarlierRoot,
    /// The proof leads to another root than the one given.
    #[error("verifying against the root of the tree: another root results")]
    Root,
}
