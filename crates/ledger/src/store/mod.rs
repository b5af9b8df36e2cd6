//! What the ledger demands of a store: two traits, each with a contract that one suite checks for every backend.
//!
//! Both are called from the ledger's own threads and may block.

pub mod blobs;
pub mod dir;
pub mod journal;
pub(crate) mod segment;

use std::fmt;
use std::ops::Range;

use bytes::Bytes;

pub use blobs::BlobError;
pub use journal::JournalError;

/// Ordered frames of one shard with compare-and-swap on the end. TRUSTED: whoever rewrites it can fork the log.
///
/// One thread appends; any thread may read what was appended before, and one other may trim.
pub trait Journal: fmt::Debug + Send + Sync {
    /// The newest durable frame.
    fn head(&self) -> Head;

    /// The frames after the one numbered `after`, oldest first, read one at a time.
    ///
    /// Frames that were trimmed are missing at the beginning, never in between: the first one answered is the
    /// oldest that is left, or the one numbered `after + 1`, whichever is later.
    fn since(&self, after: u64) -> Result<Frames<'_>, JournalError>;

    /// Adds one frame behind `frame.after` and returns the new head; durable when it returns.
    ///
    /// - [`JournalError::Conflict`] when `frame.after` is not the head: nothing was stored.
    /// - [`JournalError::Full`] when there is no space: nothing was stored, and a later append may succeed.
    /// - [`JournalError::Unknown`] when the outcome is not known: the frame may stand or not after the next open,
    ///   and this journal refuses every further append.
    fn append(&self, frame: &NewFrame<'_>) -> Result<Head, JournalError>;

    /// Does ahead what a later append would otherwise wait for; called now and then, from any thread.
    ///
    /// An error says only that nothing was prepared.
    fn prepare(&self) -> Result<(), JournalError> {
        Ok(())
    }

    /// The newest frame of the part that gets no more frames, 0 when there is none: trimming up to it frees space.
    ///
    /// It is always older than the head, so that the head survives every trim.
    fn full(&self) -> u64;

    /// Lets frames up to `upto` go, or some of them; never the head. Trimming again changes nothing.
    fn trim(&self, upto: u64) -> Result<(), JournalError>;
}

/// Frames in order; ends after the first error.
pub type Frames<'a> = Box<dyn Iterator<Item = Result<Frame, JournalError>> + 'a>;

/// The end of a journal: the value on which an append compares and swaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the newest frame; 0 when there is none yet.
    pub seq: u64,
    /// The hash over all frames up to it.
    pub chain: Chain,
}

impl Head {
    /// The head of a journal without frames.
    pub const EMPTY: Self = Self {
        seq: 0,
        chain: Chain([0; 32]),
    };
}

/// SHA-256 over a frame and the chain before it; zeros before the first frame.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Chain(pub [u8; 32]);

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Chain({})", tlog::Hash::from_bytes(self.0))
    }
}

/// What a frame holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameKind {
    /// Records of any number of logs.
    Commit,
    /// Nothing: the writer stopped cleanly.
    Close,
    /// Heads that are about to be signed.
    Epoch,
    /// A new log: its number, its origin and its entry 0.
    Account,
    /// A kind of 128 or above, which a version that does not know it may skip.
    Skippable(u8),
}

/// A frame to append.
#[derive(Clone, Copy, Debug)]
pub struct NewFrame<'a> {
    /// The head behind which it goes.
    pub after: Head,
    /// What it holds.
    pub kind: FrameKind,
    /// Its content.
    pub body: &'a [u8],
}

/// A frame as it was read back, its checksum and chain checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The head before it.
    pub after: Head,
    /// The head that it made.
    pub head: Head,
    /// What it holds.
    pub kind: FrameKind,
    /// Its content.
    pub body: Bytes,
}

/// Named byte strings, large, dumb, immutable. NOT trusted: a wrong answer is found by hashing.
///
/// Names are relative paths of `[a-z0-9._-]` parts with `/` between them.
pub trait Blobs: fmt::Debug + Send + Sync {
    /// Stores a whole blob; durable when it returns, and then readable by everybody at once.
    ///
    /// A name is put once; putting the same bytes again changes nothing. After an error the blob is there whole
    /// or not at all.
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), BlobError>;

    /// The bytes of a range; [`BlobError::Missing`] when there is no such blob or it ends before the range does.
    fn get(&self, name: &str, range: Range<u64>) -> Result<Vec<u8>, BlobError>;

    /// The blobs whose names begin with `prefix`, in the order of their names.
    fn list(&self, prefix: &str) -> Result<Vec<BlobInfo>, BlobError>;

    /// Removes a blob; a missing one is no error.
    fn delete(&self, name: &str) -> Result<(), BlobError>;
}

/// One line of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobInfo {
    /// The name.
    pub name: String,
    /// The length in bytes.
    pub len: u64,
}
