use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ledger::store::{Frames, Head, Journal, JournalError, NewFrame};

use super::{Fault, Plan};

/// A journal whose appends fail as planned. After an unknown outcome it is poisoned, as its contract says.
#[derive(Debug)]
pub struct FaultyJournal {
    inner: Arc<dyn Journal>,
    plan: Arc<Plan>,
    poisoned: AtomicBool,
}

impl FaultyJournal {
    /// Lets the appends to a journal fail as planned.
    pub fn new(inner: Arc<dyn Journal>, plan: Arc<Plan>) -> Self {
        Self {
            inner,
            plan,
            poisoned: AtomicBool::new(false),
        }
    }

    fn unknown(&self, fault: Fault) -> JournalError {
        self.poisoned.store(true, Ordering::SeqCst);
        JournalError::Unknown {
            path: PathBuf::from("faulty"),
            source: fault.error(),
        }
    }
}

impl Journal for FaultyJournal {
    fn head(&self) -> Head {
        self.inner.head()
    }

    fn since(&self, after: u64) -> Result<Frames<'_>, JournalError> {
        self.inner.since(after)
    }

    fn append(&self, frame: &NewFrame<'_>) -> Result<Head, JournalError> {
        if self.poisoned.load(Ordering::SeqCst) {
            return Err(JournalError::Poisoned);
        }
        match self.plan.next() {
            None => self.inner.append(frame),
            Some(fault @ Fault::Lost) => Err(self.unknown(fault)),
            Some(fault @ Fault::Kept) => self.inner.append(frame).and(Err(self.unknown(fault))),
            Some(fault @ Fault::Full) => Err(JournalError::Full {
                path: PathBuf::from("faulty"),
                source: fault.error(),
            }),
        }
    }

    fn full(&self) -> u64 {
        self.inner.full()
    }

    fn trim(&self, upto: u64) -> Result<(), JournalError> {
        self.inner.trim(upto)
    }
}
