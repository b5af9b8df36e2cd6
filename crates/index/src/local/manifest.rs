//! The list of all segments: which file holds which range of which log.
//!
//! ```text
//! magic "AnIm"  version u32  next pack u64  logs u64
//! per log:     number u32  applied u64  segments u64
//! per segment: pack u64  offset u64  length u64  rows u32  first u64  next u64  oldest i64  newest i64
//! crc32c u32 of all bytes before it
//! ```
//! The file is replaced as a whole (written beside, flushed, renamed); what it does not name does not exist.

use std::collections::BTreeMap;

use super::bytes::{Reader, Writer, checked};

const MAGIC: &[u8; 4] = b"AnIm";
const VERSION: u32 = 1;

/// What is known about a sealed segment without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SegmentMeta {
    /// The number of the file.
    pub(crate) pack: u64,
    /// Where in the file it begins.
    pub(crate) offset: u64,
    /// How many bytes it has there.
    pub(crate) length: u64,
    /// How many rows.
    pub(crate) rows: u32,
    /// Its first position.
    pub(crate) first: u64,
    /// The position after it.
    pub(crate) next: u64,
    /// When its oldest row occurred, nanoseconds.
    pub(crate) oldest_ns: i64,
    /// When its newest row occurred, nanoseconds.
    pub(crate) newest_ns: i64,
}

/// The sealed part of one log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LogEntry {
    /// How many entries of the log the segments (and the gaps between them) account for.
    pub(crate) applied: u64,
    /// The segments in order of position.
    pub(crate) segments: Vec<SegmentMeta>,
}

/// All sealed segments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// The number that the next file gets; numbers are never used twice.
    pub(crate) next_pack: u64,
    /// The logs by number.
    pub(crate) logs: BTreeMap<u32, LogEntry>,
}

impl Manifest {
    /// The bytes of the file.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = Writer(Vec::new());
        out.0.extend_from_slice(MAGIC);
        out.u32(VERSION);
        out.u64(self.next_pack);
        out.u64(self.logs.len() as u64);
        for (log, entry) in &self.logs {
            out.u32(*log);
            out.u64(entry.applied);
            out.u64(entry.segments.len() as u64);
            for segment in &entry.segments {
                out.u64(segment.pack);
                out.u64(segment.offset);
                out.u64(segment.length);
                out.u32(segment.rows);
                out.u64(segment.first);
                out.u64(segment.next);
                out.i64(segment.oldest_ns);
                out.i64(segment.newest_ns);
            }
        }
        out.seal()
    }

    /// The list in the bytes of a file, or what is wrong with them.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, &'static str> {
        let mut reader = Reader(checked(bytes)?);
        if reader.take(4)? != MAGIC {
            return Err("not a list of segments");
        }
        if reader.u32()? != VERSION {
            return Err("a list of another version");
        }
        let mut manifest = Self {
            next_pack: reader.u64()?,
            logs: BTreeMap::new(),
        };
        for _ in 0..reader.count()? {
            let log = reader.u32()?;
            let mut entry = LogEntry {
                applied: reader.u64()?,
                segments: Vec::new(),
            };
            for _ in 0..reader.count()? {
                entry.segments.push(SegmentMeta {
                    pack: reader.u64()?,
                    offset: reader.u64()?,
                    length: reader.u64()?,
                    rows: reader.u32()?,
                    first: reader.u64()?,
                    next: reader.u64()?,
                    oldest_ns: reader.i64()?,
                    newest_ns: reader.i64()?,
                });
            }
            manifest.logs.insert(log, entry);
        }
        if reader.0.is_empty() {
            Ok(manifest)
        } else {
            Err("more bytes than the list has")
        }
    }
}
