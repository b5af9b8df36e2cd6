//! Why a question was not understood.

use std::fmt;

use crate::limits::{METADATA_KEY_BYTES, SHOWN_CHARS};

/// One thing that is wrong with criteria.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryProblem {
    /// Where: an RFC 6901 pointer.
    pub pointer: String,
    /// Which rule is broken, one of [`code`].
    pub code: &'static str,
    /// The rule in words; it never repeats a value.
    pub message: String,
}

impl fmt::Display for QueryProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pointer, self.message)
    }
}

/// What is wrong with a search text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at character {}: {message}", position + 1)]
pub struct TextProblem {
    /// How many characters (Unicode scalar values) stand before the place.
    pub position: usize,
    /// Which rule is broken, one of [`code`].
    pub code: &'static str,
    /// The rule in words; it never repeats a value.
    pub message: String,
}

/// The codes of [`QueryProblem`]s and [`TextProblem`]s, stable across versions.
pub mod code {
    pub use event::problem::code::{
        INVALID_ADDRESS, REQUIRED, TOO_LONG, TOO_MANY, UNKNOWN_FIELD, UNKNOWN_VALUE, UNSAFE_NUMBER,
        WRONG_TYPE,
    };

    /// No column has this name.
    pub const UNKNOWN_COLUMN: &str = "unknown_column";
    /// No operator has this name.
    pub const UNKNOWN_OPERATOR: &str = "unknown_operator";
    /// The operator cannot compare this column.
    pub const OPERATOR_DOES_NOT_APPLY: &str = "operator_does_not_apply";
    /// A value stands where none is compared.
    pub const UNEXPECTED_VALUE: &str = "unexpected_value";
    /// A criterion is a group of criteria.
    pub const NESTED_GROUP: &str = "nested_group";
    /// A quote is not closed.
    pub const UNCLOSED_QUOTE: &str = "unclosed_quote";
}

/// Why a name is no column.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownColumn {
    /// No column has this name.
    #[error("there is no column `{0}`")]
    Name(String),
    /// `metadata.` without a key, or with one that no event can have.
    #[error("after `metadata.` a key of 1 to {METADATA_KEY_BYTES} bytes must stand")]
    MetadataKey,
}

/// The text does not name a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a resource is written `type:id`")]
pub struct NotAResource;

/// The beginning of a name that somebody sent, short enough for a message.
pub(crate) fn shown(name: &str) -> String {
    name.chars().take(SHOWN_CHARS).collect()
}
