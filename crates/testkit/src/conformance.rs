//! One suite per trait of the ledger's stores: a backend passes it with one line.
//!
//! Each suite gets a function that makes a new, empty store and answers how to open it: calling the answer again,
//! after the store before was dropped, is what the next process does.

mod blobs;
mod journal;

pub use blobs::check_blobs;
pub use journal::check_journal;

use std::sync::Arc;

use ledger::store::{Blobs, Journal};

/// Opens one journal, again and again.
pub type OpenJournal = Box<dyn Fn() -> Arc<dyn Journal>>;

/// Opens one store of blobs, again and again.
pub type OpenBlobs = Box<dyn Fn() -> Arc<dyn Blobs>>;
