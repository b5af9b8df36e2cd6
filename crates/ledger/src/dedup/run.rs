//! A run: an immutable sorted file, its fences and its filter.

use std::fs::File;
use std::io::{BufReader, Read};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::block;
use super::filter::{Filter, Probe};
use super::header::{FENCE_BYTES, Header};
use super::limits::{BLOCK_BYTES, RECORDS_PER_BLOCK, WRITE_BUFFER_BYTES};
use super::record::{Place, Record};
use super::{DedupError, limits};

/// The ending of finished run files.
pub(super) const ENDING: &str = "run";

/// The file name of run `number`.
pub(super) fn file_name(number: u64) -> String {
    format!("{number:016x}.{ENDING}")
}

/// An open run.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) number: u64,
    pub(super) records: u64,
    path: PathBuf,
    file: File,
    /// The first eight bytes of the first key of each block.
    fences: Vec<u64>,
    filter: Filter,
}

impl Run {
    /// Opens a finished run: reads header, fences and filter, and checks their checksums and the length of the file.
    pub(super) fn open(dir: &Path, number: u64) -> Result<Self, DedupError> {
        let path = dir.join(file_name(number));
        let file = File::open(&path).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => DedupError::damaged(&path, "the file is missing"),
            _ => DedupError::read(&path)(source),
        })?;
        let length = file.metadata().map_err(DedupError::read(&path))?.len();
        if length < BLOCK_BYTES as u64 {
            return Err(DedupError::damaged(
                &path,
                "the file ends inside the header",
            ));
        }
        let mut bytes = [0; BLOCK_BYTES];
        file.read_exact_at(&mut bytes, 0)
            .map_err(DedupError::read(&path))?;
        let header = Header::from_block(&bytes, number)
            .map_err(|finding| DedupError::damaged(&path, finding))?;
        if header.file_bytes() != Some(length) {
            return Err(DedupError::damaged(
                &path,
                "the length of the file does not match its header",
            ));
        }
        let (fences, filter) = read_tail(&file, &path, &header)?;
        Ok(Self {
            number,
            records: header.records,
            path,
            file,
            fences,
            filter,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn block_count(&self) -> u64 {
        self.fences.len() as u64
    }

    /// Bytes of memory that the run holds for filter and fences.
    pub(super) fn memory_bytes(&self) -> u64 {
        self.filter.block_count() * limits::FILTER_BLOCK_BYTES as u64
            + self.block_count() * FENCE_BYTES as u64
    }

    /// Whether the run may hold the place; `false` is certain.
    pub(super) fn may_contain(&self, probe: Probe) -> bool {
        self.filter.may_contain(probe)
    }

    /// Reads the record at `place`. One block, or more where the first eight bytes of many keys are equal.
    pub(super) fn find(&self, place: &Place) -> Result<Option<Record>, DedupError> {
        let prefix = place.prefix();
        let after_smaller = self.fences.partition_point(|fence| *fence < prefix);
        let first = after_smaller.saturating_sub(1);
        let candidates = self
            .fences
            .iter()
            .skip(first)
            .take_while(|fence| **fence <= prefix);
        let mut bytes = [0; BLOCK_BYTES];
        for (number, _) in (first as u64..).zip(candidates) {
            self.read_blocks(number, &mut bytes)?;
            let records = block::records(&bytes, self.records_in(number));
            if let Some(found) = block::find(records, place) {
                return self.decode(&found).map(Some);
            }
        }
        Ok(None)
    }

    /// Fills `bytes` with whole record blocks from number `first` on, and checks each.
    pub(super) fn read_blocks(&self, first: u64, bytes: &mut [u8]) -> Result<(), DedupError> {
        let at = (first + 1) * BLOCK_BYTES as u64;
        self.file
            .read_exact_at(bytes, at)
            .map_err(DedupError::read(&self.path))?;
        let (blocks, _) = bytes.as_chunks::<BLOCK_BYTES>();
        for (position, block) in (first + 1..).zip(blocks) {
            if !block::is_intact(block, self.number, position) {
                return Err(DedupError::damaged(
                    &self.path,
                    "the checksum of a block does not match",
                ));
            }
        }
        Ok(())
    }

    /// Records that block `number` holds: all blocks are full but the last.
    pub(super) fn records_in(&self, number: u64) -> usize {
        let left = self
            .records
            .saturating_sub(number * RECORDS_PER_BLOCK as u64);
        usize::try_from(left).map_or(RECORDS_PER_BLOCK, |left| left.min(RECORDS_PER_BLOCK))
    }

    pub(super) fn decode(&self, bytes: &[u8; limits::RECORD_BYTES]) -> Result<Record, DedupError> {
        Record::from_bytes(bytes)
            .ok_or_else(|| DedupError::damaged(&self.path, "a record has an unknown state"))
    }
}

/// Reads fences and filter through a small buffer, so that opening needs no second copy of them.
fn read_tail(file: &File, path: &Path, header: &Header) -> Result<(Vec<u64>, Filter), DedupError> {
    let mut tail = Tail {
        reader: BufReader::with_capacity(
            WRITE_BUFFER_BYTES,
            At {
                file,
                at: header.tail_at().unwrap_or(u64::MAX),
            },
        ),
        checksum: 0,
        failure: None,
    };
    let fences = (0..header.record_blocks())
        .map_while(|_| tail.next().map(u64::from_be_bytes))
        .collect();
    let filter = Filter::from_block_bytes((0..header.filter_blocks).map_while(|_| tail.next()));
    if let Some(source) = tail.failure {
        return Err(DedupError::read(path)(source));
    }
    if tail.checksum != header.tail_checksum {
        return Err(DedupError::damaged(
            path,
            "the checksum of fences and filter does not match",
        ));
    }
    Ok((fences, filter))
}

/// Reads a file from a place on, without its cursor.
struct At<'a> {
    file: &'a File,
    at: u64,
}

impl Read for At<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read_at(buffer, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

/// Reads the tail in small pieces and keeps their checksum.
struct Tail<'a> {
    reader: BufReader<At<'a>>,
    checksum: u32,
    failure: Option<std::io::Error>,
}

impl Tail<'_> {
    fn next<const N: usize>(&mut self) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        match self.reader.read_exact(&mut bytes) {
            Ok(()) => {
                self.checksum = crc32c::crc32c_append(self.checksum, &bytes);
                Some(bytes)
            }
            Err(source) => {
                self.failure = Some(source);
                None
            }
        }
    }
}
