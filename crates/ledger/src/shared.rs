//! What the threads of a ledger share: the logs, the frames in memory, the stores.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use tokio::sync::watch;

use crate::commit::{Advance, Misfit};
use crate::dedup::DedupIndex;
use crate::pool::Pool;
use crate::segments::Segments;
use crate::state::State;
use crate::store::{Frame, Journal};
use crate::tail::{Tail, TailFrame};

/// The parts of an open ledger. Locks are taken in the order of the fields, and never held while a file is written.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) pool: Pool,
    /// Written by the sequencer alone.
    state: RwLock<State>,
    /// Filled by the sequencer, emptied by the sealer.
    tail: RwLock<Tail>,
    pub(crate) segments: Segments,
    pub(crate) dedup: DedupIndex,
    pub(crate) journal: Arc<dyn Journal>,
    /// The number of the newest commit.
    pub(crate) commits: watch::Sender<u64>,
    /// Why the state on the disk is unknown, when it is.
    pub(crate) poisoned: watch::Sender<Option<Arc<str>>>,
}

impl Shared {
    pub(crate) fn new(
        pool: Pool,
        segments: Segments,
        dedup: DedupIndex,
        journal: Arc<dyn Journal>,
    ) -> Self {
        Self {
            pool,
            state: RwLock::default(),
            tail: RwLock::default(),
            segments,
            dedup,
            journal,
            commits: watch::Sender::new(0),
            poisoned: watch::Sender::new(None),
        }
    }

    pub(crate) fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn tail(&self) -> RwLockReadGuard<'_, Tail> {
        self.tail.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the logs outside of frames: recovery only, before anybody else has a handle.
    pub(crate) fn change_state<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes a durable frame visible: the path of the sequencer, and of recovery.
    ///
    /// The order matters: an entry is readable before the size says that it is there, and known to the dedup index
    /// before the next plan asks.
    pub(crate) fn publish(&self, frame: Frame, mut advance: Advance) -> Result<(), Misfit> {
        let seq = frame.head.seq;
        for (log, key, seen) in &advance.seen {
            self.dedup.insert(log.get(), key, *seen);
        }
        let frame = TailFrame::new(frame, &mut advance);
        self.tail
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .push(frame);
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        advance.apply(&mut state)?;
        drop(state);
        self.commits.send_replace(seq);
        Ok(())
    }

    /// Computes what a frame does and makes it visible, as recovery needs it.
    pub(crate) fn replay(&self, frame: Frame) -> Result<(), Misfit> {
        let advance = Advance::of(&self.state(), frame.kind, &frame.body)?;
        self.publish(frame, advance)
    }

    /// Lets go the frames that segments hold now.
    pub(crate) fn drop_sealed(&self, upto: u64) {
        self.tail
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .drop_sealed(upto);
    }

    /// Refuses everything from now on: only a new start finds out what is on the disk.
    pub(crate) fn poison(&self, error: &dyn std::error::Error) {
        let mut reason = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            reason.push_str(": ");
            reason.push_str(&cause.to_string());
            source = cause.source();
        }
        self.pool.poison();
        self.poisoned.send_if_modified(|poisoned| {
            let first = poisoned.is_none();
            // The first reason is the cause of the later ones.
            poisoned.get_or_insert_with(|| reason.into());
            first
        });
    }
}
