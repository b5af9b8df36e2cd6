//! Seals what is only in memory, while entries go on being added.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError};

use super::{Store, Unreadable};
use crate::index::IndexError;
use crate::local::flush::{PackFile, Sealing, entry_of, half_dead, remove_unnamed, write_manifest};
use crate::local::manifest::{Manifest, SegmentMeta};
use crate::local::sealed::{Packs, Sealed, locked};
use crate::local::segment::Segment;

/// What a flush made of one log.
struct Flushed {
    log: u32,
    /// How many of the sealed segments stay.
    kept: usize,
    /// The segments that stand for the others and for the runs that were sealed.
    segments: Vec<(Arc<Sealed>, Arc<Segment>)>,
}

/// By log: where its segments were, and where they are.
type Moved = HashMap<u32, Vec<(SegmentMeta, SegmentMeta)>>;

/// Why a file of segments was not written.
enum Failure {
    Unreadable(Unreadable),
    Write(IndexError),
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        Self::Write(error)
    }
}

impl Store {
    /// Seals everything that is only in memory now.
    pub(crate) fn flush(&self) -> Result<(), IndexError> {
        let mut manifest = locked(&self.manifest);
        if locked(&self.unsealed).logs.is_empty() {
            return Ok(());
        }
        let evacuated = half_dead(&self.packs, &manifest);
        self.write_pack(&mut manifest, &evacuated)
    }

    /// Seals when enough is unsealed, again and again until the index is closed.
    ///
    /// A failure is not lost: the head grows until `apply` flushes by itself and answers with the failure.
    pub(crate) fn seal_when_due(&self) {
        let mut failed = false;
        loop {
            let mut unsealed = locked(&self.unsealed);
            // After a failure only more rows are a reason to try again.
            while !unsealed.closed && (failed || !unsealed.is_due(self.seal_rows, 1)) {
                failed = false;
                unsealed = self
                    .sealing_due
                    .wait(unsealed)
                    .unwrap_or_else(PoisonError::into_inner);
            }
            if unsealed.closed {
                return;
            }
            drop(unsealed);
            failed = self.flush().is_err();
        }
    }

    /// Seals what is in memory and copies what is alive in some files, into one new file.
    pub(super) fn write_pack(
        &self,
        manifest: &mut Manifest,
        evacuated: &BTreeSet<u64>,
    ) -> Result<(), IndexError> {
        let taken = locked(&self.unsealed).take();
        let mut flushed = Vec::new();
        match self.try_write_pack(manifest, evacuated, &taken.logs, &mut flushed) {
            Ok((written, moved)) => {
                *manifest = written;
                self.publish(flushed, &moved);
                remove_unnamed(self.packs.directory(), manifest);
                Ok(())
            }
            Err(failure) => {
                locked(&self.unsealed).put_back(taken);
                Err(match failure {
                    Failure::Write(error) => error,
                    Failure::Unreadable(unreadable) => self.forget_from(manifest, unreadable).1,
                })
            }
        }
    }

    fn try_write_pack(
        &self,
        manifest: &Manifest,
        evacuated: &BTreeSet<u64>,
        logs: &BTreeSet<u32>,
        flushed: &mut Vec<Flushed>,
    ) -> Result<(Manifest, Moved), Failure> {
        let mut manifest = manifest.clone();
        let mut pack = PackFile::create(&self.packs, manifest.next_pack)?;
        manifest.next_pack += 1;
        for &number in logs {
            let Some(log) = self.log(number) else {
                continue;
            };
            let log = locked(&log).begin_sealing();
            let sealing = Sealing::of(&log, |sealed| self.open_sealed(sealed))
                .map_err(Failure::Unreadable)?;
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
        Ok((manifest, moved))
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
            log.finish_sealing();
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
}

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
