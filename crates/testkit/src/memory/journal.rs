use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use ledger::store::journal::frame;
use ledger::store::{Frame, Frames, Head, Journal, JournalError, NewFrame};

/// A journal in memory. Clones share their frames: a clone is what the next process opens.
#[derive(Clone)]
pub struct MemoryJournal {
    frames: Arc<Mutex<Stored>>,
    frames_per_part: u64,
}

#[derive(Debug, Default)]
struct Stored {
    /// What is left after trims, dense.
    frames: Vec<Frame>,
    /// The newest frame that was trimmed away.
    trimmed: u64,
    /// How far the caller ever asked to trim.
    asked: u64,
}

impl MemoryJournal {
    /// An empty journal that begins a new part after this many frames, so that the part before may be trimmed.
    pub fn new(frames_per_part: u64) -> Self {
        assert!(frames_per_part > 0, "a part holds at least one frame");
        Self {
            frames: Arc::default(),
            frames_per_part,
        }
    }

    /// Frames that are not trimmed yet.
    pub fn frames_left(&self) -> usize {
        self.stored().frames.len()
    }

    fn stored(&self) -> MutexGuard<'_, Stored> {
        self.frames.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The newest frame of the newest full part, for a journal that ends at frame `seq`.
    ///
    /// Numbers are not shifted by trims, so the parts are those of the untrimmed journal.
    fn full_at(&self, seq: u64) -> u64 {
        let newest_part = seq.saturating_sub(1) / self.frames_per_part;
        newest_part * self.frames_per_part
    }
}

impl Stored {
    fn head(&self) -> Head {
        self.frames.last().map_or(Head::EMPTY, |frame| frame.head)
    }
}

impl fmt::Debug for MemoryJournal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryJournal")
            .field("head", &self.head())
            .finish_non_exhaustive()
    }
}

impl Journal for MemoryJournal {
    fn head(&self) -> Head {
        self.stored().head()
    }

    fn since(&self, after: u64) -> Result<Frames<'_>, JournalError> {
        let stored = self.stored();
        let frames: Vec<_> = stored
            .frames
            .iter()
            .filter(|frame| frame.head.seq > after)
            .cloned()
            .map(Ok)
            .collect();
        Ok(Box::new(frames.into_iter()))
    }

    fn append(&self, new: &NewFrame<'_>) -> Result<Head, JournalError> {
        let mut stored = self.stored();
        let found = stored.head();
        if new.after != found {
            return Err(JournalError::Conflict {
                expected: new.after,
                found,
            });
        }
        let mut bytes = Vec::new();
        let head = frame::encode(new, &mut bytes);
        assert_eq!(head.seq, found.seq + 1, "frames are numbered without a gap");
        // Reading back the bytes that a disk would hold keeps this journal as strict as the others.
        let frame =
            frame::decode(&new.after, &Bytes::from(bytes)).expect("what was encoded is decoded");
        stored.frames.push(frame);
        Ok(head)
    }

    fn full(&self) -> u64 {
        self.full_at(self.head().seq)
    }

    /// # Panics
    /// When the caller trims what is not full yet, or less than it trimmed before.
    fn trim(&self, upto: u64) -> Result<(), JournalError> {
        let full = self.full();
        assert!(
            upto <= full,
            "frame {upto} is trimmed, but only frames up to {full} stand in full parts"
        );
        let mut stored = self.stored();
        assert!(
            upto >= stored.asked,
            "a trim to {} is followed by one to {upto}",
            stored.asked
        );
        stored.asked = upto;
        let whole_parts = upto / self.frames_per_part * self.frames_per_part;
        stored.trimmed = stored.trimmed.max(whole_parts);
        let trimmed = stored.trimmed;
        stored.frames.retain(|frame| frame.head.seq > trimmed);
        Ok(())
    }
}
