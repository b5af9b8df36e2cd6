//! Reading a run from its first record to its last.

use std::collections::VecDeque;
use std::sync::Arc;

use super::DedupError;
use super::block;
use super::limits::{BLOCK_BYTES, READ_AHEAD_BLOCKS, RECORDS_PER_BLOCK};
use super::record::Record;
use super::run::Run;

/// A place in a run, with the next records read ahead.
#[derive(Debug)]
pub(super) struct Cursor {
    run: Arc<Run>,
    next_block: u64,
    ahead: VecDeque<Record>,
    bytes: Vec<u8>,
}

impl Cursor {
    pub(super) fn at_start(run: Arc<Run>) -> Self {
        Self {
            run,
            next_block: 0,
            ahead: VecDeque::with_capacity(READ_AHEAD_BLOCKS * RECORDS_PER_BLOCK),
            bytes: Vec::with_capacity(READ_AHEAD_BLOCKS * BLOCK_BYTES),
        }
    }

    pub(super) fn run(&self) -> &Run {
        &self.run
    }

    /// The record at the cursor; `None` at the end.
    pub(super) fn peek(&mut self) -> Result<Option<&Record>, DedupError> {
        if self.ahead.is_empty() {
            self.read_ahead()?;
        }
        Ok(self.ahead.front())
    }

    pub(super) fn advance(&mut self) {
        self.ahead.pop_front();
    }

    fn read_ahead(&mut self) -> Result<(), DedupError> {
        let left = self.run.block_count() - self.next_block;
        let blocks =
            usize::try_from(left).map_or(READ_AHEAD_BLOCKS, |left| left.min(READ_AHEAD_BLOCKS));
        if blocks == 0 {
            return Ok(());
        }
        self.bytes.resize(blocks * BLOCK_BYTES, 0);
        self.run.read_blocks(self.next_block, &mut self.bytes)?;
        let (blocks, _) = self.bytes.as_chunks::<BLOCK_BYTES>();
        for block in blocks {
            for record in block::records(block, self.run.records_in(self.next_block)) {
                self.ahead.push_back(self.run.decode(record)?);
            }
            self.next_block += 1;
        }
        Ok(())
    }
}
