//! The Rust client of Annals.
//!
//! A [`Client`] knows one server and one token; [`Client::account`] names the account that a request is about.
//! Requests that can be repeated without harm are repeated, a bounded number of times, when the server is busy or the
//! connection breaks: an append is one of them, because [`Events`] gives every event an id.
//!
//! ```no_run
//! # async fn example() -> Result<(), sdk::Error> {
//! let client = sdk::Client::new("http://127.0.0.1:8420", "ann_…")?;
//! let mut events = sdk::Events::new();
//! events.push(&sdk::api::event::NewEvent { action: "role.create".into(), ..Default::default() })?;
//! let stored = client.account("acme").append(&events).await?;
//! println!("{} is at {}", stored.receipts[0].id, stored.receipts[0].index);
//! # Ok(())
//! # }
//! ```

mod limits;

mod address;
mod error;
mod identity;
mod retry;

mod call;
mod failure;
mod transport;

mod client;
mod exchange;

mod account;
mod admin;
mod append;
mod batch;
mod search;
mod tail;

pub use account::Account;
pub use admin::Admin;
pub use batch::Events;
pub use client::{Builder, Client};
pub use error::Error;
pub use identity::{EventIds, SystemIds};
pub use retry::Retry;
pub use search::{Bars, Pages};
pub use tail::{Since, Tail};

pub use {api, event, tlog};
