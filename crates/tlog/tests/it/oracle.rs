//! Proofs against the O(n) model and against `ct-merkle`, an implementation that shares no line with ours.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use proptest::prelude::*;
use sha2::Sha256;
use tlog::{
    BuildError, Hash, LeafIndex, NodeId, TreeSize, consistency_proof, inclusion_proof, leaf_hash,
    verify_consistency, verify_inclusion,
};

use crate::naive;

fn flat(proof: &[Hash]) -> Vec<u8> {
    proof.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

fn foreign(leaves: &[Vec<u8>]) -> MemoryBackedTree<Sha256, Vec<u8>> {
    let mut tree = MemoryBackedTree::new();
    for leaf in leaves {
        tree.push(leaf.clone());
    }
    tree
}

fn foreign_root(root: &Hash, size: usize) -> RootHash<Sha256> {
    RootHash::new((*root.as_bytes()).into(), size as u64)
}

#[test]
fn small_trees_agree_with_the_model_at_every_place() {
    let leaves = naive::leaves(33);
    for len in 1..=leaves.len() {
        let (leaves, size) = (&leaves[..len], TreeSize::new(len as u64));
        let (read, root) = (naive::reader(leaves), naive::root(leaves));
        for (at, leaf) in leaves.iter().enumerate() {
            let index = LeafIndex::new(at as u64);
            let proof = inclusion_proof(index, size, &read).expect("a proof");
            assert_eq!(proof, naive::inclusion(at, leaves), "leaf {at} of {len}");
            verify_inclusion(index, size, &leaf_hash(leaf), &proof, &root).expect("holds");
        }
        for from in 0..=len {
            let (earlier, earlier_root) =
                (TreeSize::new(from as u64), naive::root(&leaves[..from]));
            let proof = consistency_proof(earlier, size, &read).expect("a proof");
            assert_eq!(proof, naive::consistency(from, leaves), "{from} to {len}");
            verify_consistency(earlier, size, &earlier_root, &root, &proof).expect("holds");
        }
    }
}

#[test]
fn impossible_proofs_are_not_built() {
    let leaves = naive::leaves(3);
    let read = naive::reader(&leaves);
    let (index, size) = (LeafIndex::new(3), TreeSize::new(3));
    assert_eq!(
        inclusion_proof(index, size, &read),
        Err(BuildError::IndexOutsideTree { index, size })
    );
    let (from, to) = (TreeSize::new(4), TreeSize::new(3));
    assert_eq!(
        consistency_proof(from, to, &read),
        Err(BuildError::SizesReversed { from, to })
    );
    assert_eq!(
        inclusion_proof(LeafIndex::FIRST, size, |_| Err("disk")),
        Err(BuildError::Read {
            node: NodeId { level: 0, index: 2 },
            source: "disk"
        })
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn inclusion_agrees_with_the_other_implementation(
        (len, at) in (1u64..400).prop_flat_map(|len| (Just(len), 0..len)),
    ) {
        let leaves = naive::leaves(len);
        let at_usize = usize::try_from(at)?;
        let (tree, root) = (foreign(&leaves), naive::root(&leaves));
        let their_root = tree.root();
        prop_assert_eq!(their_root.as_bytes().as_slice(), root.as_bytes());

        let ours = inclusion_proof(LeafIndex::new(at), TreeSize::new(len), naive::reader(&leaves))
            .map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
        let theirs = tree.prove_inclusion(at_usize);
        prop_assert_eq!(flat(&ours), theirs.as_bytes());

        let carried = InclusionProof::<Sha256>::try_from_bytes(flat(&ours)).expect("whole hashes");
        prop_assert!(foreign_root(&root, leaves.len())
            .verify_inclusion(&leaves[at_usize], at, &carried)
            .is_ok());
    }

    #[test]
    fn consistency_agrees_with_the_other_implementation(
        (from, to) in (1u64..400).prop_flat_map(|to| (1..=to, Just(to))),
    ) {
        let leaves = naive::leaves(to);
        let earlier = &leaves[..usize::try_from(from)?];
        let ours = consistency_proof(TreeSize::new(from), TreeSize::new(to), naive::reader(&leaves))
            .map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
        let theirs = foreign(&leaves).prove_consistency(leaves.len() - earlier.len());
        prop_assert_eq!(flat(&ours), theirs.as_bytes());

        let carried = ConsistencyProof::<Sha256>::try_from_bytes(flat(&ours)).expect("whole hashes");
        let earlier_root = foreign_root(&naive::root(earlier), earlier.len());
        prop_assert!(foreign_root(&naive::root(&leaves), leaves.len())
            .verify_consistency(&earlier_root, &carried)
            .is_ok());
    }
}
