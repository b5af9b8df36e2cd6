//! A proof that was changed anywhere does not hold.

use proptest::prelude::*;
use proptest::sample::Index;
use tlog::{
    Hash, LeafIndex, TreeSize, VerifyError, consistency_proof, inclusion_proof, leaf_hash,
    verify_consistency, verify_inclusion,
};

use crate::naive;

/// One way to change a list of hashes; the places are taken modulo what is there.
#[derive(Clone, Debug)]
enum Change {
    Flip { hash: Index, bit: u8 },
    Drop { hash: Index },
    Insert { before: Index, hash: [u8; 32] },
    Swap { one: Index, other: Index },
    Append { hash: [u8; 32] },
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(hash, bit)| Change::Flip { hash, bit }),
        any::<Index>().prop_map(|hash| Change::Drop { hash }),
        (any::<Index>(), any::<[u8; 32]>())
            .prop_map(|(before, hash)| Change::Insert { before, hash }),
        (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Change::Swap { one, other }),
        any::<[u8; 32]>().prop_map(|hash| Change::Append { hash }),
    ]
}

fn changed(proof: &[Hash], change: &Change) -> Vec<Hash> {
    let mut forged = proof.to_vec();
    match change {
        Change::Append { hash } => forged.push(Hash::from_bytes(*hash)),
        _ if forged.is_empty() => {}
        Change::Flip { hash, bit } => {
            let at = hash.index(forged.len());
            forged[at] = flipped(&forged[at], *bit);
        }
        Change::Drop { hash } => {
            forged.remove(hash.index(forged.len()));
        }
        Change::Insert { before, hash } => {
            forged.insert(before.index(forged.len()), Hash::from_bytes(*hash));
        }
        Change::Swap { one, other } => {
            let len = forged.len();
            forged.swap(one.index(len), other.index(len));
        }
    }
    forged
}

fn flipped(hash: &Hash, bit: u8) -> Hash {
    let mut bytes = *hash.as_bytes();
    bytes[usize::from(bit / 8)] ^= 1 << (bit % 8);
    Hash::from_bytes(bytes)
}

fn a_leaf() -> impl Strategy<Value = (u64, u64)> {
    (1u64..200).prop_flat_map(|len| (Just(len), 0..len))
}

fn two_sizes() -> impl Strategy<Value = (u64, u64)> {
    (1u64..200).prop_flat_map(|to| (0..=to, Just(to)))
}

proptest! {
    #[test]
    fn a_changed_inclusion_proof_fails((len, at) in a_leaf(), change in change()) {
        let leaves = naive::leaves(len);
        let (index, size) = (LeafIndex::new(at), TreeSize::new(len));
        let proof = inclusion_proof(index, size, naive::reader(&leaves)).expect("a proof");
        let forged = changed(&proof, &change);
        prop_assume!(forged != proof);
        let leaf = leaf_hash(&leaves[usize::try_from(at)?]);
        let found = verify_inclusion(index, size, &leaf, &forged, &naive::root(&leaves));
        if forged.len() == proof.len() {
            prop_assert_eq!(found, Err(VerifyError::Root));
        } else {
            let (expected, found_len) = (proof.len(), forged.len());
            prop_assert_eq!(found, Err(VerifyError::Length { expected, found: found_len }));
        }
    }

    #[test]
    fn another_index_leaf_or_root_fails((len, at) in a_leaf(), other in any::<u64>(), bit in any::<u8>()) {
        let leaves = naive::leaves(len);
        let (index, size, root) = (LeafIndex::new(at), TreeSize::new(len), naive::root(&leaves));
        let proof = inclusion_proof(index, size, naive::reader(&leaves)).expect("a proof");
        let leaf = leaf_hash(&leaves[usize::try_from(at)?]);
        prop_assert_eq!(verify_inclusion(index, size, &leaf, &proof, &root), Ok(()));
        prop_assert!(verify_inclusion(index, size, &flipped(&leaf, bit), &proof, &root).is_err());
        prop_assert!(verify_inclusion(index, size, &leaf, &proof, &flipped(&root, bit)).is_err());
        for other in [other, other % len, len, at + 1] {
            if other != at {
                let other = LeafIndex::new(other);
                prop_assert!(verify_inclusion(other, size, &leaf, &proof, &root).is_err());
            }
        }
    }

    #[test]
    fn a_changed_consistency_proof_fails((from, to) in two_sizes(), change in change()) {
        let leaves = naive::leaves(to);
        let (earlier, later) = (TreeSize::new(from), TreeSize::new(to));
        let proof = consistency_proof(earlier, later, naive::reader(&leaves)).expect("a proof");
        let forged = changed(&proof, &change);
        prop_assume!(forged != proof);
        let earlier_root = naive::root(&leaves[..usize::try_from(from)?]);
        let root = naive::root(&leaves);
        prop_assert!(verify_consistency(earlier, later, &earlier_root, &root, &forged).is_err());
    }

    #[test]
    fn other_roots_and_reversed_sizes_fail((from, to) in two_sizes(), bit in any::<u8>()) {
        let leaves = naive::leaves(to);
        let (earlier, later) = (TreeSize::new(from), TreeSize::new(to));
        let proof = consistency_proof(earlier, later, naive::reader(&leaves)).expect("a proof");
        let earlier_root = naive::root(&leaves[..usize::try_from(from)?]);
        let root = naive::root(&leaves);
        let verify = |one: &Hash, other: &Hash| verify_consistency(earlier, later, one, other, &proof);
        prop_assert_eq!(verify(&earlier_root, &root), Ok(()));
        prop_assert!(verify(&flipped(&earlier_root, bit), &root).is_err());
        // Every tree begins with the empty one, so growth from there says nothing about the later root.
        prop_assert_eq!(verify(&earlier_root, &flipped(&root, bit)).is_ok(), from == 0);
        if from < to {
            prop_assert_eq!(
                verify_consistency(later, earlier, &root, &earlier_root, &proof),
                Err(VerifyError::SizesReversed { from: later, to: earlier })
            );
        }
    }

    #[test]
    fn a_tree_with_another_past_is_not_consistent((from, to) in two_sizes(), altered in any::<Index>()) {
        prop_assume!(from > 0);
        let leaves = naive::leaves(to);
        let from_usize = usize::try_from(from)?;
        let mut rewritten = leaves.clone();
        rewritten[altered.index(from_usize)] = b"rewritten".to_vec();
        let (earlier, later) = (TreeSize::new(from), TreeSize::new(to));
        let proof = consistency_proof(earlier, later, naive::reader(&rewritten)).expect("a proof");
        let witnessed = naive::root(&leaves[..from_usize]);
        let claimed = naive::root(&rewritten);
        prop_assert!(verify_consistency(earlier, later, &witnessed, &claimed, &proof).is_err());
    }
}
