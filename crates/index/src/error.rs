//! Why a question was not understood.

use crate::limits::SHOWN_CHARS;

/// Why a name is no column.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownColumn {
    /// No column has this name.
    #[error("there is no column `{0}`")]
    Name(String),
    /// `metadata.` without a key, or with one that no event can have.
    #[error(
        "after `metadata.` a key of 1 to {} bytes must stand",
        crate::limits::METADATA_KEY_BYTES
    )]
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
