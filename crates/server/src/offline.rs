//! What is done to a closed data directory: everything is checked, or the index is built again.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use event::{Facets, Seed};
use index::{Index, IndexError, IndexOptions, LocalIndex};
use ledger::{
    Clock, ErrorKind, Payload,
    disk::Disk,
    fsck::Progress,
    store::dir::{DataDir, DirError},
};
use tlog::Entry;

pub use ledger::fsck::{Finding, FsckReport};

use crate::{
    INDEX_DIRECTORY,
    config::Config,
    indexer::{self, IndexerError},
    instance::{CloseError, Instance, OpenError},
    randomness::Randomness,
};

/// Why nothing could be checked.
#[derive(Debug, thiserror::Error)]
pub enum FsckError {
    /// The data directory could not be opened.
    #[error("cannot open the data directory")]
    Directory(#[source] DirError),
}

impl FsckError {
    /// Whether another process has the data directory.
    pub fn is_locked(&self) -> bool {
        matches!(self, Self::Directory(DirError::Locked { .. }))
    }

    /// Whether the directory is not what was once written.
    pub fn is_damage(&self) -> bool {
        let Self::Directory(error) = self;
        error.kind() == ErrorKind::Corrupt
    }
}

/// Reads everything in a closed data directory and checks it: frames, segments, hashes, and that every payload is what
/// its entry commits to. Nothing is changed. Blocks the calling thread.
///
/// `progress` is told how many entries were read and how many there are as far as is known.
pub fn fsck(config: &Config, progress: &mut dyn FnMut(u64, u64)) -> Result<FsckReport, FsckError> {
    let dir =
        DataDir::open(&Disk::local(), &config.instance.data_dir).map_err(FsckError::Directory)?;
    let mut tell = |done: Progress| progress(done.entries, done.of_sealed.max(done.entries));
    Ok(ledger::fsck::fsck(&dir, &commits, &mut tell))
}

/// Whether the payload is what the entry commits to.
fn commits(entry: &Entry, payload: &Payload) -> bool {
    let facets = Facets::from_parts(payload.facets.clone());
    let seed = Seed::from_bytes(payload.seed);
    *event::commit(&facets, &seed).as_bytes() == entry.commitment
}

/// Why the index was not built again. What is missing is made up by the next start.
#[derive(Debug, thiserror::Error)]
pub enum ReindexError {
    /// There is no initialised data directory.
    #[error("there is no data directory at {}", path.display())]
    NothingThere {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The data directory could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The old index could not be removed.
    #[error("cannot remove {path}")]
    Remove {
        /// The directory of the index.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The new index could not be made or sealed.
    #[error("cannot write the index")]
    Index(#[source] IndexError),
    /// Entries could not be read or applied.
    #[error("cannot index the account {account}")]
    Account {
        /// The origin of its log.
        account: String,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The data directory was not closed cleanly.
    #[error(transparent)]
    Close(#[from] CloseError),
}

impl ReindexError {
    /// Whether another process has the data directory.
    pub fn is_locked(&self) -> bool {
        matches!(self, Self::Open(error) if error.is_locked())
    }
}

/// Removes the index of a closed data directory and builds it again from the ledger; answers the number of events.
///
/// `progress` is told how many entries are done and how many there are. Blocks the calling thread while it works.
pub async fn reindex(
    config: &Config,
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<u64, ReindexError> {
    // Opening would initialise what is absent: a mistyped path must not become an instance.
    let path = &config.instance.data_dir;
    if !path.join("FORMAT").is_file() {
        return Err(ReindexError::NothingThere { path: path.clone() });
    }
    let instance = Instance::open(config, clock, randomness).await?;
    let built = build(
        &instance,
        &config.instance.data_dir.join(INDEX_DIRECTORY),
        progress,
    );
    let closed = instance.close().await;
    let events = built?;
    closed?;
    Ok(events)
}

fn build(
    instance: &Instance,
    path: &Path,
    progress: &dyn Fn(u64, u64),
) -> Result<u64, ReindexError> {
    match fs::remove_dir_all(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            return Err(ReindexError::Remove {
                path: path.to_owned(),
                source,
            });
        }
        _ => {}
    }
    let index = LocalIndex::open(path, IndexOptions::default()).map_err(ReindexError::Index)?;
    let logs = instance.ledger.logs();
    let total: u64 = logs.iter().map(|log| log.size.get()).sum();
    let mut done = 0;
    for log in &logs {
        let failed = |source: IndexerError| ReindexError::Account {
            account: log.origin.to_string(),
            source: Box::new(source),
        };
        let catalogue = instance.catalogue_of_log(&log.origin);
        let mut applied = index.applied(log.number.get());
        while applied < log.size {
            let after = indexer::step(&instance.ledger, &index, &catalogue, log.number, applied)
                .map_err(failed)?;
            done += after.get().saturating_sub(applied.get());
            applied = after;
            progress(done, total);
        }
    }
    let events = index.sizes().rows;
    index.close().map_err(ReindexError::Index)?;
    Ok(events)
}
