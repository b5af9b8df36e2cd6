//! `application/x-ndjson`: one event per line.

use event::Limits;

use super::{BodyRefused, EVENTS_PER_REQUEST_MAX, Parsed, parse_event};

/// Reads line by line; an empty line is passed over, but it counts as a line in messages.
pub(super) fn parse(body: &[u8], limits: &Limits) -> Result<Vec<Parsed>, BodyRefused> {
    let mut events = Vec::new();
    for (number, line) in body.split(|&byte| byte == b'\n').enumerate() {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        if events.len() == EVENTS_PER_REQUEST_MAX {
            return Err(BodyRefused::TooManyEvents);
        }
        events.push(parse_event(line, number + 1, limits)?);
    }
    Ok(events)
}
