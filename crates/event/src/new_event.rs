//! The event as its sender sent it, after the rules that need no catalogue.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::action::{self, Normalised};
use crate::actor::Actor;
use crate::canonical;
use crate::catalogue::Catalogue;
use crate::change::Change;
use crate::context::Context;
use crate::id::EventId;
use crate::limits::{Limits, NOT_KEPT_BYTES};
use crate::outcome::Outcome;
use crate::pointer::Place;
use crate::problem::{Problem, code, did_you_mean};
use crate::producer::Producer;
use crate::read::Reader;
use crate::target::Target;
use crate::time::Timestamp;

/// An event as sent, in the right shape and within the limits.
#[derive(Debug, Clone)]
pub struct NewEvent {
    pub(crate) id: Option<EventId>,
    pub(crate) action: Normalised,
    pub(crate) occurred_at: Option<Timestamp>,
    pub(crate) event: Option<String>,
    pub(crate) category: Option<String>,
    pub(crate) outcome: Outcome,
    pub(crate) producer: Option<Producer>,
    pub(crate) actor: Actor,
    pub(crate) on_behalf_of: Vec<Actor>,
    pub(crate) targets: Vec<Target>,
    pub(crate) changes: Vec<Change>,
    pub(crate) context: Context,
    pub(crate) description: Option<String>,
    pub(crate) metadata: Map<String, Value>,
    canonical_as_sent: Vec<u8>,
}

const MEMBERS: [&str; 14] = [
    "id",
    "action",
    "occurred_at",
    "event",
    "category",
    "outcome",
    "producer",
    "actor",
    "on_behalf_of",
    "targets",
    "changes",
    "context",
    "description",
    "metadata",
];

/// What answers add to an event; a client that sends an answer back is told which of it is not its own.
const READ_ONLY: [&str; 8] = [
    "action_as_sent",
    "verb",
    "activity",
    "received_at",
    "clock_skew",
    "first_seen",
    "integrity",
    "hidden",
];

/// The shipped declarations, for naming what a mistaken action may have meant.
static SHIPPED: LazyLock<Catalogue> = LazyLock::new(Catalogue::all);

impl NewEvent {
    /// Reads an event object; all that is wrong with it is told at once.
    pub fn from_value(value: Value, limits: &Limits) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader::new(limits);
        let at = Place::Root;
        if !value.is_object() {
            reader.problem(&at, code::WRONG_TYPE, "an event is an object");
            return Err(reader.problems);
        }
        let canonical_as_sent = canonical::to_vec(&value);
        if canonical_as_sent.len() > limits.event_bytes + NOT_KEPT_BYTES {
            reader.too_large();
            return Err(reader.problems);
        }
        let mut event = Self::empty(canonical_as_sent);
        let mut has_action = false;
        for (key, value) in reader.object(value, &at).unwrap_or_default() {
            has_action |= key == "action" && !value.is_null() && value.as_str() != Some("");
            event.read_member(&mut reader, &key, value, &at.key(&key));
        }
        if !has_action {
            reader.required(&at.key("action"), "the action");
        }
        if reader.problems.is_empty() {
            Ok(event)
        } else {
            Err(reader.problems)
        }
    }

    /// The id, when the sender gave one.
    pub const fn id(&self) -> Option<EventId> {
        self.id
    }

    /// The action in its one form, before renamed actions are resolved.
    pub fn action(&self) -> &str {
        &self.action.action
    }

    /// The name of the program that says it sent the event.
    pub fn producer_name(&self) -> Option<&str> {
        self.producer.as_ref()?.name.as_deref()
    }

    /// The canonical JSON (RFC 8785) of the event object as it was sent: what tells a repetition from a conflict.
    pub fn canonical_as_sent(&self) -> &[u8] {
        &self.canonical_as_sent
    }

    fn empty(canonical_as_sent: Vec<u8>) -> Self {
        Self {
            id: None,
            action: Normalised {
                action: String::new(),
                as_sent: None,
            },
            occurred_at: None,
            event: None,
            category: None,
            outcome: Outcome::default(),
            producer: None,
            actor: Actor::default(),
            on_behalf_of: Vec::new(),
            targets: Vec::new(),
            changes: Vec::new(),
            context: Context::default(),
            description: None,
            metadata: Map::new(),
            canonical_as_sent,
        }
    }

    fn read_member(&mut self, reader: &mut Reader<'_>, key: &str, value: Value, at: &Place<'_>) {
        match key {
            "id" => {
                let rule = "a UUID in lower case with hyphens must stand here";
                let parse = |text: &str| EventId::parse(text).map_err(|_| rule);
                self.id = reader.parsed(&value, at, code::INVALID_ID, parse);
            }
            "action" => self.read_action(reader, value, at),
            "occurred_at" => {
                let parse =
                    |text: &str| Timestamp::parse(text).map_err(|failure| failure.to_string());
                self.occurred_at = reader.parsed(&value, at, code::INVALID_TIME, parse);
            }
            "event" => self.event = reader.name(value, at),
            "category" => self.category = reader.name(value, at),
            "outcome" => self.outcome = Outcome::read(reader, value, at),
            "producer" => self.producer = Producer::read(reader, value, at),
            "actor" => self.actor = Actor::read(reader, value, at),
            "on_behalf_of" => {
                self.on_behalf_of =
                    elements(reader, value, at, reader.limits.on_behalf_of, Actor::read);
            }
            "targets" => {
                self.targets = elements(reader, value, at, reader.limits.targets, Target::read);
            }
            "changes" => {
                self.changes = elements(reader, value, at, reader.limits.changes, Change::read);
            }
            "context" => self.context = Context::read(reader, value, at),
            "description" => self.description = reader.text(value, at, reader.limits.text_bytes),
            "metadata" => self.metadata = reader.metadata(value, at),
            _ if READ_ONLY.contains(&key) => reader.read_only(at, key),
            _ => reader.unknown(at, key, &MEMBERS),
        }
    }

    fn read_action(&mut self, reader: &mut Reader<'_>, value: Value, at: &Place<'_>) {
        let Some(sent) = reader.name(value, at) else {
            return;
        };
        if let Ok(normalised) = action::normalise(&sent) {
            self.action = normalised;
            return;
        }
        let hint = did_you_mean(SHIPPED.nearest(&sent));
        let message = format!(
            "an action has one to five words of letters, digits and `_`, with dots between them, \
             such as `role.create`{hint}"
        );
        reader.problem(at, code::INVALID_ACTION, message);
    }
}

fn elements<T>(
    reader: &mut Reader<'_>,
    value: Value,
    at: &Place<'_>,
    most: usize,
    read: fn(&mut Reader<'_>, Value, &Place<'_>) -> T,
) -> Vec<T> {
    let elements = reader.array(value, at, most);
    let mut items = Vec::with_capacity(elements.len());
    for (index, element) in elements.into_iter().enumerate() {
        let at = at.index(index);
        if element.is_null() {
            reader.problem(&at, code::WRONG_TYPE, "an object must stand here");
        } else {
            items.push(read(reader, element, &at));
        }
    }
    items
}
