//! Placeholder replaced by the owner of this crate.

pub mod dedup;
