//! The local stores keep the contracts of their traits.

use std::sync::Arc;

use ledger::disk::Disk;
use ledger::store::blobs::LocalBlobs;
use ledger::store::journal::{FileSizes, LocalJournal};
use testkit::conformance::{OpenBlobs, OpenJournal, check_blobs, check_journal};
use testkit::scratch;

#[test]
fn the_local_journal_conforms() {
    let sizes = FileSizes {
        first: 4 << 20,
        later: 8 << 20,
    };
    check_journal(&|| -> OpenJournal {
        let dir = scratch::directory();
        LocalJournal::create(&Disk::local(), dir.path(), sizes).unwrap();
        Box::new(move || Arc::new(LocalJournal::open(&Disk::local(), dir.path(), sizes).unwrap()))
    });
}

#[test]
fn the_local_blobs_conform() {
    check_blobs(&|| -> OpenBlobs {
        let dir = scratch::directory();
        Box::new(move || Arc::new(LocalBlobs::new(Disk::local(), dir.path())))
    });
}
