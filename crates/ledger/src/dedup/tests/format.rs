//! The bytes that the module documentation draws.

use super::super::limits::{BLOCK_BYTES, RECORDS_PER_BLOCK};
use super::{key, new_index, tagged};

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

#[test]
fn a_run_is_written_as_drawn() {
    let (dir, index) = new_index();
    index.insert(0x0102_0304, &[0x11; 16], tagged(0x0a0b));
    index.insert(
        5,
        &[0x22; 16],
        super::Seen {
            index: tlog::LeafIndex::new(6),
            content: super::Content::Erased,
        },
    );
    index.forget(7, &[0x33; 16]);
    index.seal(0x77).unwrap();
    let run = std::fs::read(dir.path().join("0000000000000000.run")).unwrap();
    assert_eq!(run.len(), 2 * BLOCK_BYTES + 8 + 32);
    assert_eq!(hex(&run[..12]), "414e4e444544555000000001");
    assert_eq!(
        hex(&run[16..40]),
        "000000000000000000000000000000030000000000000001"
    );
    assert!(run[40..4092].iter().all(|byte| *byte == 0));
    let records = &run[BLOCK_BYTES..];
    let seals = "11111111111111111111111111111111\
                 01020304\
                 0000000000000a0b\
                 01\
                 0000000000000a0b\
                 22222222222222222222222222222222\
                 00000005\
                 0000000000000006\
                 02\
                 0000000000000000\
                 33333333333333333333333333333333\
                 00000007\
                 0000000000000000\
                 03\
                 0000000000000000";
    assert_eq!(hex(&records[..3 * 37]), seals);
    assert!(
        records[3 * 37..BLOCK_BYTES - 4]
            .iter()
            .all(|byte| *byte == 0)
    );
    assert_eq!(
        hex(&run[2 * BLOCK_BYTES..2 * BLOCK_BYTES + 8]),
        "1111111111111111"
    );
    let manifest = std::fs::read(dir.path().join("manifest")).unwrap();
    let body = "414e4e44444c5354000000010000000000000077000000000000000\
                10000000000000000";
    assert_eq!(hex(&manifest[..36]), body);
    assert_eq!(manifest.len(), 40);
}

#[test]
fn full_and_almost_full_blocks_are_read_back() {
    for count in [
        1,
        RECORDS_PER_BLOCK - 1,
        RECORDS_PER_BLOCK,
        RECORDS_PER_BLOCK + 1,
        5 * RECORDS_PER_BLOCK,
    ] {
        let (dir, index) = new_index();
        let numbers = 0..count as u64;
        numbers
            .clone()
            .for_each(|number| index.insert(1, &key(number), tagged(number)));
        index.seal(1).unwrap();
        drop(index);
        let (index, _) = super::DedupIndex::open(dir.path()).unwrap();
        for number in numbers {
            assert_eq!(
                index.lookup(1, &key(number)).unwrap(),
                Some(tagged(number)),
                "{number} of {count}"
            );
        }
        assert_eq!(index.lookup(1, &key(count as u64)).unwrap(), None);
        assert_eq!(
            index.lookup(1, &[0; 16]).unwrap(),
            (count > 0).then(|| tagged(0))
        );
        assert_eq!(index.lookup(1, &[0xff; 16]).unwrap(), None);
    }
}

#[test]
fn keys_with_one_beginning_fill_many_blocks() {
    let (_dir, index) = new_index();
    let key = |number: u64| (u128::from(u64::MAX) << 64 | u128::from(number)).to_be_bytes();
    let count = 4 * RECORDS_PER_BLOCK as u64;
    (0..count).for_each(|number| index.insert(1, &key(number), tagged(number)));
    index.seal(1).unwrap();
    assert!(
        (0..count).all(|number| index.lookup(1, &key(number)).unwrap() == Some(tagged(number)))
    );
    assert_eq!(index.lookup(2, &key(1)).unwrap(), None);
}
