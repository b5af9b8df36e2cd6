//! What both kinds of segment begin and end with.

use super::{Covered, FrameRange, SegmentError};
use crate::store::dir::{PAYLOAD, SPINE};
use crate::store::{Blobs, Chain};
use crate::wire::Fields;

const VERSION: u32 = 1;
const SHARD: u32 = 0;
const HEADER_LEN: u64 = 68;
const TRAILER_LEN: u64 = 24;
const END_MAGIC: [u8; 4] = *b"ANNE";

/// A kind of segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Spine,
    Payload,
}

impl Kind {
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Spine => SPINE,
            Self::Payload => PAYLOAD,
        }
    }

    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Spine => "spine",
            Self::Payload => "payload",
        }
    }

    fn magic(self) -> [u8; 8] {
        match self {
            Self::Spine => *b"ANNSPINE",
            Self::Payload => *b"ANNPAYLD",
        }
    }
}

/// The header and footer of a segment as they were read.
#[derive(Debug)]
pub(crate) struct Envelope {
    pub(crate) covered: Covered,
    pub(crate) footer: Vec<u8>,
}

/// Begins a segment; its content follows.
pub(super) fn begin(kind: Kind, covered: Covered) -> Vec<u8> {
    let mut bytes = kind.magic().to_vec();
    bytes.extend(VERSION.to_be_bytes());
    bytes.extend(SHARD.to_be_bytes());
    bytes.extend(covered.range.first.to_be_bytes());
    bytes.extend(covered.range.last.to_be_bytes());
    bytes.extend(covered.chain.0);
    bytes.extend(crc32c::crc32c(&bytes).to_be_bytes());
    bytes
}

/// Ends a segment behind its content.
pub(super) fn end(bytes: &mut Vec<u8>, footer: &[u8]) {
    let offset = bytes.len() as u64;
    bytes.extend(footer);
    let mut trailer = offset.to_be_bytes().to_vec();
    trailer.extend((footer.len() as u64).to_be_bytes());
    let crc = crc32c::crc32c_append(crc32c::crc32c(footer), &trailer);
    bytes.extend(trailer);
    bytes.extend(crc.to_be_bytes());
    bytes.extend(END_MAGIC);
}

impl Envelope {
    /// Reads header and footer of a segment of `len` bytes.
    pub(crate) fn read(
        blobs: &dyn Blobs,
        kind: Kind,
        range: FrameRange,
        len: u64,
    ) -> Result<Self, SegmentError> {
        let name = range.name(kind);
        if len < HEADER_LEN + TRAILER_LEN {
            return Err(SegmentError::damaged(&name, "it is too short"));
        }
        let get = |range| blobs.get(&name, range).map_err(SegmentError::blob(&name));
        let covered = read_header(&name, kind, &get(0..HEADER_LEN)?)?;
        if covered.range != range {
            return Err(SegmentError::damaged(&name, "it is of other frames"));
        }
        let footer_end = len - TRAILER_LEN;
        let trailer = get(footer_end..len)?;
        let (footer_at, crc) = read_trailer(&trailer, footer_end)
            .ok_or_else(|| SegmentError::damaged(&name, "its trailer cannot be read"))?;
        let footer = get(footer_at..footer_end)?;
        let covered_by_crc = trailer.get(..16).unwrap_or_default();
        if crc32c::crc32c_append(crc32c::crc32c(&footer), covered_by_crc) != crc {
            return Err(SegmentError::damaged(
                &name,
                "the checksum of its footer does not match",
            ));
        }
        Ok(Self { covered, footer })
    }
}

fn read_header(name: &str, kind: Kind, bytes: &[u8]) -> Result<Covered, SegmentError> {
    let damaged = |finding| SegmentError::damaged(name, finding);
    let too_short = "its header is too short";
    let (covered, crc) = bytes
        .split_last_chunk::<4>()
        .ok_or_else(|| damaged(too_short))?;
    if crc32c::crc32c(covered) != u32::from_be_bytes(*crc) {
        return Err(damaged("the checksum of its header does not match"));
    }
    let mut fields = Fields(covered);
    if fields.array() != Some(&kind.magic()) {
        return Err(damaged("it does not begin like a segment of its kind"));
    }
    let version = fields.u32().ok_or_else(|| damaged(too_short))?;
    if version != VERSION {
        return Err(SegmentError::Newer {
            name: name.to_owned(),
            what: format!("version {version}"),
        });
    }
    let mut rest = || {
        let _shard = fields.u32()?;
        let range = FrameRange {
            first: fields.u64()?,
            last: fields.u64()?,
        };
        let chain = Chain(*fields.array()?);
        Some(Covered { range, chain })
    };
    rest().ok_or_else(|| damaged(too_short))
}

/// Offset and checksum of the footer, which ends where the trailer begins.
fn read_trailer(trailer: &[u8], footer_end: u64) -> Option<(u64, u32)> {
    let mut fields = Fields(trailer);
    let (offset, len, crc) = (fields.u64()?, fields.u64()?, fields.u32()?);
    let fits = offset >= HEADER_LEN && offset.checked_add(len) == Some(footer_end);
    (fits && fields.array() == Some(&END_MAGIC)).then_some((offset, crc))
}
