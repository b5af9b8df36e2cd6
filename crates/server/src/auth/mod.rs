//! Who is asking, and what they may do.
//!
//! A handler that takes a permit *has* been authorised: the permit can be made by its extractor only, which asked for
//! a valid token (401), an account that its bearer may see (404) and the permission (403), in this order.
//! Every refusal is told to the self-audit.

mod authenticate;
pub(crate) mod permit;
mod principal;
mod rate;
mod token;

pub(crate) use authenticate::Asking;
pub use principal::{Principal, Requester};
pub(crate) use rate::{Announced, Paid};
pub(crate) use token::Token;
