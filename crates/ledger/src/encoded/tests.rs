use std::fmt::Write;

use proptest::prelude::*;
use tlog::{EntryKind, LeafIndex};

use super::*;

fn record(facets: Facets, dedup: Option<DedupKey>) -> Record {
    Record {
        kind: EntryKind::Event,
        class: 1,
        commitment: [0xcc; 32],
        seed: [0x5e; 16],
        facets,
        dedup,
    }
}

fn placed(record: Record, received_ms: u64, index: u64) -> Vec<u8> {
    let batch = EncodedBatch::of(&Batch {
        log: LogNumber::new(7),
        records: vec![record],
        mode: BatchMode::Each,
    });
    let mut out = Vec::new();
    let index = LeafIndex::new(index);
    batch.place(&batch.records[0], received_ms, index, &mut out);
    out
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[test]
fn the_bytes_of_a_record_are_frozen() {
    let mut facets = [const { None }; FACETS];
    facets[0] = Some(b"{}".as_slice().into());
    facets[7] = Some(b"".as_slice().into());
    let dedup = DedupKey {
        key: [0xdd; 16],
        tag: Some([0x7a; 8]),
    };
    let expected = concat!(
        "00000007",
        "01000100",
        "0000000000000102",
        "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        "0000003e",
        "0000000000000304",
        "00",
        "00",
        "02",
        "81",
        "dddddddddddddddddddddddddddddddd",
        "7a7a7a7a7a7a7a7a",
        "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e",
        "00000002",
        "7b7d",
        "00000000",
    );
    let bytes = placed(record(facets, Some(dedup)), 0x0102, 0x0304);
    assert_eq!(hex(&bytes), expected);
}

fn any_facets() -> impl Strategy<Value = Facets> {
    let facet = proptest::option::of(proptest::collection::vec(any::<u8>(), 0..50));
    proptest::array::uniform8(facet.prop_map(|facet| facet.map(Into::into)))
}

fn any_dedup() -> impl Strategy<Value = Option<DedupKey>> {
    let key = (any::<[u8; 16]>(), any::<Option<[u8; 8]>>());
    proptest::option::of(key.prop_map(|(key, tag)| DedupKey { key, tag }))
}

proptest! {
    #[test]
    fn what_was_encoded_is_read(facets in any_facets(), dedup in any_dedup(), received in any::<u64>(), index in any::<u64>()) {
        let record = record(facets.clone(), dedup);
        let bytes = placed(record.clone(), received, index);
        prop_assert_eq!(bytes.len(), encoded_len(&record));
        let mut fields = Fields(&bytes);
        let view = RecordView::read(&mut fields).unwrap();
        prop_assert!(fields.is_empty());
        prop_assert_eq!(view.len(), bytes.len());
        prop_assert_eq!(view.log, LogNumber::new(7));
        let entry = Entry::decode(view.entry).unwrap();
        prop_assert_eq!((entry.received_ms, entry.commitment), (received, [0xcc; 32]));
        prop_assert_eq!(view.payload.index, LeafIndex::new(index));
        prop_assert_eq!(view.payload.dedup, dedup);
        prop_assert_eq!(view.payload.payload(), Some(Payload { seed: [0x5e; 16], facets }));
    }

    #[test]
    fn a_cut_record_is_refused(facets in any_facets(), dedup in any_dedup(), cut in any::<prop::sample::Index>()) {
        let bytes = placed(record(facets, dedup), 1, 2);
        let cut = &bytes[..cut.index(bytes.len())];
        prop_assert!(RecordView::read(&mut Fields(cut)).is_none());
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Some(view) = PayloadView::read(&mut Fields(&bytes)) {
            let _ = view.payload();
        }
    }
}

#[test]
fn another_form_keeps_its_key_and_shows_no_payload() {
    let dedup = DedupKey {
        key: [1; 16],
        tag: None,
    };
    let mut bytes = placed(record([const { None }; FACETS], Some(dedup)), 1, 2);
    bytes[PAYLOAD_AT + 13] = 1;
    let view = RecordView::read(&mut Fields(&bytes)).unwrap();
    assert_eq!(view.payload.dedup, Some(dedup));
    assert_eq!(view.payload.payload(), None);
}
