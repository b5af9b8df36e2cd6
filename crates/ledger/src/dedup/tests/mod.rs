//! The index against a naive model, its files against damage, and what a crash may leave.

mod crash;
mod damage;
mod format;
mod merging;
mod model;

use tempfile::TempDir;
use tlog::LeafIndex;

use super::{Content, DedupIndex, Key, Maintenance, Seen};

/// A key made of a number, spread over the key space like a digest.
fn key(number: u64) -> Key {
    let spread = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (u128::from(spread) << 64 | u128::from(number)).to_be_bytes()
}

fn tagged(index: u64) -> Seen {
    Seen {
        index: LeafIndex::new(index),
        content: Content::Tagged(index.to_be_bytes()),
    }
}

/// An index over a new directory; the directory lives as long as the first value.
fn new_index() -> (TempDir, DedupIndex) {
    let dir = TempDir::new().unwrap();
    let (index, covered) = DedupIndex::open(dir.path()).unwrap();
    assert_eq!(covered, 0);
    (dir, index)
}

fn maintain(index: &DedupIndex) {
    while index.maintenance().unwrap() == Maintenance::Working {}
}

/// The names of the files in a directory, sorted.
fn names(dir: &TempDir) -> Vec<String> {
    let entries = std::fs::read_dir(dir.path()).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
