//! Blobs on the local disk: one file each, under a directory.
//!
//! What the system is asked for to put one: `creat(<name>.tmp) pwrite.. fdatasync rename(<name>.tmp, <name>)
//! fsync(directory)`.

mod error;

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::disk::Disk;
use crate::store::{BlobInfo, Blobs};

pub use error::BlobError;

/// Files that stay open for readers: far below the usual limit of 1,024 descriptors.
const OPEN_FILES_MAX: usize = 128;
const UNFINISHED: &str = "tmp";

/// Blobs in a directory of the local disk.
#[derive(Debug)]
pub struct LocalBlobs {
    disk: Disk,
    root: PathBuf,
    open: Mutex<HashMap<String, Arc<File>>>,
}

impl LocalBlobs {
    /// The blobs under `root`, which exists. Changes nothing: what a crash left of a blob is only not listed.
    pub fn new(disk: Disk, root: &Path) -> Self {
        Self {
            disk,
            root: root.to_owned(),
            open: Mutex::default(),
        }
    }

    /// Removes what a crash left of blobs whose names begin with `prefix`.
    pub fn remove_unfinished(&self, prefix: &str) -> Result<(), BlobError> {
        let mut unfinished = self.files(prefix)?.into_iter().filter(is_unfinished);
        unfinished.try_for_each(|blob| self.delete(&blob.name))
    }

    fn files(&self, prefix: &str) -> Result<Vec<BlobInfo>, BlobError> {
        let folder = prefix.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut found = Vec::new();
        list_into(&self.root, folder, &mut found).map_err(|source| BlobError::Store {
            attempt: "list",
            name: prefix.to_owned(),
            source,
        })?;
        found.retain(|blob| blob.name.starts_with(prefix));
        found.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    fn file(&self, name: &str) -> Result<Arc<File>, BlobError> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = open.get(name) {
            return Ok(Arc::clone(file));
        }
        let file = File::open(self.root.join(name)).map_err(|source| not_read(name, source))?;
        let file = Arc::new(file);
        if open.len() >= OPEN_FILES_MAX {
            // Which one goes hardly matters: opening a file again costs less than reading a block of it.
            let victim = open.keys().next().cloned();
            victim.and_then(|victim| open.remove(&victim));
        }
        open.insert(name.to_owned(), Arc::clone(&file));
        Ok(file)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), BlobError> {
        let path = self.root.join(name);
        let unfinished = path.with_added_extension(UNFINISHED);
        let dir = path.parent().unwrap_or(&self.root);
        self.disk
            .create_directory(dir)
            .map_err(|source| not_put(name, source))?;
        let written = self.disk.create(&unfinished).and_then(|file| {
            file.write_at(bytes, 0)?;
            file.flush()
        });
        let named = written.and_then(|()| self.disk.rename(&unfinished, &path));
        if let Err(source) = named {
            // Nothing names the blob; on a full disk its bytes are needed elsewhere.
            let _ = self.disk.remove(&unfinished);
            return Err(not_put(name, source));
        }
        self.disk
            .flush_directory(dir)
            .map_err(|source| BlobError::Unknown {
                name: name.to_owned(),
                source,
            })
    }
}

impl Blobs for LocalBlobs {
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), BlobError> {
        self.write(name, bytes)
    }

    fn get(&self, name: &str, range: Range<u64>) -> Result<Vec<u8>, BlobError> {
        let len = range.end.saturating_sub(range.start);
        let file = self.file(name)?;
        // Before anything of that size is allocated: ranges come from files that are not trusted.
        let metadata = file.metadata().map_err(|source| not_read(name, source))?;
        let len = usize::try_from(len)
            .ok()
            .filter(|_| metadata.is_file() && range.end <= metadata.len())
            .ok_or_else(|| BlobError::Missing {
                name: name.to_owned(),
            })?;
        let mut bytes = vec![0; len];
        file.read_exact_at(&mut bytes, range.start)
            .map_err(|source| not_read(name, source))?;
        Ok(bytes)
    }

    fn list(&self, prefix: &str) -> Result<Vec<BlobInfo>, BlobError> {
        let mut found = self.files(prefix)?;
        found.retain(|blob| !is_unfinished(blob));
        Ok(found)
    }

    fn delete(&self, name: &str) -> Result<(), BlobError> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.remove(name);
        drop(open);
        let path = self.root.join(name);
        let removed = self.disk.remove(&path).and_then(|()| {
            let dir = path.parent().unwrap_or(&self.root);
            self.disk.flush_directory(dir)
        });
        match removed {
            Err(source) if source.kind() != io::ErrorKind::NotFound => Err(BlobError::Store {
                attempt: "delete",
                name: name.to_owned(),
                source,
            }),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

/// Lists the files of a folder and of the folders in it; a missing folder is empty.
fn list_into(root: &Path, folder: &str, found: &mut Vec<BlobInfo>) -> io::Result<()> {
    let entries = match fs::read_dir(root.join(folder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let file_name = entry.file_name();
        let Some(file_name) = file_name.to_str() else {
            continue;
        };
        let name = if folder.is_empty() {
            file_name.to_owned()
        } else {
            format!("{folder}/{file_name}")
        };
        let metadata = entry.metadata()?;
        if metadata.is_dir() {
            list_into(root, &name, found)?;
        } else {
            let len = metadata.len();
            found.push(BlobInfo { name, len });
        }
    }
    Ok(())
}

fn is_unfinished(blob: &BlobInfo) -> bool {
    let ending = Path::new(&blob.name).extension();
    ending.is_some_and(|ending| ending == UNFINISHED)
}

fn not_read(name: &str, source: io::Error) -> BlobError {
    let name = name.to_owned();
    match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::UnexpectedEof => BlobError::Missing { name },
        _ => BlobError::Store {
            attempt: "read",
            name,
            source,
        },
    }
}

fn not_put(name: &str, source: io::Error) -> BlobError {
    let name = name.to_owned();
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            BlobError::Full { name, source }
        }
        _ => BlobError::Store {
            attempt: "put",
            name,
            source,
        },
    }
}
