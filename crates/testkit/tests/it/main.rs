//! The tools of the tests, tested.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod crash;
mod memory;
mod model;
mod seed;
mod tree;
