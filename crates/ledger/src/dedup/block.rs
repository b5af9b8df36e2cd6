//! A page of a run file and the checksum that ties it to its place.

use super::limits::{BLOCK_BYTES, CHECKSUM_BYTES, RECORD_BYTES, RECORDS_PER_BLOCK};
use super::record::{Place, Record};

/// Bytes of a block before its checksum.
const BODY_BYTES: usize = BLOCK_BYTES - CHECKSUM_BYTES;

/// One page of a run file.
pub(super) type Block = [u8; BLOCK_BYTES];

/// The checksum of a block body that stands at `position` (0 is the header) of run `run`.
///
/// Run and position are part of it, so that a page written to the wrong place is found too.
fn checksum(run: u64, position: u64, body: &[u8]) -> u32 {
    let seed = crc32c::crc32c(&run.to_be_bytes());
    let seed = crc32c::crc32c_append(seed, &position.to_be_bytes());
    crc32c::crc32c_append(seed, body)
}

/// Writes the checksum of a filled block.
pub(super) fn close(block: &mut Block, run: u64, position: u64) {
    let (body, stored) = block.split_at_mut(BODY_BYTES);
    stored.copy_from_slice(&checksum(run, position, body).to_be_bytes());
}

/// Whether a block is what was written at this place.
pub(super) fn is_intact(block: &[u8], run: u64, position: u64) -> bool {
    let Some((body, stored)) = block.split_last_chunk::<CHECKSUM_BYTES>() else {
        return false;
    };
    body.len() == BODY_BYTES && *stored == checksum(run, position, body).to_be_bytes()
}

/// The records of a block that holds `count` of them.
pub(super) fn records(block: &[u8], count: usize) -> &[[u8; RECORD_BYTES]] {
    let (records, _) = block.as_chunks::<RECORD_BYTES>();
    records
        .get(..count.min(RECORDS_PER_BLOCK))
        .unwrap_or_default()
}

/// The record at `place` among sorted records.
pub(super) fn find(records: &[[u8; RECORD_BYTES]], place: &Place) -> Option<[u8; RECORD_BYTES]> {
    let wanted = place.to_bytes();
    let at = records.partition_point(|record| record.as_slice() < wanted.as_slice());
    records
        .get(at)
        .filter(|record| record.starts_with(&wanted))
        .copied()
}

/// Puts a record at its position in a block.
pub(super) fn put(block: &mut Block, position: usize, record: &Record) {
    let (records, _) = block.as_chunks_mut::<RECORD_BYTES>();
    if let Some(slot) = records.get_mut(position) {
        *slot = record.to_bytes();
    }
}
