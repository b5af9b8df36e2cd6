//! Sealed frames: what stays of the journal when it is trimmed, sorted by log.
//!
//! A **spine** segment holds the entries and inner hashes of the logs, 44.125 bytes per entry; nothing in it is
//! personal and nothing in it ever changes. A **payload** segment holds the payloads of the same frames in
//! compressed blocks. Both have the same envelope, and both are blobs named after their first and last frame.
//!
//! ```text
//! header, 68 bytes                            trailer, 24 bytes
//!   0   8  magic "ANNSPINE" or "ANNPAYLD"       0   8  offset of the footer
//!   8   4  version      1                       8   8  length of the footer
//!  12   4  shard        0                      16   4  crc32c of the footer and bytes 0..16
//!  16   8  first frame                         20   4  magic "ANNE"
//!  24   8  last frame
//!  32  32  chain of the last frame
//!  64   4  crc32c of bytes 0..64
//! ```

pub(crate) mod payload;
pub(crate) mod spine;

mod envelope;

#[cfg(test)]
mod tests;

use std::fmt;

use crate::store::{BlobError, Blobs, Chain};

pub(crate) use envelope::{Envelope, Kind};

/// The frames that a segment holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FrameRange {
    pub(crate) first: u64,
    pub(crate) last: u64,
}

impl FrameRange {
    /// The name of the segment of a kind in its folder.
    pub(crate) fn name(self, kind: Kind) -> String {
        format!("{}/{self}.{}", kind.folder(), kind.ending())
    }

    fn parse(kind: Kind, name: &str) -> Option<Self> {
        let name = name.strip_prefix(kind.folder())?.strip_prefix('/')?;
        let (first, last) = name
            .strip_suffix(kind.ending())?
            .strip_suffix('.')?
            .split_once('-')?;
        let number = |digits: &str| {
            let parsed = u64::from_str_radix(digits, 16).ok()?;
            // Only our own spelling: another one would be a second name.
            (format!("{parsed:016x}") == digits).then_some(parsed)
        };
        let (first, last) = (number(first)?, number(last)?);
        (first <= last).then_some(Self { first, last })
    }
}

impl fmt::Display for FrameRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}-{:016x}", self.first, self.last)
    }
}

/// The segments of a kind and their lengths in bytes, oldest first; blobs of other names are left out.
pub(crate) fn list(blobs: &dyn Blobs, kind: Kind) -> Result<Vec<(FrameRange, u64)>, BlobError> {
    let found = blobs.list(&format!("{}/", kind.folder()))?;
    let mut ranges: Vec<_> = found
        .iter()
        .filter_map(|blob| Some((FrameRange::parse(kind, &blob.name)?, blob.len)))
        .collect();
    ranges.sort_unstable_by_key(|(range, _)| range.first);
    Ok(ranges)
}

/// Why a segment cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SegmentError {
    /// The store failed.
    #[error("cannot read the segment {name}")]
    Blob {
        /// The name of the segment.
        name: String,
        /// What the store said.
        source: BlobError,
    },
    /// It is not what was once written.
    #[error("the segment {name} is damaged: {finding}")]
    Damaged {
        /// The name of the segment.
        name: String,
        /// What is wrong.
        finding: &'static str,
    },
    /// A newer version wrote it.
    #[error("the segment {name} has {what}, which only a newer version reads")]
    Newer {
        /// The name of the segment.
        name: String,
        /// What is not known.
        what: String,
    },
}

impl SegmentError {
    pub(crate) fn damaged(name: &str, finding: &'static str) -> Self {
        Self::Damaged {
            name: name.to_owned(),
            finding,
        }
    }

    pub(crate) fn blob(name: &str) -> impl FnOnce(BlobError) -> Self {
        let name = name.to_owned();
        move |source| Self::Blob { name, source }
    }
}

/// Where a segment ends the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Covered {
    pub(crate) range: FrameRange,
    pub(crate) chain: Chain,
}
