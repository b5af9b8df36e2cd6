//! The audit log audits itself: reads, refusals and changes become events of category *Audit log*.
//!
//! What concerns one account is recorded in its own log, everything else in the reserved account's.
//! Reads and refusals are recorded at most once a minute for the same reader, operation and result, with a count.

mod failure;
pub(crate) mod notice;
mod record;
mod sentence;
mod throttle;

pub(crate) use failure::{Failed, Failure};
pub(crate) use record::record;
pub(crate) use sentence::network;
