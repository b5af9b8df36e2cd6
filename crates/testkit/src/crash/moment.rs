use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::Image;
use super::file::{Content, File, Unflushed};
use crate::seed::Seed;

/// A change of the disk, kept. Paths are relative to the data directory.
#[derive(Clone, Debug)]
pub(super) enum Kept {
    CreateDirectory(PathBuf),
    Create(PathBuf),
    Write {
        path: PathBuf,
        at: u64,
        bytes: Bytes,
    },
    SetLength {
        path: PathBuf,
        length: u64,
    },
    Flush(PathBuf),
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Remove(PathBuf),
    FlushDirectory(PathBuf),
}

/// A file's number; names point to it, so that a rename moves the file with its unflushed writes.
type FileId = usize;

/// A change of names that no flush of its directory has made durable: each path gets a file, or loses the one it had.
type Naming = Vec<(PathBuf, Option<FileId>)>;

/// A data directory at one moment: what the process sees, and what of it is durable.
#[derive(Clone, Debug, Default)]
pub struct Moment {
    changes: usize,
    files: Vec<File>,
    live: BTreeMap<PathBuf, FileId>,
    durable: BTreeMap<PathBuf, FileId>,
    unflushed: Vec<Naming>,
    directories: Vec<PathBuf>,
}

impl Moment {
    /// A data directory as it stands, all of it durable.
    pub(super) fn of_directory(root: &Path) -> io::Result<Self> {
        let mut moment = Self::default();
        let mut directories = vec![PathBuf::new()];
        while let Some(directory) = directories.pop() {
            for entry in fs::read_dir(root.join(&directory))? {
                let entry = entry?;
                let path = directory.join(entry.file_name());
                if entry.file_type()?.is_dir() {
                    directories.push(path);
                } else if entry.file_type()?.is_file() {
                    let content = Content::of(&fs::read(entry.path())?);
                    moment.durable.insert(path, moment.files.len());
                    moment.files.push(File::durable(content));
                }
            }
            moment.directories.push(directory);
        }
        moment.live = moment.durable.clone();
        Ok(moment)
    }

    /// Changes since the recorder began.
    pub fn changes(&self) -> usize {
        self.changes
    }

    /// What a process that is killed now leaves: the operating system goes on and loses nothing.
    pub fn after_kill(&self) -> Image {
        let contents: Vec<Content> = self.files.iter().map(File::live).collect();
        self.image(&self.live, &contents)
    }

    /// One of the directories that a power failure could leave now, chosen by the seed.
    pub fn after_power_failure(&self, seed: &mut Seed) -> Image {
        let mut names = self.durable.clone();
        for naming in &self.unflushed {
            if seed.percent(50) {
                apply(naming, &mut names);
            }
        }
        let contents: Vec<Content> = self
            .files
            .iter()
            .map(|file| file.after_crash(seed))
            .collect();
        self.image(&names, &contents)
    }

    /// Whether a power failure now leaves the same as a kill.
    pub fn is_flushed(&self) -> bool {
        let is_flushed = |id: &FileId| self.files.get(*id).is_some_and(File::is_flushed);
        self.unflushed.is_empty() && self.live.values().all(is_flushed)
    }

    fn image(&self, names: &BTreeMap<PathBuf, FileId>, contents: &[Content]) -> Image {
        let with_content =
            |(path, id): (&PathBuf, &FileId)| Some((path.clone(), contents.get(*id)?.clone()));
        Image {
            files: names.iter().filter_map(with_content).collect(),
            directories: self.directories.clone(),
        }
    }

    /// Moves on by one change.
    pub(super) fn apply(&mut self, change: &Kept) {
        self.changes += 1;
        match change {
            Kept::CreateDirectory(path) => self.directories.push(path.clone()),
            Kept::Create(path) => self.create(path),
            Kept::Write { path, at, bytes } => {
                let (at, bytes) = (*at, bytes.clone());
                self.file(path).change(Unflushed::Write { at, bytes });
            }
            Kept::SetLength { path, length } => {
                self.file(path).change(Unflushed::SetLength(*length));
            }
            Kept::Flush(path) => self.file(path).flush(),
            Kept::Rename { from, to } => {
                // A name that is gone is what the caller finds out from the operating system.
                if let Some(id) = self.live.get(from).copied() {
                    self.name(vec![(from.clone(), None), (to.clone(), Some(id))]);
                }
            }
            Kept::Remove(path) => self.name(vec![(path.clone(), None)]),
            Kept::FlushDirectory(path) => self.flush_directory(path),
        }
    }

    /// Emptying a file that exists is a change of the file, making one is a change of names.
    fn create(&mut self, path: &Path) {
        if self.live.contains_key(path) {
            self.file(path).change(Unflushed::SetLength(0));
        } else {
            let id = self.files.len();
            self.files.push(File::default());
            self.name(vec![(path.to_owned(), Some(id))]);
        }
    }

    /// # Panics
    /// When a file is changed that nobody made.
    fn file(&mut self, path: &Path) -> &mut File {
        let id = self.live.get(path).copied();
        let file = id.and_then(|id| self.files.get_mut(id));
        file.unwrap_or_else(|| panic!("{} is changed, but nobody made it", path.display()))
    }

    fn name(&mut self, naming: Naming) {
        apply(&naming, &mut self.live);
        self.unflushed.push(naming);
    }

    fn flush_directory(&mut self, directory: &Path) {
        let unflushed = std::mem::take(&mut self.unflushed);
        let is_inside = |naming: &Naming| {
            naming
                .iter()
                .all(|(path, _)| path.parent() == Some(directory))
        };
        let (flushed, rest): (Vec<_>, Vec<_>) = unflushed.into_iter().partition(is_inside);
        for naming in &flushed {
            apply(naming, &mut self.durable);
        }
        self.unflushed = rest;
    }
}

fn apply(naming: &Naming, names: &mut BTreeMap<PathBuf, FileId>) {
    for (path, file) in naming {
        match file {
            Some(file) => names.insert(path.clone(), *file),
            None => names.remove(path),
        };
    }
}
