//! Writing a run: records in ascending order, then fences and filter, the header last.

use std::path::PathBuf;

use super::DedupError;
use super::block::{self, Block};
use super::durable::{Directory, UNFINISHED};
use super::filter::{Filter, Probe};
use super::header::Header;
use super::limits::{BLOCK_BYTES, RECORDS_PER_BLOCK, WRITE_BUFFER_BYTES};
use super::record::{Place, Record};
use super::run::{self, Run};
use crate::disk::DiskFile;

/// A run that is being written under a name that counts for nothing.
#[derive(Debug)]
pub(super) struct RunWriter {
    dir: Directory,
    number: u64,
    unfinished: PathBuf,
    file: DiskFile,
    /// Where the pending bytes go.
    at: u64,
    /// Whole blocks that are not written yet.
    pending: Vec<u8>,
    block: Block,
    records: u64,
    last: Option<Place>,
    fences: Vec<u64>,
    filter: Filter,
}

impl RunWriter {
    /// Begins run `number` with room for `capacity` records in its filter.
    pub(super) fn create(dir: &Directory, number: u64, capacity: u64) -> Result<Self, DedupError> {
        let unfinished = dir
            .path()
            .join(run::file_name(number))
            .with_extension(UNFINISHED);
        let file = dir.create(&unfinished)?;
        // The header is written last, over this page: a file that ends early can never look finished.
        file.write_at(&[0; BLOCK_BYTES], 0)
            .map_err(DedupError::write(&unfinished))?;
        Ok(Self {
            dir: dir.clone(),
            number,
            unfinished,
            file,
            at: BLOCK_BYTES as u64,
            pending: Vec::with_capacity(WRITE_BUFFER_BYTES),
            block: [0; BLOCK_BYTES],
            records: 0,
            last: None,
            fences: Vec::new(),
            filter: Filter::for_records(capacity),
        })
    }

    /// Adds a record behind all others.
    pub(super) fn push(&mut self, record: &Record) -> Result<(), DedupError> {
        if self.last.is_some_and(|last| record.place <= last) {
            return Err(DedupError::damaged(
                &self.unfinished,
                "its sources are not sorted",
            ));
        }
        self.last = Some(record.place);
        let position = self.position();
        if position == 0 {
            self.fences.push(record.place.prefix());
        }
        block::put(&mut self.block, position, record);
        self.filter.insert(Probe::of(&record.place));
        self.records += 1;
        if self.position() == 0 {
            self.close_block()?;
        }
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.records == 0
    }

    /// Where in the current block the next record goes.
    fn position(&self) -> usize {
        usize::try_from(self.records % RECORDS_PER_BLOCK as u64).unwrap_or_default()
    }

    fn close_block(&mut self) -> Result<(), DedupError> {
        block::close(&mut self.block, self.number, self.fences.len() as u64);
        self.pending.extend_from_slice(&self.block);
        self.block = [0; BLOCK_BYTES];
        if self.pending.len() < WRITE_BUFFER_BYTES {
            return Ok(());
        }
        self.write_pending()
    }

    fn write_pending(&mut self) -> Result<(), DedupError> {
        self.file
            .write_at(&self.pending, self.at)
            .map_err(DedupError::write(&self.unfinished))?;
        self.at += self.pending.len() as u64;
        self.pending.clear();
        Ok(())
    }

    /// Makes what was pushed so far durable, so that the last flush of a large run stays short.
    ///
    /// After a failed flush the file is given up, and what it was to hold is written to another one.
    pub(super) fn flush(&mut self) -> Result<(), DedupError> {
        self.write_pending()?;
        self.file
            .flush()
            .map_err(DedupError::write(&self.unfinished))
    }

    /// Completes the run; when this returns it is durable under its final name.
    pub(super) fn finish(mut self) -> Result<Run, DedupError> {
        if self.position() != 0 {
            self.close_block()?;
        }
        let mut tail_checksum = 0;
        let fences = std::mem::take(&mut self.fences);
        for fence in fences {
            self.push_tail(&fence.to_be_bytes(), &mut tail_checksum)?;
        }
        let filter = std::mem::replace(&mut self.filter, Filter::for_records(0));
        for bytes in filter.block_bytes() {
            self.push_tail(&bytes, &mut tail_checksum)?;
        }
        self.write_pending()?;
        let header = Header {
            run: self.number,
            records: self.records,
            filter_blocks: filter.block_count(),
            tail_checksum,
        };
        // Opening reads the filter back: two of them are never held at once.
        drop(filter);
        self.file
            .write_at(&header.to_block(), 0)
            .map_err(DedupError::write(&self.unfinished))?;
        self.file
            .flush()
            .map_err(DedupError::write(&self.unfinished))?;
        let path = self.dir.path().join(run::file_name(self.number));
        self.dir.publish(&self.unfinished, &path)?;
        Run::open(self.dir.path(), self.number)
    }

    fn push_tail(&mut self, bytes: &[u8], checksum: &mut u32) -> Result<(), DedupError> {
        *checksum = crc32c::crc32c_append(*checksum, bytes);
        self.pending.extend_from_slice(bytes);
        if self.pending.len() < WRITE_BUFFER_BYTES {
            return Ok(());
        }
        self.write_pending()
    }
}

impl Drop for RunWriter {
    /// Gives the disk back early; what is left here is removed at the next open at the latest.
    fn drop(&mut self) {
        let _ = self.dir.remove(&self.unfinished);
    }
}
