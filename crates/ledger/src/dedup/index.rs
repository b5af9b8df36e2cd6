//! The dedup index as its owner sees it.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::durable::Directory;
use super::files::{Files, remove_unnamed};
use super::filter::Probe;
use super::limits::{REBUILD_RECORDS, RUNS_MAX};
use super::manifest::Manifest;
use super::memtable::Memtable;
use super::merge::{self, Merge};
use super::record::{Key, Known, Place, Record, Seen};
use super::run::Run;
use super::writer::RunWriter;
use super::{DedupError, Maintenance, Stored};
use crate::disk::Disk;

/// Which keys were seen, in memory and in sorted runs on disk.
///
/// All methods take `&self`: one thread inserts, any thread may look up, and a background thread may seal and
/// maintain at the same time.
#[derive(Debug)]
pub struct DedupIndex {
    dir: Directory,
    /// Held for moments only, never while a file is written.
    state: RwLock<State>,
    /// Held while files are written: one seal or maintenance step at a time. Always taken before `state`.
    files: Mutex<Files>,
}

/// What look-ups see.
#[derive(Debug, Default)]
struct State {
    memtable: Memtable,
    /// Tables that a seal is writing, or failed to write; the newest last.
    frozen: Vec<Arc<Memtable>>,
    /// The newest last.
    runs: Vec<Arc<Run>>,
}

impl DedupIndex {
    /// Opens the directory, or makes it, and answers up to which commit the runs cover the log (0 for none).
    ///
    /// The owner inserts the records of every later commit again. Files that the manifest does not name are
    /// removed: they are what a crash left. When a file it names is damaged or missing, everything is removed
    /// and the answer is 0. When the answer lies beyond the last commit of the journal, the directory belongs to
    /// another past: the owner calls [`DedupIndex::clear`] and rebuilds.
    pub fn open(dir: &Path) -> Result<(Self, u64), DedupError> {
        Self::open_on(&Disk::local(), dir)
    }

    /// [`DedupIndex::open`] with all changes going through the given disk.
    pub fn open_on(disk: &Disk, dir: &Path) -> Result<(Self, u64), DedupError> {
        let dir = Directory::open(disk, dir)?;
        let manifest = match Manifest::read(dir.path()) {
            Err(damage) if damage.is_damage() => None,
            read => read?,
        };
        let numbers = manifest.iter().flat_map(|manifest| &manifest.runs);
        let runs: Result<Vec<_>, _> = numbers
            .map(|number| Run::open(dir.path(), *number).map(Arc::new))
            .collect();
        let (manifest, runs) = match (manifest, runs) {
            (Some(manifest), Ok(runs)) => (manifest, runs),
            (None, _) => (Manifest::default(), Vec::new()),
            (_, Err(damage)) if damage.is_damage() => (Manifest::default(), Vec::new()),
            (_, Err(failure)) => return Err(failure),
        };
        if runs.is_empty() && manifest.covered == 0 {
            // Before anything is removed the disk must say that nothing counts.
            manifest.write(&dir)?;
        }
        remove_unnamed(&dir, &runs)?;
        let covered = manifest.covered;
        let files = Files {
            next_run: manifest.next_run,
            manifest,
            merge: None,
            poisoned: false,
            condemned: false,
        };
        let state = State {
            runs,
            ..State::default()
        };
        let index = Self {
            dir,
            state: RwLock::new(state),
            files: Mutex::new(files),
        };
        Ok((index, covered))
    }

    /// What is known about a key of a log.
    ///
    /// An unknown key costs one memory access per run and almost never a read; a known one costs one block read.
    ///
    /// # Errors
    /// After [`DedupError::Damaged`] the next open covers nothing, so that the owner rebuilds; so does
    /// [`DedupIndex::clear`] at once.
    pub fn lookup(&self, log: u32, key: &Key) -> Result<Option<Seen>, DedupError> {
        let found = self.find(&Place { key: *key, log });
        if matches!(&found, Err(error) if error.is_damage()) {
            self.condemn(&mut self.files());
        }
        found
    }

    /// Records that a key was seen; what was known about it before is replaced.
    ///
    /// Only for records whose commit is durable: a seal may make the key durable at any time, and a key without
    /// its record would refuse the record for ever.
    pub fn insert(&self, log: u32, key: &Key, seen: Seen) {
        let place = Place { key: *key, log };
        let record = Record {
            place,
            seen: Some(seen),
        };
        self.state_mut().memtable.put(record);
    }

    /// Makes a key unknown again. Like an insert it must be repeated when the commit behind it is replayed.
    pub fn forget(&self, log: u32, key: &Key) {
        let place = Place { key: *key, log };
        self.state_mut().memtable.put(Record { place, seen: None });
    }

    /// Writes what was inserted into a run and notes that every commit up to `upto` is covered.
    ///
    /// When this returns it is durable: the journal below may be trimmed. Look-ups and inserts go on meanwhile.
    /// After an error nothing is lost from memory and nothing more is covered. A smaller `upto` than before
    /// changes nothing about what is covered.
    pub fn seal(&self, upto: u64) -> Result<(), DedupError> {
        self.write(|index, files| index.seal_with(files, upto))
    }

    /// Does one bounded piece of merging: about 2.4 MB of reading and of writing, and one flush.
    ///
    /// To be called after a seal and while the answer is [`Maintenance::Working`], from any thread.
    pub fn maintenance(&self) -> Result<Maintenance, DedupError> {
        self.write(Self::maintain_with)
    }

    /// Forgets everything, in memory and on disk. Durable when it returns.
    pub fn clear(&self) -> Result<(), DedupError> {
        self.write(Self::clear_with)
    }

    /// Forgets everything and takes what `known` yields instead, in any order, in bounded memory.
    ///
    /// A later item replaces an earlier one of the same key. Covered is `upto` at the end and 0 until then, so a
    /// crash half way leads to another rebuild.
    pub fn rebuild<E: From<DedupError>>(
        &self,
        upto: u64,
        known: impl IntoIterator<Item = Result<Known, E>>,
    ) -> Result<(), E> {
        self.clear()?;
        for item in known {
            let Known { log, key, seen } = item?;
            self.insert(log, &key, seen);
            if self.pending() >= REBUILD_RECORDS {
                self.seal(0)?;
                while self.maintenance()? == Maintenance::Working {}
            }
        }
        Ok(self.seal(upto)?)
    }

    /// Reads every block of every run and checks its checksum, its order, and that the filter knows its records.
    pub fn verify(&self) -> Result<(), DedupError> {
        let runs = self.state().runs.clone();
        runs.iter().try_for_each(merge::verify)
    }

    /// Records that no run holds yet.
    pub fn pending(&self) -> usize {
        let state = self.state();
        state.memtable.len() + state.frozen.iter().map(|table| table.len()).sum::<usize>()
    }

    /// What the runs hold and cost.
    pub fn stored(&self) -> Stored {
        let state = self.state();
        Stored {
            runs: state.runs.len(),
            records: state.runs.iter().map(|run| run.records).sum(),
            memory_bytes: state.runs.iter().map(|run| run.memory_bytes()).sum(),
        }
    }

    fn find(&self, place: &Place) -> Result<Option<Seen>, DedupError> {
        let state = self.state();
        let in_memory = state.frozen.iter().rev().map(AsRef::as_ref);
        let mut in_memory = std::iter::once(&state.memtable).chain(in_memory);
        if let Some(record) = in_memory.find_map(|table| table.get(place)) {
            return Ok(record.seen);
        }
        let probe = Probe::of(place);
        for run in state.runs.iter().rev().filter(|run| run.may_contain(probe)) {
            if let Some(record) = run.find(place)? {
                return Ok(record.seen);
            }
        }
        Ok(None)
    }

    fn seal_with(&self, files: &mut Files, upto: u64) -> Result<(), DedupError> {
        files.check()?;
        let (frozen, mut runs) = self.freeze();
        if !frozen.is_empty() {
            let records = Memtable::sorted(frozen.iter().map(AsRef::as_ref));
            let mut writer =
                RunWriter::create(&self.dir, files.take_run_number(), records.len() as u64)?;
            records.iter().try_for_each(|record| writer.push(record))?;
            runs.push(Arc::new(writer.finish()?));
        }
        let covered = upto.max(files.manifest.covered);
        files.install(&self.dir, covered, &runs, runs.last())?;
        let mut state = self.state_mut();
        state.runs = runs;
        // Only the holder of the disk freezes tables, so these are the ones that were written.
        state.frozen.clear();
        let too_many = state.runs.len() > RUNS_MAX;
        drop(state);
        while too_many && self.maintain_with(files)? == Maintenance::Working {}
        Ok(())
    }

    /// Sets the memtable aside and begins a new one.
    fn freeze(&self) -> (Vec<Arc<Memtable>>, Vec<Arc<Run>>) {
        let mut state = self.state_mut();
        let memtable = std::mem::take(&mut state.memtable);
        if memtable.len() > 0 {
            state.frozen.push(Arc::new(memtable));
        }
        (state.frozen.clone(), state.runs.clone())
    }

    fn maintain_with(&self, files: &mut Files) -> Result<Maintenance, DedupError> {
        files.check()?;
        let runs = self.state().runs.clone();
        let mut merge = match files.merge.take() {
            Some(merge) => merge,
            None => match files.begin_merge(&self.dir, &runs)? {
                Some(merge) => merge,
                None => return Ok(Maintenance::Idle),
            },
        };
        if merge.step()? {
            self.install_merge(files, merge, runs)?;
        } else {
            files.merge = Some(merge);
        }
        Ok(Maintenance::Working)
    }

    /// Puts the merged run into the place of its sources; the files of the sources go when nothing names them.
    fn install_merge(
        &self,
        files: &mut Files,
        merge: Merge,
        mut runs: Vec<Arc<Run>>,
    ) -> Result<(), DedupError> {
        let numbers = merge.source_numbers();
        let merged = merge.finish()?.map(Arc::new);
        let first = runs
            .iter()
            .position(|run| numbers.contains(&run.number))
            .unwrap_or_default();
        // Seals only add behind the sources, so they still stand side by side.
        let replaced: Vec<_> = runs
            .splice(first..first + numbers.len(), merged.clone())
            .collect();
        files.install(&self.dir, files.manifest.covered, &runs, merged.as_ref())?;
        self.state_mut().runs = runs;
        // A reader may still hold a source open, which keeps its bytes until it is done.
        replaced
            .iter()
            .try_for_each(|run| self.dir.remove(run.path()))
    }

    fn clear_with(&self, files: &mut Files) -> Result<(), DedupError> {
        files.merge = None;
        files.install(&self.dir, 0, &[], None)?;
        *self.state_mut() = State::default();
        files.condemned = false;
        remove_unnamed(&self.dir, &[])
    }

    /// Runs one operation that writes files, and remembers what it found.
    fn write<T>(
        &self,
        operation: impl FnOnce(&Self, &mut Files) -> Result<T, DedupError>,
    ) -> Result<T, DedupError> {
        let mut files = self.files();
        if files.poisoned {
            return Err(DedupError::Poisoned);
        }
        let result = operation(self, &mut files);
        match &result {
            Err(DedupError::Flush { .. }) => files.poisoned = true,
            Err(error) if error.is_damage() => self.condemn(&mut files),
            Ok(_) | Err(_) => {}
        }
        result
    }

    /// Lets the next open find nothing. Memory stays as it is: what is intact goes on answering.
    fn condemn(&self, files: &mut Files) {
        if !files.condemned && !files.poisoned {
            files.condemned = true;
            files.merge = None;
            // When this fails, whoever meets the damage again after the next open tries again.
            let _ = files.install(&self.dir, 0, &[], None);
        }
    }

    fn files(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn state_mut(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }
}
