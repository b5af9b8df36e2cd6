use proptest::prelude::*;

use super::super::bits::Bits;
use super::super::strings::Strings;
use super::Packed;

fn packed(mut texts: Vec<String>) -> (Vec<String>, Packed) {
    texts.sort();
    texts.dedup();
    let mut strings = Strings::default();
    for text in &texts {
        strings.push(text);
    }
    (texts, Packed::of(&strings))
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c ]{0,6}",
        "(create|delete) of the (rôle|role|日本) [0-9]{1,3}",
        "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        "[0-9A-Fg]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f-]{4}-[0-9a-f]{12}",
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn every_text_is_read_back_and_found(texts in proptest::collection::vec(text(), 0..100), other in text(), picked: usize) {
        let (texts, packed) = packed(texts);
        let mut visited = Vec::new();
        packed.for_each(|at, text| visited.push((at, text.to_owned())));
        let wanted: Vec<_> = texts.iter().cloned().enumerate().collect();
        prop_assert_eq!(&visited, &wanted);
        for (at, text) in wanted {
            prop_assert_eq!(&packed.get(at), &text);
            prop_assert_eq!(packed.find(&text), Some(at));
        }
        prop_assert_eq!(packed.find(&other), texts.binary_search(&other).ok());
        let mut some = Bits::none(7 + texts.len());
        (0..texts.len()).filter(|at| picked.wrapping_mul(at + 1) % 5 < 2).for_each(|at| some.insert(at + 7));
        let mut visited = Vec::new();
        packed.for_some(&some, 7, |at, text| visited.push((at + 7, text.to_owned())));
        let wanted: Vec<_> = some.iter().map(|at| (at, texts[at - 7].clone())).collect();
        prop_assert_eq!(visited, wanted);
        let unpacked = packed.unpack();
        prop_assert_eq!(unpacked.iter().collect::<Vec<_>>(), texts);
    }
}

#[test]
fn uuids_take_seventeen_bytes() {
    let uuids = (0..1600_u32).map(|n| {
        format!(
            "{:08x}-0000-4000-8000-0123456789ab",
            n.wrapping_mul(0x9e37_79b9)
        )
    });
    let (_, packed) = packed(uuids.collect());
    assert_eq!(packed.bytes.len(), 1600 * 17);
}
