//! What the events of an account mean.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The catalogue of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Catalog {
    /// The packs that can be on or off, and the one that is always on.
    pub packs: Vec<CatalogPack>,
    /// Kinds of things that events are about, in the order of their types.
    pub resource_types: Vec<CatalogResourceType>,
    /// What is declared by the packs that are on, in the order of actions.
    pub events: Vec<CatalogEvent>,
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
    /// The pack that declares it.
    pub pack: String,
    /// Other names that mean this action.
    pub aliases: Vec<String>,
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
}
