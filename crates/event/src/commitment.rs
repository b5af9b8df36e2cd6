//! The salted commitment to the facets: it proves each of them and tells nothing about those that are withheld.
//!
//! ```text
//! seed        16 random bytes per event, deleted with it
//! salt_j      bytes 16·(j mod 2)…+16 of SHA-256(0x04 ‖ seed ‖ u8(j div 2))
//! c_j         SHA-256(0x02 ‖ u8 j ‖ salt_j ‖ facet_j); 32 zero bytes when the facet is absent
//! commitment  SHA-256(0x03 ‖ 0x08 ‖ c_0 ‖ … ‖ c_7)
//! ```
//!
//! The tags 0x02 to 0x04 keep these hashes apart from those of RFC 6962 trees (0x00, 0x01).

use std::fmt;

use sha2::{Digest, Sha256};

use crate::facet::{FACETS, Facets};

const FACET_TAG: u8 = 0x02;
const COMMITMENT_TAG: u8 = 0x03;
const SALT_TAG: u8 = 0x04;

/// The secret of one event from which its salts are made: 16 bytes of the operating system's randomness.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Seed([u8; 16]);

impl Seed {
    /// The seed of these random bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes, to be stored beside the facets and deleted with them.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(***)")
    }
}

/// What stands in the tree for an event: 32 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Commitment([u8; 32]);

impl Commitment {
    /// The commitment of these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&crate::hex::encode(&self.0))
    }
}

impl fmt::Debug for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Commitment({self})")
    }
}

/// The salts of all facets, by number; one hash makes two of them.
pub fn salts(seed: &Seed) -> [[u8; 16]; FACETS] {
    let mut salts = [[0; 16]; FACETS];
    for (pair, number) in salts.chunks_exact_mut(2).zip(0_u8..) {
        let hash = Sha256::new()
            .chain_update([SALT_TAG])
            .chain_update(seed.0)
            .chain_update([number])
            .finalize();
        for (salt, half) in pair.iter_mut().zip(hash.chunks_exact(16)) {
            salt.copy_from_slice(half);
        }
    }
    salts
}

/// The salt of one facet, by its number 0 to 7.
pub fn salt(seed: &Seed, facet: u8) -> [u8; 16] {
    salts(seed)
        .get(usize::from(facet))
        .copied()
        .unwrap_or_default()
}

/// The hash that stands for one facet in the commitment: `c_j`.
pub fn facet_hash(number: u8, salt: &[u8; 16], bytes: &[u8]) -> [u8; 32] {
    let hash = Sha256::new()
        .chain_update([FACET_TAG, number])
        .chain_update(salt)
        .chain_update(bytes);
    hash.finalize().into()
}

/// The hashes of all facets, by number; absent ones are zero.
pub fn facet_hashes(facets: &Facets, seed: &Seed) -> [[u8; 32]; FACETS] {
    let mut hashes = [[0; 32]; FACETS];
    let numbered = (0_u8..).zip(salts(seed)).zip(facets.parts());
    for (hash, ((number, salt), part)) in hashes.iter_mut().zip(numbered) {
        if let Some(bytes) = part {
            *hash = facet_hash(number, &salt, bytes);
        }
    }
    hashes
}

/// The commitment to all facets of an event.
pub fn commit(facets: &Facets, seed: &Seed) -> Commitment {
    commitment_of_hashes(&facet_hashes(facets, seed))
}

/// What somebody may know of one facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FacetPart<'a> {
    /// The event has no such facet.
    Absent,
    /// The facet and its salt.
    Shown {
        /// The salt of the facet.
        salt: [u8; 16],
        /// Its canonical JSON.
        bytes: &'a [u8],
    },
    /// Only the hash of the facet: it is hidden or erased.
    Hidden([u8; 32]),
}

/// The commitment as somebody computes it who does not know every facet.
pub fn commitment_of_parts(parts: &[FacetPart<'_>; FACETS]) -> Commitment {
    let mut hashes = [[0; 32]; FACETS];
    for ((hash, part), number) in hashes.iter_mut().zip(parts).zip(0_u8..) {
        match part {
            FacetPart::Absent => {}
            FacetPart::Shown { salt, bytes } => *hash = facet_hash(number, salt, bytes),
            FacetPart::Hidden(hidden) => *hash = *hidden,
        }
    }
    commitment_of_hashes(&hashes)
}

fn commitment_of_hashes(hashes: &[[u8; 32]; FACETS]) -> Commitment {
    let head = [COMMITMENT_TAG, 8];
    Commitment(
        Sha256::new()
            .chain_update(head)
            .chain_update(hashes.as_flattened())
            .finalize()
            .into(),
    )
}
