//! The data directory: who may use it, what must be in it, and how an empty one becomes one.
//!
//! ```text
//! INIT              there only while the directory is initialised: its first file
//! LOCK              locked (flock) by the process that uses the directory
//! keys/             signing, dedup, fingerprint: 32 bytes each, mode 0600
//! registry          which log has which number
//! journal/0/*.wal   frames; spine/0/*, payload/0/*: what was sealed; dedup/0/*: derived
//! FORMAT            version, instance name, time of creation: the last file of an initialisation
//! ```
//!
//! A directory with `INIT` and without `FORMAT` has acknowledged nothing and is initialised again.
//! A missing part of an initialised directory is fatal: an empty one in its place would begin a second history.

mod error;
mod format;
mod initialisation;
mod secrets;

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::disk::Disk;

pub use error::DirError;
pub use format::Format;
pub use initialisation::{Initialisation, Keyed};
pub use secrets::Secrets;

const INIT: &str = "INIT";
const INIT_UNFINISHED: &str = "INIT.tmp";
const LOCK: &str = "LOCK";
const FORMAT: &str = "FORMAT";
const KEYS: &str = "keys";
pub(crate) const REGISTRY: &str = "registry";
pub(crate) const JOURNAL: &str = "journal/0";
pub(crate) const SPINE: &str = "spine/0";
pub(crate) const PAYLOAD: &str = "payload/0";
pub(crate) const DEDUP: &str = "dedup/0";

/// Made by the system in the root of a file system; an otherwise empty directory is empty.
const LOST_AND_FOUND: &str = "lost+found";

/// An initialised data directory, locked until it is dropped.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    disk: Disk,
    format: Format,
    secrets: Secrets,
    /// The lock goes with the file handle.
    _lock: File,
}

/// A directory that was asked for.
#[derive(Debug)]
pub enum Opened {
    /// It is initialised.
    Ready(DataDir),
    /// It is new or half initialised: nothing was ever acknowledged in it.
    Fresh(Initialisation),
}

/// What stands in a directory.
enum Found {
    Initialised,
    Half,
    Empty,
}

impl DataDir {
    /// Opens a data directory, or begins to initialise an absent or empty one.
    ///
    /// # Errors
    /// See [`DirError`]; the directory is unchanged then, but for `INIT` and `LOCK`.
    pub fn open_or_begin(disk: &Disk, path: &Path) -> Result<Opened, DirError> {
        create(disk, path)?;
        match inspect(path)? {
            Found::Initialised => return Self::open(disk, path).map(Opened::Ready),
            Found::Half => {}
            Found::Empty => initialisation::write_init(disk, path)?,
        }
        let lock = lock(path)?;
        // Somebody else may have finished in between.
        match inspect(path)? {
            Found::Initialised => Self::locked(disk, path, lock).map(Opened::Ready),
            Found::Half | Found::Empty => Ok(Opened::Fresh(Initialisation::new(disk, path, lock))),
        }
    }

    /// Opens an initialised data directory.
    ///
    /// # Errors
    /// See [`DirError`].
    pub fn open(disk: &Disk, path: &Path) -> Result<Self, DirError> {
        if !path.join(FORMAT).exists() {
            return Err(DirError::NotInitialised {
                path: path.to_owned(),
            });
        }
        let lock = lock(path)?;
        Self::locked(disk, path, lock)
    }

    fn locked(disk: &Disk, path: &Path, lock: File) -> Result<Self, DirError> {
        let format = Format::read(&path.join(FORMAT))?;
        for part in [KEYS, REGISTRY, JOURNAL, SPINE, PAYLOAD] {
            if !path.join(part).exists() {
                return Err(DirError::MissingPart {
                    path: path.to_owned(),
                    part,
                });
            }
        }
        let secrets = Secrets::read(&path.join(KEYS))?;
        initialisation::remove_init(disk, path)?;
        Ok(Self {
            path: path.to_owned(),
            disk: disk.clone(),
            format,
            secrets,
            _lock: lock,
        })
    }

    /// The directory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What its `FORMAT` says.
    pub fn format(&self) -> &Format {
        &self.format
    }

    /// Its secrets.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    pub(crate) fn disk(&self) -> &Disk {
        &self.disk
    }

    pub(crate) fn part(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

/// Makes a directory whose name survives a power failure, as those of its missing parents do.
fn create(disk: &Disk, path: &Path) -> Result<(), DirError> {
    let missing: Vec<_> = path.ancestors().take_while(|dir| !dir.exists()).collect();
    disk.create_directory(path).map_err(DirError::write(path))?;
    for dir in missing {
        // The parent of a relative path of one part is the working directory.
        let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        disk.flush_directory(parent)
            .map_err(DirError::write(parent))?;
    }
    Ok(())
}

fn inspect(path: &Path) -> Result<Found, DirError> {
    let entries = fs::read_dir(path).map_err(DirError::read(path))?;
    let (mut half, mut other) = (false, None);
    for entry in entries {
        let name = entry.map_err(DirError::read(path))?.file_name();
        match name.to_str() {
            Some(FORMAT) => return Ok(Found::Initialised),
            // The second is what a crash leaves while the first is written.
            Some(INIT | INIT_UNFINISHED) => half = true,
            Some(LOST_AND_FOUND) => {}
            _ => other = Some(name),
        }
    }
    match (half, other) {
        (true, _) => Ok(Found::Half),
        (false, None) => Ok(Found::Empty),
        (false, Some(found)) => Err(DirError::NotEmpty {
            path: path.to_owned(),
            found: found.to_string_lossy().into_owned(),
        }),
    }
}

fn lock(path: &Path) -> Result<File, DirError> {
    let file_path = path.join(LOCK);
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    let file = options
        .open(&file_path)
        .map_err(DirError::write(&file_path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(DirError::Locked {
            path: path.to_owned(),
        }),
        Err(TryLockError::Error(source)) => Err(DirError::Unlockable {
            path: file_path,
            source,
        }),
    }
}

/// Replaces a whole file: after a crash it holds the old or the new bytes.
pub(crate) fn replace(disk: &Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = path.with_added_extension("tmp");
    let file = disk.create(&unfinished)?;
    file.write_at(bytes, 0)?;
    file.flush()?;
    disk.rename(&unfinished, path)?;
    disk.flush_directory(path.parent().unwrap_or(path))
}
