//! Random seals, merges, reopenings and rebuilds against a map.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tempfile::TempDir;
use tlog::LeafIndex;

use super::super::{Content, DedupError, DedupIndex, Key, Known, Seen};

#[derive(Clone, Copy, Debug)]
enum Step {
    Insert {
        log: u32,
        key: Key,
        seen: Seen,
    },
    Forget {
        log: u32,
        key: Key,
    },
    Commit,
    Seal,
    Maintain,
    /// Drops the index without a seal, opens it and replays the commits that it does not cover.
    Crash,
    /// Deletes the directory and rebuilds.
    Rebuild,
}

/// Few keys with many equal beginnings, so that steps meet each other and fences repeat.
fn any_key() -> impl Strategy<Value = Key> {
    (0_u8..4, 0_u8..24).prop_map(|(start, end)| {
        let mut key = [start; 16];
        key[15] = end;
        key
    })
}

fn any_seen() -> impl Strategy<Value = Seen> {
    let content = prop_oneof![
        4 => any::<[u8; 8]>().prop_map(Content::Tagged),
        1 => Just(Content::Untagged),
        1 => Just(Content::Erased),
    ];
    (0_u64..1 << 40, content).prop_map(|(index, content)| Seen {
        index: LeafIndex::new(index),
        content,
    })
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        40 => (0_u32..3, any_key(), any_seen()).prop_map(|(log, key, seen)| Step::Insert { log, key, seen }),
        6 => (0_u32..3, any_key()).prop_map(|(log, key)| Step::Forget { log, key }),
        10 => Just(Step::Commit),
        8 => Just(Step::Seal),
        4 => Just(Step::Maintain),
        3 => Just(Step::Crash),
        1 => Just(Step::Rebuild),
    ]
}

type Change = (u32, Key, Option<Seen>);

/// The journal of the test: what each commit changed, and the map it leads to.
#[derive(Default)]
struct Model {
    commits: Vec<Vec<Change>>,
    open: Vec<Change>,
    known: BTreeMap<(u32, Key), Seen>,
}

impl Model {
    fn change(&mut self, (log, key, seen): Change) {
        self.open.push((log, key, seen));
        match seen {
            Some(seen) => self.known.insert((log, key), seen),
            None => self.known.remove(&(log, key)),
        };
    }

    fn commit(&mut self) -> u64 {
        let commit = std::mem::take(&mut self.open);
        self.commits.push(commit);
        self.commits.len() as u64
    }
}

fn apply(index: &DedupIndex, change: Change) {
    let (log, key, seen) = change;
    match seen {
        Some(seen) => index.insert(log, &key, seen),
        None => index.forget(log, &key),
    }
}

fn reopened(dir: &TempDir, model: &mut Model) -> DedupIndex {
    let last = model.commit();
    let (index, covered) = DedupIndex::open(dir.path()).unwrap();
    assert!(covered <= last);
    let covered = usize::try_from(covered).unwrap();
    model
        .commits
        .iter()
        .skip(covered)
        .flatten()
        .for_each(|change| apply(&index, *change));
    index
}

fn take_step(index: DedupIndex, dir: &TempDir, model: &mut Model, step: Step) -> DedupIndex {
    match step {
        Step::Insert { log, key, seen } => {
            model.change((log, key, Some(seen)));
            apply(&index, (log, key, Some(seen)));
        }
        Step::Forget { log, key } => {
            model.change((log, key, None));
            apply(&index, (log, key, None));
        }
        Step::Commit => drop(model.commit()),
        Step::Seal => index.seal(model.commit()).unwrap(),
        Step::Maintain => drop(index.maintenance().unwrap()),
        Step::Crash => {
            drop(index);
            return reopened(dir, model);
        }
        Step::Rebuild => {
            let known = model.known.iter().map(|((log, key), seen)| {
                Ok::<_, DedupError>(Known {
                    log: *log,
                    key: *key,
                    seen: *seen,
                })
            });
            index.rebuild(model.commits.len() as u64, known).unwrap();
        }
    }
    index
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn answers_as_a_map_does(steps in prop::collection::vec(any_step(), 1..400)) {
        let dir = TempDir::new().unwrap();
        let mut model = Model::default();
        let mut index = reopened(&dir, &mut model);
        for step in steps {
            index = take_step(index, &dir, &mut model, step);
        }
        for start in 0..4 {
            for end in 0..24 {
                let mut key = [start; 16];
                key[15] = end;
                for log in 0..3 {
                    prop_assert_eq!(index.lookup(log, &key).unwrap(), model.known.get(&(log, key)).copied());
                }
            }
        }
        index.verify().unwrap();
    }
}
