//! The binary as its users meet it: every command as a process, with its output and its exit code.

mod process;

mod admin;
mod bench;
mod clients;
mod demo;
mod help;
mod serve;
