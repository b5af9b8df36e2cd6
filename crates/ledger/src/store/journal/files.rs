//! The files of a journal: their names, and how one is made.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::JournalError;
use crate::disk::{Disk, DiskFile};

/// A file that is being filled with zeros; it counts for nothing.
const UNFINISHED: &str = "next.tmp";
const ENDING: &str = "wal";
const ZEROS: usize = 1 << 20;

/// One file of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JournalFile {
    /// The number of its first frame, whether it holds that frame already or not.
    pub(crate) first: u64,
    pub(crate) path: PathBuf,
}

impl JournalFile {
    pub(super) fn new(dir: &Path, first: u64) -> Self {
        Self {
            first,
            path: dir.join(format!("{first:016x}.{ENDING}")),
        }
    }

    fn parse(path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        let digits = name.strip_suffix(ENDING)?.strip_suffix('.')?;
        let lower_case = digits
            .bytes()
            .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        (digits.len() == 16 && lower_case).then_some(())?;
        let first = u64::from_str_radix(digits, 16).ok()?;
        Some(Self { first, path })
    }
}

/// The files of a directory, oldest first; anything else in it is left out.
pub(super) fn list(dir: &Path) -> Result<Vec<JournalFile>, JournalError> {
    let entries = fs::read_dir(dir).map_err(JournalError::file("list", dir))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(JournalError::file("list", dir))?.path();
        files.extend(JournalFile::parse(path));
    }
    files.sort_unstable_by_key(|file| file.first);
    Ok(files)
}

/// Makes a file of `len` zeros under a name that counts for nothing, durably.
pub(super) fn prepare(disk: &Disk, dir: &Path, len: u64) -> Result<(), JournalError> {
    let path = dir.join(UNFINISHED);
    let filled = disk.create(&path).and_then(|file| {
        zero(&file, 0, len)?;
        Ok(file)
    });
    filled.and_then(|file| file.flush()).map_err(|source| {
        // It counts for nothing yet, whatever of it is on the disk; on a full disk its bytes are needed elsewhere.
        let _ = disk.remove(&path);
        not_made(path, source)
    })
}

/// Gives the prepared file its name. Durable when it returns.
pub(super) fn name(disk: &Disk, dir: &Path, file: &JournalFile) -> Result<(), JournalError> {
    let renamed = disk.rename(&dir.join(UNFINISHED), &file.path);
    renamed.map_err(|source| not_made(file.path.clone(), source))?;
    disk.flush_directory(dir)
        .map_err(|source| JournalError::Unknown {
            path: dir.to_owned(),
            source,
        })
}

/// Removes what a crash left of a file that was being made.
pub(super) fn remove_unfinished(disk: &Disk, dir: &Path) -> Result<(), JournalError> {
    let path = dir.join(UNFINISHED);
    match disk.remove(&path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(JournalError::file("remove", path)(source))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Writes zeros from `start` to `end`.
pub(super) fn zero(file: &DiskFile, start: u64, end: u64) -> io::Result<()> {
    let zeros = vec![0; ZEROS];
    let mut at = start;
    while at < end {
        let len = usize::try_from(end - at).unwrap_or(ZEROS).min(ZEROS);
        file.write_at(zeros.get(..len).unwrap_or_default(), at)?;
        at += len as u64;
    }
    Ok(())
}

/// Whether an error says that there is no space, so that nothing was done and everything may be tried again.
pub(super) fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
    )
}

fn not_made(path: PathBuf, source: io::Error) -> JournalError {
    if is_full(&source) {
        JournalError::Full { path, source }
    } else {
        JournalError::File {
            attempt: "make",
            path,
            source,
        }
    }
}
