//! A record as bytes: how it stands in a commit frame, and its payload part as it stands in a payload block.
//!
//! ```text
//! off len  record of a commit frame          off len  payload record
//!   0   4  log                                 0   4  len: bytes that follow
//!   4  44  entry                               4   8  index
//!  48      payload record                     12   1  kind
//!                                             13   1  form: 0 = seed, 1 = after a redaction
//!                                             14   1  dedup: 0 = none, 1 = key, 2 = key and tag
//!                                             15   1  facets: bit j is set when facet j is present
//!                                             16  16  dedup key, when there is one
//!                                                  8  content tag, when there is one
//!                                                     form 0: 16 seed, then per present facet
//!                                                             4 length, then the facet
//! ```
//!
//! Form 1 is drawn in `docs/format.md` and not written by this version.
//!
//! The caller's thread encodes; the sequencer only copies and fills in received time and index.

#[cfg(test)]
mod tests;

use std::ops::Range;

use tlog::{ENTRY_LEN, Entry, LeafIndex};

use crate::dedup::{Content, Key, Seen};
use crate::record::{BatchMode, DedupKey, FACETS, Facets, Payload, Record};
use crate::wire::Fields;
use crate::{Batch, LogNumber};

const ENTRY_AT: usize = 4;
const RECEIVED_AT: usize = ENTRY_AT + 4;
const PAYLOAD_AT: usize = ENTRY_AT + ENTRY_LEN;
const INDEX_AT: usize = PAYLOAD_AT + 4;

const FORM_SEED: u8 = 0;

const DEDUP_NONE: u8 = 0;
const DEDUP_KEY: u8 = 1;
const DEDUP_TAGGED: u8 = 2;

/// A batch whose records are encoded, but for received time and index.
#[derive(Debug)]
pub(crate) struct EncodedBatch {
    pub(crate) log: LogNumber,
    pub(crate) mode: BatchMode,
    pub(crate) bytes: Vec<u8>,
    pub(crate) records: Vec<EncodedRecord>,
}

/// Where a record of a batch stands in its bytes, and how it is recognised.
#[derive(Debug)]
pub(crate) struct EncodedRecord {
    pub(crate) range: Range<usize>,
    pub(crate) dedup: Option<DedupKey>,
}

impl EncodedBatch {
    pub(crate) fn of(batch: &Batch) -> Self {
        let mut bytes = Vec::with_capacity(batch.records.iter().map(encoded_len).sum());
        let records = batch.records.iter().map(|record| {
            let start = bytes.len();
            encode(batch.log, record, &mut bytes);
            EncodedRecord {
                range: start..bytes.len(),
                dedup: record.dedup,
            }
        });
        Self {
            log: batch.log,
            mode: batch.mode,
            records: records.collect(),
            bytes,
        }
    }

    /// Writes one record behind `out`, with its received time and index.
    pub(crate) fn place(
        &self,
        record: &EncodedRecord,
        received_ms: u64,
        index: LeafIndex,
        out: &mut Vec<u8>,
    ) {
        let start = out.len();
        out.extend_from_slice(self.bytes.get(record.range.clone()).unwrap_or_default());
        for (at, number) in [(RECEIVED_AT, received_ms), (INDEX_AT, index.get())] {
            if let Some(field) = out.get_mut(start + at..start + at + 8) {
                field.copy_from_slice(&number.to_be_bytes());
            }
        }
    }
}

/// The bytes that a record takes in a commit frame.
pub(crate) fn encoded_len(record: &Record) -> usize {
    let dedup = match record.dedup {
        None => 0,
        Some(DedupKey { tag: None, .. }) => 16,
        Some(DedupKey { tag: Some(_), .. }) => 24,
    };
    let facets = record.facets.iter().flatten();
    PAYLOAD_AT + 32 + dedup + facets.map(|facet| 4 + facet.len()).sum::<usize>()
}

fn encode(log: LogNumber, record: &Record, out: &mut Vec<u8>) {
    let entry = Entry {
        kind: record.kind,
        class: record.class,
        received_ms: 0,
        commitment: record.commitment,
    };
    let (state, key, tag) = match record.dedup {
        None => (DEDUP_NONE, None, None),
        Some(DedupKey { key, tag: None }) => (DEDUP_KEY, Some(key), None),
        Some(DedupKey { key, tag }) => (DEDUP_TAGGED, Some(key), tag),
    };
    let present = record.facets.iter().enumerate();
    let present = present.fold(0, |bits: u8, (facet, bytes)| {
        bits | u8::from(bytes.is_some()) << facet
    });
    out.extend(log.get().to_be_bytes());
    out.extend(entry.encode());
    out.extend(length(encoded_len(record) - PAYLOAD_AT - 4));
    out.extend([0; 8]);
    out.extend([record.kind.code(), FORM_SEED, state, present]);
    out.extend(key.iter().flatten());
    out.extend(tag.iter().flatten());
    out.extend(record.seed);
    for facet in record.facets.iter().flatten() {
        out.extend(length(facet.len()));
        out.extend_from_slice(facet);
    }
}

/// A length as it is stored; limits keep every one far below 4 GiB.
fn length(len: usize) -> [u8; 4] {
    u32::try_from(len).unwrap_or(u32::MAX).to_be_bytes()
}

/// A record of a commit frame, its payload not read yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordView<'a> {
    pub(crate) log: LogNumber,
    pub(crate) entry: &'a [u8; ENTRY_LEN],
    pub(crate) payload: PayloadView<'a>,
}

impl<'a> RecordView<'a> {
    /// Reads the record that `fields` begins with; `None` for anything else.
    pub(crate) fn read(fields: &mut Fields<'a>) -> Option<Self> {
        Some(Self {
            log: LogNumber::new(fields.u32()?),
            entry: fields.array()?,
            payload: PayloadView::read(fields)?,
        })
    }

    /// The bytes that it takes in the frame.
    pub(crate) fn len(&self) -> usize {
        PAYLOAD_AT + self.payload.bytes.len()
    }

    /// What the dedup index shall know about the record.
    pub(crate) fn seen(&self) -> Option<(Key, Seen)> {
        self.payload.seen()
    }
}

/// A payload record, its facets not read yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PayloadView<'a> {
    /// The whole record, with its length.
    pub(crate) bytes: &'a [u8],
    pub(crate) index: LeafIndex,
    pub(crate) dedup: Option<DedupKey>,
    form: u8,
    present: u8,
    /// What the form decides about: seed and facets.
    rest: Fields<'a>,
}

impl<'a> PayloadView<'a> {
    /// Reads the payload record that `fields` begins with; `None` for anything else.
    pub(crate) fn read(fields: &mut Fields<'a>) -> Option<Self> {
        let whole = fields.0;
        let len = usize::try_from(fields.u32()?).ok()?;
        let mut record = Fields(fields.take(len)?);
        let index = LeafIndex::new(record.u64()?);
        let (_kind, form, state, present) =
            (record.u8()?, record.u8()?, record.u8()?, record.u8()?);
        let key = match state {
            DEDUP_NONE => None,
            DEDUP_KEY | DEDUP_TAGGED => Some(*record.array()?),
            _ => return None,
        };
        let tag = match state {
            DEDUP_TAGGED => Some(*record.array()?),
            _ => None,
        };
        Some(Self {
            bytes: whole.get(..4 + len)?,
            index,
            dedup: key.map(|key| DedupKey { key, tag }),
            form,
            present,
            rest: record,
        })
    }

    pub(crate) fn seen(&self) -> Option<(Key, Seen)> {
        let DedupKey { key, tag } = self.dedup?;
        let seen = Seen {
            index: self.index,
            content: tag.map_or(Content::Untagged, Content::Tagged),
        };
        Some((key, seen))
    }

    /// Reads seed and facets; `None` when they are cut off, or of a form that only a newer version reads.
    pub(crate) fn payload(&self) -> Option<Payload> {
        if self.form != FORM_SEED {
            return None;
        }
        let mut rest = self.rest;
        let seed = *rest.array()?;
        let mut facets: Facets = [const { None }; FACETS];
        for (number, facet) in facets.iter_mut().enumerate() {
            if self.present >> number & 1 == 1 {
                let len = usize::try_from(rest.u32()?).ok()?;
                *facet = Some(rest.take(len)?.into());
            }
        }
        rest.is_empty().then_some(Payload { seed, facets })
    }
}
