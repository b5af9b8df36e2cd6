//! The first block of a run file.

use super::block::{self, Block};
use super::limits::{BLOCK_BYTES, FILTER_BLOCK_BYTES, RECORDS_PER_BLOCK};

/// The first bytes of every run file.
const MAGIC: [u8; 8] = *b"ANNDEDUP";

/// The version of the format that this code writes and reads.
const VERSION: u32 = 1;

/// Bytes of one fence.
pub(super) const FENCE_BYTES: usize = 8;

/// What the first block of a run says about the rest of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) run: u64,
    pub(super) records: u64,
    pub(super) filter_blocks: u64,
    /// crc32c of fences and filter.
    pub(super) tail_checksum: u32,
}

impl Header {
    pub(super) fn record_blocks(&self) -> u64 {
        self.records.div_ceil(RECORDS_PER_BLOCK as u64)
    }

    /// Where the fences begin.
    pub(super) fn tail_at(&self) -> Option<u64> {
        self.record_blocks()
            .checked_add(1)?
            .checked_mul(BLOCK_BYTES as u64)
    }

    /// Bytes of the whole file; `None` when no file could be that long.
    pub(super) fn file_bytes(&self) -> Option<u64> {
        let fences = self.record_blocks().checked_mul(FENCE_BYTES as u64)?;
        let filter = self.filter_blocks.checked_mul(FILTER_BLOCK_BYTES as u64)?;
        self.tail_at()?.checked_add(fences)?.checked_add(filter)
    }

    pub(super) fn to_block(self) -> Block {
        let mut block = [0; BLOCK_BYTES];
        let fields = [
            MAGIC.as_slice(),
            &VERSION.to_be_bytes(),
            &self.tail_checksum.to_be_bytes(),
            &self.run.to_be_bytes(),
            &self.records.to_be_bytes(),
            &self.filter_blocks.to_be_bytes(),
        ]
        .concat();
        for (slot, byte) in block.iter_mut().zip(fields) {
            *slot = byte;
        }
        block::close(&mut block, self.run, 0);
        block
    }

    /// Reads the header of run `run`, or says what is wrong with it.
    pub(super) fn from_block(bytes: &Block, run: u64) -> Result<Self, &'static str> {
        if !block::is_intact(bytes, run, 0) {
            return Err("the checksum of the header does not match");
        }
        let header = Self::parse(bytes).ok_or("the header is not that of a run of this version")?;
        if header.run == run {
            Ok(header)
        } else {
            Err("the header names another run")
        }
    }

    fn parse(bytes: &Block) -> Option<Self> {
        let rest = bytes.strip_prefix(&MAGIC)?;
        let (version, rest) = rest.split_first_chunk::<4>()?;
        let (tail_checksum, rest) = rest.split_first_chunk::<4>()?;
        let (run, rest) = rest.split_first_chunk::<8>()?;
        let (records, rest) = rest.split_first_chunk::<8>()?;
        let (filter_blocks, _) = rest.split_first_chunk::<8>()?;
        (u32::from_be_bytes(*version) == VERSION).then(|| Self {
            run: u64::from_be_bytes(*run),
            records: u64::from_be_bytes(*records),
            filter_blocks: u64::from_be_bytes(*filter_blocks),
            tail_checksum: u32::from_be_bytes(*tail_checksum),
        })
    }
}
