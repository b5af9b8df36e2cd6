use ledger::ErrorKind;
use ledger::store::{BlobInfo, Blobs};

use super::OpenBlobs;
use crate::seed::Seed;

/// Checks a store of blobs against the contract of its trait.
///
/// # Panics
/// At the first sentence of the contract that does not hold.
pub fn check_blobs(new: &dyn Fn() -> OpenBlobs) {
    begins_empty(&new());
    blobs_come_back(&new());
    ranges_come_back(&new());
    what_is_missing_is_said(&new());
    the_same_put_again_changes_nothing(&new());
    listings_are_sorted_and_by_prefix(&new());
    deleted_blobs_are_gone(&new());
    blobs_survive_an_open(&new());
}

fn put(blobs: &dyn Blobs, name: &str, bytes: &[u8]) {
    blobs.put(name, bytes).expect("a blob is put");
}

fn get(blobs: &dyn Blobs, name: &str, length: usize) -> Vec<u8> {
    blobs
        .get(name, 0..length as u64)
        .expect("a blob that was put is there")
}

fn names(blobs: &dyn Blobs, prefix: &str) -> Vec<String> {
    let listed = blobs.list(prefix).expect("blobs can be listed");
    listed.into_iter().map(|blob| blob.name).collect()
}

fn begins_empty(open: &OpenBlobs) {
    assert_eq!(open().list("").expect("an empty store can be listed"), []);
}

fn blobs_come_back(open: &OpenBlobs) {
    let blobs = open();
    let mut seed = Seed::new(11);
    for size in [0, 1, 4095, 4096, 4097, 1 << 20] {
        let bytes: Vec<u8> = seed.bytes::<61>().into_iter().cycle().take(size).collect();
        let name = format!("spine/0/{size}.seg");
        put(&*blobs, &name, &bytes);
        assert!(
            get(&*blobs, &name, size) == bytes,
            "{name} comes back as it was"
        );
        let listed = blobs.list(&name).expect("blobs can be listed");
        let expected = BlobInfo {
            name,
            len: size as u64,
        };
        assert_eq!(listed, [expected]);
    }
}

fn ranges_come_back(open: &OpenBlobs) {
    let blobs = open();
    let bytes: Vec<u8> = (0..=255).collect();
    put(&*blobs, "a", &bytes);
    for range in [0..256, 0..0, 0..1, 255..256, 256..256, 100..200] {
        let expected: Vec<u8> = (0..=255)
            .filter(|byte| range.contains(&u64::from(*byte)))
            .collect();
        assert_eq!(
            blobs.get("a", range.clone()).expect("the range is inside"),
            expected,
            "{range:?}"
        );
    }
}

fn what_is_missing_is_said(open: &OpenBlobs) {
    let blobs = open();
    put(&*blobs, "a/b", b"four");
    let missing = [
        ("a/c", 0..0),
        ("a", 0..0),
        ("a/b", 0..5),
        ("a/b", 5..6),
        ("a/b", 4..5),
    ];
    for (name, range) in missing {
        let error = blobs
            .get(name, range.clone())
            .expect_err("nothing is there");
        assert_eq!(
            error.kind(),
            ErrorKind::NotFound,
            "{name} {range:?}: {error}"
        );
    }
}

fn the_same_put_again_changes_nothing(open: &OpenBlobs) {
    let blobs = open();
    put(&*blobs, "a", b"bytes");
    put(&*blobs, "a", b"bytes");
    assert_eq!(get(&*blobs, "a", 5), b"bytes");
    assert_eq!(names(&*blobs, ""), ["a"]);
}

fn listings_are_sorted_and_by_prefix(open: &OpenBlobs) {
    let blobs = open();
    for name in [
        "payload/0/b.seg",
        "spine/0/b",
        "payload/0/a.seg",
        "payload/1/a.seg",
        "payloads",
        "spine/0-a",
    ] {
        put(&*blobs, name, name.as_bytes());
    }
    assert_eq!(
        names(&*blobs, ""),
        [
            "payload/0/a.seg",
            "payload/0/b.seg",
            "payload/1/a.seg",
            "payloads",
            "spine/0-a",
            "spine/0/b"
        ]
    );
    assert_eq!(
        names(&*blobs, "payload/0/"),
        ["payload/0/a.seg", "payload/0/b.seg"]
    );
    assert_eq!(
        names(&*blobs, "payload"),
        [
            "payload/0/a.seg",
            "payload/0/b.seg",
            "payload/1/a.seg",
            "payloads"
        ]
    );
    assert_eq!(names(&*blobs, "payload/0/a"), ["payload/0/a.seg"]);
    assert_eq!(names(&*blobs, "x"), [""; 0]);
}

fn deleted_blobs_are_gone(open: &OpenBlobs) {
    let blobs = open();
    put(&*blobs, "a", b"1");
    put(&*blobs, "b", b"2");
    blobs.delete("a").expect("a blob is deleted");
    blobs.delete("a").expect("deleting again is no error");
    blobs
        .delete("never")
        .expect("deleting what is missing is no error");
    assert_eq!(
        blobs.get("a", 0..1).expect_err("it was deleted").kind(),
        ErrorKind::NotFound
    );
    assert_eq!(names(&*blobs, ""), ["b"]);
    drop(blobs);
    assert_eq!(names(&*open(), ""), ["b"]);
}

fn blobs_survive_an_open(open: &OpenBlobs) {
    put(&*open(), "payload/0/a", b"first");
    put(&*open(), "payload/0/b", b"second");
    let blobs = open();
    assert_eq!(get(&*blobs, "payload/0/a", 5), b"first");
    assert_eq!(get(&*blobs, "payload/0/b", 6), b"second");
}
