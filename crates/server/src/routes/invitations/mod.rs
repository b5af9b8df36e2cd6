//! Invitations into accounts, and their links.

pub(crate) mod accept;
pub(crate) mod of_account;
