//! The JSON of each facet, as it is read.

use std::net::IpAddr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::actor::ActorType;
use crate::id::EventId;
use crate::outcome::OutcomeResult;
use crate::time::Timestamp;

#[derive(Deserialize)]
pub(super) struct Schema {
    pub(super) schema: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Core {
    pub(super) schema: u64,
    #[serde(deserialize_with = "event_id")]
    pub(super) id: EventId,
    pub(super) action: String,
    pub(super) action_as_sent: Option<String>,
    #[serde(default)]
    pub(super) event: String,
    #[serde(default)]
    pub(super) category: String,
    #[serde(deserialize_with = "timestamp")]
    pub(super) occurred_at: Timestamp,
    pub(super) outcome: CoreOutcome,
    pub(super) producer: Option<ProducerPart>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CoreOutcome {
    #[serde(deserialize_with = "outcome_result")]
    pub(super) result: OutcomeResult,
    pub(super) code: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProducerPart {
    pub(super) name: Option<String>,
    pub(super) version: Option<String>,
    pub(super) seq: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Actors {
    pub(super) actor: ActorId,
    #[serde(default)]
    pub(super) on_behalf_of: Vec<ActorId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActorId {
    #[serde(rename = "type", deserialize_with = "actor_type")]
    pub(super) kind: ActorType,
    pub(super) id: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    #[serde(default)]
    pub(super) actor: ActorNames,
    #[serde(default)]
    pub(super) on_behalf_of: Vec<ActorNames>,
    #[serde(default)]
    pub(super) targets: Vec<TargetNames>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct ActorNames {
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
    pub(super) href: Option<String>,
    #[serde(default)]
    pub(super) metadata: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TargetNames {
    pub(super) name: Option<String>,
    pub(super) href: Option<String>,
    #[serde(default)]
    pub(super) metadata: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Targets {
    pub(super) targets: Vec<TargetId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TargetId {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) id: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contexts {
    pub(super) context: ContextPart,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContextPart {
    pub(super) ip: Option<IpAddr>,
    pub(super) peer_ip: Option<IpAddr>,
    pub(super) forwarded: Option<String>,
    pub(super) user_agent: Option<String>,
    pub(super) location: Option<String>,
    pub(super) session_id: Option<String>,
    pub(super) request_id: Option<String>,
    pub(super) traceparent: Option<String>,
    pub(super) source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Changes {
    pub(super) changes: Vec<ChangePart>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangePart {
    #[serde(default)]
    pub(super) path: String,
    // An old value of null is a value, not an absent one.
    #[serde(default, deserialize_with = "some")]
    pub(super) old: Option<Value>,
    #[serde(default, deserialize_with = "some")]
    pub(super) new: Option<Value>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    pub(super) description: Option<String>,
    #[serde(default)]
    pub(super) outcome: TextOutcome,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct TextOutcome {
    pub(super) reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Metadata {
    pub(super) metadata: Map<String, Value>,
}

fn event_id<'de, D: Deserializer<'de>>(from: D) -> Result<EventId, D::Error> {
    EventId::parse(<&str>::deserialize(from)?).map_err(D::Error::custom)
}

fn timestamp<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
    Timestamp::parse(<&str>::deserialize(from)?).map_err(D::Error::custom)
}

fn outcome_result<'de, D: Deserializer<'de>>(from: D) -> Result<OutcomeResult, D::Error> {
    let name = <&str>::deserialize(from)?;
    OutcomeResult::from_name(name).ok_or_else(|| D::Error::custom("no such result"))
}

fn actor_type<'de, D: Deserializer<'de>>(from: D) -> Result<ActorType, D::Error> {
    let name = <&str>::deserialize(from)?;
    ActorType::from_name(name).ok_or_else(|| D::Error::custom("no such type of actor"))
}

fn some<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(from).map(Some)
}
