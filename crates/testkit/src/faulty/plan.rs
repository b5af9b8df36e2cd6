use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How a write fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not done, and its outcome is reported as unknown.
    Lost,
    /// It is done, and its outcome is reported as unknown.
    Kept,
    /// It is not done, because there is no space; the caller may go on.
    Full,
}

impl Fault {
    /// All of them, for tests that try each.
    pub const ALL: [Self; 3] = [Self::Lost, Self::Kept, Self::Full];

    /// What the operating system would say.
    pub(super) fn error(self) -> io::Error {
        match self {
            Self::Lost | Self::Kept => io::Error::other("a fault of the test"),
            Self::Full => io::Error::from(io::ErrorKind::StorageFull),
        }
    }
}

/// Which of the writes to come fails; shared between a test and the stores that it gave away.
#[derive(Debug, Default)]
pub struct Plan {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Writes since the beginning.
    writes: u64,
    /// The write that fails, counted from 1, and how.
    next: Option<(u64, Fault)>,
    /// Every write fails for want of space.
    full: bool,
    /// Faults that happened.
    happened: u64,
}

impl Plan {
    /// Without faults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets the write after the next `skip` ones fail, once.
    pub fn fail_after(&self, skip: u64, fault: Fault) {
        let mut state = self.state();
        state.next = Some((state.writes + skip + 1, fault));
    }

    /// Lets every write fail for want of space, or none any more.
    pub fn set_full(&self, full: bool) {
        self.state().full = full;
    }

    /// Forgets a fault that has not happened yet.
    pub fn heal(&self) {
        let mut state = self.state();
        state.next = None;
        state.full = false;
    }

    /// Writes since the beginning, failed ones included.
    pub fn writes(&self) -> u64 {
        self.state().writes
    }

    /// Faults that happened.
    pub fn happened(&self) -> u64 {
        self.state().happened
    }

    /// Counts a write and says whether it fails.
    pub(super) fn next(&self) -> Option<Fault> {
        let mut state = self.state();
        state.writes += 1;
        let writes = state.writes;
        let planned = state.next.take_if(|(write, _)| *write == writes);
        let fault = planned
            .map(|(_, fault)| fault)
            .or(state.full.then_some(Fault::Full));
        state.happened += u64::from(fault.is_some());
        fault
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
