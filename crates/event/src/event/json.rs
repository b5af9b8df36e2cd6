//! The event as one JSON object.

use serde_json::{Map, Value};

use super::Event;
use crate::actor::{Actor, ActorType};
use crate::change::Change;
use crate::context::Context;
use crate::outcome::Outcome;
use crate::producer::Producer;
use crate::target::Target;

/// An object that leaves out what is absent or empty.
#[derive(Default)]
struct Object(Map<String, Value>);

impl Object {
    fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.0.insert(key.to_owned(), Value::from(text));
        }
    }

    fn optional(&mut self, key: &str, text: Option<&str>) {
        self.text(key, text.unwrap_or_default());
    }

    fn map(&mut self, key: &str, map: &Map<String, Value>) {
        if !map.is_empty() {
            self.0.insert(key.to_owned(), Value::Object(map.clone()));
        }
    }

    fn object(&mut self, key: &str, object: Self) {
        if !object.0.is_empty() {
            self.0.insert(key.to_owned(), Value::Object(object.0));
        }
    }

    fn array<T>(&mut self, key: &str, items: &[T], object: fn(&T) -> Self) {
        if !items.is_empty() {
            let elements = items
                .iter()
                .map(|item| Value::Object(object(item).0))
                .collect();
            self.0.insert(key.to_owned(), Value::Array(elements));
        }
    }
}

impl Event {
    /// The event as one object, as answers show it.
    ///
    /// It is what merging the facets gives, without `schema`; a user who is known by e-mail alone has that, in lower
    /// case, as the id, and what the reader may not know is not there.
    pub fn to_json(&self) -> Map<String, Value> {
        let mut event = Object::default();
        event.text("id", &self.id.to_string());
        event.text("action", &self.action);
        event.optional("action_as_sent", self.action_as_sent.as_deref());
        event.text("event", &self.event);
        event.text("category", &self.category);
        event.text("occurred_at", &self.occurred_at.to_string());
        event.object("outcome", outcome(&self.outcome));
        event.object(
            "producer",
            self.producer.as_ref().map(producer).unwrap_or_default(),
        );
        event.object("actor", actor(&self.actor));
        event.array("on_behalf_of", &self.on_behalf_of, actor);
        event.array("targets", &self.targets, target);
        event.array("changes", &self.changes, change);
        event.object("context", context(&self.context));
        event.optional("description", self.description.as_deref());
        event.map("metadata", &self.metadata);
        event.0
    }
}

fn outcome(outcome: &Outcome) -> Object {
    let mut object = Object::default();
    object.text("result", outcome.result.as_str());
    object.optional("code", outcome.code.as_deref());
    object.optional("reason", outcome.reason.as_deref());
    object
}

fn producer(producer: &Producer) -> Object {
    let mut object = Object::default();
    object.optional("name", producer.name.as_deref());
    object.optional("version", producer.version.as_deref());
    if let Some(seq) = producer.seq {
        object.0.insert("seq".to_owned(), Value::from(seq));
    }
    object
}

fn actor(actor: &Actor) -> Object {
    let mut object = Object::default();
    if actor.kind != ActorType::Unknown {
        object.text("type", actor.kind.as_str());
    }
    object.text("id", actor.key().as_deref().unwrap_or_default());
    object.optional("name", actor.name.as_deref());
    object.optional("email", actor.email.as_deref());
    object.optional("href", actor.href.as_deref());
    object.map("metadata", &actor.metadata);
    object
}

fn target(target: &Target) -> Object {
    let mut object = Object::default();
    object.text("type", &target.kind);
    object.text("id", &target.id);
    object.optional("name", target.name.as_deref());
    object.optional("href", target.href.as_deref());
    object.map("metadata", &target.metadata);
    object
}

fn change(change: &Change) -> Object {
    let mut object = Object::default();
    object
        .0
        .insert("path".to_owned(), Value::from(change.path.as_str()));
    for (key, side) in [("old", &change.old), ("new", &change.new)] {
        if let Some(value) = side {
            object.0.insert(key.to_owned(), value.clone());
        }
    }
    object
}

fn context(context: &Context) -> Object {
    let mut object = Object::default();
    object.optional("ip", context.ip.map(|ip| ip.to_string()).as_deref());
    object.optional(
        "peer_ip",
        context.peer_ip.map(|ip| ip.to_string()).as_deref(),
    );
    object.optional("forwarded", context.forwarded.as_deref());
    object.optional("user_agent", context.user_agent.as_deref());
    object.optional("location", context.location.as_deref());
    object.optional("session_id", context.session_id.as_deref());
    object.optional("request_id", context.request_id.as_deref());
    object.optional("traceparent", context.traceparent.as_deref());
    object.optional("source", context.source.as_deref());
    object
}
