//! How much an account may declare, and why not more.

/// Actions per account: a person can still read the list of them, and matching a mistaken name stays quick.
pub const OWN_DECLARATIONS: usize = 1_000;

/// Other names per action: enough for every spelling of one past.
pub const ALIASES: usize = 16;

/// Fields per action: as many as an event has metadata keys.
pub const FIELDS: usize = 50;

/// Bytes of a name or label: as long as names in events.
pub const NAME_BYTES: usize = 256;

/// Bytes of a description or sentence: one screen line each, not an essay.
pub const TEXT_BYTES: usize = 1_024;

/// Bytes of a declaration as JSON: the event that records a change holds the old and the new one, and has 64 KiB.
pub const DECLARATION_BYTES: usize = 16 * 1_024;

/// Bytes of a sentence that is filled in: as long as a description that is sent.
///
/// A sentence may name one long value often, and many sentences are held at a time while events are indexed.
pub const FILLED_BYTES: usize = 8 * 1_024;
