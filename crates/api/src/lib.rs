//! The shapes on the wire, shared by server and client: paths, refusals, and what is sent and answered.
//!
//! The types hold what was written; whether it makes sense is decided by the server.
//! Times are RFC 3339 in UTC, names `snake_case`, and a member that does not apply is absent or null as its type says.

pub mod path;

pub mod error;
pub mod problem;

pub mod account;
pub mod admin;
pub mod catalog;
pub mod firewall;
pub mod health;
pub mod invitation;
pub mod key;
pub mod member;
pub mod permission;
pub mod preferences;
pub mod role;
pub mod session;
pub mod settings;
pub mod sign_in;
pub mod view;
pub mod viewer;

pub mod event;
pub mod receipt;
pub mod resource;
pub mod search;

pub use error::ErrorCode;
pub use permission::Permission;
pub use problem::{Problem, ProblemItem};
pub use role::{BuiltInRole, HiddenFacet};
