//! Payloads in compressed blocks that never mix logs or classes.
//!
//! ```text
//! block, 52 bytes and its content              footer
//!   0   4  magic "ANPB"                          count u32, then per block, ordered by (log, class, first):
//!   4   4  log                                     log u32 · class u8 · first u64 · last u64
//!   8   8  first index                             · offset u64 · length u32
//!  16   8  last index
//!  24   4  records
//!  28   1  class
//!  29   1  codec         0 plain, 1 zstd
//!  30   2  zeros
//!  32   4  dictionary    0 = none
//!  36   4  key           0 = in the clear
//!  40   4  raw length
//!  44   4  stored length
//!  48   4  crc32c of bytes 0..48 and the content
//! ```
//!
//! The content is a sequence of payload records in the order of their indexes, which may have gaps where
//! another class stands.

use tlog::LeafIndex;

use super::{Covered, Envelope, Kind, SegmentError, envelope};
use crate::LogNumber;
use crate::encoded::PayloadView;
use crate::limits::{BLOCK_BYTES_MAX, BLOCK_RECORDS_MAX, RECORD_BYTES_MAX};
use crate::wire::Fields;

const MAGIC: [u8; 4] = *b"ANPB";
const HEADER_LEN: usize = 52;
const CRC_AT: usize = 48;

const CODEC_PLAIN: u8 = 0;
const CODEC_ZSTD: u8 = 1;

/// The level that compresses as fast as the sequencer commits, on the core beside it.
const ZSTD_LEVEL: i32 = 1;

/// The most that a block unpacks to: one record may be larger than a block.
const RAW_BYTES_MAX: usize = BLOCK_BYTES_MAX + 2 * RECORD_BYTES_MAX;

/// Where a block stands and which records it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BlockPlace {
    pub(crate) log: LogNumber,
    pub(crate) class: u8,
    pub(crate) first: LeafIndex,
    pub(crate) last: LeafIndex,
    pub(crate) offset: u64,
    pub(crate) len: u32,
}

/// A payload segment while it is written.
pub(crate) struct PayloadWriter {
    bytes: Vec<u8>,
    blocks: Vec<BlockPlace>,
    /// The blocks that are being filled, one per class of the current log.
    open: Vec<OpenBlock>,
    compressor: zstd::bulk::Compressor<'static>,
}

struct OpenBlock {
    log: LogNumber,
    class: u8,
    first: LeafIndex,
    last: LeafIndex,
    records: u32,
    raw: Vec<u8>,
}

impl PayloadWriter {
    /// # Errors
    /// When the compressor cannot be made.
    pub(crate) fn new(covered: Covered) -> std::io::Result<Self> {
        Ok(Self {
            bytes: envelope::begin(Kind::Payload, covered),
            blocks: Vec::new(),
            open: Vec::new(),
            compressor: zstd::bulk::Compressor::new(ZSTD_LEVEL)?,
        })
    }

    /// Adds a payload record. Logs come in ascending order, the records of a log in the order of their indexes.
    pub(crate) fn push(
        &mut self,
        log: LogNumber,
        class: u8,
        record: &PayloadView<'_>,
    ) -> std::io::Result<()> {
        if self.open.first().is_some_and(|open| open.log != log) {
            self.close_all()?;
        }
        let (index, bytes) = (record.index, record.bytes);
        let same_class = |open: &OpenBlock| open.class == class;
        if let Some(place) = self.open.iter().position(same_class) {
            let Some(open) = self.open.get_mut(place) else {
                return Ok(());
            };
            if open.raw.len() + bytes.len() <= BLOCK_BYTES_MAX && open.records < BLOCK_RECORDS_MAX {
                open.raw.extend_from_slice(bytes);
                open.last = index;
                open.records += 1;
                return Ok(());
            }
            let full = self.open.swap_remove(place);
            self.close(&full)?;
        }
        self.open.push(OpenBlock {
            log,
            class,
            first: index,
            last: index,
            records: 1,
            raw: bytes.to_vec(),
        });
        Ok(())
    }

    fn close_all(&mut self) -> std::io::Result<()> {
        let open = std::mem::take(&mut self.open);
        open.iter().try_for_each(|block| self.close(block))
    }

    fn close(&mut self, block: &OpenBlock) -> std::io::Result<()> {
        let packed = self.compressor.compress(&block.raw)?;
        let (codec, content) = if packed.len() < block.raw.len() {
            (CODEC_ZSTD, &packed)
        } else {
            (CODEC_PLAIN, &block.raw)
        };
        let offset = self.bytes.len() as u64;
        let mut header = Vec::with_capacity(HEADER_LEN);
        header.extend(MAGIC);
        header.extend(block.log.get().to_be_bytes());
        header.extend(block.first.get().to_be_bytes());
        header.extend(block.last.get().to_be_bytes());
        header.extend(block.records.to_be_bytes());
        header.extend([block.class, codec, 0, 0]);
        header.extend([0; 8]);
        header.extend(length(block.raw.len()).to_be_bytes());
        header.extend(length(content.len()).to_be_bytes());
        let crc = crc32c::crc32c_append(crc32c::crc32c(&header), content);
        header.extend(crc.to_be_bytes());
        self.bytes.extend(header);
        self.bytes.extend(content);
        self.blocks.push(BlockPlace {
            log: block.log,
            class: block.class,
            first: block.first,
            last: block.last,
            offset,
            len: length(HEADER_LEN + content.len()),
        });
        Ok(())
    }

    /// The bytes of the segment.
    pub(crate) fn finish(mut self) -> std::io::Result<Vec<u8>> {
        self.close_all()?;
        self.blocks
            .sort_unstable_by_key(|block| (block.log, block.class, block.first));
        let mut footer = length(self.blocks.len()).to_be_bytes().to_vec();
        for block in &self.blocks {
            footer.extend(block.log.get().to_be_bytes());
            footer.push(block.class);
            footer.extend(block.first.get().to_be_bytes());
            footer.extend(block.last.get().to_be_bytes());
            footer.extend(block.offset.to_be_bytes());
            footer.extend(block.len.to_be_bytes());
        }
        envelope::end(&mut self.bytes, &footer);
        Ok(self.bytes)
    }
}

/// A length as it is stored; a segment of 32-bit lengths holds one journal file.
fn length(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// The blocks of a payload segment, from its footer.
pub(crate) fn blocks(envelope: &Envelope) -> Result<Vec<BlockPlace>, SegmentError> {
    let mut fields = Fields(&envelope.footer);
    read_blocks(&mut fields)
        .filter(|_| fields.is_empty())
        .ok_or_else(|| {
            let name = envelope.covered.range.name(Kind::Payload);
            SegmentError::damaged(&name, "its footer cannot be read")
        })
}

fn read_blocks(fields: &mut Fields<'_>) -> Option<Vec<BlockPlace>> {
    let count = fields.u32()?;
    let blocks = (0..count).map(|_| {
        Some(BlockPlace {
            log: LogNumber::new(fields.u32()?),
            class: fields.u8()?,
            first: LeafIndex::new(fields.u64()?),
            last: LeafIndex::new(fields.u64()?),
            offset: fields.u64()?,
            len: fields.u32()?,
        })
    });
    blocks.collect()
}

/// The blocks of a log, of a list ordered as in the footer.
pub(crate) fn of_log(blocks: &[BlockPlace], log: LogNumber) -> &[BlockPlace] {
    let start = blocks.partition_point(|block| block.log < log);
    let from_log = blocks.get(start..).unwrap_or_default();
    let end = from_log.partition_point(|block| block.log == log);
    from_log.get(..end).unwrap_or_default()
}

/// The blocks that may hold a record, of a list ordered as in the footer.
pub(crate) fn candidates(
    blocks: &[BlockPlace],
    log: LogNumber,
    index: LeafIndex,
) -> impl Iterator<Item = &BlockPlace> {
    // One search per class: the blocks of a class ascend and do not overlap.
    of_log(blocks, log)
        .chunk_by(|a, b| a.class == b.class)
        .filter_map(move |of_class| {
            let after = of_class.partition_point(|block| block.first <= index);
            let block = of_class.get(after.checked_sub(1)?)?;
            (block.last >= index).then_some(block)
        })
}

/// Unpacks a block, checked against its place.
pub(crate) fn unpack(
    name: &str,
    place: &BlockPlace,
    bytes: &[u8],
) -> Result<Vec<u8>, SegmentError> {
    let damaged = |finding| SegmentError::damaged(name, finding);
    let (header, content) = bytes
        .split_first_chunk::<HEADER_LEN>()
        .ok_or_else(|| damaged("a block is too short"))?;
    let mut fields = Fields(header);
    let crc = header.last_chunk().copied().map(u32::from_be_bytes);
    let covered = header.get(..CRC_AT).unwrap_or_default();
    if Some(crc32c::crc32c_append(crc32c::crc32c(covered), content)) != crc {
        return Err(damaged("the checksum of a block does not match"));
    }
    let parsed = read_header(&mut fields).ok_or_else(|| damaged("a block has no header"))?;
    if (parsed.log, parsed.first, parsed.class) != (place.log, place.first, place.class) {
        return Err(damaged("a block is of other records than its footer says"));
    }
    if parsed.dictionary != 0 || parsed.key != 0 || parsed.codec > CODEC_ZSTD {
        return Err(SegmentError::Newer {
            name: name.to_owned(),
            what: format!(
                "a block of codec {}, dictionary {} and key {}",
                parsed.codec, parsed.dictionary, parsed.key
            ),
        });
    }
    if parsed.raw_len > RAW_BYTES_MAX {
        return Err(damaged("a block claims to be larger than any block is"));
    }
    let raw = if parsed.codec == CODEC_PLAIN {
        content.to_vec()
    } else {
        zstd::bulk::decompress(content, parsed.raw_len)
            .map_err(|_| damaged("a block cannot be unpacked"))?
    };
    if raw.len() != parsed.raw_len {
        return Err(damaged("a block has another length than its header says"));
    }
    Ok(raw)
}

struct BlockHeader {
    log: LogNumber,
    first: LeafIndex,
    class: u8,
    codec: u8,
    dictionary: u32,
    key: u32,
    raw_len: usize,
}

fn read_header(fields: &mut Fields<'_>) -> Option<BlockHeader> {
    (*fields.array::<4>()? == MAGIC).then_some(())?;
    let log = LogNumber::new(fields.u32()?);
    let first = LeafIndex::new(fields.u64()?);
    let (_last, _records) = (fields.u64()?, fields.u32()?);
    let (class, codec, _zeros) = (fields.u8()?, fields.u8()?, fields.u16()?);
    Some(BlockHeader {
        log,
        first,
        class,
        codec,
        dictionary: fields.u32()?,
        key: fields.u32()?,
        raw_len: usize::try_from(fields.u32()?).ok()?,
    })
}
