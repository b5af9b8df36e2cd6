//! What the events mean: names, categories, fields and sentences of the actions that are declared.
//!
//! The declarations are data, one file per pack under `catalogue/packs/`, compiled into the binary.
//! No two packs declare the same action, so turning one off changes nothing about the others.
//! An action that nobody declared is as welcome as any other: its labels are derived from its name.

mod activity;
mod declare;
mod declared;
pub mod evolution;
mod label;
pub mod limits;
mod nearest;
mod own;
mod pack;
mod resource_type;
mod sentence;
mod verb;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use declare::DeclareFailure;
pub use declared::{Declared, Field, FieldKind, FieldPlace};
pub use evolution::EvolutionRefusal;
pub use label::{derived_category, derived_event, field_key};
pub use own::{Deprecated, OwnAction};
pub use pack::{Pack, PackId};
pub use resource_type::ResourceType;
pub use sentence::{Sentence, SentenceFailure};
pub use verb::Verb;

/// The declarations that are in force for one account.
///
/// It is made once per account and change of settings, then shared.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    declared: BTreeMap<String, Arc<Declared>>,
    aliases: BTreeMap<String, String>,
    types: BTreeMap<String, ResourceType>,
    sensitive: BTreeSet<String>,
    deprecated: BTreeMap<String, Deprecated>,
    own: usize,
}

impl Catalogue {
    /// Every pack.
    pub fn all() -> Self {
        Self::with_packs(&PackId::ALL)
    }

    /// The named packs, and always [`PackId::AuditLog`]: what the audit log does is never left undeclared.
    pub fn with_packs(packs: &[PackId]) -> Self {
        let mut catalogue = Self::default();
        for pack in Pack::all() {
            // Types stay known when their pack is off: the events that were stored before still have them.
            for kind in &pack.types {
                catalogue
                    .types
                    .entry(kind.kind.clone())
                    .or_insert_with(|| kind.clone());
            }
            if pack.id == PackId::AuditLog || packs.contains(&pack.id) {
                for declared in &pack.events {
                    catalogue.insert(Arc::clone(declared));
                }
            }
        }
        catalogue
    }

    fn insert(&mut self, declared: Arc<Declared>) {
        for alias in &declared.aliases {
            self.aliases.insert(alias.clone(), declared.action.clone());
        }
        let sensitive = declared.metadata_fields().filter(|field| field.sensitive);
        self.sensitive
            .extend(sensitive.map(|field| field.key.clone()));
        self.declared.insert(declared.action.clone(), declared);
    }

    /// The metadata keys whose values only readers with `audit:read_sensitive` see, whatever the action.
    ///
    /// One declaration is enough: a key that is sensitive for one action is so for every event that has it, because
    /// a column `metadata.<key>` speaks about all of them.
    pub const fn sensitive_keys(&self) -> &BTreeSet<String> {
        &self.sensitive
    }

    /// Whether any field is sensitive.
    pub fn has_sensitive(&self) -> bool {
        !self.sensitive.is_empty()
    }

    /// The declaration of an action or of one of its aliases.
    pub fn get(&self, action: &str) -> Option<&Declared> {
        self.declared.get(self.canonical(action)).map(Arc::as_ref)
    }

    /// The action that is meant: an alias becomes the action it stands for, anything else stays.
    pub fn canonical<'a>(&'a self, action: &'a str) -> &'a str {
        self.aliases.get(action).map_or(action, String::as_str)
    }

    /// Every declaration, ordered by action.
    pub fn declarations(&self) -> impl Iterator<Item = &Declared> {
        self.declared.values().map(Arc::as_ref)
    }

    /// The declaration that tells about events that are stored under this name.
    ///
    /// It is that of a pack also when the pack is off, and never that of an action for which the account made the name
    /// stand later: what was recorded and indexed does not change its verb.
    pub(crate) fn telling(&self, action: &str) -> Option<&Declared> {
        let declared = self.declared.get(action).map(Arc::as_ref);
        declared.or_else(|| Pack::declaration(action))
    }

    /// What the action of a stored event does to its target: as declared, else told from its last word.
    pub fn verb(&self, action: &str) -> Verb {
        self.telling(action)
            .map_or_else(|| Verb::of_action(action), |declared| declared.verb)
    }

    /// The event's name for people: as declared, else as sent, else derived (`Role create`).
    pub fn event_label(&self, action: &str, sent: Option<&str>) -> String {
        match (self.get(action), sent) {
            (Some(declared), _) => declared.event.clone(),
            (None, Some(sent)) => sent.to_owned(),
            (None, None) => derived_event(action),
        }
    }

    /// The category's name for people: as declared, else as sent, else derived (`Role`).
    pub fn category_label(&self, action: &str, sent: Option<&str>) -> String {
        match (self.get(action), sent) {
            (Some(declared), _) => declared.category.clone(),
            (None, Some(sent)) => sent.to_owned(),
            (None, None) => derived_category(action),
        }
    }

    /// The declared action that the text most likely means, if any is near.
    ///
    /// Spelling mistakes, other separators, event names (`Role created`) and bare last words (`Login!`) are recognised.
    pub fn nearest(&self, text: &str) -> Option<&str> {
        nearest::action(text, self.declarations())
    }

    /// The metadata key of a declared action that the text most likely means, if any is near.
    pub fn nearest_field(&self, action: &str, text: &str) -> Option<&str> {
        nearest::field(text, &self.get(action)?.fields)
    }

    /// Every resource type with a name of its own, ordered by type.
    pub fn resource_types(&self) -> impl Iterator<Item = &ResourceType> {
        self.types.values()
    }

    /// The named resource type: as declared, else derived from its name (`price_list` → *price list*, *Price lists*).
    pub fn resource_type(&self, kind: &str) -> ResourceType {
        self.types
            .get(kind)
            .cloned()
            .unwrap_or_else(|| ResourceType::derived(kind))
    }
}

#[cfg(test)]
mod tests;
