//! The state of all logs: who may change what of it, and under which lock.
//!
//! Locks are taken in this order: the manifest (who writes files), what was seen (who adds entries), the map of logs or
//! a log, what is unsealed.
//! Readers take only the lock of their log, for as long as it takes to copy a list of segments (and, when a builder is
//! not frozen yet, to freeze it).

mod apply;
mod forget;
mod seal;

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};

use tlog::TreeSize;

use super::IndexOptions;
use super::first_seen::Seen;
use super::flush::{MANIFEST, cut_off_missing, remove_unnamed};
use super::limits::SEAL_TEXT_BYTES;
use super::log::{Log, Piece, RowsIn};
use super::manifest::Manifest;
use super::sealed::{Packs, Sealed, locked};
use super::segment::Segment;
use crate::index::IndexError;

/// All logs.
#[derive(Debug)]
pub(crate) struct Store {
    packs: Packs,
    seal_rows: usize,
    /// Held by who writes files.
    manifest: Mutex<Manifest>,
    /// What was seen in the logs to which entries were added; held by who adds entries.
    seen: Mutex<HashMap<u32, Seen>>,
    logs: RwLock<HashMap<u32, Arc<Mutex<Log>>>>,
    unsealed: Mutex<Unsealed>,
    sealing_due: Condvar,
}

/// What no file has yet.
#[derive(Debug, Default)]
struct Unsealed {
    /// The logs whose entry in the manifest is behind.
    logs: BTreeSet<u32>,
    rows: usize,
    text: usize,
    /// Whether the index is being closed.
    closed: bool,
}

impl Unsealed {
    /// Whether this is `times` what is sealed at once.
    fn is_due(&self, rows: usize, times: usize) -> bool {
        self.rows >= rows.saturating_mul(times) || self.text >= SEAL_TEXT_BYTES * times
    }

    fn take(&mut self) -> Self {
        let closed = self.closed;
        let taken = std::mem::take(self);
        self.closed = closed;
        taken
    }

    fn put_back(&mut self, taken: Self) {
        self.logs.extend(taken.logs);
        self.rows += taken.rows;
        self.text += taken.text;
    }
}

/// A sealed segment that could not be read.
#[derive(Debug)]
pub(crate) struct Unreadable {
    sealed: Arc<Sealed>,
    error: IndexError,
}

impl Store {
    /// Opens a directory, made if absent; without a readable manifest everything is empty.
    pub(crate) fn open(directory: &Path, options: &IndexOptions) -> Result<Self, IndexError> {
        fs::create_dir_all(directory).map_err(|source| IndexError::Write {
            file: String::from("."),
            source,
        })?;
        let mut manifest = fs::read(directory.join(MANIFEST))
            .ok()
            .and_then(|bytes| Manifest::decode(&bytes).ok())
            .unwrap_or_default();
        cut_off_missing(directory, &mut manifest);
        remove_unnamed(directory, &manifest);
        let logs = manifest.logs.iter().map(|(&log, entry)| {
            let sealed = entry.segments.iter().map(|&meta| Packs::sealed(log, meta));
            let log_state = Log::of_sealed(entry.applied, sealed.collect());
            (log, Arc::new(Mutex::new(log_state)))
        });
        let logs = RwLock::new(logs.collect());
        Ok(Self {
            packs: Packs::new(directory, options.resident_bytes),
            seal_rows: options.seal_rows.max(1),
            manifest: Mutex::new(manifest),
            seen: Mutex::default(),
            logs,
            unsealed: Mutex::default(),
            sealing_due: Condvar::new(),
        })
    }

    /// Lets [`Store::seal_when_due`] return.
    pub(crate) fn stop_sealing(&self) {
        locked(&self.unsealed).closed = true;
        self.sealing_due.notify_all();
    }

    fn log(&self, log: u32) -> Option<Arc<Mutex<Log>>> {
        let logs = self.logs.read().unwrap_or_else(PoisonError::into_inner);
        logs.get(&log).map(Arc::clone)
    }

    fn log_or_new(&self, log: u32) -> Arc<Mutex<Log>> {
        self.log(log).unwrap_or_else(|| {
            let mut logs = self.logs.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(logs.entry(log).or_default())
        })
    }

    /// How many entries of a log are applied.
    pub(crate) fn applied(&self, log: u32) -> TreeSize {
        TreeSize::new(self.log(log).map_or(0, |log| locked(&log).applied))
    }

    /// The rows of a log at this moment, oldest position first.
    pub(crate) fn pieces(&self, log: u32) -> Vec<Piece> {
        self.log(log)
            .map_or_else(Vec::new, |log| locked(&log).pieces())
    }

    /// The rows of a piece.
    pub(crate) fn open_piece(&self, piece: &Piece) -> Result<Arc<Segment>, Unreadable> {
        match &piece.rows_in {
            RowsIn::Memory(segment) => Ok(Arc::clone(segment)),
            RowsIn::File(sealed) => self.open_sealed(sealed),
        }
    }

    fn open_sealed(&self, sealed: &Arc<Sealed>) -> Result<Arc<Segment>, Unreadable> {
        self.packs.open(sealed).map_err(|error| Unreadable {
            sealed: Arc::clone(sealed),
            error,
        })
    }

    /// What is held, over all logs.
    pub(crate) fn sizes(&self) -> super::Sizes {
        let logs: Vec<_> = {
            let logs = self.logs.read().unwrap_or_else(PoisonError::into_inner);
            logs.values().cloned().collect()
        };
        let mut sizes = super::Sizes {
            sealed_bytes: self.packs.resident_bytes(),
            ..super::Sizes::default()
        };
        for log in logs {
            let log = locked(&log);
            sizes.rows += log
                .sealed
                .iter()
                .map(|s| u64::from(s.meta.rows))
                .sum::<u64>();
            sizes.file_bytes += log.sealed.iter().map(|s| s.meta.length).sum::<u64>();
            sizes.segments += log.sealed.len();
            sizes.rows += log.head_rows();
            sizes.head_bytes += log.runs.iter().map(|run| run.bytes()).sum::<usize>();
        }
        sizes
    }
}
