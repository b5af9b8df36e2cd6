//! The bounds of the local index and why they are what they are.

/// Rows that a builder takes before it is frozen.
///
/// A query that meets a builder freezes a copy of it, which takes about 3 µs per row: at most a few milliseconds.
pub(crate) const TAIL_ROWS: usize = 1024;

/// Frozen runs of one size class that are merged into one of the next class.
///
/// Fewer would write rows more often, more would make queries visit more runs.
pub(crate) const FANOUT: usize = 8;

/// Runs of this size class (of 64 builders) are not merged in memory any more: sealing merges them soon.
pub(crate) const LARGEST_RUN_CLASS: u32 = 2;

/// Rows in memory, over all logs, at which they are sealed into a file.
///
/// What is not sealed when the process dies is applied again, at 100,000 rows per second or more.
pub(crate) const SEAL_ROWS: usize = 128 * 1024;

/// How many times the rows (and text) of one sealing may be in memory before whoever adds entries must wait.
pub(crate) const HEAD_TO_SEAL: usize = 4;

/// Text in memory, over all logs, at which rows are sealed into a file.
pub(crate) const SEAL_TEXT_BYTES: usize = 128 << 20;

/// Rows of the largest segment.
///
/// Larger ones share their dictionaries better, but two cores want at least two of them per million rows.
pub(crate) const SEGMENT_ROWS: usize = 512 * 1024;

/// Text of the largest segment that merging makes; offsets into it have 32 bits.
pub(crate) const SEGMENT_TEXT_BYTES: usize = 256 << 20;

/// Text that a builder takes before it is frozen: events may be 64 KiB each.
pub(crate) const TAIL_TEXT_BYTES: usize = 4 << 20;

/// Positions that one segment may span; offsets in it have 32 bits and most positions may be no events.
pub(crate) const SEGMENT_POSITIONS: u64 = 1 << 31;

/// Bytes of sealed segments that stay in memory unless configured otherwise.
pub(crate) const RESIDENT_BYTES: usize = 1 << 30;

/// Rows above which a query is worth a second thread.
pub(crate) const PARALLEL_ROWS: usize = 64 * 1024;

/// Bytes that one flush copies at most to give back the space of dead segments in old files.
pub(crate) const EVACUATE_BYTES: u64 = 64 << 20;

/// How often a question is asked again when files were replaced under it; each time needs another flush in between.
pub(crate) const ATTEMPTS: usize = 8;

/// Users that are named by looking each of them up; more are found faster by passing over all actors.
pub(crate) const LOOKED_UP_USERS: usize = 256;

/// Rows that are added while readers of the log wait: about a millisecond.
pub(crate) const ROWS_PER_TURN: usize = 128;

/// How many pairs of an action and a key of metadata are counted per segment: products have thousands, and one that
/// makes up keys cannot make a question costly.
pub(crate) const COUNTED_PAIRS: usize = 100_000;
