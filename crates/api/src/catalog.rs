//! What the events of an account mean.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::search::AsOf;

/// The catalogue of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Catalog {
    /// The packs that can be on or off, and the one that is always on.
    pub packs: Vec<CatalogPack>,
    /// Kinds of things that events are about, in the order of their types.
    pub resource_types: Vec<CatalogResourceType>,
    /// What the packs that are on and the account itself declare, in the order of actions.
    pub events: Vec<CatalogEvent>,
    /// Whether the account accepts only declared actions and fields.
    pub strict: bool,
}

/// A pack of declarations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogPack {
    /// Its id: `gale`, `kilo`, `live_agent`, `generic` or `audit_log`.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// Whether it is on in the account.
    pub on: bool,
}

/// A kind of things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogResourceType {
    /// The type as it stands in targets.
    #[serde(rename = "type")]
    pub kind: String,
    /// One of them: `automation rule`.
    pub singular: String,
    /// Several of them: `Automation Rules`.
    pub plural: String,
}

/// A declared action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogEvent {
    /// The action: `role.create`.
    pub action: String,
    /// Its name for people: `Role created`.
    pub event: String,
    /// The part of the product it belongs to: `Roles`.
    pub category: String,
    /// What is recorded, in a sentence.
    pub description: String,
    /// `create`, `update`, `delete`, `read` or `other`.
    pub verb: String,
    /// The pack that declares it; null for a declaration of the account's own.
    #[schema(required = true)]
    pub pack: Option<String>,
    /// Whether the account declared it itself.
    pub own: bool,
    /// How often the account decided something about it; 0 when never.
    pub version: u64,
    /// `active`, or `deprecated`: it should no longer be sent, and is accepted all the same.
    pub state: String,
    /// Since when and why it is deprecated; null when it is active.
    #[schema(required = true)]
    pub deprecated: Option<CatalogDeprecated>,
    /// Other names that mean this action.
    pub aliases: Vec<String>,
    /// The type of the target that the sentence speaks about.
    #[schema(required = true)]
    pub target_type: Option<String>,
    /// Types of further targets.
    pub further_targets: Vec<String>,
    /// The sentence that tells what happened, with its places in braces.
    #[schema(required = true)]
    pub sentence: Option<String>,
    /// The sentence for an attempt that did not succeed.
    #[schema(required = true)]
    pub unsuccessful: Option<String>,
    /// What such an event carries, in the order in which it is shown.
    pub fields: Vec<CatalogField>,
    /// The types of its targets, the main one first.
    pub targets: Vec<String>,
}

/// A labelled value of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogField {
    /// Its key, that of the metadata where it stands there.
    pub key: String,
    /// Where it stands: `metadata`, `actor.id` or `context.ip`.
    pub place: String,
    /// As people read it.
    pub label: String,
    /// `text`, `id`, `number`, `boolean`, `list`, `email` or `address`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether only readers with `audit:read_sensitive` see the value.
    pub sensitive: bool,
}

/// That an action should no longer be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogDeprecated {
    /// Since when.
    pub since: String,
    /// Why, or what to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The action to send instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
}

/// What an account declares about an action of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogDeclaration {
    /// Its name for people: `Invoice approved`.
    #[schema(min_length = 1, max_length = 256)]
    pub event: String,
    /// The part of the product it belongs to: `Invoices`.
    #[schema(min_length = 1, max_length = 256)]
    pub category: String,
    /// What is recorded, in a sentence of at most 1,024 bytes.
    #[schema(max_length = 1024)]
    pub description: String,
    /// `create`, `update`, `delete`, `read` or `other`.
    pub verb: String,
    /// The type of the target that the sentence speaks about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_type: Option<String>,
    /// Types of further targets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_targets: Vec<String>,
    /// What such an event carries, in the order in which it is shown; at most 50.
    #[serde(default)]
    pub fields: Vec<CatalogFieldDeclaration>,
    /// Other names that mean this action, at most 16; what is absent stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aliases: Option<Vec<String>>,
    /// The sentence that tells what happened: `Approved {target}[ for {metadata.amount}]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
    /// The sentence for an attempt that did not succeed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsuccessful: Option<String>,
    /// The version that this one replaces, 0 for none: 409 `version_conflict` when it is another by now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u64>,
}

/// A labelled value, as an account declares it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogFieldDeclaration {
    /// Its key; the words of the label in lower case, joined by `_`, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// As people read it.
    pub label: String,
    /// `text` (when absent), `id`, `number`, `boolean`, `list`, `email` or `address`.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `metadata` (when absent), `actor.id` or `context.ip`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Whether only readers with `audit:read_sensitive` see the value; only for metadata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitive: Option<bool>,
}

/// Why an action should no longer be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogDeprecation {
    /// Why, or what to do; at most 1,024 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1024)]
    pub note: Option<String>,
    /// The action to send instead; it must be declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
}

/// For which action another name stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogAlias {
    /// A declared action, of the account's own or of a pack that is on.
    pub action: String,
}

/// What an account decided about an action, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogVersions {
    /// The last 200 versions.
    pub versions: Vec<CatalogVersion>,
}

/// One version: what is in force since then. What was in force before stands in the version below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogVersion {
    /// Its number, from 1.
    pub version: u64,
    /// Since when.
    pub at: String,
    /// Who decided it.
    pub by: CatalogDecider,
    /// `declared`, `changed`, `removed`, `deprecated`, `restored`, `alias_added` or `alias_removed`.
    pub change: String,
    /// The account's own declaration; null when there is none.
    #[schema(required = true)]
    pub declaration: Option<CatalogDeclaration>,
    /// Other names that the account gave to the action.
    pub aliases: Vec<String>,
    /// Since when and why it is deprecated; null when it is active.
    #[schema(required = true)]
    pub deprecated: Option<CatalogDeprecated>,
}

/// Who decided something, as it was called then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogDecider {
    /// The id of the person or key.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// What is declared against what is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogCoverage {
    /// Declared and never recorded, of the account's own and of packs of which something was; at most 1,000.
    pub never_seen: Vec<String>,
    /// Packs that are on and of which nothing was ever recorded: their actions are not listed one by one.
    pub packs_never_seen: Vec<String>,
    /// Recorded without being declared, most frequent first; at most 1,000.
    pub undeclared: Vec<UndeclaredAction>,
    /// How many actions are recorded without being declared, listed or not.
    pub undeclared_total: u64,
    /// Metadata that declared actions carry without declaring it, most frequent first; at most 1,000.
    pub undeclared_fields: Vec<UndeclaredField>,
    /// Came regularly and has stopped, the longest silence first; at most 1,000.
    pub silent: Vec<SilentAction>,
    /// How much of the log this speaks for.
    pub as_of: AsOf,
}

/// An action that is recorded without being declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UndeclaredAction {
    /// The action.
    pub action: String,
    /// How many events.
    pub count: u64,
    /// When the first of them occurred.
    pub first_at: String,
    /// When the last of them occurred.
    pub last_at: String,
}

/// Metadata that an action carries without declaring it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UndeclaredField {
    /// The action.
    pub action: String,
    /// The key.
    pub key: String,
    /// How many events of the action have it.
    pub count: u64,
}

/// An action that came regularly and has stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SilentAction {
    /// The action.
    pub action: String,
    /// When the last event of it occurred.
    pub last_at: String,
    /// How many seconds usually lay between two hours in which it came.
    pub usual_gap_s: u64,
}
