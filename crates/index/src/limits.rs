//! How big a question and its answer may be, and why.

/// How many characters of an unknown name a message repeats: enough to recognise it.
pub(crate) const SHOWN_CHARS: usize = 64;

/// The longest key of metadata, in bytes: events cannot have longer ones.
pub const METADATA_KEY_BYTES: usize = event::limits::Limits::CEILING.metadata_key_bytes;

/// How many criteria a filter, a list of refinements or a search text may have: no dialog has so many rows.
pub const CRITERIA: usize = 100;

/// How many values `in` and `nin` may compare with: a page of ids.
pub const OPERANDS: usize = 1_000;

/// The longest value to compare with, in bytes: descriptions, the longest texts of events, can be compared whole.
pub const OPERAND_BYTES: usize = event::limits::Limits::CEILING.text_bytes;

/// The longest search text, in bytes: more than anybody types, less than servers accept in a URL.
pub const TEXT_BYTES: usize = 4 * 1024;

/// The longest text that is read as a cursor, in bytes; cursors have 91.
pub(crate) const CURSOR_BYTES: usize = 128;

/// How many buckets a histogram may have: more than a screen has columns to draw them.
pub const BUCKETS: usize = 1_000;
