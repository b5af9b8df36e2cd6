//! What the ledger knows of every log while it runs, and how a frame changes it.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use tlog::{Frontier, LeafIndex};

use crate::{LogInfo, LogNumber, Slot};

/// All logs. Only the sequencer changes it, and only by [`State::apply`].
#[derive(Debug, Default)]
pub(crate) struct State {
    /// In the order of their numbers.
    logs: Vec<LogState>,
    by_origin: HashMap<Arc<str>, LogNumber>,
    by_slot: HashMap<Slot, LogNumber>,
}

/// One log.
#[derive(Clone, Debug)]
pub(crate) struct LogState {
    pub(crate) origin: Arc<str>,
    pub(crate) created_ms: u64,
    pub(crate) edge: Edge,
}

/// The right edge of a log: all that is needed to append to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) frontier: Frontier,
    pub(crate) last_received_ms: u64,
}

impl Edge {
    pub(crate) fn next_index(&self) -> LeafIndex {
        self.frontier.size().next_leaf()
    }
}

/// A log that is about to exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewLog {
    pub(crate) number: LogNumber,
    pub(crate) origin: Arc<str>,
    pub(crate) created_ms: u64,
}

/// Why an origin cannot become a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// There is a log of this origin.
    Origin,
    /// The slot belongs to a log of another origin.
    Slot(Arc<str>),
    /// All numbers are given out.
    Numbers,
}

impl State {
    pub(crate) fn log(&self, number: LogNumber) -> Option<&LogState> {
        self.logs.get(number.place())
    }

    pub(crate) fn by_origin(&self, origin: &str) -> Option<LogNumber> {
        self.by_origin.get(origin).copied()
    }

    pub(crate) fn infos(&self) -> impl Iterator<Item = LogInfo> {
        self.logs.iter().zip(0..).map(|(log, number)| LogInfo {
            number: LogNumber::new(number),
            origin: Arc::clone(&log.origin),
            size: log.edge.frontier.size(),
            created_ms: log.created_ms,
        })
    }

    /// The number that the next log gets, unless the origin or its slot is taken.
    pub(crate) fn next_number(&self, origin: &str) -> Result<LogNumber, Taken> {
        if self.by_origin.contains_key(origin) {
            return Err(Taken::Origin);
        }
        if let Some(other) = self.by_slot.get(&Slot::of(origin)) {
            let other = self.log(*other).map(|log| Arc::clone(&log.origin));
            return Err(Taken::Slot(other.unwrap_or_default()));
        }
        let number = u32::try_from(self.logs.len()).map_err(|_| Taken::Numbers)?;
        Ok(LogNumber::new(number))
    }

    /// Adds a log without entries; its number must be the next one.
    pub(crate) fn create(&mut self, new: &NewLog) -> Result<(), Taken> {
        if self.next_number(&new.origin)? != new.number {
            return Err(Taken::Numbers);
        }
        self.by_origin.insert(Arc::clone(&new.origin), new.number);
        self.by_slot.insert(Slot::of(&new.origin), new.number);
        self.logs.push(LogState {
            origin: Arc::clone(&new.origin),
            created_ms: new.created_ms,
            edge: Edge::default(),
        });
        Ok(())
    }

    /// Moves the edge of a log to where a frame, or a segment, has brought it.
    pub(crate) fn set_edge(&mut self, number: LogNumber, edge: Edge) {
        if let Some(log) = self.logs.get_mut(number.place()) {
            log.edge = edge;
        }
    }
}
