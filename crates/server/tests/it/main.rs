//! The server as a client sees it, in process: every refusal with its status, code and place.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is its purpose"
)]

mod browser;
mod harness;

mod authorisation;
mod bodies;
mod bootstrap;
mod catalogue;
mod control_plane;
mod doors;
mod key_lifecycle;
mod firewall;
mod isolation;
mod keys;
mod members;
mod offline;
mod oidc;
mod openapi;
mod operations;
mod portal;
mod recorded;
mod roles;
mod screens;
mod sessions;
mod setup;
mod viewer_tokens;
mod system;
mod walk;
