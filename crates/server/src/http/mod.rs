//! The shell around the routes: bodies in, problems out, and every limit on the way.

pub(crate) mod admission;
pub(crate) mod body;
mod client;
pub(crate) mod docs;
pub(crate) mod document;
mod encoding;
pub(crate) mod envelope;
pub(crate) mod extract;
mod guide;
pub(crate) mod listener;
mod patient;
pub(crate) mod problem;
mod request_id;
pub(crate) mod router;
pub(crate) mod serve;
pub(crate) mod tls;
mod ui;

pub(crate) use client::Client;
pub use client::Peer;
pub(crate) use problem::Problem;
pub(crate) use request_id::RequestId;
