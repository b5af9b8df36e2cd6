//! How big a question and its answer may be, and why.

/// How many characters of an unknown name a message repeats: enough to recognise it.
pub(crate) const SHOWN_CHARS: usize = 64;

/// The longest key of metadata, in bytes: events cannot have longer ones.
pub const METADATA_KEY_BYTES: usize = event::limits::Limits::CEILING.metadata_key_bytes;
