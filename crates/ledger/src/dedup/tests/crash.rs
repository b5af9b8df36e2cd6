//! Images of the directory that a crash could leave: each opens, covers no more than it holds, and is cleaned.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{DedupIndex, key, maintain, names, new_index, tagged};

type Image = BTreeMap<String, Vec<u8>>;

fn image_of(dir: &TempDir) -> Image {
    let read = |name: String| {
        let bytes = fs::read(dir.path().join(&name)).unwrap();
        (name, bytes)
    };
    names(dir).into_iter().map(read).collect()
}

fn restored(image: &Image) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (name, bytes) in image {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    dir
}

fn is_run(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "run")
}

/// Opens an image and checks that everything up to `covered` answers; record `n` belongs to commit `n`.
fn check(image: &Image) -> u64 {
    let dir = restored(image);
    let (index, covered) = DedupIndex::open(dir.path()).unwrap();
    for number in 1..=covered {
        assert_eq!(
            index.lookup(1, &key(number)).unwrap(),
            Some(tagged(number)),
            "{:?}",
            image.keys()
        );
    }
    index.verify().unwrap();
    assert!(
        names(&dir)
            .iter()
            .all(|name| name == "manifest" || is_run(name))
    );
    assert_eq!(
        names(&dir).len(),
        index.stored().runs + 1,
        "nothing unnamed is left"
    );
    // The index goes on from there.
    index.insert(1, &key(covered + 1), tagged(covered + 1));
    index.seal(covered + 1).unwrap();
    maintain(&index);
    assert_eq!(
        index.lookup(1, &key(covered + 1)).unwrap(),
        Some(tagged(covered + 1))
    );
    covered
}

/// A directory after each of seven seals with a merge between, the last image newest.
fn history() -> Vec<Image> {
    let (dir, index) = new_index();
    let mut images = vec![image_of(&dir)];
    for number in 1..=7 {
        index.insert(1, &key(number), tagged(number));
        index.seal(number).unwrap();
        images.push(image_of(&dir));
        index.maintenance().unwrap();
        images.push(image_of(&dir));
    }
    images
}

#[test]
fn every_state_between_two_writes_opens() {
    for pair in history().windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        let covered = check(before);
        // New files are there, whole or torn, but the manifest is still the old one.
        let mut torn = before.clone();
        for (name, bytes) in after.iter().filter(|(name, _)| *name != "manifest") {
            torn.entry(name.clone())
                .or_insert_with(|| bytes[..bytes.len() / 2].to_vec());
            torn.insert(
                format!("{}.tmp", name.trim_end_matches(".run")),
                bytes[..bytes.len() / 3].to_vec(),
            );
        }
        torn.insert("manifest.tmp".to_owned(), after["manifest"][..10].to_vec());
        assert_eq!(check(&torn), covered);
        // The manifest is new, and files it no longer names are not removed yet.
        let mut both = before.clone();
        both.extend(after.clone());
        assert!(check(&both) >= covered);
    }
}

#[test]
fn a_truncated_or_missing_named_run_means_a_rebuild() {
    let newest = history().pop().unwrap();
    let run = newest.keys().rfind(|name| is_run(name)).unwrap();
    for length in [0, 1, 4095, 4096, 5000, newest[run].len() - 1] {
        let mut image = newest.clone();
        image.get_mut(run).unwrap().truncate(length);
        assert_eq!(check(&image), 0);
    }
    let mut image = newest.clone();
    image.get_mut(run).unwrap().push(0);
    assert_eq!(check(&image), 0);
    image.remove(run);
    assert_eq!(check(&image), 0);
}

#[test]
fn a_deleted_directory_covers_nothing() {
    let (dir, index) = new_index();
    index.insert(1, &key(1), tagged(1));
    index.seal(4).unwrap();
    drop(index);
    fs::remove_dir_all(dir.path()).unwrap();
    let (index, covered) = DedupIndex::open(dir.path()).unwrap();
    assert_eq!((covered, index.lookup(1, &key(1)).unwrap()), (0, None));
}

#[test]
fn a_failed_seal_keeps_everything_in_memory_and_may_be_repeated() {
    let (dir, index) = new_index();
    index.insert(1, &key(1), tagged(1));
    // A directory in the place of the unfinished file makes its creation fail.
    let obstacle = dir.path().join("0000000000000000.tmp");
    fs::create_dir(&obstacle).unwrap();
    index.seal(1).unwrap_err();
    assert_eq!(index.lookup(1, &key(1)).unwrap(), Some(tagged(1)));
    assert_eq!(index.pending(), 1);
    index.insert(1, &key(2), tagged(2));
    fs::remove_dir(&obstacle).unwrap();
    index.seal(2).unwrap();
    assert_eq!(index.pending(), 0);
    drop(index);
    let (index, covered) = DedupIndex::open(dir.path()).unwrap();
    assert_eq!(covered, 2);
    assert!((1..=2).all(|number| index.lookup(1, &key(number)).unwrap() == Some(tagged(number))));
}

#[test]
fn a_failed_manifest_leaves_no_uncounted_run() {
    let (dir, index) = new_index();
    index.insert(1, &key(1), tagged(1));
    let obstacle = dir.path().join("manifest.tmp");
    fs::create_dir(&obstacle).unwrap();
    index.seal(1).unwrap_err();
    assert_eq!(names(&dir), ["manifest", "manifest.tmp"]);
    fs::remove_dir(&obstacle).unwrap();
    index.seal(1).unwrap();
    assert_eq!(index.lookup(1, &key(1)).unwrap(), Some(tagged(1)));
    assert_eq!(index.stored().runs, 1);
}

#[test]
fn readers_go_on_while_runs_are_sealed_and_merged() {
    let (_dir, index) = new_index();
    let last = std::sync::atomic::AtomicU64::new(0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 1..=400 {
                index.insert(1, &key(number), tagged(number));
                last.store(number, std::sync::atomic::Ordering::Release);
                if number % 10 == 0 {
                    index.seal(number).unwrap();
                    maintain(&index);
                }
            }
        });
        loop {
            let known = last.load(std::sync::atomic::Ordering::Acquire);
            for number in 1..=known {
                assert_eq!(index.lookup(1, &key(number)).unwrap(), Some(tagged(number)));
            }
            if known == 400 {
                break;
            }
        }
    });
}
