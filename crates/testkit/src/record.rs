//! Records that are made of chance and can be checked when they are read back.

use ledger::{Batch, BatchMode, DedupKey, Facets, LogNumber, Payload, Record};
use tlog::{Entry, EntryKind};

use crate::seed::Seed;

/// The commitment of the records of this module: a hash over the seed and all facets with their lengths.
pub fn commitment(seed: &[u8; 16], facets: &Facets) -> [u8; 32] {
    let mut bytes = seed.to_vec();
    for facet in facets {
        match facet {
            None => bytes.push(0),
            Some(facet) => {
                bytes.push(1);
                bytes.extend((facet.len() as u64).to_be_bytes());
                bytes.extend(facet);
            }
        }
    }
    *tlog::leaf_hash(&bytes).as_bytes()
}

/// Whether a payload is the one that an entry of this module commits to.
pub fn is_committed(entry: &Entry, payload: &Payload) -> bool {
    commitment(&payload.seed, &payload.facets) == entry.commitment
}

/// A record without an id, with up to eight facets of up to 200 bytes.
pub fn any_record(seed: &mut Seed) -> Record {
    let facets: Facets = std::array::from_fn(|_| {
        let bytes = seed.bytes::<200>();
        let length = seed.below(bytes.len());
        let kept = bytes.get(..length).unwrap_or_default();
        seed.percent(60).then(|| kept.into())
    });
    let seed = seed.bytes();
    Record {
        kind: EntryKind::Event,
        class: 1,
        commitment: commitment(&seed, &facets),
        seed,
        facets,
        dedup: None,
    }
}

/// The first record of a log.
pub fn genesis(seed: &mut Seed) -> Record {
    Record {
        kind: EntryKind::Genesis,
        class: 0,
        ..any_record(seed)
    }
}

/// A record whose id its producer chose: the same number gives the same record, and another content another tag.
pub fn with_id(number: u64, content: u64) -> Record {
    let mut id = Seed::new(number);
    let mut content = Seed::new(number ^ content.rotate_left(32));
    let mut record = any_record(&mut content);
    record.dedup = Some(DedupKey {
        key: id.bytes(),
        tag: Some(content.bytes()),
    });
    record
}

/// A record whose id the server made.
pub fn with_own_id(seed: &mut Seed) -> Record {
    let mut record = any_record(seed);
    record.dedup = Some(DedupKey {
        key: seed.bytes(),
        tag: None,
    });
    record
}

/// A batch that stands and falls as a whole.
pub fn batch(log: LogNumber, records: Vec<Record>) -> Batch {
    Batch {
        log,
        records,
        mode: BatchMode::AllOrNothing,
    }
}
