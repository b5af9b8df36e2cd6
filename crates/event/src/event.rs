//! The event: who did what, where and when, with what result.

mod json;

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::actor::Actor;
use crate::change::Change;
use crate::context::Context;
use crate::id::EventId;
use crate::limits::CLOCK_SKEW_NS;
use crate::outcome::Outcome;
use crate::producer::Producer;
use crate::target::Target;
use crate::time::Timestamp;

/// An event that was accepted: valid, with its labels and defaults, without known secrets.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Unique in the account.
    pub id: EventId,
    /// What was done, `noun.verb`.
    pub action: String,
    /// The action as its sender spells it, when that differs.
    pub action_as_sent: Option<String>,
    /// The name of the action for people, as it was at acceptance.
    pub event: String,
    /// The part of the product it belongs to, as it was at acceptance.
    pub category: String,
    /// When it happened, as its sender says; else when it was accepted, in milliseconds.
    pub occurred_at: Timestamp,
    /// With what result.
    pub outcome: Outcome,
    /// Which program sent it.
    pub producer: Option<Producer>,
    /// Who did it.
    pub actor: Actor,
    /// For whom it was done, the nearest first.
    pub on_behalf_of: Vec<Actor>,
    /// On what it was done.
    pub targets: Vec<Target>,
    /// What became different.
    pub changes: Vec<Change>,
    /// Where it came from.
    pub context: Context,
    /// What happened, as a sentence of its sender.
    pub description: Option<String>,
    /// Free data, labelled by the catalogue.
    pub metadata: Map<String, Value>,
}

impl Event {
    /// What its actor is found by: the id, or for a user without one the lower-cased e-mail address.
    pub fn actor_key(&self) -> Option<Cow<'_, str>> {
        self.actor.key()
    }

    /// Whether it claims to have happened more than five minutes after it was received.
    pub const fn is_ahead_of(&self, received: Timestamp) -> bool {
        self.occurred_at.ns() - received.ns() > CLOCK_SKEW_NS
    }
}
