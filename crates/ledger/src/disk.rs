//! The one way by which this crate changes files.
//!
//! Whoever wants to know what a power failure would leave, or what a failing disk does, gives a [`Watch`] to the
//! [`Disk`]: it sees every change before it happens and decides its fate. Without one, a change costs one
//! comparison more than `std::fs`. Reading needs no watch and uses `std::fs`.
//!
//! A file is durable when its bytes and the directory that names it are flushed, in this order.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One change of the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change<'a> {
    /// A directory and its missing parents are made; nothing changes where it exists.
    CreateDirectory(&'a Path),
    /// A file is made, or emptied where it exists.
    Create(&'a Path),
    /// Bytes are written at an offset.
    Write {
        /// The file.
        path: &'a Path,
        /// The offset of the first byte.
        at: u64,
        /// What is written.
        bytes: &'a [u8],
    },
    /// A file is cut off, or extended with zeros.
    SetLength {
        /// The file.
        path: &'a Path,
        /// Its length in bytes afterwards.
        length: u64,
    },
    /// The bytes of a file, and as much about it as reading them back needs, are made durable.
    Flush(&'a Path),
    /// A file takes another name, in place of what had it.
    Rename {
        /// The name before.
        from: &'a Path,
        /// The name afterwards.
        to: &'a Path,
    },
    /// A file loses its name.
    Remove(&'a Path),
    /// The names inside a directory are made durable.
    FlushDirectory(&'a Path),
}

/// What becomes of a change.
#[derive(Debug)]
pub enum Fate {
    /// It is done.
    Done,
    /// It is not done, and the caller is told so.
    Lost(io::Error),
    /// It is done, but the caller is told that it failed.
    Kept(io::Error),
    /// Of a write only this many bytes are done, and the caller is told that it failed; other changes are lost.
    Cut(usize, io::Error),
}

/// Sees every change of a disk and decides its fate.
pub trait Watch: Send + Sync + fmt::Debug {
    /// Called before each change, in the order in which they happen to one file.
    fn decide(&self, change: &Change<'_>) -> Fate;
}

/// A handle to the file system, cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    watch: Option<Arc<dyn Watch>>,
}

impl Disk {
    /// The file system as it is.
    pub const fn local() -> Self {
        Self { watch: None }
    }

    /// The file system under a watch.
    pub fn watched(watch: Arc<dyn Watch>) -> Self {
        Self { watch: Some(watch) }
    }

    /// Makes a directory and its missing parents.
    pub fn create_directory(&self, path: &Path) -> io::Result<()> {
        self.change(&Change::CreateDirectory(path), || fs::create_dir_all(path))
    }

    /// Makes a file, or empties it where it exists, and opens it for reading and writing.
    pub fn create(&self, path: &Path) -> io::Result<DiskFile> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(true);
        let file = self.change(&Change::Create(path), || options.open(path))?;
        Ok(self.opened(file, path))
    }

    /// Opens a file that exists for reading and writing.
    pub fn open(&self, path: &Path) -> io::Result<DiskFile> {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        Ok(self.opened(file, path))
    }

    /// Gives a file another name, in place of what had it.
    pub fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change(&Change::Rename { from, to }, || fs::rename(from, to))
    }

    /// Removes a file.
    pub fn remove(&self, path: &Path) -> io::Result<()> {
        self.change(&Change::Remove(path), || fs::remove_file(path))
    }

    /// Makes the names inside a directory durable.
    pub fn flush_directory(&self, path: &Path) -> io::Result<()> {
        self.change(&Change::FlushDirectory(path), || {
            File::open(path)?.sync_all()
        })
    }

    fn opened(&self, file: File, path: &Path) -> DiskFile {
        DiskFile {
            disk: self.clone(),
            path: path.to_owned(),
            file,
        }
    }

    /// Does a change, unless the watch decides otherwise.
    fn change<T>(
        &self,
        change: &Change<'_>,
        make: impl FnOnce() -> io::Result<T>,
    ) -> io::Result<T> {
        let Some(watch) = &self.watch else {
            return make();
        };
        match watch.decide(change) {
            Fate::Done => make(),
            Fate::Kept(error) => make().and(Err(error)),
            Fate::Lost(error) | Fate::Cut(_, error) => Err(error),
        }
    }
}

/// An open file of a [`Disk`].
#[derive(Debug)]
pub struct DiskFile {
    disk: Disk,
    path: PathBuf,
    file: File,
}

impl DiskFile {
    /// The name under which it was opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file itself, for reading.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Writes all bytes at an offset, extending the file where it is shorter.
    pub fn write_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        let path = &self.path;
        let change = Change::Write { path, at, bytes };
        match self.disk.watch.as_ref().map(|watch| watch.decide(&change)) {
            None | Some(Fate::Done) => self.file.write_all_at(bytes, at),
            Some(Fate::Kept(error)) => self.file.write_all_at(bytes, at).and(Err(error)),
            Some(Fate::Lost(error)) => Err(error),
            Some(Fate::Cut(length, error)) => {
                let written = bytes.get(..length).unwrap_or(bytes);
                self.file.write_all_at(written, at).and(Err(error))
            }
        }
    }

    /// Cuts the file off, or extends it with zeros.
    pub fn set_length(&self, length: u64) -> io::Result<()> {
        let path = &self.path;
        let change = Change::SetLength { path, length };
        self.disk.change(&change, || self.file.set_len(length))
    }

    /// Makes the bytes durable, and the length where it changed (`fdatasync`). A failed flush is never repeated.
    pub fn flush(&self) -> io::Result<()> {
        self.disk
            .change(&Change::Flush(&self.path), || self.file.sync_data())
    }
}
