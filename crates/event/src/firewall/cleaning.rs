//! One walk through an event: what is a secret becomes a fingerprint, and every hit is noted with its place.

use serde_json::{Map, Value};

use super::hit::{Hits, Rule};
use super::names::{self, Naming};
use super::text::{self, Secret};
use super::{Firewall, entropy};
use crate::actor::Actor;
use crate::canonical;
use crate::event::Event;
use crate::pointer::Place;

pub(super) struct Cleaning<'a> {
    firewall: &'a Firewall,
    pub(super) hits: Hits,
}

/// Where a value stands as far as its names tell.
#[derive(Clone, Copy)]
struct Names<'a> {
    naming: Naming,
    /// The path of the change that it belongs to.
    path: &'a str,
}

impl<'a> Cleaning<'a> {
    pub(super) fn new(firewall: &'a Firewall) -> Self {
        Self {
            firewall,
            hits: Hits::default(),
        }
    }

    pub(super) fn event(&mut self, event: &mut Event) {
        let root = Place::Root;
        self.optional(&mut event.action_as_sent, &root.key("action_as_sent"));
        self.text(&mut event.event, &root.key("event"));
        self.text(&mut event.category, &root.key("category"));
        let outcome = root.key("outcome");
        self.optional(&mut event.outcome.code, &outcome.key("code"));
        self.optional(&mut event.outcome.reason, &outcome.key("reason"));
        self.optional(&mut event.description, &root.key("description"));
        if let Some(producer) = &mut event.producer {
            let at = root.key("producer");
            self.optional(&mut producer.name, &at.key("name"));
            self.optional(&mut producer.version, &at.key("version"));
        }
        self.actor(&mut event.actor, &root.key("actor"));
        let chain = root.key("on_behalf_of");
        for (index, actor) in event.on_behalf_of.iter_mut().enumerate() {
            self.actor(actor, &chain.index(index));
        }
        self.targets(event);
        self.changes(event);
        self.context(event);
        self.metadata(&mut event.metadata, &root.key("metadata"));
    }

    fn targets(&mut self, event: &mut Event) {
        let targets = Place::Root.key("targets");
        for (index, target) in event.targets.iter_mut().enumerate() {
            let at = targets.index(index);
            self.whole(&mut target.id, &at.key("id"));
            self.optional(&mut target.name, &at.key("name"));
            self.optional(&mut target.href, &at.key("href"));
            self.metadata(&mut target.metadata, &at.key("metadata"));
        }
    }

    fn changes(&mut self, event: &mut Event) {
        let changes = Place::Root.key("changes");
        for (index, change) in event.changes.iter_mut().enumerate() {
            let at = changes.index(index);
            let naming = Naming::of_pointer(&change.path, &self.firewall.rules);
            self.text(&mut change.path, &at.key("path"));
            let names = Names {
                naming,
                path: &change.path,
            };
            if let Some(old) = &mut change.old {
                self.value(old, names, &at.key("old"));
            }
            if let Some(new) = &mut change.new {
                self.value(new, names, &at.key("new"));
            }
        }
    }

    fn context(&mut self, event: &mut Event) {
        let at = Place::Root.key("context");
        let context = &mut event.context;
        for (text, key) in [
            (&mut context.forwarded, "forwarded"),
            (&mut context.user_agent, "user_agent"),
            (&mut context.location, "location"),
            (&mut context.source, "source"),
        ] {
            self.optional(text, &at.key(key));
        }
        for (id, key) in [
            (&mut context.session_id, "session_id"),
            (&mut context.request_id, "request_id"),
            (&mut context.traceparent, "traceparent"),
        ] {
            if let Some(id) = id {
                self.whole(id, &at.key(key));
            }
        }
    }

    fn actor(&mut self, actor: &mut Actor, at: &Place<'_>) {
        if let Some(id) = &mut actor.id {
            self.whole(id, &at.key("id"));
        }
        if let Some(email) = &mut actor.email {
            self.whole(email, &at.key("email"));
        }
        self.optional(&mut actor.name, &at.key("name"));
        self.optional(&mut actor.href, &at.key("href"));
        self.metadata(&mut actor.metadata, &at.key("metadata"));
    }

    fn metadata(&mut self, members: &mut Map<String, Value>, at: &Place<'_>) {
        let names = Names {
            naming: Naming::Plain,
            path: "",
        };
        self.members(members, names, at);
    }

    fn members(&mut self, members: &mut Map<String, Value>, names: Names<'_>, at: &Place<'_>) {
        self.keys(members, at);
        let rules = &self.firewall.rules;
        // Lists of settings name their values: {"name": "DB_PASSWORD", "value": "…"}.
        let of_sibling = [
            "name", "key", "header", "variable", "field", "column", "path",
        ]
        .iter()
        .filter_map(|key| members.get(*key)?.as_str())
        .map(|name| Naming::in_account(name, rules))
        .fold(Naming::Plain, Naming::stronger);
        for (key, value) in members {
            let mut naming = names.naming.inside(key, rules);
            if of_sibling != Naming::Plain && names::is_value_of_named(key) {
                naming = naming.stronger(of_sibling);
            }
            self.value(value, Names { naming, ..names }, &at.key(key));
        }
    }

    /// Replaces the tokens in the keys of an object.
    fn keys(&mut self, members: &mut Map<String, Value>, at: &Place<'_>) {
        let rules = &self.firewall.rules;
        let is_secret = |key: &String| key.len() >= 12 && !text::tokens(key, rules).is_empty();
        if !members.keys().any(is_secret) {
            return;
        }
        *members = std::mem::take(members)
            .into_iter()
            .map(|(mut key, value)| {
                let secrets = text::tokens(&key, &self.firewall.rules);
                self.replace(&mut key, &secrets, at);
                (key, value)
            })
            .collect();
    }

    fn value(&mut self, value: &mut Value, names: Names<'_>, at: &Place<'_>) {
        match (value, names.naming) {
            (Value::String(text), Naming::Plain) => self.free_value(text, names, at),
            (Value::String(text), Naming::Secret(rule) | Naming::Secrets(rule)) => {
                if !names::is_harmless(text) {
                    *text = self.firewall.fingerprint(text.as_bytes());
                    self.hits.note(rule, at, text);
                }
            }
            (value @ Value::Number(_), Naming::Secret(rule)) => {
                let fingerprint = self.firewall.fingerprint(&canonical::to_vec(value));
                self.hits.note(rule, at, &fingerprint);
                *value = Value::String(fingerprint);
            }
            (Value::Array(elements), _) => {
                for (index, element) in elements.iter_mut().enumerate() {
                    self.value(element, names, &at.index(index));
                }
            }
            (Value::Object(members), _) => self.members(members, names, at),
            (Value::Number(_) | Value::Bool(_) | Value::Null, _) => {}
        }
    }

    /// A value under a name that tells nothing: what looks random in it is a secret, too.
    fn free_value(&mut self, text: &mut String, names: Names<'_>, at: &Place<'_>) {
        let rules = &self.firewall.rules;
        let mut secrets = text::secrets(text, rules);
        if rules.entropy() {
            let random = entropy::random_runs(text);
            if !random.is_empty() && !self.is_explained(names, at) {
                // What another rule has told is told better. Those stand in their order, none inside another.
                let is_new = |place: &std::ops::Range<usize>| {
                    let next = secrets.partition_point(|(known, _)| known.end <= place.start);
                    secrets
                        .get(next)
                        .is_none_or(|(known, _)| place.end <= known.start)
                };
                let new: Vec<Secret> = random
                    .into_iter()
                    .filter(is_new)
                    .map(|place| (place, Rule::Entropy))
                    .collect();
                secrets.extend(new);
                secrets = text::apart(secrets);
            }
        }
        self.replace(text, &secrets, at);
    }

    /// Whether a name on the way to the value says that it may look random.
    fn is_explained(&self, names: Names<'_>, at: &Place<'_>) -> bool {
        let rules = &self.firewall.rules;
        let explains = |name: &str| names::explains_randomness(name) || rules.allows(name);
        names.path.split('/').any(explains) || at.keys().any(explains)
    }

    /// A text that is compared whole: only tokens are secrets in it.
    fn whole(&mut self, text: &mut String, at: &Place<'_>) {
        let secrets = text::tokens(text, &self.firewall.rules);
        self.replace(text, &secrets, at);
    }

    fn optional(&mut self, text: &mut Option<String>, at: &Place<'_>) {
        if let Some(text) = text {
            self.text(text, at);
        }
    }

    /// A text in which secrets may stand.
    pub(super) fn text(&mut self, text: &mut String, at: &Place<'_>) {
        let secrets = text::secrets(text, &self.firewall.rules);
        self.replace(text, &secrets, at);
    }

    fn replace(&mut self, text: &mut String, secrets: &[Secret], at: &Place<'_>) {
        if secrets.is_empty() {
            return;
        }
        let mut cleaned = String::with_capacity(text.len());
        let mut copied = 0;
        for (place, rule) in secrets {
            cleaned.push_str(text.get(copied..place.start).unwrap_or_default());
            let value = text.get(place.clone()).unwrap_or_default();
            let fingerprint = self.firewall.fingerprint(value.as_bytes());
            cleaned.push_str(&fingerprint);
            self.hits.note(*rule, at, &fingerprint);
            copied = place.end;
        }
        cleaned.push_str(text.get(copied..).unwrap_or_default());
        *text = cleaned;
    }
}
