//! Taking secrets out of events before anything is kept.
//!
//! Three things tell a secret: the name it stands under (`api_key`, see [`SECRET_NAMES`]), its own shape (`ghp_…`, see
//! [`TOKEN_SHAPES`]), and in values of metadata and changes that it looks random.
//! An account adds names and prefixes of its own ([`FirewallRules`]).
//! A secret is replaced by `secret:` and 16 hexadecimal digits: the first 8 bytes of HMAC-SHA256(fingerprint secret,
//! origin ‖ 0x00 ‖ value), so that *changed* and *the same as before* stay visible inside one account and nowhere else.
//!
//! In what filters compare whole (ids, sessions, requests, e-mail addresses) and in keys of objects only tokens are
//! replaced; in every other text also what stands beside the name of a secret.
//! The action stays; the action as sent does not.

mod cleaning;
mod entropy;
mod hit;
mod names;
mod pairs;
mod rules;
mod shapes;
mod text;
mod words;

use std::fmt;
use std::sync::{Arc, LazyLock};

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::event::Event;
use crate::tags::{first, keyed_start};
use cleaning::Cleaning;
use names::Naming;

pub use hit::{Hit, Hits, Rule, TOLD_HITS_MAX};
pub use names::{DESCRIBING_WORDS, HARMLESS_VALUES, SECRET_NAMES, SECRET_NAMES_IN_PLURAL};
pub use rules::{
    FirewallRules, NAME_BYTES_MAX, NAMES_MAX, PREFIX_BYTES_MAX, PREFIX_BYTES_MIN, PREFIXES_MAX,
    RuleProblem,
};
pub use shapes::{Alphabet, Needs, TOKEN_SHAPES, TokenShape};

/// What begins every fingerprint.
pub const FINGERPRINT_PREFIX: &str = "secret:";

/// The rules of an account that has none of its own.
static NO_RULES: LazyLock<Arc<FirewallRules>> = LazyLock::new(Arc::default);

/// Replaces secrets by fingerprints, for one account.
#[derive(Clone)]
pub struct Firewall {
    /// HMAC that has read the origin and the zero byte.
    keyed: Hmac<Sha256>,
    rules: Arc<FirewallRules>,
}

impl fmt::Debug for Firewall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Firewall(***)")
    }
}

impl Firewall {
    /// The firewall of an account's log, without rules of its own.
    pub fn new(fingerprint_secret: [u8; 32], origin: &str) -> Self {
        let mut keyed = keyed_start(&fingerprint_secret);
        keyed.update(origin.as_bytes());
        keyed.update(&[0]);
        Self {
            keyed,
            rules: Arc::clone(&NO_RULES),
        }
    }

    /// The same with the rules of the account.
    #[must_use]
    pub fn with_rules(mut self, rules: Arc<FirewallRules>) -> Self {
        self.rules = rules;
        self
    }

    /// The rules of the account.
    pub fn rules(&self) -> &FirewallRules {
        &self.rules
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

    /// Replaces the secrets of an event; tells which, where, and what stands there now.
    pub fn clean(&self, event: &mut Event) -> Hits {
        let mut cleaning = Cleaning::new(self);
        cleaning.event(event);
        cleaning.hits
    }

    /// Whether a token stands in a text that cannot be cleaned, because only some texts may stand in its place.
    pub(crate) fn finds_token(&self, text: &str) -> bool {
        !text::tokens(text, &self.rules).is_empty()
    }

    /// Replaces the secrets inside a text; tells which.
    pub fn clean_text(&self, text: &mut String) -> Hits {
        let mut cleaning = Cleaning::new(self);
        cleaning.text(text, &crate::pointer::Place::Root);
        cleaning.hits
    }
}

/// The rule that tells the first token inside a text that is no part of an event, such as a name that somebody chose.
pub fn find(text: &str) -> Option<Rule> {
    let found = text::tokens(text, &NO_RULES);
    found.first().map(|(_, rule)| *rule)
}

/// A text that is no part of an event with `***` in the places of its secrets, such as a user agent that is kept.
pub fn masked(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut copied = 0;
    for (place, _) in text::secrets(text, &NO_RULES) {
        masked.push_str(text.get(copied..place.start).unwrap_or_default());
        masked.push_str("***");
        copied = place.end;
    }
    masked.push_str(text.get(copied..).unwrap_or_default());
    masked
}

/// Whether values under this name are secrets, by the rules that all accounts have.
pub fn is_secret_name(name: &str) -> bool {
    Naming::of(name) != Naming::Plain
}
