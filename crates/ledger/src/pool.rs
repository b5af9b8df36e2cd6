//! What waits for the sequencer, within bounds.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use crate::encoded::EncodedBatch;
use crate::error::{AppendError, CreateLogError};
use crate::limits::{COMMIT_BYTES_MAX, Limits};
use crate::plan::Outcome;
use crate::{LogNumber, Record};

/// Something for the sequencer to do, with the place for its answer.
#[derive(Debug)]
pub(crate) enum Request {
    Append(EncodedBatch, oneshot::Sender<Result<Outcome, AppendError>>),
    Create(
        String,
        Box<Record>,
        oneshot::Sender<Result<LogNumber, CreateLogError>>,
    ),
}

/// How the sequencer is to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// It serves.
    Open,
    /// It commits what waits, then closes the journal.
    Close,
    /// It stops as it stands.
    Stop,
    /// The state on the disk is unknown.
    Poisoned,
}

/// What the sequencer does next.
#[derive(Debug)]
pub(crate) enum Work {
    /// Commit these together.
    Batches(Vec<(EncodedBatch, oneshot::Sender<Result<Outcome, AppendError>>)>),
    /// Make a log.
    Create(
        String,
        Box<Record>,
        oneshot::Sender<Result<LogNumber, CreateLogError>>,
    ),
    /// Close the journal: nothing waits and nothing more will come.
    Close,
    /// Stop without closing.
    Stop,
}

/// The queue in front of the sequencer.
#[derive(Debug)]
pub(crate) struct Pool {
    records_max: usize,
    bytes_max: usize,
    waiting: Mutex<Waiting>,
    wake: Condvar,
}

#[derive(Debug)]
struct Waiting {
    requests: VecDeque<Request>,
    records: usize,
    bytes: usize,
    ending: Ending,
}

/// Why a request did not get into the pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Declined {
    Overloaded,
    Closed,
    Poisoned,
}

impl Pool {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            records_max: limits.pool_records,
            bytes_max: limits.pool_bytes,
            waiting: Mutex::new(Waiting {
                requests: VecDeque::new(),
                records: 0,
                bytes: 0,
                ending: Ending::Open,
            }),
            wake: Condvar::new(),
        }
    }

    /// Puts a request at the end. An empty pool takes any request, so that none is too large for ever.
    pub(crate) fn put(&self, request: Request) -> Result<(), Declined> {
        let mut waiting = self.waiting();
        match waiting.ending {
            Ending::Open => {}
            Ending::Close | Ending::Stop => return Err(Declined::Closed),
            Ending::Poisoned => return Err(Declined::Poisoned),
        }
        let (records, bytes) = request.weight();
        let full =
            waiting.records + records > self.records_max || waiting.bytes + bytes > self.bytes_max;
        if full && !waiting.requests.is_empty() {
            return Err(Declined::Overloaded);
        }
        waiting.records += records;
        waiting.bytes += bytes;
        waiting.requests.push_back(request);
        drop(waiting);
        self.wake.notify_one();
        Ok(())
    }

    /// Waits for something to do. Batches come together, as many as one commit holds.
    pub(crate) fn take(&self) -> Work {
        let mut waiting = self.waiting();
        loop {
            if matches!(waiting.ending, Ending::Stop | Ending::Poisoned) {
                return Work::Stop;
            }
            if let Some(work) = waiting.next_work() {
                return work;
            }
            if waiting.ending == Ending::Close {
                return Work::Close;
            }
            waiting = self
                .wake
                .wait(waiting)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Takes no more requests; those that wait are still committed.
    pub(crate) fn close(&self) {
        self.end(Ending::Close);
    }

    /// Takes no more requests and drops those that wait.
    pub(crate) fn stop(&self) {
        self.end(Ending::Stop);
    }

    /// Takes no more requests, because the state on the disk is unknown.
    pub(crate) fn poison(&self) {
        self.end(Ending::Poisoned);
    }

    /// Whether the state on the disk is unknown.
    pub(crate) fn is_poisoned(&self) -> bool {
        self.waiting().ending == Ending::Poisoned
    }

    fn end(&self, ending: Ending) {
        let mut waiting = self.waiting();
        // What is unknown stays unknown.
        if waiting.ending != Ending::Poisoned {
            waiting.ending = ending;
        }
        if matches!(waiting.ending, Ending::Stop | Ending::Poisoned) {
            // The places for their answers are dropped, which tells whoever waits there.
            waiting.requests.clear();
        }
        drop(waiting);
        self.wake.notify_all();
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn next_work(&mut self) -> Option<Work> {
        let mut batches = Vec::new();
        let mut commit_bytes = 0;
        while let Some(request) = self.requests.pop_front() {
            let (records, bytes) = request.weight();
            match request {
                Request::Append(batch, reply)
                    if batches.is_empty() || commit_bytes + bytes <= COMMIT_BYTES_MAX =>
                {
                    commit_bytes += bytes;
                    batches.push((batch, reply));
                }
                Request::Create(origin, genesis, reply) if batches.is_empty() => {
                    (self.records, self.bytes) = (self.records - records, self.bytes - bytes);
                    return Some(Work::Create(origin, genesis, reply));
                }
                // It begins the next commit.
                request @ (Request::Append(..) | Request::Create(..)) => {
                    self.requests.push_front(request);
                    break;
                }
            }
            (self.records, self.bytes) = (self.records - records, self.bytes - bytes);
        }
        (!batches.is_empty()).then_some(Work::Batches(batches))
    }
}

impl Request {
    /// Records and bytes.
    fn weight(&self) -> (usize, usize) {
        match self {
            Self::Append(batch, _) => (batch.records.len(), batch.bytes.len()),
            Self::Create(origin, genesis, _) => {
                (1, origin.len() + crate::encoded::encoded_len(genesis))
            }
        }
    }
}
