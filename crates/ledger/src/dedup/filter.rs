//! A split block Bloom filter: "certainly not in this run" for one memory access.
//!
//! The construction is that of the Parquet format (`BloomFilter.md`): a key picks one block of eight 32-bit words
//! and sets one bit in each of them.

use super::limits::{FILTER_BITS_PER_RECORD, FILTER_BLOCK_BYTES};
use super::record::Place;

/// Words of one filter block.
const WORDS: usize = FILTER_BLOCK_BYTES / 4;

/// Odd constants of the Parquet format: word `i` takes the top five bits of `probe * SALT[i]`.
const SALT: [u32; WORDS] = [
    0x47b6_137b,
    0x4497_4d91,
    0x8824_ad5b,
    0xa2b7_289d,
    0x7054_95c7,
    0x2df1_424b,
    0x9efc_4947,
    0x5c6b_fb31,
];

/// The digest of a place that every filter is asked with; computed once per look-up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Probe {
    /// Picks the block.
    block: u32,
    /// Picks the bits inside the block.
    bits: u32,
}

impl Probe {
    /// Mixes all bytes of the place, because a caller may use keys that are not random.
    pub(super) fn of(place: &Place) -> Self {
        let rest = place
            .key
            .last_chunk()
            .copied()
            .map(u64::from_be_bytes)
            .unwrap_or_default();
        let mixed = mix(place.prefix() ^ mix(rest ^ u64::from(place.log).rotate_left(32)));
        let [a, b, c, d, bits @ ..] = mixed.to_be_bytes();
        Self {
            block: u32::from_be_bytes([a, b, c, d]),
            bits: u32::from_be_bytes(bits),
        }
    }

    /// The eight bits of the block that this place sets.
    fn mask(self) -> [u32; WORDS] {
        SALT.map(|salt| 1 << (self.bits.wrapping_mul(salt) >> 27))
    }

    /// The block of `blocks` that this place falls into.
    fn block_of(self, blocks: usize) -> usize {
        let scaled = (u128::from(self.block) * blocks as u128) >> 32;
        usize::try_from(scaled).unwrap_or_default()
    }
}

/// The finalizer of `SplitMix64`: every input bit changes every output bit with probability one half.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// The filter of one run.
#[derive(Debug)]
pub(super) struct Filter {
    blocks: Vec<[u32; WORDS]>,
}

impl Filter {
    /// An empty filter for at most `records` records.
    pub(super) fn for_records(records: u64) -> Self {
        let bits = records.saturating_mul(FILTER_BITS_PER_RECORD);
        let blocks = bits.div_ceil(FILTER_BLOCK_BYTES as u64 * 8).max(1);
        Self {
            blocks: vec![[0; WORDS]; usize::try_from(blocks).unwrap_or(usize::MAX)],
        }
    }

    pub(super) fn insert(&mut self, probe: Probe) {
        let at = probe.block_of(self.blocks.len());
        if let Some(block) = self.blocks.get_mut(at) {
            for (word, bit) in block.iter_mut().zip(probe.mask()) {
                *word |= bit;
            }
        }
    }

    /// Whether the place may be in the run; `false` is certain.
    pub(super) fn may_contain(&self, probe: Probe) -> bool {
        let Some(block) = self.blocks.get(probe.block_of(self.blocks.len())) else {
            return false;
        };
        let missing = block
            .iter()
            .zip(probe.mask())
            .fold(0, |missing, (word, bit)| missing | (!word & bit));
        missing == 0
    }

    pub(super) fn block_count(&self) -> u64 {
        self.blocks.len() as u64
    }

    /// The blocks as they stand in the file, each word big-endian.
    pub(super) fn block_bytes(&self) -> impl Iterator<Item = [u8; FILTER_BLOCK_BYTES]> + '_ {
        self.blocks.iter().map(|words| {
            let mut bytes = [0; FILTER_BLOCK_BYTES];
            for (slot, word) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(words) {
                *slot = word.to_be_bytes();
            }
            bytes
        })
    }

    /// Collects blocks as [`Filter::block_bytes`] gave them.
    pub(super) fn from_block_bytes(blocks: impl Iterator<Item = [u8; FILTER_BLOCK_BYTES]>) -> Self {
        let words = |bytes: [u8; FILTER_BLOCK_BYTES]| {
            let mut words = [0; WORDS];
            for (word, bytes) in words.iter_mut().zip(bytes.as_chunks::<4>().0) {
                *word = u32::from_be_bytes(*bytes);
            }
            words
        };
        Self {
            blocks: blocks.map(words).collect(),
        }
    }
}
