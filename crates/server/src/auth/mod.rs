//! Who is asking, and what they may do.
//!
//! A handler that takes a permit *has* been authorised: the permit can be made by its extractor only, which asked for
//! a valid token or session (401), an account that its bearer may see (404) and the permission (403), in this order.
//! Every refusal is told to the self-audit.

mod access_token;
mod attempts;
mod authenticate;
mod carriage;
mod gate;
pub(crate) mod oidc;
mod oneself;
mod operate;
mod origin;
mod password;
pub(crate) mod permit;
mod principal;
mod rate;
mod reach;
mod second_factor;
mod session_token;
mod token;
mod totp;
pub(crate) mod viewer;
mod visitor;

pub use access_token::AccessToken;
pub(crate) use access_token::{AccessTokenError, AccessTokenIssuers};
pub(crate) use attempts::{Attempts, Counted};
pub(crate) use authenticate::Asking;
pub(crate) use carriage::{Carriage, PublicUrl};
pub(crate) use gate::{Gate, Proved, Proving, Shown, logs_of};
pub(crate) use oneself::Oneself;
pub(crate) use operate::CanOperate;
pub use password::{HashError, Password};
pub(crate) use password::{Hasher, PasswordHash, readable};
pub use principal::{Principal, Requester};
pub(crate) use rate::{Announced, Paid, Policy, Wait};
pub(crate) use reach::{Reach, Sight, permissions_of};
pub(crate) use second_factor::{RecoveryCode, SEALED_AS};
pub(crate) use session_token::SessionToken;
pub(crate) use token::{Token, TokenKind};
pub(crate) use totp::TotpSecret;
pub(crate) use visitor::{ReachedAt, Seat, ViewerSeat, Visitor};
