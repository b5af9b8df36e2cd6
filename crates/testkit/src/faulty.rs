//! Stores and disks that fail when the test says so.
//!
//! A failing write has two sides: whether it is done, and what the caller is told. The dangerous case is a write
//! that is kept though it was reported as failed; every write must be tried with both.

mod blobs;
mod disk;
mod journal;
mod plan;

pub use blobs::FaultyBlobs;
pub use disk::FaultyDisk;
pub use journal::FaultyJournal;
pub use plan::{Fault, Plan};
