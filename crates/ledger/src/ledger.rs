//! The ledger as its owner sees it.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tlog::{LeafIndex, TreeSize};
use tokio::sync::{oneshot, watch};

use crate::clock::Clock;
use crate::dedup::Key;
use crate::encoded::EncodedBatch;
use crate::error::{AppendError, CreateLogError, OpenError, ReadError};
use crate::limits::{
    BATCH_BYTES_MAX, Limits, ORIGIN_BYTES_MAX, RECORD_BYTES_MAX, RETRY_AFTER_POOL_MS,
    RETRY_AFTER_SEAL_MS,
};
use crate::plan::{Outcome, Verdict};
use crate::pool::{Declined, Request};
use crate::recover::{Parts, Recovered, recover};
use crate::seal::{Sealer, SealerSignal};
use crate::sequencer::Sequencer;
use crate::shared::Shared;
use crate::store::blobs::LocalBlobs;
use crate::store::dir::{self, DataDir, Secrets};
use crate::store::journal::{FileSizes, LocalJournal};
use crate::store::{Blobs, Journal};
use crate::{Batch, LogInfo, LogNumber, Receipt, Record, Refused, Stored};

/// How a ledger is opened.
#[derive(Clone)]
pub struct Options {
    /// Tells the time of receipt.
    pub clock: Arc<dyn Clock>,
    /// Where frames go; `None` is the journal of the data directory.
    pub journal: Option<Arc<dyn Journal>>,
    /// Where segments go; `None` is the data directory.
    pub blobs: Option<Arc<dyn Blobs>>,
    /// The bounds.
    pub limits: Limits,
}

impl Options {
    /// Everything in the data directory, within the usual limits.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            journal: None,
            blobs: None,
            limits: Limits::default(),
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("journal", &self.journal)
            .field("blobs", &self.blobs)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// An open ledger: appends through one sequencer, reads from anywhere.
///
/// Dropping it without [`Ledger::close`] is a crash that loses nothing acknowledged.
#[derive(Debug)]
pub struct Ledger {
    shared: Arc<Shared>,
    sealer: Arc<SealerSignal>,
    instance_name: String,
    secrets: Secrets,
    tail_bytes: usize,
    running: Mutex<Option<Running>>,
    finished: watch::Receiver<bool>,
}

/// What goes when the ledger is closed; the lock of the directory last.
#[derive(Debug)]
struct Running {
    threads: Vec<JoinHandle<()>>,
    _dir: DataDir,
}

/// What happens when the sequencer ends, however it ends.
struct End {
    pool: Arc<Shared>,
    sealer: Arc<SealerSignal>,
    finishing: watch::Sender<bool>,
}

impl Drop for End {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.pool.poison(&SequencerPanicked);
        }
        self.sealer.stop();
        self.finishing.send_replace(true);
    }
}

/// A defect ended the sequencer.
#[derive(Debug, thiserror::Error)]
#[error("the sequencer ended with a panic")]
struct SequencerPanicked;

impl Ledger {
    /// Opens the ledger of a data directory: recovers what its files say and starts the sequencer.
    ///
    /// # Errors
    /// See [`OpenError`]. Nothing was changed then that the next open would miss.
    pub fn open(dir: DataDir, options: Options) -> Result<Self, OpenError> {
        let parts = parts(&dir, &options)?;
        let Recovered {
            shared,
            registry,
            sealed,
            edges,
        } = recover(&parts)?;
        let shared = Arc::new(shared);
        let signal = Arc::new(SealerSignal::default());
        let sealer = Sealer {
            shared: Arc::clone(&shared),
            signal: Arc::clone(&signal),
            blobs: parts.blobs,
            disk: parts.disk,
            registry_path: parts.registry_path,
            registry,
            sealed,
            edges,
            begun: None,
        };
        let wake = Arc::clone(&signal);
        let sequencer = Sequencer::new(
            Arc::clone(&shared),
            options.clock,
            Box::new(move || wake.wake()),
        );
        let (finishing, finished) = watch::channel(false);
        let (ending, end_sealer) = (Arc::clone(&shared), Arc::clone(&signal));
        let threads = vec![
            start("ledger-sealer", move || sealer.run())?,
            start("ledger-sequencer", move || {
                // Dropped also when the thread panics, so that nobody waits for it.
                let _end = End {
                    pool: ending,
                    sealer: end_sealer,
                    finishing,
                };
                sequencer.run();
            })?,
        ];
        Ok(Self {
            shared,
            sealer: signal,
            instance_name: dir.format().instance_name.clone(),
            secrets: dir.secrets().clone(),
            tail_bytes: options.limits.tail_bytes,
            running: Mutex::new(Some(Running { threads, _dir: dir })),
            finished,
        })
    }

    /// The name of the instance: the first part of every origin.
    pub fn instance_name(&self) -> &str {
        &self.instance_name
    }

    /// The secrets of the instance.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// All logs, in the order of their numbers.
    pub fn logs(&self) -> Vec<LogInfo> {
        self.shared.state().infos().collect()
    }

    /// The log of an origin.
    pub fn log(&self, origin: &str) -> Option<LogNumber> {
        self.shared.state().by_origin(origin)
    }

    /// The origin of a log.
    pub fn origin(&self, log: LogNumber) -> Option<Arc<str>> {
        let state = self.shared.state();
        Some(Arc::clone(&state.log(log)?.origin))
    }

    /// How many entries of a log are committed; `None` when there is no such log.
    pub fn size(&self, log: LogNumber) -> Option<TreeSize> {
        self.shared.size(log).ok()
    }

    /// The size of a log and the root of its tree at that size; `None` when there is no such log.
    pub fn head(&self, log: LogNumber) -> Option<(TreeSize, tlog::Hash)> {
        let frontier = self.shared.state().log(log)?.edge.frontier.clone();
        Some((frontier.size(), frontier.root()))
    }

    /// Makes a log whose entry 0 is `genesis`. Both are durable when it returns, or neither exists.
    pub async fn create_log(
        &self,
        origin: String,
        genesis: Record,
    ) -> Result<LogNumber, CreateLogError> {
        if origin.is_empty() || origin.len() > ORIGIN_BYTES_MAX {
            return Err(CreateLogError::Origin {
                found: origin.len(),
            });
        }
        check_record(&genesis).map_err(CreateLogError::Append)?;
        let (reply, answer) = oneshot::channel();
        self.put(Request::Create(origin, Box::new(genesis), reply))
            .map_err(CreateLogError::Append)?;
        match answer.await {
            Ok(answer) => answer,
            Err(_) => Err(CreateLogError::Append(self.ended())),
        }
    }

    /// Appends a batch; what it returns is durable.
    ///
    /// One answer per record, in their order. Dropping the future before it is done does not take the batch back.
    pub async fn append(
        &self,
        batch: Batch,
    ) -> Result<Vec<Result<Receipt, Refused>>, AppendError> {
        let encoded = encode(&batch)?;
        let (reply, answer) = oneshot::channel();
        self.put(Request::Append(encoded, reply))?;
        let outcome = match answer.await {
            Ok(outcome) => outcome?,
            Err(_) => return Err(self.ended()),
        };
        match outcome {
            Outcome::UnknownLog => Err(AppendError::UnknownLog(batch.log)),
            Outcome::Refused { position, refused } => {
                Err(AppendError::Refused { position, refused })
            }
            Outcome::Records(verdicts) => verdicts
                .into_iter()
                .map(|verdict| self.receipt(batch.log, verdict))
                .collect(),
        }
    }

    /// The entries at some indexes of a log, in the order asked for; at most
    /// [`READ_RECORDS_MAX`](crate::limits::READ_RECORDS_MAX). Blocks while it reads.
    pub fn read(&self, log: LogNumber, indexes: &[LeafIndex]) -> Result<Vec<Stored>, ReadError> {
        self.shared.read(log, indexes)
    }

    /// The entries of a log from an index on. Blocks while it reads.
    ///
    /// At most `max`, at least one where there is one, fewer than `max` when they are many or large: whoever wants
    /// more asks again behind the last one. Nothing when the log ends before `from`.
    pub fn read_range(
        &self,
        log: LogNumber,
        from: LeafIndex,
        max: usize,
    ) -> Result<Vec<Stored>, ReadError> {
        self.shared.read_range(log, from, max)
    }

    /// The entry that was appended with a dedup key.
    pub fn find(&self, log: LogNumber, key: &Key) -> Result<Option<LeafIndex>, ReadError> {
        let seen = self.shared.dedup.lookup(log.get(), key);
        Ok(seen.map_err(ReadError::Dedup)?.map(|seen| seen.index))
    }

    /// The number of the newest commit, which changes after each one.
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.shared.commits.subscribe()
    }

    /// Why the state on the disk is unknown, when it is. Then nothing can be appended, and the process should end:
    /// the next start finds out.
    pub fn poisoned(&self) -> watch::Receiver<Option<Arc<str>>> {
        self.shared.poisoned.subscribe()
    }

    /// Commits what waits, closes the journal and unlocks the directory. Reading goes on; closing again does nothing.
    pub async fn close(&self) {
        self.shared.pool.close();
        let mut finished = self.finished.clone();
        // An error says that the sequencer is gone, which is what is waited for.
        let _ = finished.wait_for(|finished| *finished).await;
        self.join();
    }

    fn put(&self, request: Request) -> Result<(), AppendError> {
        if self.shared.tail().weight() > self.tail_bytes {
            self.sealer.wake();
            return Err(if self.sealer.is_full() {
                AppendError::Full
            } else {
                AppendError::Overloaded {
                    retry_after_ms: RETRY_AFTER_SEAL_MS,
                }
            });
        }
        self.shared.pool.put(request).map_err(|declined| match declined {
            Declined::Closed => AppendError::Closed,
            Declined::Poisoned => AppendError::Poisoned,
            Declined::Overloaded => AppendError::Overloaded {
                retry_after_ms: RETRY_AFTER_POOL_MS,
            },
        })
    }

    /// Why an answer never came.
    fn ended(&self) -> AppendError {
        if self.shared.pool.is_poisoned() {
            AppendError::Poisoned
        } else {
            AppendError::Closed
        }
    }

    fn receipt(
        &self,
        log: LogNumber,
        verdict: Verdict,
    ) -> Result<Result<Receipt, Refused>, AppendError> {
        match verdict {
            Verdict::Refused(refused) => Ok(Err(refused)),
            Verdict::Stored {
                index,
                received_ms,
                leaf_hash,
            } => Ok(Ok(Receipt {
                index,
                leaf_hash,
                received_ms,
                duplicate: false,
            })),
            Verdict::Duplicate(index) => {
                let read = self.shared.read_entry(log, index);
                let (entry, leaf_hash) =
                    read.map_err(|error| AppendError::Receipt(Arc::new(error)))?;
                Ok(Ok(Receipt {
                    index,
                    leaf_hash,
                    received_ms: entry.received_ms,
                    duplicate: true,
                }))
            }
        }
    }

    fn join(&self) {
        let running = self
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(Running { threads, _dir: dir }) = running else {
            return;
        };
        for thread in threads {
            // A panic was printed where it happened; here only the end of the thread matters.
            let _ = thread.join();
        }
        drop(dir);
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        self.shared.pool.stop();
        self.sealer.stop();
        self.join();
    }
}

fn parts(dir: &DataDir, options: &Options) -> Result<Parts, OpenError> {
    let disk = dir.disk().clone();
    let journal = match &options.journal {
        Some(journal) => Arc::clone(journal),
        None => {
            let sizes = FileSizes {
                later: options.limits.journal_file_bytes,
                ..FileSizes::default()
            };
            let path = dir.part(dir::JOURNAL);
            let journal = LocalJournal::open(&disk, &path, sizes).map_err(OpenError::Journal)?;
            Arc::new(journal)
        }
    };
    let blobs = match &options.blobs {
        Some(blobs) => Arc::clone(blobs),
        None => {
            let blobs = LocalBlobs::new(disk.clone(), dir.path());
            for folder in [dir::SPINE, dir::PAYLOAD] {
                blobs
                    .remove_unfinished(&format!("{folder}/"))
                    .map_err(OpenError::Blobs)?;
            }
            Arc::new(blobs)
        }
    };
    Ok(Parts {
        registry_path: dir.part(dir::REGISTRY),
        dedup_path: dir.part(dir::DEDUP),
        limits: options.limits,
        disk,
        journal,
        blobs,
    })
}

fn start(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, OpenError> {
    let builder = std::thread::Builder::new().name(name.to_owned());
    builder.spawn(run).map_err(OpenError::Thread)
}

fn encode(batch: &Batch) -> Result<EncodedBatch, AppendError> {
    batch.records.iter().try_for_each(check_record)?;
    let found = batch
        .records
        .iter()
        .map(crate::encoded::encoded_len)
        .sum::<usize>();
    if found > BATCH_BYTES_MAX {
        return Err(AppendError::TooLarge {
            what: "a batch",
            found,
            allowed: BATCH_BYTES_MAX,
        });
    }
    Ok(EncodedBatch::of(batch))
}

fn check_record(record: &Record) -> Result<(), AppendError> {
    let found = crate::encoded::encoded_len(record);
    if found > RECORD_BYTES_MAX {
        return Err(AppendError::TooLarge {
            what: "a record",
            found,
            allowed: RECORD_BYTES_MAX,
        });
    }
    Ok(())
}
