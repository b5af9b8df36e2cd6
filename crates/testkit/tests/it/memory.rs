//! The stores in memory keep the contract that they assert, also behind a wrapper that never fails.

use std::sync::Arc;

use ledger::store::{Blobs, FrameKind, Head, Journal, JournalError, NewFrame};
use testkit::conformance::{OpenBlobs, OpenJournal, check_blobs, check_journal};
use testkit::faulty::{Fault, FaultyBlobs, FaultyJournal, Plan};
use testkit::memory::{MemoryBlobs, MemoryJournal};

#[test]
fn the_memory_journal_conforms() {
    for frames_per_part in [1, 2, 100] {
        check_journal(&|| -> OpenJournal {
            let journal = MemoryJournal::new(frames_per_part);
            Box::new(move || Arc::new(journal.clone()))
        });
    }
}

#[test]
fn the_memory_blobs_conform() {
    check_blobs(&|| -> OpenBlobs {
        let blobs = MemoryBlobs::new();
        Box::new(move || Arc::new(blobs.clone()))
    });
}

#[test]
fn stores_without_planned_faults_conform() {
    check_journal(&|| -> OpenJournal {
        let journal: Arc<dyn Journal> = Arc::new(MemoryJournal::new(3));
        Box::new(move || Arc::new(FaultyJournal::new(Arc::clone(&journal), Arc::default())))
    });
    check_blobs(&|| -> OpenBlobs {
        let blobs: Arc<dyn Blobs> = Arc::new(MemoryBlobs::new());
        Box::new(move || Arc::new(FaultyBlobs::new(Arc::clone(&blobs), Arc::default())))
    });
}

#[test]
#[should_panic(expected = "immutable blob a")]
fn a_name_never_gets_other_bytes_even_after_a_deletion() {
    let blobs = MemoryBlobs::new();
    blobs.put("a", b"one").unwrap();
    blobs.delete("a").unwrap();
    drop(blobs.put("a", b"two"));
}

#[test]
#[should_panic(expected = "only frames up to 2")]
fn what_is_not_full_is_never_trimmed() {
    let journal = MemoryJournal::new(2);
    for _ in 0..4 {
        append(&journal).unwrap();
    }
    drop(journal.trim(3));
}

fn append(journal: &dyn Journal) -> Result<Head, JournalError> {
    journal.append(&NewFrame {
        after: journal.head(),
        kind: FrameKind::Commit,
        body: b"body",
    })
}

#[test]
fn planned_faults_happen_once_and_leave_what_they_say() {
    for fault in Fault::ALL {
        let memory = MemoryJournal::new(9);
        let plan = Arc::new(Plan::new());
        let journal = FaultyJournal::new(Arc::new(memory.clone()), Arc::clone(&plan));
        plan.fail_after(1, fault);
        append(&journal).unwrap();
        let error = append(&journal).unwrap_err();
        assert_eq!(error.is_fatal(), fault != Fault::Full);
        assert_eq!(memory.head().seq, if fault == Fault::Kept { 2 } else { 1 });
        let next = append(&journal);
        match fault {
            Fault::Full => assert_eq!(next.unwrap().seq, 2),
            Fault::Lost | Fault::Kept => assert!(matches!(next, Err(JournalError::Poisoned))),
        }
        assert_eq!(plan.happened(), 1);
    }
}
