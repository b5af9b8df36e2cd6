//! Starting the threads of a ledger, and what happens when they end.

use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::watch;

use crate::error::OpenError;
use crate::options::Options;
use crate::recover::{Parts, Recovered, recover};
use crate::seal::{Sealer, SealerSignal};
use crate::sequencer::Sequencer;
use crate::shared::Shared;
use crate::store::blobs::LocalBlobs;
use crate::store::dir::{self, DataDir};
use crate::store::journal::{FileSizes, LocalJournal};
use crate::store::{Blobs, Journal};

/// The running threads and what they share.
pub(super) struct Started {
    pub(super) shared: Arc<Shared>,
    pub(super) sealer: Arc<SealerSignal>,
    pub(super) handles: Vec<JoinHandle<()>>,
    /// Becomes true when the sequencer has ended.
    pub(super) finished: watch::Receiver<bool>,
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

/// Recovers what the files say and starts the sequencer and the sealer.
pub(super) fn start(dir: &DataDir, options: Options) -> Result<Started, OpenError> {
    let parts = parts(dir, &options)?;
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
    let handles = vec![
        spawn("ledger-sealer", move || sealer.run())?,
        spawn("ledger-sequencer", move || {
            // Dropped also when the thread panics, so that nobody waits for it.
            let _end = End {
                pool: ending,
                sealer: end_sealer,
                finishing,
            };
            sequencer.run();
        })?,
    ];
    Ok(Started {
        shared,
        sealer: signal,
        handles,
        finished,
    })
}

fn parts(dir: &DataDir, options: &Options) -> Result<Parts, OpenError> {
    let journal = options.journal.clone();
    let journal = journal.map_or_else(|| open_journal(dir, options), Ok)?;
    let blobs = options.blobs.clone();
    let blobs = blobs.map_or_else(|| open_blobs(dir), Ok)?;
    Ok(Parts {
        registry_path: dir.part(dir::REGISTRY),
        dedup_path: dir.part(dir::DEDUP),
        disk: dir.disk().clone(),
        limits: options.limits,
        journal,
        blobs,
    })
}

fn open_journal(dir: &DataDir, options: &Options) -> Result<Arc<dyn Journal>, OpenError> {
    let sizes = FileSizes {
        later: options.limits.journal_file_bytes,
        ..FileSizes::default()
    };
    let journal = LocalJournal::open(dir.disk(), &dir.part(dir::JOURNAL), sizes);
    Ok(Arc::new(journal.map_err(OpenError::Journal)?))
}

fn open_blobs(dir: &DataDir) -> Result<Arc<dyn Blobs>, OpenError> {
    let blobs = LocalBlobs::new(dir.disk().clone(), dir.path());
    for folder in [dir::SPINE, dir::PAYLOAD] {
        blobs
            .remove_unfinished(&format!("{folder}/"))
            .map_err(OpenError::Blobs)?;
    }
    Ok(Arc::new(blobs))
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, OpenError> {
    let builder = std::thread::Builder::new().name(name.to_owned());
    builder.spawn(run).map_err(OpenError::Thread)
}
