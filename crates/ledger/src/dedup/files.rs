//! The files of the index, as the one who changes them sees them.

use std::fs;
use std::sync::Arc;

use super::DedupError;
use super::durable::{Directory, UNFINISHED};
use super::manifest::{self, Manifest};
use super::merge::{self, Merge};
use super::run::{self, Run};

/// What the one who writes files sees.
#[derive(Debug)]
pub(super) struct Files {
    /// As it stands on the disk.
    pub(super) manifest: Manifest,
    /// Ahead of `manifest.next_run` by the runs under way.
    pub(super) next_run: u64,
    pub(super) merge: Option<Merge>,
    /// A flush failed: what is on the disk is unknown, so nothing may be built on it.
    pub(super) poisoned: bool,
    /// A run is damaged: the next open finds nothing, so nothing may be added either.
    pub(super) condemned: bool,
}

impl Files {
    /// Refuses to add to runs that the next open throws away.
    pub(super) fn check(&self) -> Result<(), DedupError> {
        if self.condemned {
            return Err(DedupError::Poisoned);
        }
        Ok(())
    }

    /// A number for a new run. One that fails is not given out again: its file may have reached the disk.
    pub(super) fn take_run_number(&mut self) -> u64 {
        let number = self.next_run;
        self.next_run += 1;
        number
    }

    /// Makes these the runs that count; `newest` is the one that was written for it.
    pub(super) fn install(
        &mut self,
        dir: &Directory,
        covered: u64,
        runs: &[Arc<Run>],
        newest: Option<&Arc<Run>>,
    ) -> Result<(), DedupError> {
        let manifest = Manifest {
            covered,
            next_run: self.next_run,
            runs: runs.iter().map(|run| run.number).collect(),
        };
        if manifest == self.manifest {
            return Ok(());
        }
        if let Err(failure) = manifest.write(dir) {
            let uncounted = newest.filter(|run| !self.manifest.runs.contains(&run.number));
            if let (DedupError::Write { .. }, Some(run)) = (&failure, uncounted) {
                // The manifest was not replaced, so nothing names the run; on a full disk its bytes are needed.
                let _ = dir.remove(run.path());
            }
            return Err(failure);
        }
        self.manifest = manifest;
        Ok(())
    }

    pub(super) fn begin_merge(
        &mut self,
        dir: &Directory,
        runs: &[Arc<Run>],
    ) -> Result<Option<Merge>, DedupError> {
        let counts: Vec<u64> = runs.iter().map(|run| run.records).collect();
        let Some(range) = merge::choose(&counts) else {
            return Ok(None);
        };
        let reaches_oldest = range.start == 0;
        let sources = runs.get(range).unwrap_or_default();
        Merge::begin(dir, self.take_run_number(), sources, reaches_oldest).map(Some)
    }
}

/// Removes our files that no manifest names: runs that were merged or never counted, and unfinished files.
pub(super) fn remove_unnamed(dir: &Directory, named: &[Arc<Run>]) -> Result<(), DedupError> {
    for entry in fs::read_dir(dir.path()).map_err(DedupError::read(dir.path()))? {
        let path = entry.map_err(DedupError::read(dir.path()))?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        let ours = matches!(ending, Some(run::ENDING | UNFINISHED));
        let is_manifest = path.ends_with(manifest::FILE_NAME);
        if ours && !is_manifest && !named.iter().any(|run| run.path() == path) {
            dir.remove(&path)?;
        }
    }
    Ok(())
}
