//! One file per operation, `<noun>/<verb>.rs`.

pub(crate) mod accounts;
pub(crate) mod admin;
pub(crate) mod catalog;
pub(crate) mod events;
pub(crate) mod firewall;
pub(crate) mod health;
pub(crate) mod instance_keys;
pub(crate) mod introspect;
pub(crate) mod invitations;
pub(crate) mod keys;
pub(crate) mod members;
pub(crate) mod metrics;
mod paging;
pub(crate) mod password_resets;
pub(crate) mod people;
pub(crate) mod portal_links;
pub(crate) mod preferences;
pub(crate) mod resources;
pub(crate) mod roles;
pub(crate) mod session;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod viewer_tokens;
pub(crate) mod views;
