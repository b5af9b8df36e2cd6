//! The proof floor: RFC 6962 Merkle trees and the 44-byte entries that stand in them.
//!
//! Everything here is pure: no IO, no time, no randomness, no allocation that a caller cannot bound.
//! A tree is never held in memory.
//! A writer keeps a [`Frontier`] of at most 64 hashes; a prover reads single nodes through a function that it is given;
//! a verifier needs the proof, two sizes and two roots.

mod limits;
mod size;

mod hash;

mod tree;

mod frontier;

mod entry;

pub mod proof;

pub use entry::{ENTRY_LEN, Entry, EntryError, EntryKind};
pub use frontier::{Frontier, FrontierError};
pub use hash::{Hash, ParseHashError, leaf_hash, node_hash};
pub use limits::{MAX_PROOF_LEN, MAX_TREE_SIZE};
pub use proof::{
    BuildError, VerifyError, consistency_proof, inclusion_proof, root_from_inclusion,
    verify_consistency, verify_inclusion,
};
pub use size::{LeafIndex, TreeSize};
pub use tree::{NodeId, right_edge, root};
