//! Every bound of the ledger, with its reason.

/// The bytes at which a commit closes: the most that one flush has to carry, and the most that recovery holds twice.
pub const COMMIT_BYTES_MAX: usize = 32 << 20;

/// The bytes of the facets of one record: an event has 64 KiB, an act on the log lists the entries that it concerns.
pub const RECORD_BYTES_MAX: usize = 1 << 20;

/// The bytes of the records of one batch, encoded: a batch stands in one commit.
pub const BATCH_BYTES_MAX: usize = COMMIT_BYTES_MAX - 4_096;

/// The bytes of an origin: C2SP cosignatures with ML-DSA allow no more.
pub const ORIGIN_BYTES_MAX: usize = 255;

/// The entries that one read answers: a page is at most 1,000, exports read in steps of this.
pub const READ_RECORDS_MAX: usize = 4_096;

/// The bytes of facets after which one read answers: what a page or an export step holds in memory.
pub const READ_BYTES_MAX: usize = 16 << 20;

/// The hint of a full pool, in milliseconds: it holds about half a second of work.
pub const RETRY_AFTER_POOL_MS: u64 = 500;

/// The hint while sealing has to catch up, in milliseconds: one journal file takes about as long.
pub const RETRY_AFTER_SEAL_MS: u64 = 1_000;

/// The problems that a check lists; the others are counted.
pub const PROBLEMS_MAX: usize = 1_000;

/// The size of the first journal file: a new instance must not take 64 MiB for its first event.
pub const FIRST_JOURNAL_FILE_BYTES: u64 = 8 << 20;

/// The bytes of frames that become one segment: one journal file, even when sealing has fallen behind by several.
pub const SEGMENT_BYTES_MAX: usize = 64 << 20;

/// The size of later journal files: at 200,000 records/s one file is sealed about every half second.
pub const JOURNAL_FILE_BYTES: u64 = 64 << 20;

/// The records of one payload block: one page of the dashboard reads one or two blocks, and larger ones save little.
pub const BLOCK_RECORDS_MAX: u32 = 64;

/// The raw bytes of one payload block, so that a block of large records is still read quickly.
pub const BLOCK_BYTES_MAX: usize = 128 << 10;

/// Bounds that an operator or a test may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Records that wait for the sequencer; more are refused as overload.
    pub pool_records: usize,
    /// Bytes that wait for the sequencer; more are refused as overload.
    pub pool_bytes: usize,
    /// Bytes of committed and not yet sealed frames in memory; beyond it appends are refused until a seal is done.
    pub tail_bytes: usize,
    /// Bytes of decompressed payload blocks and of segment footers that are kept for readers.
    pub cache_bytes: usize,
    /// The size of later journal files.
    pub journal_file_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // Half a second of work at 200,000 records/s: a longer queue would only delay the refusal.
            pool_records: 100_000,
            // Two commits: one that is flushed and one that fills meanwhile.
            pool_bytes: 2 * COMMIT_BYTES_MAX,
            // Four journal files: sealing may fall behind a burst, and no further.
            tail_bytes: 256 << 20,
            cache_bytes: 64 << 20,
            journal_file_bytes: JOURNAL_FILE_BYTES,
        }
    }
}
