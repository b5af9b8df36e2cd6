//! The meaning floor: what an event is, and what its bytes are.
//!
//! Everything here is pure: no IO, no clock, no randomness.
//! An event is read once ([`json`], [`NewEvent`]), accepted once ([`Event::accept`]), and written as at most eight
//! [`Facets`] whose salted [`Commitment`] stands in the log.
//! After [`Event::accept`] everything is valid by type.

mod hex;
pub mod limits;
mod nearest;
mod pointer;
pub mod problem;

pub mod canonical;
pub mod json;

pub mod action;
mod actor;
mod change;
mod context;
mod id;
mod outcome;
mod producer;
mod target;
mod time;

mod event;

mod new_event;
mod read;

pub mod catalogue;
pub mod firewall;

mod accept;

mod facet;

mod commitment;
mod genesis;
mod tags;

mod fold;

pub use accept::Acceptance;
pub use actor::{Actor, ActorType};
pub use catalogue::{Catalogue, Declared, PackId, Verb};
pub use change::Change;
pub use commitment::{
    Commitment, FacetPart, Seed, commit, commitment_of_parts, facet_hash, facet_hashes, salt, salts,
};
pub use context::{ClientAddress, Context};
pub use event::Event;
pub use facet::{FACETS, Facet, FacetFailure, Facets, MergeFailure, SCHEMA};
pub use firewall::{Firewall, FirewallRules};
pub use fold::{fold, fold_cow};
pub use genesis::genesis_facets;
pub use id::{EventId, ParseEventIdError};
pub use limits::Limits;
pub use new_event::NewEvent;
pub use outcome::{Outcome, OutcomeResult};
pub use problem::Problem;
pub use producer::Producer;
pub use tags::{content_tag, dedup_key};
pub use target::{Target, is_type};
pub use time::{TimeFailure, Timestamp};
