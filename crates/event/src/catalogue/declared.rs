//! One declared action.

use serde::{Deserialize, Serialize};

use super::label::field_key;
use super::{PackId, Sentence, Verb};

/// What is known about one action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// The action, `noun.verb`: `role.create`.
    pub action: String,
    /// The pack that declares it; none for an account's own.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub pack: Option<PackId>,
    /// Its name for people: `Role created`.
    pub event: String,
    /// The part of the product it belongs to: `Roles`.
    pub category: String,
    /// What is recorded, in a sentence: `Tracks the creation of custom roles.`
    pub description: String,
    /// What it does to its target.
    pub verb: Verb,
    /// The type of the target that the sentence speaks about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_type: Option<String>,
    /// Types of further targets that such an event names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_targets: Vec<String>,
    /// What an entry of this kind carries, in the order in which it is shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// Other names that mean this action.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The sentence that tells what happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<Sentence>,
    /// The sentence for an attempt that did not succeed, where the first one would mislead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsuccessful: Option<Sentence>,
}

impl Declared {
    /// The declared metadata field of this key.
    pub fn metadata_field(&self, key: &str) -> Option<&Field> {
        self.metadata_fields().find(|field| field.key == key)
    }

    /// The fields that stand under `metadata`.
    pub fn metadata_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields
            .iter()
            .filter(|field| field.place == FieldPlace::Metadata)
    }
}

/// One labelled value of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "FieldText")]
pub struct Field {
    /// The label in lower case with `_`: `no_of_epochs`.
    pub key: String,
    /// As people read it: `No. of epochs`.
    pub label: String,
    /// What its value is.
    pub kind: FieldKind,
    /// Where in the event the value stands.
    pub place: FieldPlace,
    /// Whether only readers with the permission `audit:read_sensitive` see the value; only for metadata.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sensitive: bool,
}

/// What the value of a field is, for aligning, linking and comparing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldKind {
    /// Words.
    #[default]
    Text,
    /// The stable identifier of something.
    Id,
    /// A count or measure.
    Number,
    /// Yes or no.
    Boolean,
    /// Several values.
    List,
    /// An e-mail address.
    Email,
    /// A network address.
    Address,
}

/// Where in an event the value of a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum FieldPlace {
    /// `metadata.<key>`
    #[default]
    #[serde(rename = "metadata")]
    Metadata,
    /// `actor.id`
    #[serde(rename = "actor.id")]
    ActorId,
    /// `context.ip`
    #[serde(rename = "context.ip")]
    ContextIp,
}

/// A field as it is written down: the key follows from the label.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldText {
    label: String,
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    kind: FieldKind,
    #[serde(default)]
    place: FieldPlace,
    #[serde(default)]
    sensitive: bool,
}

impl From<FieldText> for Field {
    fn from(text: FieldText) -> Self {
        let key = text.key.unwrap_or_else(|| field_key(&text.label));
        Self {
            key,
            label: text.label,
            kind: text.kind,
            place: text.place,
            sensitive: text.sensitive,
        }
    }
}
