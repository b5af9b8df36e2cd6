//! The limits of a tree, each with its reason.

/// The largest tree a [`Frontier`](crate::Frontier) resumes from: 2^63 − 1 leaves.
///
/// Sizes stay inside a signed 64-bit integer, which is what other verifiers (Go `sumdb/tlog`) count with,
/// and leave room for more pushes than any machine can make before a `u64` would overflow.
pub const MAX_TREE_SIZE: u64 = i64::MAX as u64;

/// The most hashes a valid proof can hold: a tree counted by a `u64` has at most 64 levels below its root,
/// and a consistency proof holds at most one hash more than that.
///
/// Readers of foreign proofs stop here before they allocate.
pub const MAX_PROOF_LEN: usize = 65;
