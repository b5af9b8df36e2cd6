//! What a check found.

use std::sync::Arc;

use tlog::{Hash, LeafIndex, TreeSize};

use crate::LogNumber;
use crate::commit::Misfit;
use crate::limits::PROBLEMS_MAX;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FsckReport {
    /// Every log, in the order of their numbers.
    pub logs: Vec<CheckedLog>,
    /// The first problems, at most [`PROBLEMS_MAX`].
    pub problems: Vec<Problem>,
    /// How many problems there are, listed or not.
    pub problems_found: u64,
    /// How many entries were read and fit.
    pub entries: u64,
    /// How many sealed segments there are.
    pub segments: u64,
    /// How many frames the journal holds.
    pub frames: u64,
    /// Bytes of a frame that was cut off by a crash; the next start overwrites them. No problem: nobody was told that
    /// it stands.
    pub torn_bytes: u64,
}

impl FsckReport {
    /// Whether everything is what was once written.
    pub fn is_clean(&self) -> bool {
        self.problems_found == 0
    }

    pub(super) fn add(&mut self, problem: Problem) {
        self.problems_found += 1;
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(problem);
        }
    }
}

/// A log that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedLog {
    /// Its number.
    pub number: LogNumber,
    /// Its origin.
    pub origin: Arc<str>,
    /// How many entries it has.
    pub size: TreeSize,
    /// What its entries hash to; `None` when some are missing.
    pub root: Option<Hash>,
}

/// Something that is not what was once written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, folder, segment or frame.
    pub place: String,
    /// The log, when one is concerned.
    pub log: Option<LogNumber>,
    /// The entry, when one is concerned.
    pub index: Option<LeafIndex>,
    /// What is wrong.
    pub finding: Finding,
}

/// What is wrong at a place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Finding {
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// It does not fit what is beside it.
    #[error("{0}")]
    Disagreement(&'static str),
    /// A frame does not continue the logs.
    #[error(transparent)]
    Frame(#[from] Misfit),
    /// Entries of a log are missing in front of it.
    #[error("the log continues at index {expected}")]
    Gap {
        /// The next index of the log.
        expected: LeafIndex,
    },
    /// The entry is of a version, kind or flags that are not known.
    #[error("the entry cannot be read: {0}")]
    Entry(#[from] tlog::EntryError),
    /// The entry was received before the one in front of it.
    #[error("the received time goes back")]
    TimeGoesBack,
    /// A stored inner hash is not what the entries hash to.
    #[error("the stored hash of node {level}/{index} is not what its entries hash to")]
    Node {
        /// The level of the node.
        level: u8,
        /// Its index in the level.
        index: u64,
    },
    /// The stored frontier or received time is not that of the entries.
    #[error("the stored edge of the log is not what its entries hash to")]
    Edge,
    /// There is no payload.
    #[error("the payload is missing")]
    PayloadMissing,
    /// There is a payload, but of no entry here.
    #[error("a payload stands where no entry is")]
    PayloadStray,
    /// The payload cannot be read.
    #[error("the payload cannot be read")]
    PayloadUnreadable,
    /// The payload is not what the entry commits to.
    #[error("the payload is not what the entry commits to")]
    Commitment,
}

/// How far a check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Entries read so far.
    pub entries: u64,
    /// Entries in the segments that were begun; those of the journal come on top.
    pub of_sealed: u64,
}
