//! The binary as its users meet it: every command as a process, with its output and its exit code.

#![expect(
    clippy::indexing_slicing,
    reason = "indexing a JSON value fails the test or gives null"
)]

mod process;

mod admin;
mod bench;
mod clients;
mod demo;
mod help;
mod offline;
mod roles;
mod serve;
