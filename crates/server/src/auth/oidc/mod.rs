//! Other people's word about who somebody is: OpenID Connect for people, signed access tokens for programs.
//!
//! Everything that decides is pure: [`Unverified`] and [`KeySet`] check signatures with the cryptography that TLS uses
//! anyway, [`Claims`] what a token says, [`rules`] what follows from groups. [`Issuer`] and [`Fetcher`] ask.

mod algorithm;
mod claims;
mod door;
mod fetch;
mod issuer;
mod keys;
mod metadata;
mod pending;
mod person;
mod provider;
pub(crate) mod rules;
#[cfg(test)]
mod tests;
mod token;

pub use algorithm::Algorithm;
pub(crate) use claims::{Claims, Expected};
pub(crate) use door::Door;
pub use door::SecretUnreadable;
pub(crate) use fetch::{FetchError, Fetcher};
pub(crate) use issuer::{Issuer, IssuerError};
pub(crate) use keys::KeySet;
pub(crate) use metadata::{Endpoint, Metadata, MetadataError, is_issuer};
pub(crate) use pending::{Pending, Pendings};
pub(crate) use person::{Presented, Unfit, presented};
pub(crate) use provider::{Brought, Provider};
pub(crate) use token::{Kind, TokenError, Unverified};
