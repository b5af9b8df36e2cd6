use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use ledger::disk::{Change, Disk, Fate, Watch};

use super::Moment;
use super::moment::Kept;

/// Records every change of a data directory.
#[derive(Debug)]
pub struct Recorder {
    root: PathBuf,
    beginning: Moment,
    changes: Mutex<Vec<Kept>>,
}

impl Recorder {
    /// Begins to record; what stands in the data directory now counts as durable.
    pub fn watching(root: &Path) -> io::Result<Arc<Self>> {
        Ok(Arc::new(Self {
            root: root.to_owned(),
            beginning: Moment::of_directory(root)?,
            changes: Mutex::default(),
        }))
    }

    /// The disk whose changes are recorded.
    pub fn disk(self: &Arc<Self>) -> Disk {
        let watch: Arc<dyn Watch> = Arc::<Self>::clone(self);
        Disk::watched(watch)
    }

    /// Changes so far: what is acknowledged now must stand in every image of this moment and of later ones.
    pub fn changes(&self) -> usize {
        self.kept().len()
    }

    /// The data directory before the first change, after it, after the second, and so on.
    pub fn moments(&self) -> impl Iterator<Item = Moment> {
        let changes = self.kept().clone();
        let later = changes
            .into_iter()
            .scan(self.beginning.clone(), |moment, change| {
                moment.apply(&change);
                Some(moment.clone())
            });
        std::iter::once(self.beginning.clone()).chain(later)
    }

    /// # Panics
    /// When a change is made outside of the data directory.
    fn keep(&self, change: &Change<'_>) -> Kept {
        let inside = |path: &Path| {
            let relative = path.strip_prefix(&self.root);
            relative
                .expect("all changes are inside of the data directory")
                .to_owned()
        };
        match *change {
            Change::CreateDirectory(path) => Kept::CreateDirectory(inside(path)),
            Change::Create(path) => Kept::Create(inside(path)),
            Change::Write { path, at, bytes } => Kept::Write {
                path: inside(path),
                at,
                bytes: Bytes::copy_from_slice(bytes),
            },
            Change::SetLength { path, length } => Kept::SetLength {
                path: inside(path),
                length,
            },
            Change::Flush(path) => Kept::Flush(inside(path)),
            Change::Rename { from, to } => Kept::Rename {
                from: inside(from),
                to: inside(to),
            },
            Change::Remove(path) => Kept::Remove(inside(path)),
            Change::FlushDirectory(path) => Kept::FlushDirectory(inside(path)),
        }
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watch for Recorder {
    fn decide(&self, change: &Change<'_>) -> Fate {
        let kept = self.keep(change);
        self.kept().push(kept);
        Fate::Done
    }
}
