//! The states in which a local index can be: head only, sealed only, mixed, reopened, merged.

use index::{Index, IndexOptions, LocalIndex, Row};
use proptest::collection::vec;
use proptest::prelude::*;
use tempfile::TempDir;
use testkit::events::Applied;
use testkit::matching::NaiveIndex;

use tlog::LeafIndex;

use super::{LOG, OTHER_LOG};

/// What is done after some entries were applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing: they stay in the head.
    Leave,
    /// They are sealed into a file.
    Flush,
    /// Everything is sealed and opened again.
    Reopen,
    /// The index is opened again without sealing; what is lost is applied again, from a little earlier on.
    Crash,
}

/// After how many entries what is done, again and again until there are no more.
pub(super) fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let step = prop_oneof![
        6 => Just(Step::Leave),
        3 => Just(Step::Flush),
        1 => Just(Step::Reopen),
        1 => Just(Step::Crash),
    ];
    prop_oneof![
        1 => Just(vec![(usize::MAX, Step::Leave)]),
        1 => Just(vec![(usize::MAX, Step::Flush)]),
        4 => vec((1..40_usize, step), 1..12),
    ]
}

/// A local index and the oracle, with the same entries.
pub(super) struct Pair {
    pub(super) local: LocalIndex,
    pub(super) naive: NaiveIndex,
    directory: TempDir,
}

impl Pair {
    /// Both after some entries were applied and some steps were done.
    pub(super) fn after(entries: &[Option<Applied>], steps: &[(usize, Step)]) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        let mut pair = Self {
            local: open(&directory),
            naive: NaiveIndex::new(),
            directory,
        };
        let mut left = entries;
        for (count, step) in steps.iter().cycle() {
            let (rows, rest) = left.split_at((*count).min(left.len()));
            left = rest;
            pair.apply(rows);
            pair.take(*step, entries);
            if left.is_empty() {
                break;
            }
        }
        pair
    }

    /// Applies entries to both, and to another log, where they must not be found.
    pub(super) fn apply(&self, entries: &[Option<Applied>]) {
        let rows: Vec<Option<Row<'_>>> = entries
            .iter()
            .map(|entry| entry.as_ref().map(Applied::row))
            .collect();
        for log in [LOG, OTHER_LOG] {
            for index in [&self.local as &dyn Index, &self.naive] {
                let first = index.applied(log).next_leaf();
                index.apply(log, first, &rows).expect("the rows follow");
            }
        }
    }

    fn take(&mut self, step: Step, entries: &[Option<Applied>]) {
        match step {
            Step::Leave => {}
            Step::Flush => self.local.flush().expect("the directory can be written"),
            Step::Reopen => {
                self.local.flush().expect("the directory can be written");
                self.open_again();
                assert_eq!(
                    self.local.applied(LOG),
                    self.naive.applied(LOG),
                    "nothing that was sealed is lost"
                );
            }
            Step::Crash => {
                self.open_again();
                self.apply_again(entries);
            }
        }
    }

    /// Opens the directory again, of which the index that had it is gone.
    fn open_again(&mut self) {
        let elsewhere = tempfile::tempdir().expect("a temporary directory can be made");
        drop(std::mem::replace(&mut self.local, open(&elsewhere)));
        self.local = open(&self.directory);
    }

    /// Applies what was lost, and a little of what was not, which must change nothing.
    fn apply_again(&self, entries: &[Option<Applied>]) {
        for log in [LOG, OTHER_LOG] {
            let first = self.local.applied(log).get().saturating_sub(3);
            let lost = position(first)..position(self.naive.applied(log).get());
            let lost = entries.get(lost).expect("only these were applied").iter();
            let rows: Vec<Option<Row<'_>>> =
                lost.map(|entry| entry.as_ref().map(Applied::row)).collect();
            self.local
                .apply(log, LeafIndex::new(first), &rows)
                .expect("the rows follow");
        }
    }
}

fn open(directory: &TempDir) -> LocalIndex {
    // So little memory that sealed segments are read again for every question.
    let options = IndexOptions {
        resident_bytes: 1,
        seal_rows: 64,
    };
    LocalIndex::open(directory.path(), options).expect("the directory can be read")
}

fn position(number: u64) -> usize {
    usize::try_from(number).expect("tests have few entries")
}
