//! The server as a client sees it, in process: every refusal with its status, code and place.

#![expect(
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is its purpose"
)]

mod authorisation;
mod bodies;
mod bootstrap;
mod browser;
mod catalogue;
mod control_plane;
mod doors;
mod firewall;
mod harness;
mod invitations;
mod isolation;
mod key_bounds;
mod key_lifecycle;
mod keys;
mod links;
mod masked;
mod members;
mod narrowed;
mod offline;
mod oidc;
mod openapi;
mod operations;
mod portal;
mod rate_limits;
mod readings;
mod recorded;
mod roles;
mod screens;
mod second_factor;
mod sensitive;
mod sessions;
mod sessions_list;
mod setup;
mod streams;
mod system;
mod viewer_tokens;
mod walk;
