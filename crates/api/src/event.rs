//! Events as they are answered: the event of the contract, with what Annals adds when it is read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Who acted, or for whom.
///
/// `type` is one of `user`, `service`, `api_key`, `agent`, `system`, `anonymous`.
/// A user may be known by `email` alone; ids, names and e-mails are at most 256 bytes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Actor {
    /// The kind of actor; absent means `system`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The stable id of the actor in the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name to show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The e-mail address the actor signs in with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where the actor can be opened in the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Free data about the actor.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
}

/// What was acted on; an event has 0 to 32 of them and belongs to the log of each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Target {
    /// The kind of resource, `^[A-Za-z][A-Za-z0-9_.-]{0,63}$`; empty where the facet `targets` is hidden.
    #[serde(rename = "type")]
    pub kind: String,
    /// The stable id of the resource, at most 256 bytes; empty where the facet `targets` is hidden.
    pub id: String,
    /// The name it had when the event happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where the resource can be opened in the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Free data about the resource.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
}

/// One field that changed; an event has 0 to 200 of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// A JSON Pointer (RFC 6901) to the field.
    pub path: String,
    /// The value before; absent when there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Value>,
    /// The value after; absent when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<Value>,
}

/// With what result the action ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Outcome {
    /// `success` (the default), `failure`, `denied` or `error`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// A code of the product, such as an error code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Why, in words; at most 8 KiB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// From where and in which request it happened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Context {
    /// The address of the person; absent when sending means the resolved client address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// The address that connected, when it differs from `ip`. Never accepted from a client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peer_ip: Option<String>,
    /// The forwarding header as it came, when it was believed. Never accepted from a client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded: Option<String>,
    /// The browser or program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// A place in words, at most 256 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// The session in the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// The request in the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The W3C trace context.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traceparent: Option<String>,
    /// Where in the product: `ui`, `api`, `mcp`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// The program that sent the event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Producer {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Its own running number, by which gaps show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
}

/// An event as a client sends it.
///
/// Only `action` is required (and an `actor` unless the system acted).
/// At most 64 KiB as canonical facets; `metadata` has at most 50 keys of 64 bytes with values of 4 KiB.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewEvent {
    /// A UUID for idempotency, unique in the account; made by the server when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What was done, `noun.verb` in the present tense, such as `role.create`.
    pub action: String,
    /// When it happened (RFC 3339, any offset, up to nanoseconds); the time of acceptance when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<String>,
    /// The name to show for the action when the catalogue has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The category to show when the catalogue has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
    /// For whom it was done, the nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_behalf_of: Vec<Actor>,
    /// What it was done to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// What changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// With what result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// From where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<Context>,
    /// A sentence for people, at most 8 KiB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Labelled free data.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
    /// The program that sent it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<Producer>,
}

/// Where an event stands in its account's log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Integrity {
    /// The origin of the log.
    pub log: String,
    /// The leaf index, counted from 0; the genesis entry is 0.
    pub index: u64,
    /// SHA-256 of the leaf (RFC 6962 2.1), 64 lower-case hex digits.
    pub leaf_hash: String,
}

/// An event as it is answered: what was sent, normalised, and what Annals adds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// A UUID, unique in the account.
    pub id: String,
    /// The normalised action.
    pub action: String,
    /// The action as it was sent, when it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action_as_sent: Option<String>,
    /// The event name, stamped when the event was accepted.
    pub event: String,
    /// The category, stamped when the event was accepted.
    pub category: String,
    /// `create`, `update`, `delete`, `read` or `other`.
    pub verb: String,
    /// A sentence made from the catalogue's template, such as `Created a new inbox (#24725)`.
    pub activity: String,
    /// When it happened, UTC.
    pub occurred_at: String,
    /// When Annals received it, UTC, milliseconds; never decreases inside one log.
    pub received_at: String,
    /// True when `occurred_at` lies more than five minutes after `received_at`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clock_skew: bool,
    /// What this event did for the first time in the account: `action`, `network`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub first_seen: Vec<String>,
    /// Who did it.
    pub actor: Actor,
    /// For whom it was done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_behalf_of: Vec<Actor>,
    /// What it was done to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// What changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// With what result.
    pub outcome: Outcome,
    /// From where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<Context>,
    /// The sentence that was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Labelled free data.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
    /// The program that sent it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<Producer>,
    /// Where it stands in the log.
    pub integrity: Integrity,
    /// What the reader does not see, by facet: the hash of the facet (64 lower-case hex digits) in the commitment, so
    /// that a masked event can still be verified.
    ///
    /// `metadata` and `changes` may stand here although a part of them is shown: without their sensitive fields.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hidden: BTreeMap<String, String>,
}
