//! Takes in new entries.

use std::sync::{Mutex, MutexGuard};
use std::thread;

use tlog::{LeafIndex, TreeSize};

use super::{Seen, Store, Unreadable};
use crate::answer::Row;
use crate::index::IndexError;
use crate::local::limits::{HEAD_TO_SEAL, ROWS_PER_TURN};
use crate::local::log::{Log, merge_runs};
use crate::local::sealed::locked;

impl Store {
    /// Applies entries; see [`crate::Index::apply`].
    pub(crate) fn apply(
        &self,
        number: u32,
        first: LeafIndex,
        rows: &[Option<Row<'_>>],
    ) -> Result<(), IndexError> {
        let mut seen = locked(&self.seen);
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
        let known = seen.remove(&number);
        let mut seen_in_log = match known.map_or_else(|| self.seen_in(number), Ok) {
            Ok(seen_in_log) => seen_in_log,
            Err(unreadable) => {
                // Forgetting takes this lock too, and another before it.
                drop(seen);
                return Err(self.forget(unreadable).1);
            }
        };
        let text = add_rows(&log, rows, &mut seen_in_log);
        seen.insert(number, seen_in_log);
        drop(seen);
        if self.note_unsealed(number, rows.len(), text) {
            self.flush()?;
        }
        Ok(())
    }

    /// What was seen in a log, learnt from its rows.
    fn seen_in(&self, log: u32) -> Result<Seen, Unreadable> {
        let mut seen = Seen::default();
        for piece in self.pieces(log) {
            seen.learn(self.open_piece(&piece)?.parts());
        }
        Ok(seen)
    }

    /// Notes that entries were added to a log; `true` when so much is unsealed that whoever adds must wait.
    fn note_unsealed(&self, log: u32, rows: usize, text: usize) -> bool {
        let mut unsealed = locked(&self.unsealed);
        unsealed.logs.insert(log);
        unsealed.rows += rows;
        unsealed.text += text;
        if unsealed.is_due(self.seal_rows, 1) {
            self.sealing_due.notify_all();
        }
        unsealed.is_due(self.seal_rows, HEAD_TO_SEAL)
    }
}

/// Adds entries to a log; the answer is how many bytes of text they brought.
fn add_rows(log: &Mutex<Log>, rows: &[Option<Row<'_>>], seen: &mut Seen) -> usize {
    let mut text = 0;
    for some in rows.chunks(ROWS_PER_TURN) {
        text += add_some_rows(log, some, seen);
        // Whoever waits for the log has its turn between.
        thread::yield_now();
    }
    text
}

fn add_some_rows(log: &Mutex<Log>, rows: &[Option<Row<'_>>], seen: &mut Seen) -> usize {
    let mut text = 0;
    let mut state = locked(log);
    for row in rows {
        let tail = state.tail_mut();
        if let Some(row) = row {
            let before = tail.text_len();
            tail.push(row, seen.decide(row.event));
            text += tail.text_len() - before;
        } else {
            tail.skip();
        }
        state.applied += 1;
        if state.tail_is_full() {
            state.freeze_tail();
            state = merge_due_runs(log, state);
        }
    }
    text
}

/// Merges runs of one size class; readers go on meanwhile, and nobody else adds or merges runs.
fn merge_due_runs<'a>(log: &'a Mutex<Log>, mut state: MutexGuard<'a, Log>) -> MutexGuard<'a, Log> {
    while let Some(due) = state.runs_to_merge() {
        drop(state);
        let merged = merge_runs(&due);
        state = locked(log);
        state.replace_runs(&due, merged);
    }
    state
}
