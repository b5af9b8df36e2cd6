use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::file::Content;

/// A data directory as a power failure could leave it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    pub(super) files: BTreeMap<PathBuf, Content>,
    pub(super) directories: Vec<PathBuf>,
}

impl Image {
    /// Writes the image into an empty directory.
    pub fn write_to(&self, root: &Path) -> io::Result<()> {
        for directory in &self.directories {
            fs::create_dir_all(root.join(directory))?;
        }
        for (path, content) in &self.files {
            let path = root.join(path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            let file = File::create(path)?;
            file.set_len(content.length())?;
            for (at, bytes) in content.pages() {
                file.write_all_at(bytes, at)?;
            }
        }
        Ok(())
    }

    /// The names of the files, relative to the data directory.
    pub fn names(&self) -> impl Iterator<Item = &Path> {
        self.files.keys().map(PathBuf::as_path)
    }
}
