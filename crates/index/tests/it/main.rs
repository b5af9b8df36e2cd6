//! The index against its contract: a naive oracle, and boundaries computed elsewhere.

mod oracle;
mod ranges;
mod semantics;
