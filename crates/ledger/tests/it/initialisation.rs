//! Making a data directory, cut off at every change of the disk and on a disk that fails.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use ledger::disk::Disk;
use ledger::store::dir::{DataDir, DirError, Opened, Secrets};
use ledger::store::journal::FileSizes;
use testkit::crash::{Image, Recorder};
use testkit::faulty::{Fault, FaultyDisk, Plan};
use testkit::scratch;
use testkit::seed::Seed;

const NAME: &str = "audit.example.com";

const SIZES: FileSizes = FileSizes {
    first: 4096,
    later: 4096,
};

fn secrets(number: u64) -> Secrets {
    let mut seed = Seed::new(number);
    Secrets {
        signing_seed: seed.bytes(),
        dedup: seed.bytes(),
        fingerprint: seed.bytes(),
    }
}

/// Initialises what is fresh; what is ready stays as it is.
fn initialise(disk: &Disk, path: &Path, number: u64) -> Result<DataDir, DirError> {
    match DataDir::open_or_begin(disk, path)? {
        Opened::Ready(dir) => Ok(dir),
        Opened::Fresh(begun) => begun
            .keys(&secrets(number))?
            .journal_files(SIZES)
            .finish(NAME, number),
    }
}

/// Opens an image, makes it a data directory if it is none, and answers whether it was one.
fn reopen(image: &Image) -> bool {
    let dir = scratch::directory();
    image.write_to(dir.path()).unwrap();
    if dir.path().join("INIT").exists() {
        fs::write(dir.path().join("LOCK"), b"").unwrap();
    }
    let names: Vec<_> = image.names().collect();
    let opened = initialise(&Disk::local(), dir.path(), 2);
    let opened = opened.unwrap_or_else(|error| panic!("{names:?}: {error}"));
    let made = opened.format().created_ms;
    assert_eq!(
        *opened.secrets(),
        secrets(made),
        "the secrets are those of the directory, not of an earlier try"
    );
    drop(opened);
    let again = DataDir::open(&Disk::local(), dir.path()).unwrap();
    assert_eq!(again.format().created_ms, made);
    assert!(!dir.path().join("INIT").exists());
    made == 1
}

#[test]
fn a_power_failure_leaves_a_directory_that_is_made_again_or_is_whole() {
    let dir = scratch::directory();
    let recorder = Recorder::watching(dir.path()).unwrap();
    drop(initialise(&recorder.disk(), dir.path(), 1).unwrap());
    let last = recorder.changes();
    let mut seed = Seed::new(3);
    for moment in recorder.moments() {
        let images = std::iter::once(moment.after_kill());
        let torn = (0..8).map(|_| moment.after_power_failure(&mut seed));
        for image in images.chain(torn) {
            let was_made = reopen(&image);
            assert!(
                was_made || moment.changes() < last,
                "what was made is there"
            );
        }
    }
}

#[test]
fn a_failing_change_leaves_a_directory_that_is_made_again_or_is_whole() {
    let healthy = scratch::directory();
    let plan = Arc::new(Plan::new());
    drop(initialise(&FaultyDisk::disk(Arc::clone(&plan)), healthy.path(), 1).unwrap());
    for fault in Fault::ALL {
        for change in 0..plan.writes() {
            let dir = scratch::directory();
            let faults = Arc::new(Plan::new());
            faults.fail_after(change, fault);
            let made = initialise(&FaultyDisk::disk(Arc::clone(&faults)), dir.path(), 1).is_ok();
            let opened = initialise(&Disk::local(), dir.path(), 2);
            let opened =
                opened.unwrap_or_else(|error| panic!("{fault:?} at change {change}: {error}"));
            let created_ms = opened.format().created_ms;
            assert_eq!(*opened.secrets(), secrets(created_ms));
            assert!(
                !made || created_ms == 1,
                "{fault:?} at change {change}: what was made is there"
            );
        }
    }
}
