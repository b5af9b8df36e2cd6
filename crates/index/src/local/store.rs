//! The state of all logs and everything that changes it: open, apply, flush, reset.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tlog::{LeafIndex, TreeSize};

use super::IndexOptions;
use super::first_seen::Seen;
use super::flush::{
    MANIFEST, PackFile, Sealing, cut_off_missing, entry_of, half_dead, remove_unnamed,
    write_manifest,
};
use super::limits::SEAL_TEXT_BYTES;
use super::log::{Log, Piece, RowsIn, merge_runs};
use super::manifest::{Manifest, SegmentMeta};
use super::sealed::{Packs, Sealed, locked};
use super::segment::Segment;
use crate::answer::Row;
use crate::index::IndexError;

/// All logs.
#[derive(Debug)]
pub(crate) struct Store {
    packs: Packs,
    seal_rows: usize,
    logs: RwLock<HashMap<u32, Arc<Mutex<Log>>>>,
    /// Held by whoever changes anything; taken before the lock of a log, never after it.
    writer: Mutex<Writer>,
}

#[derive(Debug)]
struct Writer {
    manifest: Manifest,
    seen: HashMap<u32, Seen>,
    /// The logs whose entry in the manifest is behind.
    dirty: BTreeSet<u32>,
    unsealed_rows: usize,
    unsealed_text: usize,
}

/// A sealed segment that could not be read.
#[derive(Debug)]
pub(crate) struct Unreadable {
    sealed: Arc<Sealed>,
    error: IndexError,
}

/// What a flush made of one log.
struct Flushed {
    log: u32,
    /// How many of the sealed segments stay.
    kept: usize,
    /// The segments that stand for the others and for all runs.
    segments: Vec<(Arc<Sealed>, Arc<Segment>)>,
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
        let logs = logs.collect();
        Ok(Self {
            packs: Packs::new(directory, options.resident_bytes),
            seal_rows: options.seal_rows.max(1),
            logs: RwLock::new(logs),
            writer: Mutex::new(Writer {
                manifest,
                seen: HashMap::new(),
                dirty: BTreeSet::new(),
                unsealed_rows: 0,
                unsealed_text: 0,
            }),
        })
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

    /// Applies entries; see [`crate::Index::apply`].
    pub(crate) fn apply(
        &self,
        number: u32,
        first: LeafIndex,
        rows: &[Option<Row<'_>>],
    ) -> Result<(), IndexError> {
        let mut writer = locked(&self.writer);
        let log = self.log_or_new(number);
        let applied = locked(&log).applied;
        if first.get() > applied {
            return Err(IndexError::Gap {
                log: number,
                first,
                applied: TreeSize::new(applied),
            });
        }
        let known = usize::try_from(applied - first.get()).unwrap_or(usize::MAX);
        let Some(rows) = rows.get(known..).filter(|rows| !rows.is_empty()) else {
            return Ok(());
        };
        self.remember_first_seen(&mut writer, number)?;
        writer.dirty.insert(number);
        let Writer {
            seen,
            unsealed_rows,
            unsealed_text,
            ..
        } = &mut *writer;
        let seen = seen.entry(number).or_default();
        let mut state = locked(&log);
        for row in rows {
            let tail = state.tail_mut();
            if let Some(row) = row {
                let text = tail.text_len();
                tail.push(row, seen.decide(row.event));
                *unsealed_rows += 1;
                *unsealed_text += tail.text_len() - text;
            } else {
                tail.skip();
            }
            state.applied += 1;
            if state.tail_is_full() {
                state.freeze_tail();
                state = merge_due_runs(&log, state);
            }
        }
        drop(state);
        if writer.unsealed_rows >= self.seal_rows || writer.unsealed_text >= SEAL_TEXT_BYTES {
            self.flush_all(&mut writer)?;
        }
        Ok(())
    }

    /// Learns from the rows of a log what was seen in it, unless that is known.
    fn remember_first_seen(&self, writer: &mut Writer, log: u32) -> Result<(), IndexError> {
        if writer.seen.contains_key(&log) {
            return Ok(());
        }
        let mut seen = Seen::default();
        for piece in self.pieces(log) {
            match self.open_piece(&piece) {
                Ok(segment) => seen.learn(segment.parts()),
                Err(unreadable) => return Err(self.forget_from(writer, unreadable).1),
            }
        }
        writer.seen.insert(log, seen);
        Ok(())
    }

    /// Seals everything that is only in memory.
    pub(crate) fn flush(&self) -> Result<(), IndexError> {
        let mut writer = locked(&self.writer);
        if writer.dirty.is_empty() {
            return Ok(());
        }
        self.flush_all(&mut writer)
    }

    fn flush_all(&self, writer: &mut Writer) -> Result<(), IndexError> {
        let evacuated = half_dead(&self.packs, &writer.manifest);
        self.write_pack(writer, &evacuated)
    }

    /// Seals what is in memory and copies what is alive in some files, into one new file.
    fn write_pack(&self, writer: &mut Writer, evacuated: &BTreeSet<u64>) -> Result<(), IndexError> {
        let mut manifest = writer.manifest.clone();
        let mut pack = PackFile::create(&self.packs, manifest.next_pack)?;
        manifest.next_pack += 1;
        let mut flushed = Vec::new();
        for number in writer.dirty.clone() {
            let Some(log) = self.log(number) else {
                continue;
            };
            let log = {
                let mut log = locked(&log);
                log.freeze_tail();
                log.without_tail()
            };
            let sealing = match Sealing::of(&log, |sealed| self.open_sealed(sealed)) {
                Ok(sealing) => sealing,
                Err(unreadable) => return Err(self.forget_from(writer, unreadable).1),
            };
            let flushed_log = seal(number, &sealing, &mut pack)?;
            let mut sealed: Vec<_> = log.sealed.iter().take(sealing.kept).cloned().collect();
            sealed.extend(
                flushed_log
                    .segments
                    .iter()
                    .map(|(sealed, _)| Arc::clone(sealed)),
            );
            manifest.logs.insert(number, entry_of(log.applied, &sealed));
            flushed.push(flushed_log);
        }
        let moved = self.copy_live(&mut manifest, evacuated, &mut pack)?;
        pack.finish()?;
        write_manifest(self.packs.directory(), &manifest)?;
        self.publish(flushed, &moved);
        remove_unnamed(self.packs.directory(), &manifest);
        writer.manifest = manifest;
        writer.dirty.clear();
        writer.unsealed_rows = 0;
        writer.unsealed_text = 0;
        Ok(())
    }

    /// Copies the named segments of some files; the answer maps where they were to where they are.
    fn copy_live(
        &self,
        manifest: &mut Manifest,
        evacuated: &BTreeSet<u64>,
        pack: &mut PackFile,
    ) -> Result<Moved, IndexError> {
        let mut moved = Moved::new();
        for (&log, entry) in &mut manifest.logs {
            for meta in &mut entry.segments {
                if !evacuated.contains(&meta.pack) {
                    continue;
                }
                if let Some(copied) = pack.copy(&self.packs, meta)? {
                    moved.entry(log).or_default().push((*meta, copied));
                    *meta = copied;
                }
            }
        }
        Ok(moved)
    }

    /// Shows readers the new segments in place of the old.
    fn publish(&self, flushed: Vec<Flushed>, moved: &Moved) {
        for Flushed {
            log,
            kept,
            segments,
        } in flushed
        {
            let Some(log) = self.log(log) else { continue };
            let mut log = locked(&log);
            log.sealed.truncate(kept);
            log.runs.clear();
            for (sealed, segment) in segments {
                self.packs.put(&sealed, segment);
                log.sealed.push(sealed);
            }
        }
        for (&number, moves) in moved {
            let Some(log) = self.log(number) else {
                continue;
            };
            let mut log = locked(&log);
            for (from, to) in moves {
                if let Some(slot) = log.sealed.iter_mut().find(|sealed| sealed.meta == *from) {
                    let copied = Packs::sealed(number, *to);
                    self.packs.hand_over(slot, &copied);
                    *slot = copied;
                }
            }
        }
    }

    /// Forgets a log and makes sure that no file holds its rows any more.
    pub(crate) fn reset(&self, number: u32) -> Result<(), IndexError> {
        let mut writer = locked(&self.writer);
        writer.seen.remove(&number);
        writer.dirty.remove(&number);
        let packs: BTreeSet<u64> = writer
            .manifest
            .logs
            .remove(&number)
            .iter()
            .flat_map(|entry| &entry.segments)
            .map(|segment| segment.pack)
            .collect();
        let mut logs = self.logs.write().unwrap_or_else(PoisonError::into_inner);
        logs.remove(&number);
        drop(logs);
        if packs.is_empty() {
            return Ok(());
        }
        self.write_pack(&mut writer, &packs)
    }

    /// Handles a segment that could not be read: `true` and its error when its log was cut off before it, `false`
    /// when the segment had been replaced meanwhile, so that reading again helps.
    pub(crate) fn forget(&self, unreadable: Unreadable) -> (bool, IndexError) {
        let mut writer = locked(&self.writer);
        self.forget_from(&mut writer, unreadable)
    }

    fn forget_from(&self, writer: &mut Writer, unreadable: Unreadable) -> (bool, IndexError) {
        let Unreadable { sealed, error } = unreadable;
        let Some(log) = self.log(sealed.log) else {
            return (false, error);
        };
        let mut log = locked(&log);
        let Some(at) = log
            .sealed
            .iter()
            .position(|known| known.meta == sealed.meta)
        else {
            return (false, error);
        };
        log.sealed.truncate(at);
        log.runs.clear();
        log.drop_tail();
        log.applied = sealed.meta.first;
        writer.seen.remove(&sealed.log);
        writer.dirty.insert(sealed.log);
        (true, error)
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

/// By log: where its segments were, and where they are.
type Moved = HashMap<u32, Vec<(SegmentMeta, SegmentMeta)>>;

fn seal(log: u32, sealing: &Sealing, pack: &mut PackFile) -> Result<Flushed, IndexError> {
    let mut segments = Vec::new();
    for segment in sealing.segments() {
        let meta = pack.append(log, &segment)?;
        segments.push((Packs::sealed(log, meta), Arc::new(segment)));
    }
    Ok(Flushed {
        log,
        kept: sealing.kept,
        segments,
    })
}

/// Merges runs of one size class; readers go on meanwhile, and only the writer, who is here, adds runs.
fn merge_due_runs<'a>(
    log: &'a Mutex<Log>,
    mut state: std::sync::MutexGuard<'a, Log>,
) -> std::sync::MutexGuard<'a, Log> {
    while let Some(due) = state.runs_to_merge() {
        drop(state);
        let merged = Arc::new(merge_runs(&due));
        state = locked(log);
        state.replace_runs(due.len(), merged);
    }
    state
}
