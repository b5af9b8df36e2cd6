//! From a request body to events as sent: pure, bounded, and every problem with its place.
//!
//! A body that is not JSON is wrong as a whole and names the line; an event that breaks a rule is wrong alone.

mod json;
mod ndjson;
#[cfg(test)]
mod tests;

use event::{Limits, NewEvent, json::JsonFailure};

/// The most events one request may carry.
///
/// With 64 KiB an event this is far more than the body limit allows; it bounds the answer, not the body.
pub(crate) const EVENTS_PER_REQUEST_MAX: usize = 10_000;

/// How a body of events is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// `application/json`: an event or an array of events.
    Json,
    /// `application/x-ndjson`: one event per line; empty lines are passed over.
    Ndjson,
}

impl Format {
    /// The format of a `Content-Type`, whatever its parameters; `None` is 415.
    pub(crate) fn of_content_type(content_type: &str) -> Option<Self> {
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("application/json") {
            Some(Self::Json)
        } else if essence.eq_ignore_ascii_case("application/x-ndjson") {
            Some(Self::Ndjson)
        } else {
            None
        }
    }
}

/// Why a body is refused as a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BodyRefused {
    /// The text is not JSON. Lines and columns count from 1.
    #[error("the body is not JSON at line {line}, column {column}: {message}")]
    NotJson {
        /// The line of the body.
        line: usize,
        /// The column of the line.
        column: usize,
        /// What the parser expected.
        message: String,
    },
    /// The JSON is neither an event nor an array of events.
    #[error("the body must be an event object or an array of event objects")]
    NotEvents,
    /// More than [`EVENTS_PER_REQUEST_MAX`] events.
    #[error("the request has more than {EVENTS_PER_REQUEST_MAX} events")]
    TooManyEvents,
}

/// One event of a body: as sent, or all that is wrong with it.
pub(crate) type Parsed = Result<NewEvent, Vec<event::Problem>>;

/// The events of `body` in its order.
pub(crate) fn parse(
    format: Format,
    body: &[u8],
    limits: &Limits,
) -> Result<Vec<Parsed>, BodyRefused> {
    match format {
        Format::Json => json::parse(body, limits),
        Format::Ndjson => ndjson::parse(body, limits),
    }
}

/// Parses the text of one event that begins at `line` (from 1) of the body.
fn parse_event(text: &[u8], line: usize, limits: &Limits) -> Result<Parsed, BodyRefused> {
    match event::json::parse(text) {
        Ok(value) => Ok(NewEvent::from_value(value, limits)),
        Err(JsonFailure::NotIJson {
            pointer,
            code,
            message,
        }) => Ok(Err(vec![event::Problem {
            pointer,
            code,
            message,
        }])),
        Err(JsonFailure::Syntax {
            line: inner,
            column,
            message,
        }) => Err(BodyRefused::NotJson {
            line: line + inner.saturating_sub(1),
            column,
            message,
        }),
    }
}
