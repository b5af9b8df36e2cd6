//! The tests of `tlog` from outside: published vectors, an O(n) model, another implementation, and forgeries.

#![expect(
    clippy::indexing_slicing,
    reason = "helpers of tests may panic as tests may; clippy exempts only the test functions themselves"
)]

mod forgery;
mod frontier;
mod large;
mod naive;
mod oracle;
mod size;
mod vectors;
