//! RFC 6962 section 2.1 word for word: recursive, over the whole list of leaves, hashing everything again each time.

use sha2::{Digest, Sha256};
use tlog::{Hash, NodeId};

/// `len` leaves, all different.
pub(crate) fn leaves(len: u64) -> Vec<Vec<u8>> {
    (0..len)
        .map(|index| format!("leaf {index}").into_bytes())
        .collect()
}

pub(crate) fn root(leaves: &[Vec<u8>]) -> Hash {
    match leaves {
        [] => hash(&[]),
        [leaf] => hash(&[&[0], leaf]),
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            hash(&[&[1], root(left).as_bytes(), root(right).as_bytes()])
        }
    }
}

pub(crate) fn inclusion(index: usize, leaves: &[Vec<u8>]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let (mut path, sibling) = if index < left.len() {
        (inclusion(index, left), root(right))
    } else {
        (inclusion(index - left.len(), right), root(left))
    };
    path.push(sibling);
    path
}

pub(crate) fn consistency(from: usize, leaves: &[Vec<u8>]) -> Vec<Hash> {
    if from == 0 {
        return Vec::new();
    }
    subproof(from, leaves, true)
}

fn subproof(from: usize, leaves: &[Vec<u8>], whole: bool) -> Vec<Hash> {
    if from == leaves.len() {
        return if whole {
            Vec::new()
        } else {
            vec![root(leaves)]
        };
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let (mut proof, sibling) = if from <= left.len() {
        (subproof(from, left, whole), root(right))
    } else {
        (subproof(from - left.len(), right, false), root(left))
    };
    proof.push(sibling);
    proof
}

/// A reader of the complete nodes of the tree; any other node is a bug of the prover.
pub(crate) fn reader(leaves: &[Vec<u8>]) -> impl Fn(NodeId) -> Result<Hash, String> {
    move |node| {
        let width = 1usize << node.level;
        let start = usize::try_from(node.index).expect("small trees") * width;
        match leaves.get(start..start + width) {
            Some(covered) => Ok(root(covered)),
            None => Err(format!(
                "node {node} is not complete in {} leaves",
                leaves.len()
            )),
        }
    }
}

fn split(len: usize) -> usize {
    let mut split = 1;
    while split * 2 < len {
        split *= 2;
    }
    split
}

fn hash(parts: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    Hash::from_bytes(hasher.finalize().into())
}
