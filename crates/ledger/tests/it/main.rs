//! The ledger from outside: every test ends with a check of the whole tree of every log.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that is wrong about its own data must fail loudly"
)]

mod world;

mod append;
mod directory;
mod duplicates;
mod fsck;
mod many;
mod prove;
mod restored;
mod torn;

mod attempt;
mod home;
mod stores;

mod dedup_crash;
mod initialisation;
mod journal_crash;

mod crash_images;
mod fault_matrix;
mod simulation;
