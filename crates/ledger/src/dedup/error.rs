use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why the dedup index could not do what it was asked.
///
/// The directory is derived data: after [`DedupError::Damaged`] it is rebuilt from journal and payload, after the
/// next open or after a call of [`clear`](super::DedupIndex::clear).
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DedupError {
    /// The operating system refused to list, open or read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file or directory that was to be read.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The operating system refused to create, write, rename or remove, or to flush a file that counts for nothing
    /// yet; on a full disk among others. The index is unchanged and the same call may be made again.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file that was to be written.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The rename of the manifest or the flush of a name failed, so what is on the disk is unknown. The index writes no more until it is opened again.
    #[error("cannot make {} durable", path.display())]
    Flush {
        /// The file or directory that was to be flushed.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A file is not what was once written.
    #[error("{} is damaged: {finding}", path.display())]
    Damaged {
        /// The file that was read.
        path: PathBuf,
        /// What is wrong with it.
        finding: &'static str,
    },
    /// An earlier flush failed, or damage was found: reading goes on, writing does not.
    #[error("an earlier flush of the dedup index failed, or it is damaged")]
    Poisoned,
}

impl DedupError {
    pub(super) fn read(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Read { path, source }
    }

    pub(super) fn write(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Write { path, source }
    }

    pub(super) fn flush(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Flush { path, source }
    }

    pub(super) fn damaged(path: &Path, finding: &'static str) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            finding,
        }
    }

    /// Whether the directory must be cleared and built again.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged { .. })
    }
}
