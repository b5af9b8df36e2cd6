use std::io;

use crate::ErrorKind;

/// What went wrong with a blob.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BlobError {
    /// There is no such blob, or it is shorter than what was asked for.
    #[error("there is no blob {name}, or it is too short")]
    Missing {
        /// The name.
        name: String,
    },
    /// There was no space. The blob is not there.
    #[error("no space to put the blob {name}")]
    Full {
        /// The name.
        name: String,
        /// What the store said.
        source: io::Error,
    },
    /// A flush failed: whether the blob will be there after the next open is unknown.
    #[error("cannot tell whether the blob {name} is durable")]
    Unknown {
        /// The name.
        name: String,
        /// What the store said.
        source: io::Error,
    },
    /// The store refused to read, write, list or delete.
    #[error("cannot {attempt} the blob {name}")]
    Store {
        /// What was attempted.
        attempt: &'static str,
        /// The name, or the prefix of a listing.
        name: String,
        /// What the store said.
        source: io::Error,
    },
}

impl BlobError {
    /// What the caller should do.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Missing { .. } => ErrorKind::NotFound,
            Self::Full { .. } | Self::Unknown { .. } | Self::Store { .. } => ErrorKind::Unavailable,
        }
    }

    /// Whether a flush failed, so that the process must stop.
    pub fn is_fatal(&self) -> bool {
        matches!(self, Self::Unknown { .. })
    }
}
