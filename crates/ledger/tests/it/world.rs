//! A data directory, a ledger on it, and a naive model of what must be in it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ledger::disk::Disk;
use ledger::limits::Limits;
use ledger::store::journal::FileSizes;
use ledger::{
    AppendError, Batch, BatchMode, DataDir, DedupKey, Ledger, LogNumber, OpenError, Opened,
    Options, Receipt, Record, Refused, Secrets, Stored,
};
use tempfile::TempDir;
use testkit::record::commitment;
use testkit::scratch;
use tlog::{EntryKind, Frontier, LeafIndex, TreeSize};

use crate::home::wait;

pub(crate) const ORIGIN: &str = "test.example/a/main";

/// Journal files this small are sealed after a few commits.
pub(crate) const SMALL: FileSizes = FileSizes {
    first: 16 << 10,
    later: 16 << 10,
};

pub(crate) struct World {
    temporary: TempDir,
    disk: Disk,
    sizes: FileSizes,
    pub(crate) now: Arc<AtomicU64>,
    ledger: Option<Ledger>,
    /// Every entry that was acknowledged, by origin.
    pub(crate) expected: HashMap<String, Vec<(Record, Receipt)>>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(FileSizes::default())
    }

    pub(crate) fn with(sizes: FileSizes) -> Self {
        Self::on(Disk::local(), sizes)
    }

    pub(crate) fn on(disk: Disk, sizes: FileSizes) -> Self {
        let temporary = scratch::directory();
        let mut world = Self {
            temporary,
            disk,
            sizes,
            now: Arc::new(AtomicU64::new(1_790_000_000_000)),
            ledger: None,
            expected: HashMap::new(),
        };
        initialise(&world.disk, &world.path(), sizes);
        world.open();
        world
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.temporary.path().join("data")
    }

    pub(crate) fn ledger(&self) -> &Ledger {
        self.ledger.as_ref().unwrap()
    }

    pub(crate) fn try_open(&mut self) -> Result<(), OpenError> {
        let dir = DataDir::open(&self.disk, &self.path()).unwrap();
        self.ledger = Some(Ledger::open(dir, self.options())?);
        Ok(())
    }

    pub(crate) fn options(&self) -> Options {
        let now = Arc::clone(&self.now);
        let mut options = Options::new(Arc::new(move || now.load(Ordering::SeqCst)));
        options.limits = Limits {
            journal_file_bytes: self.sizes.later,
            ..Limits::default()
        };
        options
    }

    pub(crate) fn open(&mut self) {
        self.try_open().unwrap();
    }

    /// Stops without a close frame, as far as one process can do that to itself.
    pub(crate) fn crash(&mut self) {
        self.ledger = None;
    }

    pub(crate) fn close(&mut self) {
        let ledger = self.ledger.take().unwrap();
        wait(ledger.close());
    }

    pub(crate) fn reopen(&mut self) {
        self.crash();
        self.open();
    }

    pub(crate) fn create(&mut self, origin: &str) -> LogNumber {
        let genesis = genesis(origin);
        let ledger = self.ledger();
        let number = wait(ledger.create_log(origin.to_owned(), genesis.clone())).unwrap();
        let stored = ledger.read(number, &[LeafIndex::FIRST]).unwrap();
        let receipt = Receipt {
            index: LeafIndex::FIRST,
            leaf_hash: stored[0].entry.leaf_hash(),
            received_ms: stored[0].entry.received_ms,
            duplicate: false,
        };
        self.expected
            .insert(origin.to_owned(), vec![(genesis, receipt)]);
        number
    }

    pub(crate) fn append(
        &mut self,
        log: LogNumber,
        mode: BatchMode,
        records: &[Record],
    ) -> Result<Vec<Result<Receipt, Refused>>, AppendError> {
        let batch = Batch {
            log,
            mode,
            records: records.to_vec(),
        };
        let answers = wait(self.ledger().append(batch))?;
        assert_eq!(answers.len(), records.len());
        let origin = self.ledger().origin(log).unwrap();
        let expected = self.expected.get_mut(&*origin).unwrap();
        for (record, answer) in records.iter().zip(&answers) {
            if let Ok(receipt) = answer
                && !receipt.duplicate
            {
                expected.push((record.clone(), *receipt));
            }
        }
        Ok(answers)
    }

    /// Appends records that nothing can refuse.
    pub(crate) fn store(&mut self, log: LogNumber, records: &[Record]) -> Vec<Receipt> {
        let answers = self.append(log, BatchMode::AllOrNothing, records).unwrap();
        answers.into_iter().map(Result::unwrap).collect()
    }

    /// Compares every log with the model and hashes its whole tree again.
    pub(crate) fn check(&self) {
        let ledger = self.ledger();
        let logs = ledger.logs();
        assert_eq!(logs.len(), self.expected.len());
        for log in logs {
            let expected = &self.expected[&*log.origin];
            assert_eq!(
                log.size,
                TreeSize::new(expected.len() as u64),
                "{}",
                log.origin
            );
            let read = read_all(ledger, log.number);
            assert_eq!(read.len(), expected.len());
            let mut frontier = Frontier::new();
            let mut last = 0;
            for (stored, (record, receipt)) in read.iter().zip(expected) {
                assert_eq!(stored.index, frontier.size().next_leaf());
                assert_eq!(stored.index, receipt.index);
                assert_eq!(stored.entry.leaf_hash(), receipt.leaf_hash);
                assert_eq!(stored.entry.received_ms, receipt.received_ms);
                assert!(stored.entry.received_ms >= last);
                last = stored.entry.received_ms;
                assert_eq!(stored.entry.kind, record.kind);
                assert_eq!(stored.entry.class, record.class);
                assert_eq!(stored.entry.commitment, record.commitment);
                let payload = stored.payload.as_ref().unwrap();
                assert_eq!(payload.seed, record.seed);
                assert_eq!(payload.facets, record.facets);
                if let Some(dedup) = record.dedup {
                    let found = ledger.find(log.number, &dedup.key).unwrap();
                    assert_eq!(found, Some(stored.index));
                }
                frontier.push(stored.entry.leaf_hash());
            }
            assert_eq!(ledger.head(log.number), Some((log.size, frontier.root())));
        }
    }

    pub(crate) fn reopen_and_check(&mut self) {
        self.check();
        self.reopen();
        self.check();
    }
}

pub(crate) fn read_all(ledger: &Ledger, log: LogNumber) -> Vec<Stored> {
    let mut all: Vec<Stored> = Vec::new();
    loop {
        let from = LeafIndex::new(all.len() as u64);
        let read = ledger.read_range(log, from, 1_000).unwrap();
        if read.is_empty() {
            return all;
        }
        all.extend(read);
    }
}

pub(crate) fn secrets() -> Secrets {
    Secrets {
        signing_seed: [1; 32],
        dedup: [2; 32],
        fingerprint: [3; 32],
    }
}

pub(crate) fn initialise(disk: &Disk, path: &Path, sizes: FileSizes) {
    let Opened::Fresh(fresh) = DataDir::open_or_begin(disk, path).unwrap() else {
        panic!("a new directory is not initialised");
    };
    let keyed = fresh.keys(&secrets()).unwrap();
    keyed
        .journal_files(sizes)
        .finish("test.example", 1_790_000_000_000)
        .unwrap();
}

pub(crate) fn genesis(origin: &str) -> Record {
    Record {
        kind: EntryKind::Genesis,
        class: 0,
        dedup: None,
        ..record(0, origin.len())
    }
}

/// A record that is a function of its number: some facets absent, one empty, `size` bytes of text.
pub(crate) fn record(number: u64, size: usize) -> Record {
    let byte = number.to_be_bytes()[7];
    let text = |len: usize| {
        let pattern = (0..=u8::MAX).cycle().skip(usize::from(byte));
        Some(pattern.take(len).collect())
    };
    let seed = [byte ^ 0xff; 16];
    let facets = [
        Some(number.to_be_bytes().into()),
        text(size),
        None,
        text(0),
        None,
        None,
        (number.is_multiple_of(3)).then(|| text(size / 2)).flatten(),
        None,
    ];
    Record {
        kind: EntryKind::Event,
        class: 1,
        commitment: commitment(&seed, &facets),
        seed,
        facets,
        dedup: Some(DedupKey {
            key: key(number),
            tag: Some(number.to_be_bytes()),
        }),
    }
}

pub(crate) fn key(number: u64) -> [u8; 16] {
    let mut key = [7; 16];
    key[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    key
}

pub(crate) fn records(numbers: std::ops::Range<u64>, size: usize) -> Vec<Record> {
    numbers.map(|number| record(number, size)).collect()
}
