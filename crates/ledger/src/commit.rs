//! What a frame does to the logs: the one function that the sequencer and recovery share.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use tlog::{Entry, Hash, LeafIndex, leaf_hash};

use crate::LogNumber;
use crate::dedup::{Key, Seen};
use crate::encoded::RecordView;
use crate::state::{Edge, NewLog, State};
use crate::store::FrameKind;
use crate::wire::Fields;

/// The codec byte of a commit whose records stand as they are.
const CODEC_NONE: u8 = 0;

/// The bytes of a commit body before its records.
pub(crate) const COMMIT_HEADER_LEN: usize = 5;

/// Writes the beginning of a commit body; [`finish_commit`] completes it.
pub(crate) fn begin_commit(body: &mut Vec<u8>) {
    body.extend([CODEC_NONE, 0, 0, 0, 0]);
}

/// Fills in how many records follow.
pub(crate) fn finish_commit(body: &mut [u8], records: u32) {
    if let Some(field) = body.get_mut(1..COMMIT_HEADER_LEN) {
        field.copy_from_slice(&records.to_be_bytes());
    }
}

/// Writes the body of an account frame; the record is encoded as in a commit.
pub(crate) fn account_body(number: LogNumber, origin: &str, record: &[u8]) -> Vec<u8> {
    let mut body = Vec::with_capacity(6 + origin.len() + record.len());
    body.extend(number.get().to_be_bytes());
    // Origins are at most 255 bytes.
    body.extend(
        u16::try_from(origin.len())
            .unwrap_or(u16::MAX)
            .to_be_bytes(),
    );
    body.extend(origin.as_bytes());
    body.extend(record);
    body
}

/// How a frame moves the logs, computed without changing anything.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Advance {
    /// The log that an account frame makes.
    pub(crate) created: Option<NewLog>,
    /// The logs that get entries, in the order of their first record.
    pub(crate) logs: Vec<LogAdvance>,
    /// The leaf hash of each record, in the order of the frame.
    pub(crate) leaves: Vec<Hash>,
    /// What the dedup index learns.
    pub(crate) seen: Vec<(LogNumber, Key, Seen)>,
}

/// How a frame moves one log.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct LogAdvance {
    pub(crate) log: LogNumber,
    pub(crate) first: LeafIndex,
    /// Where each record begins in the body of the frame.
    pub(crate) offsets: Vec<u32>,
    /// The edge after the frame.
    pub(crate) edge: Edge,
}

/// Why a frame with right checksums does not fit what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// The body is not laid out as its type demands.
    #[error("the body of the frame cannot be read")]
    Body,
    /// The records are packed in a way that this version does not know.
    #[error("the records are packed with the unknown codec {0}")]
    Codec(u8),
    /// A record names a log that does not exist.
    #[error("a record of log {0}, which does not exist")]
    UnknownLog(LogNumber),
    /// An account frame makes a log that exists, or whose number is not the next.
    #[error("log {0} cannot be made")]
    NotCreatable(LogNumber),
    /// A record stands at another index than the next of its log.
    #[error("a record of log {log} has the index {found} where {expected} is next")]
    Gap {
        /// The log.
        log: LogNumber,
        /// The next index.
        expected: LeafIndex,
        /// The index of the record.
        found: LeafIndex,
    },
    /// A record was received before the one in front of it.
    #[error("the received time of log {log} goes back at index {index}")]
    TimeGoesBack {
        /// The log.
        log: LogNumber,
        /// The record.
        index: LeafIndex,
    },
    /// The entry of a record is of a version, kind or flags that are not known.
    #[error("the entry of log {log} at index {index} cannot be read")]
    Entry {
        /// The log.
        log: LogNumber,
        /// The record.
        index: LeafIndex,
        /// What is not known.
        source: tlog::EntryError,
    },
}

impl Advance {
    /// Computes what a frame does to `state`.
    ///
    /// # Errors
    /// When the frame does not continue the logs as they are: then nobody of ours wrote it for this state.
    pub(crate) fn of(state: &State, kind: FrameKind, body: &[u8]) -> Result<Self, Misfit> {
        match kind {
            FrameKind::Commit => Self::of_commit(state, body),
            FrameKind::Account => Self::of_account(state, body),
            // Neither closing nor publishing changes a log, and what may be skipped is skipped.
            FrameKind::Close | FrameKind::Epoch | FrameKind::Skippable(_) => Ok(Self::default()),
        }
    }

    fn of_commit(state: &State, body: &[u8]) -> Result<Self, Misfit> {
        let mut fields = Fields(body);
        let codec = fields.u8().ok_or(Misfit::Body)?;
        if codec != CODEC_NONE {
            return Err(Misfit::Codec(codec));
        }
        let count = fields.u32().ok_or(Misfit::Body)?;
        let mut logs = Moving::new(state, body.len());
        for _ in 0..count {
            logs.push(&mut fields)?;
        }
        fields.is_empty().then_some(()).ok_or(Misfit::Body)?;
        Ok(logs.advance)
    }

    fn of_account(state: &State, body: &[u8]) -> Result<Self, Misfit> {
        let mut fields = Fields(body);
        let (number, origin) = read_account(&mut fields).ok_or(Misfit::Body)?;
        if state.next_number(origin) != Ok(number) {
            return Err(Misfit::NotCreatable(number));
        }
        let mut logs = Moving::new(state, body.len());
        logs.begin(number, Edge::default());
        logs.push(&mut fields)?;
        let mut advance = logs.advance;
        // Exactly one record, and of the log itself.
        let ([log], true) = (advance.logs.as_slice(), fields.is_empty()) else {
            return Err(Misfit::Body);
        };
        advance.created = Some(NewLog {
            number,
            origin: Arc::from(origin),
            created_ms: log.edge.last_received_ms,
        });
        Ok(advance)
    }

    /// Changes the state; to be called when the frame is durable, once, and before the next frame is computed.
    pub(crate) fn apply(&self, state: &mut State) -> Result<(), Misfit> {
        if let Some(new) = &self.created {
            state
                .create(new)
                .map_err(|_| Misfit::NotCreatable(new.number))?;
        }
        for log in &self.logs {
            state.set_edge(log.log, log.edge.clone());
        }
        Ok(())
    }
}

/// Reads number and origin of an account frame; what remains is entry 0.
pub(crate) fn read_account<'a>(fields: &mut Fields<'a>) -> Option<(LogNumber, &'a str)> {
    let number = LogNumber::new(fields.u32()?);
    let origin_len = usize::from(fields.u16()?);
    let origin = std::str::from_utf8(fields.take(origin_len)?).ok()?;
    Some((number, origin))
}

/// The logs while the records of a frame are read.
struct Moving<'a> {
    state: &'a State,
    body_len: usize,
    advance: Advance,
    places: HashMap<LogNumber, usize>,
    /// The log of the record before: records of one log mostly stand together.
    current: Option<(LogNumber, usize)>,
}

impl<'a> Moving<'a> {
    fn new(state: &'a State, body_len: usize) -> Self {
        Self {
            state,
            body_len,
            advance: Advance::default(),
            places: HashMap::new(),
            current: None,
        }
    }

    /// Reads the next record of the body.
    fn push(&mut self, fields: &mut Fields<'_>) -> Result<(), Misfit> {
        // Commits are at most 32 MiB.
        let offset = u32::try_from(self.body_len - fields.0.len()).unwrap_or(u32::MAX);
        let record = RecordView::read(fields).ok_or(Misfit::Body)?;
        let place = self.place(record.log)?;
        let log = self.advance.logs.get_mut(place).ok_or(Misfit::Body)?;
        let (expected, index) = (log.edge.next_index(), record.payload.index);
        if index != expected {
            return Err(Misfit::Gap {
                log: record.log,
                expected,
                found: index,
            });
        }
        let entry = Entry::decode(record.entry).map_err(|source| Misfit::Entry {
            log: record.log,
            index,
            source,
        })?;
        if entry.received_ms < log.edge.last_received_ms {
            return Err(Misfit::TimeGoesBack {
                log: record.log,
                index,
            });
        }
        let leaf = leaf_hash(record.entry);
        log.edge.frontier.push(leaf);
        log.edge.last_received_ms = entry.received_ms;
        log.offsets.push(offset);
        self.advance.leaves.push(leaf);
        if let Some((key, seen)) = record.seen() {
            self.advance.seen.push((record.log, key, seen));
        }
        Ok(())
    }

    fn place(&mut self, log: LogNumber) -> Result<usize, Misfit> {
        if let Some((current, place)) = self.current
            && current == log
        {
            return Ok(place);
        }
        if let Some(place) = self.places.get(&log) {
            self.current = Some((log, *place));
            return Ok(*place);
        }
        let edge = &self.state.log(log).ok_or(Misfit::UnknownLog(log))?.edge;
        Ok(self.begin(log, edge.clone()))
    }

    fn begin(&mut self, log: LogNumber, edge: Edge) -> usize {
        let place = self.advance.logs.len();
        self.advance.logs.push(LogAdvance {
            log,
            first: edge.next_index(),
            offsets: Vec::new(),
            edge,
        });
        self.places.insert(log, place);
        self.current = Some((log, place));
        place
    }
}
