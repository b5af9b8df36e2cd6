//! Taking secrets out of events before anything is kept.
//!
//! Two things tell a secret: the name it stands under (`api_key`, see [`SECRET_NAMES`]) and its own shape (`ghp_…`, see
//! [`TOKEN_SHAPES`]).
//! It is replaced by `secret:` and 16 hexadecimal digits: the first 8 bytes of HMAC-SHA256(fingerprint secret, origin ‖
//! 0x00 ‖ value), so that *changed* and *the same as before* stay visible inside one account and nowhere else.
//!
//! What filters compare whole (ids, sessions, requests, e-mail addresses) is replaced only when all of it is one token;
//! in every other text the token alone is replaced.
//! Keys of objects and the action stay.

mod names;
mod shapes;
mod text;

use std::fmt;

use hmac::{Hmac, Mac};
use serde_json::{Map, Value};
use sha2::Sha256;

use crate::actor::Actor;
use crate::canonical;
use crate::event::Event;
use crate::tags::{first, keyed_start};
use names::Naming;

pub use names::{DESCRIBING_WORDS, HARMLESS_VALUES, SECRET_NAMES, SECRET_NAMES_IN_PLURAL};
pub use shapes::{Alphabet, TOKEN_SHAPES, TokenShape};

/// What begins every fingerprint.
pub const FINGERPRINT_PREFIX: &str = "secret:";

/// Replaces secrets by fingerprints, for one account.
#[derive(Clone)]
pub struct Firewall {
    /// HMAC that has read the origin and the zero byte.
    keyed: Hmac<Sha256>,
}

impl fmt::Debug for Firewall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Firewall(***)")
    }
}

impl Firewall {
    /// The firewall of an account's log.
    pub fn new(fingerprint_secret: [u8; 32], origin: &str) -> Self {
        let mut keyed = keyed_start(&fingerprint_secret);
        keyed.update(origin.as_bytes());
        keyed.update(&[0]);
        Self { keyed }
    }

    /// The text that stands for a secret: `secret:` and 16 hexadecimal digits.
    pub fn fingerprint(&self, value: &[u8]) -> String {
        let hash: [u8; 32] = self
            .keyed
            .clone()
            .chain_update(value)
            .finalize()
            .into_bytes()
            .into();
        format!(
            "{FINGERPRINT_PREFIX}{}",
            crate::hex::encode(&first::<8>(&hash))
        )
    }

    /// Replaces the secrets of an event; tells how many.
    pub fn clean(&self, event: &mut Event) -> usize {
        let mut cleaning = Cleaning {
            firewall: self,
            replaced: 0,
        };
        cleaning.event(event);
        cleaning.replaced
    }

    /// Replaces the tokens inside a text; tells how many.
    pub fn clean_text(&self, text: &mut String) -> usize {
        let mut cleaning = Cleaning {
            firewall: self,
            replaced: 0,
        };
        cleaning.text(text);
        cleaning.replaced
    }
}

struct Cleaning<'a> {
    firewall: &'a Firewall,
    replaced: usize,
}

impl Cleaning<'_> {
    fn event(&mut self, event: &mut Event) {
        self.text(&mut event.event);
        self.text(&mut event.category);
        self.optional(&mut event.outcome.code);
        self.optional(&mut event.outcome.reason);
        self.optional(&mut event.description);
        if let Some(producer) = &mut event.producer {
            self.optional(&mut producer.name);
            self.optional(&mut producer.version);
        }
        self.actor(&mut event.actor);
        for actor in &mut event.on_behalf_of {
            self.actor(actor);
        }
        for target in &mut event.targets {
            self.whole(&mut target.id);
            self.optional(&mut target.name);
            self.optional(&mut target.href);
            self.members(&mut target.metadata, Naming::Plain);
        }
        for change in &mut event.changes {
            let naming = Naming::of_pointer(&change.path);
            self.text(&mut change.path);
            for value in change.old.iter_mut().chain(&mut change.new) {
                self.value(value, naming);
            }
        }
        let context = &mut event.context;
        self.optional(&mut context.forwarded);
        self.optional(&mut context.user_agent);
        self.optional(&mut context.location);
        self.optional(&mut context.source);
        for id in [
            &mut context.session_id,
            &mut context.request_id,
            &mut context.traceparent,
        ]
        .into_iter()
        .flatten()
        {
            self.whole(id);
        }
        self.members(&mut event.metadata, Naming::Plain);
    }

    fn actor(&mut self, actor: &mut Actor) {
        for id in [&mut actor.id, &mut actor.email].into_iter().flatten() {
            self.whole(id);
        }
        self.optional(&mut actor.name);
        self.optional(&mut actor.href);
        self.members(&mut actor.metadata, Naming::Plain);
    }

    fn members(&mut self, members: &mut Map<String, Value>, naming: Naming) {
        // Lists of settings name their values: {"name": "DB_PASSWORD", "value": "…"}.
        let named = ["name", "key"]
            .iter()
            .filter_map(|key| members.get(*key)?.as_str())
            .map(Naming::of);
        let named = named.max().unwrap_or(Naming::Plain);
        for (key, value) in members {
            let mut naming = naming.inside(key);
            if named != Naming::Plain && names::is_value_of_named(key) {
                naming = naming.max(named);
            }
            self.value(value, naming);
        }
    }

    fn value(&mut self, value: &mut Value, naming: Naming) {
        match value {
            Value::String(text) if naming == Naming::Plain => self.text(text),
            Value::String(text) => {
                if !names::is_harmless(text) {
                    self.replace(text);
                }
            }
            Value::Number(_) if naming == Naming::Secret => {
                let fingerprint = self.firewall.fingerprint(&canonical::to_vec(value));
                *value = Value::String(fingerprint);
                self.replaced += 1;
            }
            Value::Array(elements) => {
                for element in elements {
                    self.value(element, naming);
                }
            }
            Value::Object(members) => self.members(members, naming),
            Value::Number(_) | Value::Bool(_) | Value::Null => {}
        }
    }

    /// A text that is compared whole.
    fn whole(&mut self, text: &mut String) {
        if shapes::is_token(text) {
            self.replace(text);
        }
    }

    fn optional(&mut self, text: &mut Option<String>) {
        if let Some(text) = text {
            self.text(text);
        }
    }

    /// A text in which tokens may stand.
    fn text(&mut self, text: &mut String) {
        let secrets = text::secrets(text);
        if secrets.is_empty() {
            return;
        }
        let mut cleaned = String::with_capacity(text.len());
        let mut copied = 0;
        for secret in secrets {
            cleaned.push_str(text.get(copied..secret.start).unwrap_or_default());
            let value = text.get(secret.clone()).unwrap_or_default();
            cleaned.push_str(&self.firewall.fingerprint(value.as_bytes()));
            copied = secret.end;
            self.replaced += 1;
        }
        cleaned.push_str(text.get(copied..).unwrap_or_default());
        *text = cleaned;
    }

    fn replace(&mut self, text: &mut String) {
        *text = self.firewall.fingerprint(text.as_bytes());
        self.replaced += 1;
    }
}
