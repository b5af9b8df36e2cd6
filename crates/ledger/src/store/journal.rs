//! The journal on the local disk, and the frame that every journal is made of.
//!
//! A journal is a directory of files named after the number of their first frame, `0000000000000001.wal`.
//! Each is filled with zeros and flushed before it gets its name, so that an append changes no metadata and one
//! `fdatasync` makes it durable. Behind the newest frame there are only zeros.
//!
//! What the system is asked for, in order:
//!
//! ```text
//! append      pwrite(frame)  fdatasync(file)
//! next file   creat(next.tmp)  pwrite(zeros)..  fdatasync  rename(next.tmp, <seq>.wal)  fsync(directory)
//! trim        unlink(<seq>.wal)..  fsync(directory)
//! ```

mod error;
mod files;
pub mod frame;
mod local;
mod scan;
mod survey;

#[cfg(test)]
mod tests;

pub use error::JournalError;
pub use local::{FileSizes, LocalJournal};
pub(crate) use survey::Survey;
