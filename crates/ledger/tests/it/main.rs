//! The ledger from outside: stores, faults, crashes, and long random lives.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod stores;

mod dedup_crash;
mod initialisation;
mod journal_crash;
