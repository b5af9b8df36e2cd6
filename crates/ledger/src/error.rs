//! What goes wrong, by what was attempted.

use std::sync::Arc;

use tlog::{BuildError, TreeSize};

use crate::commit::Misfit;
use crate::dedup::DedupError;
use crate::record::Refused;
use crate::registry::RegistryError;
use crate::store::segment::SegmentError;
use crate::store::{BlobError, JournalError};
use crate::{LogNumber, limits};

/// What the caller should do about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The request is wrong and will always be.
    Invalid,
    /// What was asked for is not there.
    NotFound,
    /// Something else is already there.
    Conflict,
    /// Try again later.
    Overloaded,
    /// The store cannot do it now; an operator has to look.
    Unavailable,
    /// Stored bytes are not what was written.
    Corrupt,
}

/// Why a batch was not stored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AppendError {
    /// A record of an all-or-nothing batch was refused, so nothing of the batch was stored.
    #[error("the record at position {position} was refused")]
    Refused {
        /// The first refused record.
        position: usize,
        /// Why.
        #[source]
        refused: Refused,
    },
    /// There is no such log.
    #[error("there is no log {0}")]
    UnknownLog(LogNumber),
    /// A record or batch is beyond a limit.
    #[error("{what} has {found} bytes, more than {allowed}")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// Its bytes.
        found: usize,
        /// The bytes allowed.
        allowed: usize,
    },
    /// More waits than may wait; nothing was stored.
    #[error("too much waits to be committed")]
    Overloaded {
        /// After how many milliseconds it is worth trying again.
        retry_after_ms: u64,
    },
    /// There is no space; nothing was stored, and it may be tried again when there is.
    #[error("there is no space to commit")]
    Full,
    /// The ledger was closed, or is closing; nothing was stored.
    #[error("the ledger is closed")]
    Closed,
    /// A flush failed, now or before. Whether the batch is stored is known after the next start.
    #[error("the state on the disk is unknown; the process must be started again")]
    Poisoned,
    /// The batch is stored, but the first receipt of a record that it repeats cannot be read.
    #[error("cannot read the first receipt of a record that was sent again")]
    Receipt(#[source] Arc<ReadError>),
}

impl AppendError {
    /// What the caller should do.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::TooLarge { .. } => ErrorKind::Invalid,
            Self::UnknownLog(_) => ErrorKind::NotFound,
            Self::Refused { .. } => ErrorKind::Conflict,
            Self::Overloaded { .. } => ErrorKind::Overloaded,
            Self::Full | Self::Closed | Self::Poisoned => ErrorKind::Unavailable,
            Self::Receipt(read) => read.kind(),
        }
    }
}

/// Why a log was not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CreateLogError {
    /// The origin is empty or longer than checkpoints allow.
    #[error(
        "an origin has 1 to {} bytes, this one has {found}",
        limits::ORIGIN_BYTES_MAX
    )]
    Origin {
        /// Its bytes.
        found: usize,
    },
    /// There is a log of this origin.
    #[error("there is a log of this origin")]
    Exists,
    /// The slot of the origin in the directory tree belongs to another log.
    #[error("the place of this origin in the directory belongs to {other}")]
    SlotTaken {
        /// The origin of that log.
        other: Arc<str>,
    },
    /// There are as many logs as there can be.
    #[error("there are as many logs as there can be")]
    TooMany,
    /// Entry 0 could not be appended.
    #[error("cannot append the first entry of the log")]
    Append(#[source] AppendError),
}

impl CreateLogError {
    /// What the caller should do.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Origin { .. } => ErrorKind::Invalid,
            Self::Exists | Self::SlotTaken { .. } => ErrorKind::Conflict,
            Self::TooMany => ErrorKind::Unavailable,
            Self::Append(append) => append.kind(),
        }
    }
}

/// Why entries could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There is no such log.
    #[error("there is no log {0}")]
    UnknownLog(LogNumber),
    /// More was asked for at once than is answered.
    #[error(
        "{found} entries are more than the {} that are read at once",
        limits::READ_RECORDS_MAX
    )]
    TooMany {
        /// The entries asked for.
        found: usize,
    },
    /// The log is not that long.
    #[error("log {log} has no entry {index}")]
    NoEntry {
        /// The log.
        log: LogNumber,
        /// The index.
        index: u64,
    },
    /// An entry of the log stands nowhere.
    #[error("entry {index} of log {log} is in no segment")]
    Lost {
        /// The log.
        log: LogNumber,
        /// The index.
        index: u64,
    },
    /// The stored bytes of an entry cannot be read.
    #[error("entry {index} of log {log} cannot be read")]
    Entry {
        /// The log.
        log: LogNumber,
        /// The index.
        index: u64,
        /// What is wrong with it.
        source: tlog::EntryError,
    },
    /// A segment cannot be read.
    #[error("cannot read a sealed segment")]
    Segment(#[source] SegmentError),
    /// The dedup index cannot be asked.
    #[error("cannot look up a key")]
    Dedup(#[source] DedupError),
}

impl ReadError {
    /// What the caller should do.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::TooMany { .. } => ErrorKind::Invalid,
            Self::UnknownLog(_) | Self::NoEntry { .. } => ErrorKind::NotFound,
            Self::Lost { .. }
            | Self::Entry { .. }
            | Self::Segment(SegmentError::Damaged { .. }) => ErrorKind::Corrupt,
            Self::Segment(SegmentError::Blob { .. } | SegmentError::Newer { .. })
            | Self::Dedup(_) => ErrorKind::Unavailable,
        }
    }
}

/// Equal when they say the same: their causes come from the operating system and cannot be compared.
impl PartialEq for ReadError {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl Eq for ReadError {}

/// Why a root or proof was not made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProveError {
    /// The log is not that long yet.
    #[error("the log has {committed} entries, not {size}")]
    NotCommitted {
        /// The size asked for.
        size: TreeSize,
        /// The size of the log.
        committed: TreeSize,
    },
    /// The index is not in the tree, or the earlier tree is larger than the later one.
    #[error("cannot build the proof")]
    Build(#[from] BuildError<ReadError>),
    /// The log cannot be read.
    #[error("cannot read the log")]
    Read(#[source] ReadError),
}

impl ProveError {
    /// What the caller should do.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::NotCommitted { .. } => ErrorKind::NotFound,
            Self::Build(BuildError::Read { source, .. }) | Self::Read(source) => source.kind(),
            Self::Build(_) => ErrorKind::Invalid,
        }
    }
}

/// Why a ledger cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The registry cannot be read.
    #[error("cannot read the registry of logs")]
    Registry(#[source] RegistryError),
    /// The journal cannot be opened or replayed.
    #[error("cannot replay the journal")]
    Journal(#[source] JournalError),
    /// The segments cannot be listed, or what a crash left of one cannot be removed.
    #[error("cannot list the sealed segments")]
    Blobs(#[source] BlobError),
    /// A segment cannot be read.
    #[error("cannot read a sealed segment")]
    Segment(#[source] SegmentError),
    /// The dedup index cannot be opened or rebuilt.
    #[error("cannot open the dedup index")]
    Dedup(#[source] DedupError),
    /// A frame does not continue what is before it.
    #[error("frame {seq} does not fit the logs")]
    Frame {
        /// The frame.
        seq: u64,
        /// What does not fit.
        source: Misfit,
    },
    /// Registry, segments and journal are not of the same past.
    #[error("{finding} (frame {seq})")]
    Disagreement {
        /// The frame at which they part.
        seq: u64,
        /// What does not fit.
        finding: &'static str,
    },
    /// A thread could not be started.
    #[error("cannot start a thread")]
    Thread(#[source] std::io::Error),
}

impl OpenError {
    /// What the caller should do.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Registry(RegistryError::Damaged(_))
            | Self::Segment(SegmentError::Damaged { .. })
            | Self::Frame { .. }
            | Self::Disagreement { .. } => ErrorKind::Corrupt,
            Self::Journal(journal) => journal.kind(),
            Self::Registry(_)
            | Self::Blobs(_)
            | Self::Segment(_)
            | Self::Dedup(_)
            | Self::Thread(_) => ErrorKind::Unavailable,
        }
    }
}

impl From<DedupError> for OpenError {
    fn from(error: DedupError) -> Self {
        Self::Dedup(error)
    }
}

impl From<SegmentError> for OpenError {
    fn from(error: SegmentError) -> Self {
        Self::Segment(error)
    }
}
