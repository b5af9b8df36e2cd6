//! What tests of all crates share: a clock and randomness without surprises, stores that assert their contract,
//! stores that fail on request, the images that a power failure leaves, one conformance suite per trait, and naive
//! models to compare with.
//!
//! Only tests depend on this crate. It stops a test with a panic, which names what was expected.

#![expect(
    clippy::missing_panics_doc,
    reason = "every function here panics when what it checks does not hold"
)]

pub mod clock;
pub mod scratch;
pub mod seed;

pub mod memory;

pub mod faulty;

pub mod crash;

pub mod check;
pub mod events;
pub mod issuer_key;
pub mod matching;
pub mod model;
pub mod record;
pub mod secrets;
pub mod tree;

pub mod conformance;
