//! Follows the ledger and feeds the index: the only writer of the index, with the index's own place as its cursor.
//!
//! It owns one thread. What it had not applied when the process ended is applied again at the next start.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use event::{Catalogue, Event, Facets};
use index::{Index, IndexError, LocalIndex, Row};
use ledger::{Ledger, LogInfo, LogNumber, Stored};
use tlog::{EntryKind, LeafIndex, TreeSize};
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior};

use crate::instance::Instance;
use crate::reading::described;

/// How many entries are applied at once: large enough to be quick, small enough that the next account soon has its turn.
const ROWS_PER_STEP: usize = 4_096;

/// How long a log rests after the index failed on it.
const REST_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// How often what the index has applied is written down: what is not is applied again when the process is killed.
const FLUSH_EVERY: Duration = Duration::from_secs(30);

/// Why a step did not succeed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IndexerError {
    /// The ledger could not be read.
    #[error("read entries for the index")]
    Read(#[source] ledger::ReadError),
    /// The index refused the rows.
    #[error("apply entries to the index")]
    Apply(#[source] IndexError),
}

/// A running indexer; dropping it without [`Indexer::stop`] ends its thread after its current step.
pub(crate) struct Indexer {
    stop: Arc<AtomicBool>,
    wake: watch::Sender<u64>,
    thread: std::thread::JoinHandle<()>,
}

/// Tells when the index went on; the number only grows.
pub(crate) type Progress = watch::Receiver<u64>;

impl Indexer {
    /// Starts the thread, which first applies what the index has missed.
    pub(crate) fn start(
        instance: Arc<Instance>,
        index: Arc<dyn Index>,
        runtime: tokio::runtime::Handle,
    ) -> std::io::Result<(Self, Progress)> {
        let stop = Arc::new(AtomicBool::new(false));
        let (progress, follow) = watch::channel(0);
        let (wake, woken) = watch::channel(0);
        let worker = Worker {
            instance,
            index,
            stop: Arc::clone(&stop),
            progress,
            woken,
        };
        let thread = std::thread::Builder::new()
            .name("indexer".to_owned())
            .spawn(move || runtime.block_on(worker.run()))?;
        Ok((Self { stop, wake, thread }, follow))
    }

    /// Ends the thread after its current step.
    pub(crate) fn stop(self) {
        self.stop.store(true, Ordering::Release);
        self.wake.send_modify(|count| *count += 1);
        // A panic of the worker was already reported by its own thread; there is nothing left to end.
        let _ended = self.thread.join();
    }
}

struct Worker {
    instance: Arc<Instance>,
    index: Arc<dyn Index>,
    stop: Arc<AtomicBool>,
    progress: watch::Sender<u64>,
    woken: watch::Receiver<u64>,
}

impl Worker {
    async fn run(mut self) {
        let mut commits = self.instance.ledger.commits();
        while !self.stop.load(Ordering::Acquire) {
            commits.mark_unchanged();
            match self.pass() {
                Ok(true) => {}
                Ok(false) => {
                    tokio::select! {
                        changed = commits.changed() => if changed.is_err() { break },
                        // Nobody is left who could wake it: its server was dropped without being stopped.
                        woken = self.woken.changed() => if woken.is_err() { break },
                    }
                }
                Err((log, error)) => {
                    tracing::error!(
                        log = log.get(),
                        error = &error as &dyn std::error::Error,
                        "the index failed; it goes on from where it is"
                    );
                    // The next pass asks the index how far it is: it cuts off what is damaged by itself, and after
                    // a full disk the rows are there, so beginning anew would only do the work again and again.
                    let woken =
                        tokio::time::timeout(REST_AFTER_FAILURE, self.woken.changed()).await;
                    if let Ok(Err(_)) = woken {
                        break;
                    }
                }
            }
        }
    }

    /// Gives every log that is behind one step; false when none was.
    fn pass(&self) -> Result<bool, (LogNumber, IndexerError)> {
        let mut behind = false;
        let ledger = &self.instance.ledger;
        for LogInfo {
            number: log,
            size,
            origin,
            ..
        } in ledger.logs()
        {
            if self.stop.load(Ordering::Acquire) {
                break;
            }
            let applied = self.index.applied(log.get());
            if applied < size {
                behind = true;
                // Asked for at each step, because the account may decide otherwise at any time.
                let catalogue = self.instance.catalogue_of_log(&origin);
                step(ledger, &*self.index, &catalogue, log, applied)
                    .map_err(|error| (log, error))?;
                self.progress.send_modify(|count| *count += 1);
            }
        }
        Ok(behind)
    }
}

/// Writes down now and then what has been applied, until it is aborted; the last time at close.
///
/// Sealing blocks, so it has a thread of its own, and applying goes on meanwhile.
pub(crate) async fn keep_flushed(index: Arc<LocalIndex>) {
    let mut due = tokio::time::interval_at(Instant::now() + FLUSH_EVERY, FLUSH_EVERY);
    due.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        due.tick().await;
        let index = Arc::clone(&index);
        let flushed = tokio::task::spawn_blocking(move || index.flush()).await;
        // A panic was already reported by its own thread.
        if let Ok(Err(error)) = flushed {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the index was not written down; what is missing is applied again after a crash"
            );
        }
    }
}

/// Applies up to 4,096 entries of `log` from `applied` on; returns how far the index is then.
pub(crate) fn step(
    ledger: &Ledger,
    index: &dyn Index,
    catalogue: &Catalogue,
    log: LogNumber,
    applied: TreeSize,
) -> Result<TreeSize, IndexerError> {
    let first = LeafIndex::new(applied.get());
    let stored = ledger
        .read_range(log, first, ROWS_PER_STEP)
        .map_err(IndexerError::Read)?;
    let events: Vec<Option<Event>> = stored
        .iter()
        .map(|stored| event_of(stored, catalogue))
        .collect();
    let rows: Vec<Option<Row<'_>>> = stored
        .iter()
        .zip(&events)
        .map(|(stored, event)| {
            event.as_ref().map(|event| Row {
                received_ms: stored.entry.received_ms,
                event,
                verb: catalogue.verb(&event.action),
            })
        })
        .collect();
    index
        .apply(log.get(), first, &rows)
        .map_err(IndexerError::Apply)?;
    Ok(index.applied(log.get()))
}

/// The event of an entry as it is searched; `None` for entries of other kinds and for payloads that are gone.
///
/// What is searched is what is shown: a description that was not sent is the sentence of the catalogue.
fn event_of(stored: &Stored, catalogue: &Catalogue) -> Option<Event> {
    if stored.entry.kind != EntryKind::Event {
        return None;
    }
    let payload = stored.payload.as_ref()?;
    match Event::from_facets(&Facets::from_parts(payload.facets.clone())) {
        Ok(mut event) => {
            event.description = Some(described(&event, catalogue));
            Some(event)
        }
        Err(error) => {
            tracing::error!(
                index = stored.index.get(),
                error = &error as &dyn std::error::Error,
                "an event cannot be read and is not indexed"
            );
            None
        }
    }
}
