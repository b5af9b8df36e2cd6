//! Stores in memory that assert the contract of their trait: a caller that breaks it stops the test.

mod blobs;
mod journal;

pub use blobs::MemoryBlobs;
pub use journal::MemoryJournal;
