//! What the errors of this crate have in common.

/// What the caller should do about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The request is wrong and will always be.
    Invalid,
    /// What was asked for is not there.
    NotFound,
    /// Something else is already there.
    Conflict,
    /// Try again later.
    Overloaded,
    /// The store cannot do it now; an operator has to look.
    Unavailable,
    /// Stored bytes are not what was written.
    Corrupt,
}
