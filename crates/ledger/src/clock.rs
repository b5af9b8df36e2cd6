//! The only place from which the ledger learns the time.

/// Tells the time in milliseconds since 1970 UTC.
///
/// It may stand still or go back; the received times of a log never do, because they are the larger of the
/// previous one and this.
pub trait Clock: Send + Sync {
    /// The present, in milliseconds since 1970 UTC.
    fn now_ms(&self) -> u64;
}

impl<F: Fn() -> u64 + Send + Sync> Clock for F {
    fn now_ms(&self) -> u64 {
        self()
    }
}
