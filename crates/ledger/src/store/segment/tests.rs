use proptest::prelude::*;
use tlog::{Entry, EntryKind, Frontier, Hash, LeafIndex};

use super::payload::{PayloadWriter, blocks, candidates, unpack};
use super::spine::{SpineWriter, runs};
use super::*;
use crate::LogNumber;
use crate::disk::Disk;
use crate::encoded::{EncodedBatch, PayloadView};
use crate::segments::each_payload_record;
use crate::state::Edge;
use crate::store::blobs::LocalBlobs;
use crate::wire::Fields;
use crate::{Batch, BatchMode, Record};

const COVERED: Covered = Covered {
    range: FrameRange { first: 1, last: 9 },
    chain: Chain([0xab; 32]),
};

/// Payload records of the indexes and classes, each with `size` bytes in it.
fn payload_records(records: &[(u64, u8)], size: usize) -> Vec<(u8, Vec<u8>)> {
    let encoded = records.iter().map(|(index, class)| {
        let mut facets = [const { None }; 8];
        facets[0] = Some(vec![b'x'; size].into());
        let batch = EncodedBatch::of(&Batch {
            log: LogNumber::new(0),
            records: vec![Record {
                kind: EntryKind::Event,
                class: *class,
                commitment: [0; 32],
                seed: [9; 16],
                facets,
                dedup: None,
            }],
            mode: BatchMode::Each,
        });
        let mut out = Vec::new();
        batch.place(&batch.records[0], 1, LeafIndex::new(*index), &mut out);
        (*class, out.split_off(48))
    });
    encoded.collect()
}

fn stored(kind: Kind, bytes: &[u8]) -> (tempfile::TempDir, LocalBlobs) {
    let dir = tempfile::tempdir().unwrap();
    let blobs = LocalBlobs::new(Disk::local(), dir.path());
    blobs.put(&COVERED.range.name(kind), bytes).unwrap();
    (dir, blobs)
}

fn spine_of(runs: &[(u32, u64, u64)]) -> (Vec<u8>, Vec<spine::Run>) {
    let mut writer = SpineWriter::new(COVERED);
    for (log, before, count) in runs {
        let entries: Vec<_> = (0..before + count).map(|at| entry(*log, at)).collect();
        let mut edge = Edge::default();
        for bytes in entries.iter().take(usize::try_from(*before).unwrap()) {
            edge.frontier.push(tlog::leaf_hash(bytes));
        }
        let new = entries.iter().skip(usize::try_from(*before).unwrap());
        writer.push(
            LogNumber::new(*log),
            &mut edge,
            new.map(|bytes| (bytes, 77)),
        );
    }
    writer.finish()
}

fn entry(log: u32, at: u64) -> [u8; 44] {
    let entry = Entry {
        kind: EntryKind::Event,
        class: 1,
        received_ms: 77,
        commitment: *tlog::leaf_hash(&[log.to_be_bytes(), [0; 4]].concat()).as_bytes(),
    };
    let mut bytes = entry.encode();
    bytes[36..].copy_from_slice(&at.to_be_bytes());
    bytes
}

#[test]
fn a_spine_keeps_entries_tiles_and_edges() {
    let (bytes, written) = spine_of(&[(0, 0, 255), (1, 0, 256), (2, 255, 1), (4, 100, 700)]);
    let (_dir, blobs) = stored(Kind::Spine, &bytes);
    let envelope = Envelope::read(&blobs, Kind::Spine, COVERED.range, bytes.len() as u64).unwrap();
    assert_eq!(envelope.covered, COVERED);
    let read = runs(&envelope).unwrap();
    assert_eq!(read, written);
    let name = COVERED.range.name(Kind::Spine);
    for (run, tiles) in read.iter().zip([0, 1, 1, 3]) {
        let entries = blobs.get(&name, run.entries_at()).unwrap();
        let expected = entry(run.log.get(), run.first.get());
        assert_eq!(entries[..44], expected);
        // The tiles are what a frontier completes over the whole log.
        let mut expected: Vec<Hash> = Vec::new();
        let mut frontier = Frontier::new();
        let end = run.first.get() + u64::from(run.count);
        for at in 0..end {
            let leaf = tlog::leaf_hash(&entry(run.log.get(), at));
            frontier.push_with(leaf, |level, _, hash| {
                if level == 8 && at >= run.first.get() {
                    expected.push(hash);
                }
            });
        }
        let kept = blobs.get(&name, run.kept_nodes_at()).unwrap();
        assert_eq!(kept.len(), tiles * 32);
        let expected: Vec<u8> = expected.iter().flat_map(|hash| *hash.as_bytes()).collect();
        assert_eq!(kept, expected);
        assert_eq!(run.edge.frontier, frontier);
    }
}

#[test]
fn blocks_mix_neither_logs_nor_classes_and_every_record_is_found() {
    let records: Vec<(u64, u8)> = (0..300).map(|at| (at, u8::from(at % 7 != 0))).collect();
    let mut writer = PayloadWriter::new(COVERED).unwrap();
    for log in [3, 5] {
        for (class, record) in payload_records(&records, 900) {
            let view = PayloadView::read(&mut Fields(&record)).unwrap();
            writer.push(LogNumber::new(log), class, &view).unwrap();
        }
    }
    let bytes = writer.finish().unwrap();
    let (_dir, blobs) = stored(Kind::Payload, &bytes);
    let envelope =
        Envelope::read(&blobs, Kind::Payload, COVERED.range, bytes.len() as u64).unwrap();
    let places = blocks(&envelope).unwrap();
    let name = COVERED.range.name(Kind::Payload);
    for log in [3, 5].map(LogNumber::new) {
        for (index, class) in &records {
            let index = LeafIndex::new(*index);
            let mut found = 0;
            for place in candidates(&places, log, index) {
                each_payload_record(&blobs, &name, place, |record| {
                    found += usize::from(record.index == index && place.class == *class);
                })
                .unwrap();
            }
            assert_eq!(found, 1, "{log} {index}");
        }
    }
    assert_eq!(
        candidates(&places, LogNumber::new(4), LeafIndex::FIRST).count(),
        0
    );
    assert_eq!(
        candidates(&places, LogNumber::new(3), LeafIndex::new(300)).count(),
        0
    );
}

#[test]
fn every_flipped_bit_of_a_block_is_found() {
    let mut writer = PayloadWriter::new(COVERED).unwrap();
    for (class, record) in payload_records(&[(0, 1), (1, 1)], 20) {
        let view = PayloadView::read(&mut Fields(&record)).unwrap();
        writer.push(LogNumber::new(3), class, &view).unwrap();
    }
    let bytes = writer.finish().unwrap();
    let (_dir, blobs) = stored(Kind::Payload, &bytes);
    let envelope =
        Envelope::read(&blobs, Kind::Payload, COVERED.range, bytes.len() as u64).unwrap();
    let place = blocks(&envelope).unwrap()[0];
    let start = usize::try_from(place.offset).unwrap();
    let block = &bytes[start..start + place.len as usize];
    assert!(unpack("name", &place, block).is_ok());
    for bit in 0..block.len() * 8 {
        let mut flipped = block.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let read = unpack("name", &place, &flipped);
        assert!(
            matches!(read, Err(SegmentError::Damaged { .. })),
            "bit {bit}"
        );
    }
    let mut other = place;
    other.log = LogNumber::new(4);
    assert!(unpack("name", &other, block).is_err());
}

#[test]
fn names_are_read_in_our_own_spelling_only() {
    let range = FrameRange {
        first: 1,
        last: 0xabc,
    };
    let name = range.name(Kind::Spine);
    assert_eq!(name, "spine/0/0000000000000001-0000000000000abc.spine");
    assert_eq!(FrameRange::parse(Kind::Spine, &name), Some(range));
    for other in [
        "payload/0/0000000000000001-0000000000000abc.spine",
        "spine/0/0000000000000001-0000000000000abc.payload",
        "spine/0/0000000000000001-0000000000000ABC.spine",
        "spine/0/1-abc.spine",
        "spine/0/+000000000000001-0000000000000abc.spine",
        "spine/0/0000000000000abd-0000000000000abc.spine",
        "spine/0/0000000000000001.spine",
    ] {
        assert_eq!(FrameRange::parse(Kind::Spine, other), None, "{other}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for kind in [Kind::Spine, Kind::Payload] {
            let (_dir, blobs) = stored(kind, &bytes);
            let read = Envelope::read(&blobs, kind, COVERED.range, bytes.len() as u64);
            prop_assert!(read.is_err());
        }
    }
}
