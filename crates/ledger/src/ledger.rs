//! The ledger as its owner sees it.

mod accept;
mod start;

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tlog::{ENTRY_LEN, Hash, LeafIndex, TreeSize};
use tokio::sync::{oneshot, watch};

use crate::dedup::Key;
use crate::error::{AppendError, CreateLogError, OpenError, ProveError, ReadError};
use crate::limits::{RETRY_AFTER_POOL_MS, RETRY_AFTER_SEAL_MS};
use crate::options::Options;
use crate::plan::{Outcome, Verdict};
use crate::pool::{Declined, Request};
use crate::seal::SealerSignal;
use crate::shared::Shared;
use crate::store::dir::{DataDir, Secrets};
use crate::{Batch, LogInfo, LogNumber, Receipt, Record, Refused, Stored};

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

impl Ledger {
    /// Opens the ledger of a data directory: recovers what its files say and starts the sequencer.
    ///
    /// # Errors
    /// See [`OpenError`]. Nothing was changed then that the next open would miss.
    pub fn open(dir: DataDir, options: Options) -> Result<Self, OpenError> {
        let tail_bytes = options.limits.tail_bytes;
        let threads = start::start(&dir, options)?;
        Ok(Self {
            shared: threads.shared,
            sealer: threads.sealer,
            instance_name: dir.format().instance_name.clone(),
            secrets: dir.secrets().clone(),
            tail_bytes,
            running: Mutex::new(Some(Running {
                threads: threads.handles,
                _dir: dir,
            })),
            finished: threads.finished,
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
    pub fn head(&self, log: LogNumber) -> Option<(TreeSize, Hash)> {
        let frontier = self.shared.state().log(log)?.edge.frontier.clone();
        Some((frontier.size(), frontier.root()))
    }

    /// Makes a log whose entry 0 is `genesis`. Both are durable when it returns, or neither exists.
    pub async fn create_log(
        &self,
        origin: String,
        genesis: Record,
    ) -> Result<LogNumber, CreateLogError> {
        accept::check_origin(&origin)?;
        accept::check_record(&genesis).map_err(CreateLogError::Append)?;
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
    pub async fn append(&self, batch: Batch) -> Result<Vec<Result<Receipt, Refused>>, AppendError> {
        let encoded = accept::encode(&batch)?;
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

    /// The bytes of the entries of a log from an index on, as they are hashed: at most `max`, at most
    /// [`READ_RECORDS_MAX`](crate::limits::READ_RECORDS_MAX), fewer where the log ends. Blocks while it reads.
    pub fn entries(
        &self,
        log: LogNumber,
        from: LeafIndex,
        max: usize,
    ) -> Result<Vec<[u8; ENTRY_LEN]>, ReadError> {
        self.shared.entries(log, from, max)
    }

    /// The root of the first `size` entries of a log, at any size it ever had. Blocks while it reads.
    pub fn root(&self, log: LogNumber, size: TreeSize) -> Result<Hash, ProveError> {
        self.shared.root(log, size)
    }

    /// The proof that an entry is in the tree of the first `size` entries (RFC 6962 2.1.1). Blocks while it reads.
    pub fn prove_inclusion(
        &self,
        log: LogNumber,
        index: LeafIndex,
        size: TreeSize,
    ) -> Result<Vec<Hash>, ProveError> {
        self.shared.prove_inclusion(log, index, size)
    }

    /// The proof that the tree of `to` entries continues the one of `from` (RFC 6962 2.1.2). Blocks while it reads.
    pub fn prove_consistency(
        &self,
        log: LogNumber,
        from: TreeSize,
        to: TreeSize,
    ) -> Result<Vec<Hash>, ProveError> {
        self.shared.prove_consistency(log, from, to)
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
        self.shared
            .pool
            .put(request)
            .map_err(|declined| match declined {
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
