//! All sealed segments: where each log has runs in them, and reading from them.

use std::sync::{Arc, PoisonError, RwLock};

use tlog::{ENTRY_LEN, Hash, LeafIndex};

use crate::LogNumber;
use crate::cache::Cache;
use crate::encoded::PayloadView;
use crate::record::Payload;
use crate::store::Blobs;
use crate::store::segment::payload::{self, BlockPlace};
use crate::store::segment::spine::{HASH_LEN, KEPT_LEVEL, Run};
use crate::store::segment::{Envelope, FrameRange, Kind, SegmentError};
use crate::wire::Fields;

/// The sealed segments of a data directory.
#[derive(Debug)]
pub(crate) struct Segments {
    blobs: Arc<dyn Blobs>,
    sealed: RwLock<Sealed>,
    /// By segment and offset in it; the list of its blocks stands at offset 0, where no block begins.
    cache: Cache<(usize, u64), Cached>,
}

/// Where everything stands.
#[derive(Debug, Default)]
struct Sealed {
    /// Oldest first.
    segments: Vec<Segment>,
    /// By the number of the log, the oldest run first.
    runs: Vec<Vec<RunPlace>>,
}

/// A spine and a payload segment of the same frames.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment {
    pub(crate) range: FrameRange,
    /// The length of the payload segment in bytes.
    pub(crate) payload_len: u64,
}

/// Where a run of a log stands: what is left of a [`Run`] when only reading is wanted.
#[derive(Clone, Copy, Debug)]
struct RunPlace {
    segment: usize,
    first: LeafIndex,
    count: u32,
    offset: u64,
}

#[derive(Clone, Debug)]
enum Cached {
    Blocks(Arc<[BlockPlace]>),
    Block(Arc<Block>),
}

/// An unpacked block and where its records begin.
#[derive(Debug)]
struct Block {
    raw: Vec<u8>,
    records: Vec<(LeafIndex, usize)>,
}

/// Entries that stand side by side.
#[derive(Debug)]
pub(crate) struct SealedEntries {
    segment: usize,
    pub(crate) entries: Vec<[u8; ENTRY_LEN]>,
}

impl Segments {
    pub(crate) fn new(blobs: Arc<dyn Blobs>, cache_bytes: usize) -> Self {
        Self {
            blobs,
            sealed: RwLock::default(),
            cache: Cache::new(cache_bytes),
        }
    }

    /// Makes a segment readable.
    pub(crate) fn add(&self, segment: Segment, runs: &[Run]) {
        let mut sealed = self.sealed.write().unwrap_or_else(PoisonError::into_inner);
        let number = sealed.segments.len();
        sealed.segments.push(segment);
        for run in runs {
            let log = run.log.place();
            if sealed.runs.len() <= log {
                sealed.runs.resize_with(log + 1, Vec::new);
            }
            if let Some(runs) = sealed.runs.get_mut(log) {
                runs.push(RunPlace {
                    segment: number,
                    first: run.first,
                    count: run.count,
                    offset: run.offset,
                });
            }
        }
    }

    /// The entries from `first` on that stand in one segment, at most `max`; `None` when the first is in none.
    pub(crate) fn entries(
        &self,
        log: LogNumber,
        first: LeafIndex,
        max: usize,
    ) -> Result<Option<SealedEntries>, SegmentError> {
        let Some((place, name)) = self.run_of(log, first) else {
            return Ok(None);
        };
        let skipped = first.get() - place.first.get();
        let count = (u64::from(place.count) - skipped).min(max as u64);
        let start = place.offset + skipped * ENTRY_LEN as u64;
        let bytes = self
            .blobs
            .get(&name, start..start + count * ENTRY_LEN as u64)
            .map_err(SegmentError::blob(&name))?;
        let (entries, _) = bytes.as_chunks::<ENTRY_LEN>();
        Ok(Some(SealedEntries {
            segment: place.segment,
            entries: entries.to_vec(),
        }))
    }

    /// The hashes of nodes of the kept level from `first` on that stand in one segment, at most `max`; none when the
    /// first stands in no segment.
    pub(crate) fn kept_nodes(
        &self,
        log: LogNumber,
        first: u64,
        max: u64,
    ) -> Result<Vec<Hash>, SegmentError> {
        // A node stands in the run that completes it.
        let last_leaf = LeafIndex::new(((first + 1) << KEPT_LEVEL) - 1);
        let Some((place, name)) = self.run_of(log, last_leaf) else {
            return Ok(Vec::new());
        };
        let end = place.first.get() + u64::from(place.count);
        let begin = place.first.get() >> KEPT_LEVEL;
        let count = ((end >> KEPT_LEVEL) - first).min(max);
        let hashes = place.offset + u64::from(place.count) * ENTRY_LEN as u64;
        let start = hashes + (first - begin) * HASH_LEN;
        let bytes = self
            .blobs
            .get(&name, start..start + count * HASH_LEN)
            .map_err(SegmentError::blob(&name))?;
        Ok(bytes
            .as_chunks()
            .0
            .iter()
            .copied()
            .map(Hash::from_bytes)
            .collect())
    }

    /// The payload of an entry, `None` when no block holds it.
    pub(crate) fn payload(
        &self,
        log: LogNumber,
        index: LeafIndex,
        entries: &SealedEntries,
    ) -> Result<Option<Payload>, SegmentError> {
        let Some(segment) = self.segment(entries.segment) else {
            return Ok(None);
        };
        let blocks = self.blocks(entries.segment, segment)?;
        for place in payload::candidates(&blocks, log, index) {
            let block = self.block(entries.segment, segment, place)?;
            if let Some(record) = block.record(index) {
                let name = segment.range.name(Kind::Payload);
                return record
                    .payload()
                    .map(Some)
                    .ok_or_else(|| SegmentError::damaged(&name, "a record cannot be read"));
            }
        }
        Ok(None)
    }

    fn run_of(&self, log: LogNumber, index: LeafIndex) -> Option<(RunPlace, String)> {
        let sealed = self.sealed.read().unwrap_or_else(PoisonError::into_inner);
        let runs = sealed.runs.get(log.place())?;
        let after = runs.partition_point(|run| run.first <= index);
        let run = *runs.get(after.checked_sub(1)?)?;
        let inside = index.get() - run.first.get() < u64::from(run.count);
        let range = sealed.segments.get(run.segment)?.range;
        inside.then(|| (run, range.name(Kind::Spine)))
    }

    fn segment(&self, number: usize) -> Option<Segment> {
        let sealed = self.sealed.read().unwrap_or_else(PoisonError::into_inner);
        sealed.segments.get(number).copied()
    }

    fn blocks(&self, number: usize, segment: Segment) -> Result<Arc<[BlockPlace]>, SegmentError> {
        let cached = self.cache.get_or_make((number, 0), || {
            let Segment { range, payload_len } = segment;
            let envelope = Envelope::read(&*self.blobs, Kind::Payload, range, payload_len)?;
            let blocks: Arc<[BlockPlace]> = payload::blocks(&envelope)?.into();
            let weight = size_of_val(&*blocks);
            Ok((Cached::Blocks(blocks), weight))
        })?;
        match cached {
            Cached::Blocks(blocks) => Ok(blocks),
            // Nothing but the list is ever put at offset 0.
            Cached::Block(_) => Ok(Arc::default()),
        }
    }

    fn block(
        &self,
        number: usize,
        segment: Segment,
        place: &BlockPlace,
    ) -> Result<Arc<Block>, SegmentError> {
        let name = segment.range.name(Kind::Payload);
        let cached = self.cache.get_or_make((number, place.offset), || {
            let block = Arc::new(Block::read(&*self.blobs, &name, place)?);
            let weight = block.raw.len() + size_of_val(&*block.records);
            Ok((Cached::Block(block), weight))
        })?;
        match cached {
            Cached::Block(block) => Ok(block),
            Cached::Blocks(_) => Err(SegmentError::damaged(&name, "a block begins at offset 0")),
        }
    }
}

impl Block {
    fn read(blobs: &dyn Blobs, name: &str, place: &BlockPlace) -> Result<Self, SegmentError> {
        let range = place.offset..place.offset.saturating_add(u64::from(place.len));
        let bytes = blobs.get(name, range).map_err(SegmentError::blob(name))?;
        let raw = payload::unpack(name, place, &bytes)?;
        let mut records = Vec::new();
        let mut fields = Fields(&raw);
        while !fields.is_empty() {
            let at = raw.len() - fields.0.len();
            let record = PayloadView::read(&mut fields)
                .ok_or_else(|| SegmentError::damaged(name, "a record cannot be read"))?;
            records.push((record.index, at));
        }
        Ok(Self { raw, records })
    }

    /// The record at an index, when the block holds it.
    fn record(&self, index: LeafIndex) -> Option<PayloadView<'_>> {
        let place = self.records.partition_point(|(first, _)| *first < index);
        let (found, at) = *self.records.get(place)?;
        let record = PayloadView::read(&mut Fields(self.raw.get(at..)?))?;
        (found == index).then_some(record)
    }
}

/// The payload records of a block, for whoever reads a whole segment.
pub(crate) fn each_payload_record(
    blobs: &dyn Blobs,
    name: &str,
    place: &BlockPlace,
    mut each: impl FnMut(&PayloadView<'_>),
) -> Result<(), SegmentError> {
    let block = Block::read(blobs, name, place)?;
    let views = block
        .records
        .iter()
        .filter_map(|(_, at)| PayloadView::read(&mut Fields(block.raw.get(*at..)?)));
    for view in views {
        each(&view);
    }
    Ok(())
}
