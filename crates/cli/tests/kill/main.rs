//! The real binary, killed again and again while clients append: nothing that was acknowledged is lost, changed or
//! stored twice.
//!
//! `ANNALS_KILL_ROUNDS` sets the number of kills; the default suits a normal test run.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a missing member of an answer is a failed test"
)]

mod book;
mod load;
mod process;

use book::Book;
use process::{Directory, Process};

const ROUNDS: usize = 5;

fn rounds() -> usize {
    let set = std::env::var_os("ANNALS_KILL_ROUNDS");
    set.map_or(ROUNDS, |rounds| rounds.to_str().unwrap().parse().unwrap())
}

#[test]
fn no_acknowledged_event_is_lost_changed_or_stored_twice() {
    let directory = Directory::new();
    let book = Book::default();
    for round in 0..rounds() {
        let process = Process::start(&directory);
        book.check_new_receipts(&process);
        // The moment of the kill is a number of answers, so that it depends on no clock.
        load::kill_after(&process, &book, round, 3 + round * 37 % 60);
        drop(process);
        directory.fsck();
    }
    let process = Process::start(&directory);
    book.check_receipts(&process);
    book.settle(&process);
    book.check_receipts(&process);
    book.check_listing(&process);
    drop(process);
    directory.fsck();
}
