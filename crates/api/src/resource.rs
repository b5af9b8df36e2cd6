//! Resources that events were about.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A kind of resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ResourceType {
    /// The kind as events name it, such as `agent`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The name of many of them, such as `Agents`.
    pub plural: String,
    /// How many resources of the kind were seen.
    pub count: u64,
}

/// The answer to `resources`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ResourceTypes {
    /// In order of the plural.
    pub types: Vec<ResourceType>,
}

/// A resource that events were about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Resource {
    /// Its stable id.
    pub id: String,
    /// The newest name seen; null when none was.
    pub name: Option<String>,
    /// When its first event happened, UTC.
    pub first_at: String,
    /// When its last event happened, UTC.
    pub last_at: String,
    /// How many events were about it.
    pub count: u64,
    /// True when its last event deleted it.
    pub deleted: bool,
}

/// The answer to `resources/{type}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ResourcePage {
    /// In order of the id.
    pub resources: Vec<Resource>,
    /// The cursor of the next page; null at the end.
    pub next_cursor: Option<String>,
}
