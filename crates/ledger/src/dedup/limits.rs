//! Every size and bound of the dedup index, with its reason.

/// Bytes of one block: one page of the page cache and of most disks, so that a look-up costs one read.
pub(super) const BLOCK_BYTES: usize = 4096;

/// Bytes at the end of a block that hold its checksum.
pub(super) const CHECKSUM_BYTES: usize = 4;

/// Bytes of one record.
pub(super) const RECORD_BYTES: usize = 37;

/// Records of one block: as many as fit before the checksum.
pub(super) const RECORDS_PER_BLOCK: usize = (BLOCK_BYTES - CHECKSUM_BYTES) / RECORD_BYTES;

/// Filter bits per record.
///
/// 14 bits answer 0.3 % of unknown keys with a needless block read.
/// Together with the fences a run takes 1.83 bytes of memory per record, and twice that while it is merged,
/// when the old and the new run are both held: below the promised 4.
pub(super) const FILTER_BITS_PER_RECORD: u64 = 14;

/// Bytes of one filter block: half a cache line, so that a probe costs one memory access.
pub(super) const FILTER_BLOCK_BYTES: usize = 32;

/// Runs of one tier that are merged into one.
///
/// Larger values rewrite a record less often but leave more filters to ask: at most three per tier, so about a
/// dozen at ten million records.
pub(super) const FAN_IN: usize = 4;

/// Records that one maintenance step moves: about 2.4 MB of writing, then one flush.
pub(super) const STEP_RECORDS: usize = 65_536;

/// Blocks that a merge reads ahead per input: 64 KiB.
pub(super) const READ_AHEAD_BLOCKS: usize = 16;

/// Bytes that a run writer collects before it writes.
pub(super) const WRITE_BUFFER_BYTES: usize = 1 << 20;

/// Runs beyond which a seal merges before it returns, should nobody call maintenance.
pub(super) const RUNS_MAX: usize = 48;

/// Records that a rebuild collects in memory before it writes a run: about 25 MB.
pub(super) const REBUILD_RECORDS: usize = 1 << 18;

/// Bytes of the largest manifest that is read: far more than [`RUNS_MAX`] runs need.
pub(super) const MANIFEST_BYTES_MAX: u64 = 1 << 16;
