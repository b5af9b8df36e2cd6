//! Checked arithmetic on positions and sizes, and the one spelling of a hash.

use proptest::prelude::*;
use tlog::{Hash, LeafIndex, ParseHashError, TreeSize};

#[test]
fn positions_and_sizes_meet_at_the_ends() {
    let last = LeafIndex::new(u64::MAX);
    assert_eq!(TreeSize::ZERO.last_leaf(), None);
    assert_eq!(TreeSize::ZERO.next_leaf(), LeafIndex::FIRST);
    assert_eq!(TreeSize::new(3).last_leaf(), Some(LeafIndex::new(2)));
    assert_eq!(TreeSize::new(3).next(), Some(TreeSize::new(4)));
    assert_eq!(TreeSize::new(u64::MAX).next(), None);
    assert_eq!(TreeSize::new(u64::MAX - 1).checked_add(2), None);
    assert_eq!(last.next(), None);
    assert_eq!(last.smallest_tree(), None);
    assert_eq!(LeafIndex::FIRST.smallest_tree(), Some(TreeSize::new(1)));
    assert!(TreeSize::new(3).contains(LeafIndex::new(2)));
    assert!(!TreeSize::new(3).contains(LeafIndex::new(3)));
    assert_eq!(LeafIndex::new(7).to_string(), "7");
    assert_eq!(TreeSize::new(8).to_string(), "8");
}

#[test]
fn a_hash_has_one_spelling() {
    let text = Hash::EMPTY_ROOT.to_string();
    assert_eq!(text.parse(), Ok(Hash::EMPTY_ROOT));
    assert_eq!(format!("{:?}", Hash::EMPTY_ROOT), format!("Hash({text})"));
    let parse = |text: &str| text.parse::<Hash>();
    assert_eq!(parse(""), Err(ParseHashError::Length { len: 0 }));
    assert_eq!(parse(&text[1..]), Err(ParseHashError::Length { len: 63 }));
    let upper = text.to_uppercase();
    assert_eq!(parse(&upper), Err(ParseHashError::Digit { position: 0 }));
    let spaced = format!("{} ", &text[..63]);
    assert_eq!(parse(&spaced), Err(ParseHashError::Digit { position: 63 }));
    let accent = format!("{}é", &text[..62]);
    assert_eq!(parse(&accent), Err(ParseHashError::Digit { position: 62 }));
}

proptest! {
    #[test]
    fn every_hash_is_read_back(bytes in any::<[u8; 32]>()) {
        let hash = Hash::from_bytes(bytes);
        prop_assert_eq!(hash.as_bytes(), &bytes);
        prop_assert_eq!(hash.to_string().parse(), Ok(hash));
    }
}
