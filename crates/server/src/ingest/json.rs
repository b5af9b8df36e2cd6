//! `application/json`: an event, or an array of events.

use event::Limits;
use serde_json::value::RawValue;

use super::{BodyRefused, EVENTS_PER_REQUEST_MAX, Parsed, parse_event};

/// Splits an array into its elements first, so that a fault in one event leaves the others readable.
pub(super) fn parse(body: &[u8], limits: &Limits) -> Result<Vec<Parsed>, BodyRefused> {
    match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{') => parse_event(body, 1, limits).map(|parsed| vec![parsed]),
        Some(b'[') => {
            let elements: Vec<&RawValue> =
                serde_json::from_slice(body).map_err(|error| not_json(&error))?;
            if elements.len() > EVENTS_PER_REQUEST_MAX {
                return Err(BodyRefused::TooManyEvents);
            }
            elements
                .into_iter()
                .map(|element| parse_event(element.get().as_bytes(), 1, limits))
                .collect()
        }
        _ => match event::json::parse(body) {
            Err(event::json::JsonFailure::Syntax {
                line,
                column,
                message,
            }) => Err(BodyRefused::NotJson {
                line,
                column,
                message,
            }),
            _ => Err(BodyRefused::NotEvents),
        },
    }
}

fn not_json(error: &serde_json::Error) -> BodyRefused {
    let mut message = error.to_string();
    // The place stands in its own members; serde_json appends it to the text.
    if let Some(place) = message.rfind(" at line ") {
        message.truncate(place);
    }
    BodyRefused::NotJson {
        line: error.line(),
        column: error.column(),
        message,
    }
}
