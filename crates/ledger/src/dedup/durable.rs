//! Writing that survives a power failure: content first, then the name, then the directory that holds the name.

use std::io;
use std::path::{Path, PathBuf};

use super::DedupError;
use crate::disk::{Disk, DiskFile};

/// The ending of files that are still written; such a file counts for nothing.
pub(super) const UNFINISHED: &str = "tmp";

/// The directory of the index on its disk.
#[derive(Clone, Debug)]
pub(super) struct Directory {
    disk: Disk,
    path: PathBuf,
}

impl Directory {
    /// Opens the directory, or makes it.
    pub(super) fn open(disk: &Disk, path: &Path) -> Result<Self, DedupError> {
        disk.create_directory(path)
            .map_err(DedupError::write(path))?;
        Ok(Self {
            disk: disk.clone(),
            path: path.to_owned(),
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn create(&self, path: &Path) -> Result<DiskFile, DedupError> {
        self.disk.create(path).map_err(DedupError::write(path))
    }

    pub(super) fn remove(&self, path: &Path) -> Result<(), DedupError> {
        self.disk.remove(path).map_err(DedupError::write(path))
    }

    /// Gives a flushed file its final name and makes the name durable.
    pub(super) fn publish(&self, unfinished: &Path, path: &Path) -> Result<(), DedupError> {
        self.disk
            .rename(unfinished, path)
            .map_err(DedupError::write(path))?;
        self.flush_names()
    }

    /// Replaces a whole file: after a crash it holds the old or the new bytes.
    ///
    /// After [`DedupError::Write`] it certainly holds the old ones.
    pub(super) fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), DedupError> {
        let path = self.path.join(name);
        let unfinished = path.with_extension(UNFINISHED);
        let file = self.create(&unfinished)?;
        file.write_at(bytes, 0)
            .and_then(|()| file.flush())
            .map_err(DedupError::write(&unfinished))?;
        match self.disk.rename(&unfinished, &path) {
            Ok(()) => self.flush_names(),
            Err(full) if full.kind() == io::ErrorKind::StorageFull => {
                Err(DedupError::write(&path)(full))
            }
            // Reported as failed, it may have happened all the same.
            Err(failed) => Err(DedupError::flush(&path)(failed)),
        }
    }

    fn flush_names(&self) -> Result<(), DedupError> {
        self.disk
            .flush_directory(&self.path)
            .map_err(DedupError::flush(&self.path))
    }
}
