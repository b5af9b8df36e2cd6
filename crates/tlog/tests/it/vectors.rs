//! The vectors published under `tests/vectors`: what other implementations are checked with, too.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tlog::{
    ENTRY_LEN, Entry, EntryError, EntryKind, Frontier, Hash, LeafIndex, TreeSize, VerifyError,
    leaf_hash, verify_consistency, verify_inclusion,
};

#[derive(Deserialize)]
struct Tree {
    leaves: Vec<String>,
    leaf_hashes: Vec<String>,
    roots: Vec<String>,
}

#[derive(Deserialize)]
struct Cases<T> {
    cases: Vec<T>,
}

#[derive(Deserialize)]
struct InclusionCase {
    name: String,
    index: u64,
    size: u64,
    leaf_hash: String,
    proof: Vec<String>,
    root: String,
    expect: String,
}

#[derive(Deserialize)]
struct ConsistencyCase {
    name: String,
    from: u64,
    to: u64,
    from_root: String,
    to_root: String,
    proof: Vec<String>,
    expect: String,
}

#[derive(Deserialize)]
struct EntryCase {
    name: String,
    kind: u8,
    class: u8,
    received_ms: String,
    commitment: String,
    entry: String,
    leaf_hash: String,
    broken: BrokenEntry,
}

#[derive(Deserialize)]
struct BrokenEntry {
    entry: String,
    expect: String,
}

fn load<T: DeserializeOwned>(name: &str) -> T {
    let path = format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read(&path).expect("the vector file is in the repository");
    serde_json::from_slice(&text).expect("the vector file has the shape of its test")
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal"))
        .collect()
}

fn hash(hex: &str) -> Hash {
    hex.parse().expect("a hash")
}

fn hashes(hex: &[String]) -> Vec<Hash> {
    hex.iter().map(|one| hash(one)).collect()
}

fn verdict(result: Result<(), VerifyError>) -> &'static str {
    match result {
        Ok(()) => "holds",
        Err(VerifyError::IndexOutsideTree { .. }) => "index",
        Err(VerifyError::SizesReversed { .. }) => "sizes",
        Err(VerifyError::Length { .. }) => "length",
        Err(VerifyError::EarlierRoot) => "earlier root",
        Err(VerifyError::Root) => "root",
    }
}

#[test]
fn the_tree_of_the_customary_leaves_has_the_known_roots() {
    let tree: Tree = load("tree.json");
    let mut frontier = Frontier::new();
    assert_eq!(tree.leaves.len() + 1, tree.roots.len());
    assert_eq!(frontier.root(), hash(&tree.roots[0]));
    for (at, leaf) in tree.leaves.iter().enumerate() {
        let leaf = leaf_hash(&bytes(leaf));
        assert_eq!(leaf, hash(&tree.leaf_hashes[at]));
        frontier.push(leaf);
        assert_eq!(
            frontier.root(),
            hash(&tree.roots[at + 1]),
            "size {}",
            at + 1
        );
    }
}

#[test]
fn inclusion_proofs_hold_and_their_broken_twins_do_not() {
    let file: Cases<InclusionCase> = load("inclusion.json");
    let mut held = 0;
    for case in &file.cases {
        let found = verdict(verify_inclusion(
            LeafIndex::new(case.index),
            TreeSize::new(case.size),
            &hash(&case.leaf_hash),
            &hashes(&case.proof),
            &hash(&case.root),
        ));
        assert_eq!(found, case.expect, "{}", case.name);
        held += usize::from(found == "holds");
    }
    assert_eq!((file.cases.len(), held), (75, 36));
}

#[test]
fn consistency_proofs_hold_and_their_broken_twins_do_not() {
    let file: Cases<ConsistencyCase> = load("consistency.json");
    let mut held = 0;
    for case in &file.cases {
        let found = verdict(verify_consistency(
            TreeSize::new(case.from),
            TreeSize::new(case.to),
            &hash(&case.from_root),
            &hash(&case.to_root),
            &hashes(&case.proof),
        ));
        assert_eq!(found, case.expect, "{}", case.name);
        held += usize::from(found == "holds");
    }
    assert_eq!((file.cases.len(), held), (90, 45));
}

#[test]
fn entries_encode_decode_and_hash_as_published() {
    let file: Cases<EntryCase> = load("entry.json");
    for case in &file.cases {
        let entry = Entry {
            kind: EntryKind::from_code(case.kind).expect("a known kind"),
            class: case.class,
            received_ms: case.received_ms.parse().expect("a u64"),
            commitment: *hash(&case.commitment).as_bytes(),
        };
        assert_eq!(entry.encode().to_vec(), bytes(&case.entry), "{}", case.name);
        assert_eq!(decode(&case.entry), Ok(entry), "{}", case.name);
        assert_eq!(entry.leaf_hash(), hash(&case.leaf_hash), "{}", case.name);
    }
    assert_eq!(file.cases.len(), 12);
}

#[test]
fn the_broken_twin_of_an_entry_is_refused_by_name() {
    let file: Cases<EntryCase> = load("entry.json");
    for case in &file.cases {
        let found = match decode(&case.broken.entry) {
            Ok(entry) => format!("read as {entry:?}"),
            Err(EntryError::UnknownVersion(version)) => format!("unknown version {version}"),
            Err(EntryError::UnknownKind(kind)) => format!("unknown kind {kind}"),
            Err(EntryError::ReservedFlags(flags)) => format!("reserved flags {flags}"),
        };
        assert_eq!(found, case.broken.expect, "{}", case.name);
    }
}

fn decode(hex: &str) -> Result<Entry, EntryError> {
    let bytes: [u8; ENTRY_LEN] = bytes(hex).try_into().expect("44 bytes");
    Entry::decode(&bytes)
}
