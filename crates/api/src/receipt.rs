//! Answers to an append.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::Problem;

/// Proof for the client that one event is durable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Receipt {
    /// The id of the event, a UUID.
    pub id: String,
    /// The origin of the log that holds it.
    pub log: String,
    /// Its leaf index in that log.
    pub index: u64,
    /// SHA-256 of the leaf (RFC 6962 2.1), 64 lower-case hex digits.
    pub leaf_hash: String,
    /// When it was first received, UTC.
    pub received_at: String,
    /// True when the same event was recorded before; the rest is then its first receipt.
    pub duplicate: bool,
}

/// The answer to an append that stored everything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Appended {
    /// One per event, in the order of the request.
    pub receipts: Vec<Receipt>,
    /// How many entries the log has after this append.
    pub tree_size: u64,
    /// Only with `wait`: whether what was waited for happened in time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waited: Option<bool>,
}

/// What became of one event of a partial append: exactly one of the two is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AppendResult {
    /// The event was stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// The event was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// The answer to an append with `partial=true`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PartlyAppended {
    /// One per event, in the order of the request.
    pub results: Vec<AppendResult>,
    /// How many entries the log has after this append.
    pub tree_size: u64,
    /// Only with `wait`: whether what was waited for happened in time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waited: Option<bool>,
}
