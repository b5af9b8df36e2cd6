use std::io;
use std::path::{Path, PathBuf};

use crate::ErrorKind;
use crate::store::JournalError;

/// Why a data directory cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DirError {
    /// There is something in it that is no data directory.
    #[error("{} is no data directory and not empty: it holds {found}", path.display())]
    NotEmpty {
        /// The directory.
        path: PathBuf,
        /// One of the names found.
        found: String,
    },
    /// An initialised directory was wanted.
    #[error("{} is no initialised data directory: it has no FORMAT", path.display())]
    NotInitialised {
        /// The directory.
        path: PathBuf,
    },
    /// A part is missing. It is never made anew, because that would begin a second history.
    #[error("{} was initialised, but {part} is missing", path.display())]
    MissingPart {
        /// The directory.
        path: PathBuf,
        /// The part, relative to the directory.
        part: &'static str,
    },
    /// A newer version made it.
    #[error("{} has format {found}, this version reads formats up to {supported}", path.display())]
    Newer {
        /// The `FORMAT` file.
        path: PathBuf,
        /// Its version.
        found: String,
        /// The newest major version that is read.
        supported: &'static str,
    },
    /// A file is not what was once written.
    #[error("{} is damaged: {finding}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        finding: &'static str,
    },
    /// Another process uses it.
    #[error("{} is in use by another process", path.display())]
    Locked {
        /// The directory.
        path: PathBuf,
    },
    /// The file system has no locks, so that a second process could not be kept out.
    #[error("cannot lock {}", path.display())]
    Unlockable {
        /// The lock file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A file or directory cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// What was to be read.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A file or directory cannot be made or written.
    #[error("cannot write {}", path.display())]
    Write {
        /// What was to be written.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The instance name is not of the form that origins need.
    #[error(
        "{name:?} is no instance name: 1 to 100 of a-z 0-9 . / -, the first and last a letter or digit"
    )]
    InstanceName {
        /// The name.
        name: String,
    },
    /// The journal could not be made.
    #[error("cannot make the journal")]
    Journal(#[source] JournalError),
}

impl DirError {
    /// What the caller should do.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::InstanceName { .. } => ErrorKind::Invalid,
            Self::NotInitialised { .. } => ErrorKind::NotFound,
            Self::NotEmpty { .. } | Self::Locked { .. } => ErrorKind::Conflict,
            Self::MissingPart { .. } | Self::Damaged { .. } => ErrorKind::Corrupt,
            Self::Newer { .. }
            | Self::Unlockable { .. }
            | Self::Read { .. }
            | Self::Write { .. }
            | Self::Journal(_) => ErrorKind::Unavailable,
        }
    }

    pub(super) fn read(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Read { path, source }
    }

    pub(super) fn write(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Write { path, source }
    }
}
