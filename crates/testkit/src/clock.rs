//! A clock that moves when the test says so.

use std::sync::atomic::{AtomicU64, Ordering};

/// A clock under the control of a test; shared by reference or `Arc`.
#[derive(Debug)]
pub struct ManualClock {
    now_ms: AtomicU64,
}

impl ManualClock {
    /// A moment in 2026, where nothing special happens.
    pub const START_MS: u64 = 1_790_000_000_000;

    /// A clock that stands at [`ManualClock::START_MS`].
    pub fn new() -> Self {
        Self::at(Self::START_MS)
    }

    /// A clock that stands at the given milliseconds since 1970 UTC.
    pub fn at(now_ms: u64) -> Self {
        Self {
            now_ms: AtomicU64::new(now_ms),
        }
    }

    /// Moves forward.
    pub fn advance_ms(&self, by_ms: u64) {
        self.now_ms.fetch_add(by_ms, Ordering::SeqCst);
    }

    /// Moves to any moment, also back.
    pub fn set_ms(&self, now_ms: u64) {
        self.now_ms.store(now_ms, Ordering::SeqCst);
    }
}

impl Default for ManualClock {
    fn default() -> Self {
        Self::new()
    }
}

impl ledger::Clock for ManualClock {
    fn now_ms(&self) -> u64 {
        self.now_ms.load(Ordering::SeqCst)
    }
}
