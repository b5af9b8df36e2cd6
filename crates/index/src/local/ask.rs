//! Runs a question over the segments of a log: in parallel where that pays, again where a file was replaced meanwhile.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use super::limits::{ATTEMPTS, PARALLEL_ROWS};
use super::log::Piece;
use super::sealed::locked;
use super::segment::Segment;
use super::store::{Store, Unreadable};
use crate::index::IndexError;

/// Asks about the rows of a log at this moment.
///
/// A snapshot names files; when a flush replaced one of them before it was read, the question is asked again.
pub(crate) fn ask<T>(
    store: &Store,
    log: u32,
    question: impl Fn(&[Piece]) -> Result<T, Unreadable>,
) -> Result<T, IndexError> {
    let mut attempts = 0;
    loop {
        match question(&store.pieces(log)) {
            Ok(answer) => return Ok(answer),
            Err(unreadable) => {
                let (damaged, error) = store.forget(unreadable);
                attempts += 1;
                if damaged || attempts == ATTEMPTS {
                    return Err(error);
                }
            }
        }
    }
}

/// The segments of pieces.
pub(crate) fn open_all<'a>(
    store: &Store,
    pieces: impl IntoIterator<Item = &'a Piece>,
) -> Result<Vec<Arc<Segment>>, Unreadable> {
    pieces
        .into_iter()
        .map(|piece| store.open_piece(piece))
        .collect()
}

/// Does something with each segment; the results stand in the same order.
pub(crate) fn each<'a, T: Send>(
    segments: &'a [Arc<Segment>],
    work: impl Fn(&'a Segment) -> T + Sync,
) -> Vec<T> {
    let rows: usize = segments.iter().map(|segment| segment.parts().rows()).sum();
    let threads = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(segments.len());
    if rows < PARALLEL_ROWS || threads < 2 {
        return segments.iter().map(|segment| work(segment)).collect();
    }
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(segments.len()));
    let take_work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(segment) = segments.get(at) else {
                return;
            };
            let result = work(segment);
            locked(&done).push((at, result));
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(take_work);
        }
        take_work();
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
