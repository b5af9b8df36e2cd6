//! Reading entries back: from the frames in memory, else from the segments.

use tlog::{Entry, Hash, LeafIndex, leaf_hash};

use crate::LogNumber;
use crate::encoded::RecordView;
use crate::error::ReadError;
use crate::limits::{READ_BYTES_MAX, READ_RECORDS_MAX};
use crate::record::{Payload, Stored};
use crate::shared::Shared;
use crate::tail::TailRecord;

impl Shared {
    /// The entries at some indexes, in the order asked for.
    pub(crate) fn read(
        &self,
        log: LogNumber,
        indexes: &[LeafIndex],
    ) -> Result<Vec<Stored>, ReadError> {
        if indexes.len() > READ_RECORDS_MAX {
            return Err(ReadError::TooMany {
                found: indexes.len(),
            });
        }
        let size = self.size(log)?;
        let read = indexes.iter().map(|index| {
            if !size.contains(*index) {
                return Err(ReadError::NoEntry {
                    log,
                    index: index.get(),
                });
            }
            self.read_one(log, *index)
        });
        read.collect()
    }

    /// The entries from `from` on: at most `max`, at least one where there is one, fewer when they are large.
    pub(crate) fn read_range(
        &self,
        log: LogNumber,
        from: LeafIndex,
        max: usize,
    ) -> Result<Vec<Stored>, ReadError> {
        let size = self.size(log)?;
        let left = usize::try_from(size.get().saturating_sub(from.get())).unwrap_or(usize::MAX);
        let wanted = left.min(max).min(READ_RECORDS_MAX);
        let mut read = Vec::with_capacity(wanted);
        let (mut at, mut bytes) = (from, 0);
        while read.len() < wanted && bytes < READ_BYTES_MAX {
            let before = read.len();
            self.read_side_by_side(log, at, wanted - before, &mut read)?;
            let added = read.get(before..).unwrap_or_default();
            bytes += added.iter().map(weight).sum::<usize>();
            at = LeafIndex::new(at.get() + added.len() as u64);
        }
        Ok(read)
    }

    /// The leaf hash and received time of an entry, for the receipt of a record that was sent again.
    pub(crate) fn read_entry(
        &self,
        log: LogNumber,
        index: LeafIndex,
    ) -> Result<(Entry, Hash), ReadError> {
        if let Some(record) = self.tail().find(log, index)
            && let Some(view) = record.view()
        {
            return Ok((decode(log, index, view.entry)?, leaf_hash(view.entry)));
        }
        let sealed = self.segments.entries(log, index, 1);
        let sealed = sealed.map_err(ReadError::Segment)?;
        let bytes = sealed.as_ref().and_then(|sealed| sealed.entries.first());
        let bytes = bytes.ok_or(ReadError::Lost {
            log,
            index: index.get(),
        })?;
        Ok((decode(log, index, bytes)?, leaf_hash(bytes)))
    }

    pub(crate) fn size(&self, log: LogNumber) -> Result<tlog::TreeSize, ReadError> {
        let state = self.state();
        let log_state = state.log(log).ok_or(ReadError::UnknownLog(log))?;
        Ok(log_state.edge.frontier.size())
    }

    fn read_one(&self, log: LogNumber, index: LeafIndex) -> Result<Stored, ReadError> {
        let mut read = Vec::with_capacity(1);
        self.read_side_by_side(log, index, 1, &mut read)?;
        read.pop().ok_or(ReadError::Lost {
            log,
            index: index.get(),
        })
    }

    /// Reads one entry of the tail, or entries of one segment: at least one, at most `max`.
    fn read_side_by_side(
        &self,
        log: LogNumber,
        first: LeafIndex,
        max: usize,
        read: &mut Vec<Stored>,
    ) -> Result<(), ReadError> {
        // The tail first: a frame stands in a segment before it leaves the tail.
        let in_tail = self.tail().find(log, first);
        if let Some(view) = in_tail.as_ref().and_then(TailRecord::view) {
            read.push(from_tail(log, first, &view)?);
            return Ok(());
        }
        let sealed = self.segments.entries(log, first, max);
        let sealed = sealed.map_err(ReadError::Segment)?.ok_or(ReadError::Lost {
            log,
            index: first.get(),
        })?;
        let mut bytes_read = 0;
        for (bytes, offset) in sealed.entries.iter().zip(0..) {
            let index = LeafIndex::new(first.get() + offset);
            let payload = self.segments.payload(log, index, &sealed);
            let stored = Stored {
                index,
                entry: decode(log, index, bytes)?,
                payload: payload.map_err(ReadError::Segment)?,
            };
            bytes_read += weight(&stored);
            read.push(stored);
            if bytes_read >= READ_BYTES_MAX {
                break;
            }
        }
        Ok(())
    }
}

fn from_tail(log: LogNumber, index: LeafIndex, view: &RecordView<'_>) -> Result<Stored, ReadError> {
    Ok(Stored {
        index,
        entry: decode(log, index, view.entry)?,
        payload: view.payload.payload(),
    })
}

fn decode(
    log: LogNumber,
    index: LeafIndex,
    bytes: &[u8; tlog::ENTRY_LEN],
) -> Result<Entry, ReadError> {
    Entry::decode(bytes).map_err(|source| ReadError::Entry {
        log,
        index: index.get(),
        source,
    })
}

fn weight(stored: &Stored) -> usize {
    let facets = |payload: &Payload| -> usize {
        payload
            .facets
            .iter()
            .flatten()
            .map(|facet| facet.len())
            .sum()
    };
    stored.payload.as_ref().map_or(0, facets)
}
