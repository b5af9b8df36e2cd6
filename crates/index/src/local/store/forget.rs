//! Forgets what must not or cannot be used any more.

use std::collections::BTreeSet;
use std::sync::PoisonError;

use super::{Store, Unreadable};
use crate::index::IndexError;
use crate::local::manifest::Manifest;
use crate::local::sealed::locked;

impl Store {
    /// Forgets a log and makes sure that no file holds its rows any more.
    pub(crate) fn reset(&self, number: u32) -> Result<(), IndexError> {
        let mut manifest = locked(&self.manifest);
        let mut seen = locked(&self.seen);
        seen.remove(&number);
        locked(&self.unsealed).logs.remove(&number);
        let mut logs = self.logs.write().unwrap_or_else(PoisonError::into_inner);
        logs.remove(&number);
        drop(logs);
        drop(seen);
        let Some(entry) = manifest.logs.remove(&number) else {
            return Ok(());
        };
        let packs: BTreeSet<u64> = entry.segments.iter().map(|segment| segment.pack).collect();
        self.write_pack(&mut manifest, &packs)
    }

    /// Handles a segment that could not be read: `true` and its error when its log was cut off before it, `false`
    /// when the segment had been replaced meanwhile, so that reading again helps.
    pub(crate) fn forget(&self, unreadable: Unreadable) -> (bool, IndexError) {
        if !self.is_current(&unreadable) {
            return (false, unreadable.error);
        }
        let mut manifest = locked(&self.manifest);
        self.forget_from(&mut manifest, unreadable)
    }

    fn is_current(&self, unreadable: &Unreadable) -> bool {
        let meta = unreadable.sealed.meta;
        self.log(unreadable.sealed.log).is_some_and(|log| {
            let log = locked(&log);
            log.sealed.iter().any(|sealed| sealed.meta == meta)
        })
    }

    /// As [`Store::forget`], for who holds the manifest already.
    pub(super) fn forget_from(
        &self,
        _manifest: &mut Manifest,
        unreadable: Unreadable,
    ) -> (bool, IndexError) {
        let Unreadable { sealed, error } = unreadable;
        let mut seen = locked(&self.seen);
        let Some(log) = self.log(sealed.log) else {
            return (false, error);
        };
        let cut = locked(&log).cut_off(&sealed);
        if cut {
            seen.remove(&sealed.log);
            locked(&self.unsealed).logs.insert(sealed.log);
        }
        (cut, error)
    }
}
