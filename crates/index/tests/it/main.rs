//! The index against its contract: a naive oracle, and boundaries computed elsewhere.

mod local;
mod narrowed;
mod oracle;
mod parts;
mod ranges;
mod semantics;
