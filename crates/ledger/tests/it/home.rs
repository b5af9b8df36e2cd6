//! A data directory with its clock: what one process after the other opens.

use std::error::Error;
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use ledger::disk::Disk;
use ledger::limits::Limits;
use ledger::store::journal::FileSizes;
use ledger::{Clock, DataDir, Ledger, LogNumber, Opened, Options, Secrets};
use tempfile::TempDir;
use testkit::clock::ManualClock;
use testkit::crash::Image;
use testkit::model::Model;
use testkit::record;
use testkit::scratch;
use testkit::seed::Seed;

/// Small, so that a few commits fill a file and sealing happens all the time.
pub(crate) const JOURNAL_FILE_BYTES: u64 = 32 << 10;

pub(crate) struct Home {
    dir: TempDir,
    pub(crate) clock: Arc<ManualClock>,
}

impl Home {
    /// A new data directory.
    pub(crate) fn new() -> Self {
        let dir = scratch::directory();
        let Opened::Fresh(begun) = DataDir::open_or_begin(&Disk::local(), dir.path()).unwrap()
        else {
            panic!("the directory is empty");
        };
        let secrets = Secrets {
            signing_seed: [1; 32],
            dedup: [2; 32],
            fingerprint: [3; 32],
        };
        let sizes = FileSizes {
            first: JOURNAL_FILE_BYTES,
            later: JOURNAL_FILE_BYTES,
        };
        let keyed = begun.keys(&secrets).unwrap().journal_files(sizes);
        drop(
            keyed
                .finish("audit.example.com", ManualClock::START_MS)
                .unwrap(),
        );
        Self {
            dir,
            clock: Arc::new(ManualClock::new()),
        }
    }

    /// What a crash left of a data directory.
    pub(crate) fn of_image(image: &Image) -> Self {
        let dir = scratch::directory();
        image.write_to(dir.path()).unwrap();
        Self {
            dir,
            clock: Arc::new(ManualClock::new()),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Starts a process.
    pub(crate) fn open_on(&self, disk: &Disk) -> Result<Ledger, Box<dyn Error>> {
        let dir = DataDir::open(disk, self.path())?;
        let clock: Arc<dyn Clock> = Arc::<ManualClock>::clone(&self.clock);
        let mut options = Options::new(clock);
        options.limits = Limits {
            journal_file_bytes: JOURNAL_FILE_BYTES,
            ..Limits::default()
        };
        Ok(Ledger::open(dir, options)?)
    }

    pub(crate) fn open(&self) -> Ledger {
        self.open_on(&Disk::local()).unwrap()
    }
}

/// Makes a log in a ledger and its model.
pub(crate) fn create_log(
    ledger: &Ledger,
    model: &mut Model,
    origin: &str,
    now_ms: u64,
) -> LogNumber {
    let genesis = record::genesis(&mut Seed::new(origin.len() as u64));
    let number = wait(ledger.create_log(origin.to_owned(), genesis.clone())).unwrap();
    model.create_log(number, &genesis, now_ms);
    number
}

/// Runs one future to its end.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(future)
}

/// Begins futures in their order and runs all of them to their end.
pub(crate) fn wait_for_all<T>(futures: Vec<impl Future<Output = T>>) -> Vec<T> {
    type Running<F> = Pin<Box<F>>;
    let mut running: Vec<Result<T, Running<_>>> = futures
        .into_iter()
        .map(|future| Err(Box::pin(future)))
        .collect();
    wait(std::future::poll_fn(move |context| {
        for slot in &mut running {
            if let Err(future) = slot
                && let Poll::Ready(value) = future.as_mut().poll(context)
            {
                *slot = Ok(value);
            }
        }
        if running.iter().any(Result::is_err) {
            return Poll::Pending;
        }
        Poll::Ready(running.drain(..).filter_map(Result::ok).collect())
    }))
}
