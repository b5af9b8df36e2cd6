//! The frame: the unit that is written with one flush and that stands whole or not at all.
//!
//! All numbers are big-endian.
//!
//! ```text
//! off len
//!   0   4  magic "ANJF"
//!   4   1  version      1
//!   5   1  type         1 commit, 2 close, 3 epoch, 4 account; unknown from 128 on are skipped, others are not
//!   6   2  zeros
//!   8   4  len          bytes of the body
//!  12   4  crc32c of bytes 0..12 and 16..68
//!  16   4  shard        0
//!  20   8  fence        1 when embedded
//!  28   8  seq          1 for the first frame, then one more each
//!  36  32  prev chain   the chain of the frame before; zeros for the first
//!  68 len  body
//!     +32  chain        SHA-256(prev chain ‖ everything before)
//!      +4  crc32c of everything before
//! ```

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::store::{Chain, Frame, FrameKind, Head, NewFrame};
use crate::wire::Fields;

/// The bytes of a frame before its body.
pub const HEADER_LEN: usize = 68;
/// The bytes of a frame behind its body.
pub const TRAILER_LEN: usize = 36;
/// The bytes of a frame beside its body.
pub const OVERHEAD: usize = HEADER_LEN + TRAILER_LEN;
/// The first bytes of every frame.
pub const MAGIC: [u8; 4] = *b"ANJF";

const VERSION: u8 = 1;
const SHARD: u32 = 0;
const FENCE: u64 = 1;
const CHAIN_LEN: usize = 32;

impl FrameKind {
    /// The byte that stands for the kind.
    pub const fn code(self) -> u8 {
        match self {
            Self::Commit => 1,
            Self::Close => 2,
            Self::Epoch => 3,
            Self::Account => 4,
            Self::Skippable(code) => code,
        }
    }

    /// The kind that a byte stands for; `None` when only a newer version knows it and it must not be skipped.
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Commit),
            2 => Some(Self::Close),
            3 => Some(Self::Epoch),
            4 => Some(Self::Account),
            128.. => Some(Self::Skippable(code)),
            _ => None,
        }
    }
}

/// Writes a frame behind what `out` holds and returns the head that it makes.
///
/// # Panics
/// When the body does not fit a `u32`; commits close long before.
pub fn encode(frame: &NewFrame<'_>, out: &mut Vec<u8>) -> Head {
    let start = out.len();
    let seq = frame.after.seq + 1;
    let body_len = u32::try_from(frame.body.len()).expect("a frame body is far below 4 GiB");
    out.reserve(OVERHEAD + frame.body.len());
    let mut header = [0; HEADER_LEN];
    let (before_crc, rest) = header.split_at_mut(12);
    before_crc.copy_from_slice(&start_of_header(frame.kind.code(), body_len));
    let (crc, rest) = rest.split_at_mut(4);
    let mut fields = Vec::with_capacity(rest.len());
    fields.extend(SHARD.to_be_bytes());
    fields.extend(FENCE.to_be_bytes());
    fields.extend(seq.to_be_bytes());
    fields.extend(frame.after.chain.0);
    rest.copy_from_slice(&fields);
    crc.copy_from_slice(&crc32c::crc32c_append(crc32c::crc32c(before_crc), rest).to_be_bytes());
    out.extend(header);
    out.extend(frame.body);
    let written = out.get(start..).unwrap_or_default();
    let chain = chain(&frame.after.chain, written);
    out.extend(chain.0);
    let crc = crc32c::crc32c(out.get(start..).unwrap_or_default());
    out.extend(crc.to_be_bytes());
    Head { seq, chain }
}

fn start_of_header(kind: u8, body_len: u32) -> [u8; 12] {
    let [m0, m1, m2, m3] = MAGIC;
    let [l0, l1, l2, l3] = body_len.to_be_bytes();
    [m0, m1, m2, m3, VERSION, kind, 0, 0, l0, l1, l2, l3]
}

fn chain(prev: &Chain, frame: &[u8]) -> Chain {
    let mut hasher = Sha256::new();
    hasher.update(prev.0);
    hasher.update(frame);
    Chain(hasher.finalize().into())
}

/// Why bytes are not a frame that this version reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// They are no whole frame: torn, never written, or damaged.
    Broken(&'static str),
    /// They are a whole frame that only a newer version reads.
    Newer(String),
}

/// The fields of a header whose own checksum was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The version byte.
    pub version: u8,
    /// The type byte.
    pub kind: u8,
    /// The bytes of the body.
    pub body_len: u32,
    /// The number of the frame.
    pub seq: u64,
    /// The chain before the frame.
    pub prev: Chain,
}

impl Header {
    /// Reads the first [`HEADER_LEN`] bytes of a frame; `None` when magic or checksum are wrong.
    pub fn decode(bytes: &[u8; HEADER_LEN]) -> Option<Self> {
        let mut fields = Fields(bytes);
        let before_crc = fields.array::<12>()?;
        let crc = fields.u32()?;
        if crc32c::crc32c_append(crc32c::crc32c(before_crc), fields.0) != crc {
            return None;
        }
        let mut start = Fields(before_crc);
        if *start.array::<4>()? != MAGIC {
            return None;
        }
        let (version, kind, _zeros, body_len) =
            (start.u8()?, start.u8()?, start.u16()?, start.u32()?);
        let (_shard, _fence) = (fields.u32()?, fields.u64()?);
        let (seq, prev) = (fields.u64()?, Chain(*fields.array()?));
        Some(Self {
            version,
            kind,
            body_len,
            seq,
            prev,
        })
    }

    /// The bytes of the whole frame.
    pub fn frame_len(&self) -> u64 {
        u64::from(self.body_len) + OVERHEAD as u64
    }
}

/// Reads a whole frame, checks both checksums and the chain, and that it stands behind `after`.
///
/// `frame` are exactly the bytes of the frame.
///
/// # Errors
/// See [`Unreadable`].
pub fn decode(after: &Head, frame: &Bytes) -> Result<Frame, Unreadable> {
    let header = check(frame).ok_or(Unreadable::Broken("a checksum does not match"))?;
    if header.seq != after.seq + 1 {
        return Err(Unreadable::Broken(
            "the number of the frame is not the next one",
        ));
    }
    if header.prev != after.chain {
        return Err(Unreadable::Broken(
            "the frame does not chain to the one before",
        ));
    }
    if header.version != VERSION {
        return Err(Unreadable::Newer(format!("version {}", header.version)));
    }
    let body_end = HEADER_LEN + header.body_len as usize;
    let stored = frame
        .get(body_end..body_end + CHAIN_LEN)
        .unwrap_or_default();
    let chain = chain(&after.chain, frame.get(..body_end).unwrap_or_default());
    if chain.0 != stored {
        return Err(Unreadable::Broken("the chain does not match"));
    }
    let Some(kind) = FrameKind::from_code(header.kind) else {
        return Err(Unreadable::Newer(format!("type {}", header.kind)));
    };
    Ok(Frame {
        after: *after,
        head: Head {
            seq: header.seq,
            chain,
        },
        kind,
        body: frame.slice(HEADER_LEN..body_end),
    })
}

/// The header of bytes that are exactly one frame with right checksums, wherever it stands.
pub fn check(frame: &[u8]) -> Option<Header> {
    let header = Header::decode(frame.first_chunk()?)?;
    let (covered, crc) = frame.split_last_chunk::<4>()?;
    let whole = header.frame_len() == frame.len() as u64
        && crc32c::crc32c(covered) == u32::from_be_bytes(*crc);
    whole.then_some(header)
}
