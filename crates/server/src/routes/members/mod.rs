//! Members of an account.

pub(crate) mod access;
pub(crate) mod change;
pub(crate) mod list;
pub(crate) mod remove;
