//! The journal on the local disk, and the frame that every journal is made of.

mod error;
pub mod frame;

pub use error::JournalError;
