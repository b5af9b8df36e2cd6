//! A clock that walks through a year in a few seconds.

use std::sync::atomic::{AtomicU64, Ordering};

use server::Clock;

/// A clock that stands where it was last set.
#[derive(Debug)]
pub(super) struct WalkingClock(AtomicU64);

impl WalkingClock {
    /// A clock that stands at these milliseconds since 1970 UTC.
    pub(super) fn at(now_ms: u64) -> Self {
        Self(AtomicU64::new(now_ms))
    }

    /// Goes on to these milliseconds since 1970 UTC.
    pub(super) fn walk_to(&self, now_ms: u64) {
        self.0.store(now_ms, Ordering::Release);
    }
}

impl Clock for WalkingClock {
    fn now_ms(&self) -> u64 {
        self.0.load(Ordering::Acquire)
    }
}
