//! The names of logs.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use tlog::TreeSize;

/// The number of a log inside one data directory, given in the order of creation from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogNumber(u32);

impl LogNumber {
    /// The log with this number.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// The place of the log in a list of all logs.
    pub(crate) fn place(self) -> usize {
        // A u32 fits the usize of every platform that std::os::unix is built for.
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl fmt::Display for LogNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What is known about a log without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogInfo {
    /// Its number.
    pub number: LogNumber,
    /// Its name in checkpoints and proofs, unique for ever.
    pub origin: Arc<str>,
    /// How many entries are committed.
    pub size: TreeSize,
    /// When entry 0 was received, in milliseconds since 1970 UTC.
    pub created_ms: u64,
}

/// The leaf of the directory tree that belongs to an origin: the first 6 bytes of its SHA-256.
///
/// A tree has one leaf per index, so an origin whose slot is taken is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot([u8; 6]);

impl Slot {
    /// The slot of an origin.
    pub fn of(origin: &str) -> Self {
        let digest: [u8; 32] = Sha256::digest(origin.as_bytes()).into();
        let mut slot = [0; 6];
        slot.iter_mut()
            .zip(digest)
            .for_each(|(to, from)| *to = from);
        Self(slot)
    }

    /// The index in the directory tree, below 2^48.
    pub fn index(self) -> u64 {
        self.0
            .iter()
            .fold(0, |index, byte| index << 8 | u64::from(*byte))
    }
}
