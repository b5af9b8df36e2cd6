//! Reads questions: criteria as JSON, and the search text, which is written back as well.
//!
//! Nothing is guessed: an unknown member, column or operator, an operator that does not fit its column, and a value of
//! the wrong shape are errors that name their place.
//! Messages repeat names, never values, because a value may be personal data.

mod json;
mod text;
mod value;
mod write;

pub use json::{criteria, criterion, filter};
pub use text::from_text;
pub use write::to_text;

#[cfg(test)]
mod tests;
