//! Which keys were seen: at which index of which log, and with which content tag.
//!
//! The sequencer asks before it gives a record an index, so that sending a record twice stores it once, however
//! long ago the first time was. Everything here is derived: the directory can be deleted at any time and is
//! rebuilt from journal and payload. It is *trusted* all the same: whoever rewrites it can have records refused.
//!
//! Keys of commits that the journal still holds live in a memory table. [`DedupIndex::seal`] writes the table into
//! an immutable sorted **run**; [`DedupIndex::maintenance`] merges runs, so that their number stays logarithmic.
//! Of a run only a filter and one fence per block are in memory: 1.83 bytes per record.
//!
//! # Files
//!
//! All numbers are big-endian, all checksums crc32c.
//!
//! ```text
//! manifest            which runs count; replaced as a whole
//!   off len
//!     0   8  magic "ANNDDLST"
//!     8   4  version = 1
//!    12   8  covered: every commit up to this one is in the runs
//!    20   8  number of the next run
//!    28 8*n  numbers of the runs, oldest first; a newer run overrides an older one
//!  last   4  checksum of everything before
//!
//! <number, 16 hex>.run    header, record blocks, fences, filter
//!   header, one page of 4,096
//!     0   8  magic "ANNDEDUP"
//!     8   4  version = 1
//!    12   4  checksum of fences and filter
//!    16   8  number of the run
//!    24   8  count of records
//!    32   8  count of filter blocks
//!    40      zeros
//!  4092   4  checksum of run number (8), page number (8), the page up to here
//!   record block, one page: 110 records (the last block: the rest), zeros, checksum as above at 4092
//!     0  16  key
//!    16   4  log
//!    20   8  index
//!    28   1  state: 0 untagged, 1 tagged, 2 erased, 3 forgotten
//!    29   8  content tag, zeros unless tagged
//!   fences: per block the first 8 bytes of its first key
//!   filter: blocks of 32 bytes, a split block Bloom filter of 14 bits per record
//! ```
//!
//! Records ascend by (key, log). Forgotten records hide a record of an older run and go with the oldest merge.
//!
//! # What a crash leaves
//!
//! A file ending in `.tmp`, or a run that the manifest does not name: both are removed at open. A run is flushed
//! before the manifest names it, and files are removed only after a durable manifest no longer names them.
//! So `covered` never says more than the runs hold; the owner replays later commits from the journal, and
//! inserting a key again changes nothing.

mod block;
mod cursor;
mod durable;
mod error;
mod files;
mod filter;
mod header;
mod index;
mod limits;
mod manifest;
mod memtable;
mod merge;
mod record;
mod run;
mod writer;

#[cfg(test)]
mod tests;

pub use error::DedupError;
pub use index::DedupIndex;
pub use record::{Content, ContentTag, Key, Known, Seen};

/// What a maintenance step left to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maintenance {
    /// A step was done; another one may be due.
    Working,
    /// Nothing is to be merged.
    Idle,
}

/// What the runs hold and cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Runs on disk: each costs a look-up one memory access.
    pub runs: usize,
    /// Records in all runs; a key that several runs hold counts several times.
    pub records: u64,
    /// Bytes of memory for filters and fences.
    pub memory_bytes: u64,
}
