//! Ids of events that have none, so that sending them twice records them once.

use event::EventId;

/// Makes ids of events; a parameter, so that a test can repeat a run.
pub trait EventIds: Send + Sync {
    /// An id that no other event has.
    fn next(&self) -> EventId;
}

/// Ids of the system's clock and randomness: UUIDs of version 7 (RFC 9562, section 5.7).
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemIds;

impl EventIds for SystemIds {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the client asks the system's clock"
    )]
    #[expect(
        clippy::expect_used,
        reason = "without randomness ids would collide and events would be lost"
    )]
    fn next(&self) -> EventId {
        let mut random = [0; 10];
        getrandom::fill(&mut random).expect("the operating system gives random bytes");
        // A clock before 1970 still leaves 74 random bits.
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        EventId::v7(u64::try_from(since.as_millis()).unwrap_or(u64::MAX), random)
    }
}
