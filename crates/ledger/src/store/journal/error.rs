use std::io;
use std::path::PathBuf;

use crate::ErrorKind;
use crate::store::Head;

/// What went wrong in a journal.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The frame was to go behind a head that is not the newest: somebody else wrote. Nothing was stored.
    #[error("the journal ends at frame {}, not at frame {}", found.seq, expected.seq)]
    Conflict {
        /// The head that the writer knew.
        expected: Head,
        /// The head of the journal.
        found: Head,
    },
    /// There was no space for the frame. Nothing was stored; it may be tried again when there is space.
    #[error("no space to append a frame to {}", path.display())]
    Full {
        /// The file that was written, or was to be made.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A write or flush failed half way: whether the frame will be there after the next open is unknown.
    #[error("cannot tell whether a frame reached {}", path.display())]
    Unknown {
        /// The file that was written.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// An earlier append had an unknown outcome, so nothing is appended until the journal is opened again.
    #[error("an earlier append to the journal had an unknown outcome")]
    Poisoned,
    /// A file could not be read, made or removed; no frame is affected.
    #[error("cannot {attempt} {}", path.display())]
    File {
        /// What was attempted.
        attempt: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// Acknowledged bytes are not what was written. Only a replica or an archive repairs this.
    #[error("{} is corrupt at byte {offset}: {finding}", path.display())]
    Corrupt {
        /// The damaged file.
        path: PathBuf,
        /// Where the frame begins that cannot be read.
        offset: u64,
        /// What is wrong.
        finding: &'static str,
    },
    /// A newer version wrote this; it must not be skipped.
    #[error("{} holds a frame of {what} at byte {offset}, which only a newer version reads", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Where the frame begins.
        offset: u64,
        /// The version or type that is not known.
        what: String,
    },
}

impl JournalError {
    /// What the caller should do.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Conflict { .. } => ErrorKind::Conflict,
            Self::Corrupt { .. } => ErrorKind::Corrupt,
            Self::Full { .. }
            | Self::Unknown { .. }
            | Self::Poisoned
            | Self::File { .. }
            | Self::Newer { .. } => ErrorKind::Unavailable,
        }
    }

    /// Whether the outcome of an append is unknown, so that the process must stop.
    pub fn is_fatal(&self) -> bool {
        !matches!(self, Self::Full { .. })
    }

    pub(crate) fn file(
        attempt: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File {
            attempt,
            path,
            source,
        }
    }
}
