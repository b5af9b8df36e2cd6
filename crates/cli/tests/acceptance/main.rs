//! The behaviour that users were promised, against the real binary over HTTP.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a missing member of an answer is a failed test"
)]

mod bad_input;
mod filters;
mod firewall;
mod gale;
mod paging;
mod records;
mod resources;
mod secrets;
mod self_audit;
mod server;
mod sign_in;
mod strangers;
mod time;
