//! Events of one request, as the bytes that are sent, so that sending again sends the same.

use std::fmt::Write as _;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::Error;
use crate::identity::{EventIds, SystemIds};
use crate::limits::{BYTES_PER_REQUEST_MAX, EVENTS_PER_REQUEST_MAX};

/// Events of one request, one per line, each with an id.
///
/// An event without an `id` is given one, so that sending the request again records nothing twice.
/// What is wrong with an event is told by the server, all of it at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Events {
    lines: String,
    count: usize,
}

impl Events {
    /// The most events of one request.
    pub const COUNT_MAX: usize = EVENTS_PER_REQUEST_MAX;
    /// The most bytes of one request.
    pub const BYTES_MAX: usize = BYTES_PER_REQUEST_MAX;

    /// No events.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an event: an [`api::event::NewEvent`], or anything else that is written as one.
    pub fn push(&mut self, event: &impl Serialize) -> Result<(), Error> {
        self.push_with(event, &SystemIds)
    }

    /// As [`Self::push`], with ids from a source of your own.
    pub fn push_with(&mut self, event: &impl Serialize, ids: &dyn EventIds) -> Result<(), Error> {
        let text = serde_json::to_string(event).map_err(|source| Error::Encode { source })?;
        self.push_text(&text, ids);
        Ok(())
    }

    /// Adds an event that is JSON text already; numbers and the order of members stay as they are.
    pub fn push_json(&mut self, event: &RawValue) {
        self.push_text(event.get(), &SystemIds);
    }

    /// Adds all lines of NDJSON. Empty lines are skipped; a line that is not JSON is left for the server to name.
    pub fn push_ndjson(&mut self, text: &str) {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            self.push_text(line, &SystemIds);
        }
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many bytes are sent.
    pub fn bytes(&self) -> usize {
        self.lines.len()
    }

    /// The NDJSON that is sent.
    pub fn as_ndjson(&self) -> &str {
        &self.lines
    }

    /// Removes all events.
    pub fn clear(&mut self) {
        self.lines.clear();
        self.count = 0;
    }

    fn push_text(&mut self, text: &str, ids: &dyn EventIds) {
        let text = text.trim();
        if let (Ok(Probe { id: Present(false) }), Some(rest)) =
            (serde_json::from_str(text), text.strip_prefix('{'))
        {
            let separator = if rest.trim_start().starts_with('}') {
                ""
            } else {
                ","
            };
            // Writing to a string cannot fail.
            let _ = write!(self.lines, "{{\"id\":\"{}\"{separator}", ids.next());
            self.push_on_one_line(rest);
        } else {
            self.push_on_one_line(text);
        }
        self.lines.push('\n');
        self.count += 1;
    }

    /// Line ends stand between the tokens of JSON, never inside a string, so a space says the same.
    fn push_on_one_line(&mut self, text: &str) {
        self.lines.extend(
            text.chars()
                .map(|c| if c == '\n' || c == '\r' { ' ' } else { c }),
        );
    }
}

/// Whether an object has an `id`, whatever it is.
#[derive(Deserialize)]
struct Probe {
    #[serde(default)]
    id: Present,
}

#[derive(Default)]
struct Present(bool);

impl<'de> Deserialize<'de> for Present {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self(true))
    }
}

#[cfg(test)]
mod tests {
    use event::EventId;

    use super::*;

    const ID: &str = "00000000-0000-7000-8000-000000000000";

    struct Zero;

    impl EventIds for Zero {
        fn next(&self) -> EventId {
            EventId::v7(0, [0; 10])
        }
    }

    #[test]
    fn events_without_an_id_are_given_one_and_the_rest_stays() {
        for (given, expected) in [
            (
                r#"{"action":"a.b","n":1.0}"#,
                format!(r#"{{"id":"{ID}","action":"a.b","n":1.0}}"#),
            ),
            ("{ }", format!(r#"{{"id":"{ID}" }}"#)),
            (r#"{"id":"x"}"#, r#"{"id":"x"}"#.into()),
            (r#"{"id":null}"#, r#"{"id":null}"#.into()),
            (
                r#"{"metadata":{"id":1}}"#,
                format!(r#"{{"id":"{ID}","metadata":{{"id":1}}}}"#),
            ),
            (
                "{\n  \"a\": \"b\\n\"\n}",
                format!("{{\"id\":\"{ID}\",   \"a\": \"b\\n\" }}"),
            ),
            ("not json", "not json".into()),
            ("[1]", "[1]".into()),
            (r#"{"id":1,"id":2}"#, r#"{"id":1,"id":2}"#.into()),
        ] {
            let mut events = Events::new();
            events.push_text(given, &Zero);
            assert_eq!(events.as_ndjson(), format!("{expected}\n"), "{given}");
            assert_eq!(events.len(), 1);
        }
    }

    #[test]
    fn ndjson_has_an_event_per_line() {
        let mut events = Events::new();
        events.push_ndjson("{\"action\":\"a\"}\r\n\n  \n{\"action\":\"b\"}");
        assert_eq!((events.len(), events.as_ndjson().lines().count()), (2, 2));
        events.clear();
        assert!(events.is_empty() && events.bytes() == 0);
    }
}
