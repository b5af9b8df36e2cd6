//! The files that a power failure could leave.
//!
//! A [`Recorder`] watches every change of a data directory. [`Recorder::moments`] plays them back one by one; at
//! each [`Moment`] it is known what is durable: bytes that were flushed, and names in directories that were
//! flushed. Everything else may or may not have reached the disk, in any order, and writes may be torn between
//! sectors. A moment builds directories of that kind; this is the method of ALICE (Pillai et al., OSDI 2014) and of
//! redb's crash tests.
//!
//! Directories themselves count as durable: they are made once, before anything is acknowledged.

mod file;
mod image;
mod moment;
mod recorder;

pub use image::Image;
pub use moment::Moment;
pub use recorder::Recorder;
