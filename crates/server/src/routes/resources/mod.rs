//! Resources: what events were about, and the log of each.

pub(crate) mod events;
pub(crate) mod list;
pub(crate) mod types;
