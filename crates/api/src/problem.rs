//! The body of every refusal: problem details, RFC 9457.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ErrorCode;

/// The media type of [`Problem`] (RFC 9457, section 6.1).
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Why a request was refused.
///
/// No message repeats a value that redaction would remove.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// A reference to the documentation of `code`, relative to the server: `/docs#problem-<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The same short sentence for every occurrence of `code`.
    pub title: String,
    /// The HTTP status of the answer.
    pub status: u16,
    /// What happened this time, for people.
    pub detail: String,
    /// What happened, for programs.
    pub code: ErrorCode,
    /// The `X-Request-Id` of the answer: it finds the request in the server's log.
    pub request_id: String,
    /// Every single thing that is wrong, when they have a place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemItem>,
}

/// One wrong thing and its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProblemItem {
    /// The place of the event in the request, 0 for a single one; absent when it concerns no event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<usize>,
    /// A JSON Pointer (RFC 6901) relative to the event, else to the body; `/name` for a parameter.
    pub pointer: String,
    /// What is wrong, for programs.
    pub code: String,
    /// What is wrong, for people.
    pub message: String,
}

/// The reference that [`Problem::kind`] carries for `code`.
pub fn problem_type(code: ErrorCode) -> String {
    format!("/docs#problem-{}", code.as_str())
}
