//! How a ledger is opened.

use std::fmt;
use std::sync::Arc;

use crate::clock::Clock;
use crate::limits::Limits;
use crate::store::{Blobs, Journal};

/// How a ledger is opened.
#[derive(Clone)]
pub struct Options {
    /// Tells the time of receipt.
    pub clock: Arc<dyn Clock>,
    /// Where frames go; `None` is the journal of the data directory.
    pub journal: Option<Arc<dyn Journal>>,
    /// Where segments go; `None` is the data directory.
    pub blobs: Option<Arc<dyn Blobs>>,
    /// The bounds.
    pub limits: Limits,
}

impl Options {
    /// Everything in the data directory, within the usual limits.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            journal: None,
            blobs: None,
            limits: Limits::default(),
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("journal", &self.journal)
            .field("blobs", &self.blobs)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
