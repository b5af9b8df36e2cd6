//! How an empty directory becomes a data directory; the order of the steps is the order of the types.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::{
    DataDir, DirError, FORMAT, Format, INIT, INIT_UNFINISHED, JOURNAL, KEYS, PAYLOAD, REGISTRY,
    SPINE, Secrets, replace,
};
use crate::disk::Disk;
use crate::registry;
use crate::store::journal::{FileSizes, LocalJournal};

const INIT_TEXT: &[u8] = b"This directory is being initialised. Nothing in it was acknowledged.\n";

/// A directory in which nothing was acknowledged yet; the first step makes the secrets.
#[derive(Debug)]
pub struct Initialisation {
    disk: Disk,
    path: PathBuf,
    lock: File,
}

/// A directory that has its secrets.
#[derive(Debug)]
pub struct Keyed {
    begun: Initialisation,
    sizes: FileSizes,
}

impl Initialisation {
    pub(super) fn new(disk: &Disk, path: &Path, lock: File) -> Self {
        Self {
            disk: disk.clone(),
            path: path.to_owned(),
            lock,
        }
    }

    /// The directory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Stores the secrets. They replace those of an initialisation that was cut off: nothing was made with them.
    pub fn keys(self, secrets: &Secrets) -> Result<Keyed, DirError> {
        secrets.write(&self.disk, &self.path.join(KEYS))?;
        Ok(Keyed {
            begun: self,
            sizes: FileSizes::default(),
        })
    }
}

impl Keyed {
    /// The directory.
    pub fn path(&self) -> &Path {
        &self.begun.path
    }

    /// Chooses the sizes of the journal files.
    #[must_use]
    pub fn journal_files(self, sizes: FileSizes) -> Self {
        Self { sizes, ..self }
    }

    /// Makes registry and journal and, last, the directory itself. From here on it may acknowledge.
    pub fn finish(self, instance_name: &str, created_ms: u64) -> Result<DataDir, DirError> {
        let format = Format::new(instance_name, created_ms)?;
        let Initialisation { disk, path, lock } = self.begun;
        for part in [JOURNAL, SPINE, PAYLOAD] {
            let part = path.join(part);
            disk.create_directory(&part)
                .map_err(DirError::write(&part))?;
            // The name of the inner directory stands in the outer one.
            let outer = part.parent().unwrap_or(&path);
            disk.flush_directory(outer)
                .map_err(DirError::write(outer))?;
        }
        let registry = path.join(REGISTRY);
        replace(&disk, &registry, &registry::empty()).map_err(DirError::write(&registry))?;
        LocalJournal::create(&disk, &path.join(JOURNAL), self.sizes).map_err(DirError::Journal)?;
        disk.flush_directory(&path)
            .map_err(DirError::write(&path))?;
        let format_path = path.join(FORMAT);
        replace(&disk, &format_path, format.to_text().as_bytes())
            .map_err(DirError::write(&format_path))?;
        remove_init(&disk, &path)?;
        DataDir::locked(&disk, &path, lock)
    }
}

pub(super) fn write_init(disk: &Disk, path: &Path) -> Result<(), DirError> {
    let init = path.join(INIT);
    replace(disk, &init, INIT_TEXT).map_err(DirError::write(&init))
}

pub(super) fn remove_init(disk: &Disk, path: &Path) -> Result<(), DirError> {
    for name in [INIT_UNFINISHED, INIT] {
        let init = path.join(name);
        match disk.remove(&init) {
            Err(source) if source.kind() == io::ErrorKind::NotFound => {}
            removed => removed
                .and_then(|()| disk.flush_directory(path))
                .map_err(DirError::write(&init))?,
        }
    }
    Ok(())
}
