//! Every place of an event in which a client can write a text.

use serde_json::{Map, Value, json};

use super::formats::Secret;

/// The places, by name.
pub const PLACES: [&str; 22] = [
    "metadata",
    "metadata, nested",
    "metadata, in a list",
    "metadata, as a key",
    "metadata of the actor",
    "metadata of a target",
    "changes, old and new",
    "changes, inside a document",
    "description",
    "reason",
    "outcome code",
    "event and category",
    "address of a target",
    "name of a target",
    "name of the actor",
    "id of a target",
    "id of the actor",
    "user agent",
    "session, request and trace",
    "location and source",
    "name and version of the producer",
    "a sentence around it",
];

/// Texts that are names have at most so many bytes.
const NAME_BYTES: usize = 256;

/// The events that carry a secret, one for each place in which it fits, with the names of the places.
pub fn events(secret: &Secret) -> Vec<(&'static str, Value)> {
    let text = secret.written.as_str();
    let is_name = text.len() <= NAME_BYTES;
    // An id is replaced only where a token is all that tells it.
    let is_id = is_name && secret.is_bare();
    PLACES
        .into_iter()
        .filter_map(|place| Some((place, event_at(place, text, is_name, is_id)?)))
        .collect()
}

fn event_at(place: &str, text: &str, is_name: bool, is_id: bool) -> Option<Value> {
    let metadata = |value: Value| Some(json!({ "metadata": value }));
    let special = match place {
        "metadata" => metadata(json!({ "note": text })),
        "metadata, nested" => metadata(json!({"a": {"b": {"settings": {"line": text}}}})),
        "metadata, in a list" => metadata(json!({"list": [1, text, {"x": [text]}]})),
        "metadata, as a key" => (is_id && text.len() <= 64)
            .then(|| json!({"metadata": {text: "x", "deep": {text: {text: 1}}}})),
        "metadata of the actor" => {
            Some(json!({"actor": {"type": "user", "id": "u", "metadata": {"k": text}}}))
        }
        "metadata of a target" => {
            Some(json!({"targets": [{"type": "t", "id": "1", "metadata": {"k": [text]}}]}))
        }
        "changes, old and new" => {
            Some(json!({"changes": [{"path": "/note", "old": text, "new": format!("{text} ")}]}))
        }
        "changes, inside a document" => {
            Some(json!({"changes": [{"path": "", "old": {"lines": [text]}, "new": {"x": text}}]}))
        }
        "description" => Some(json!({ "description": text })),
        "reason" => Some(json!({"outcome": {"result": "error", "reason": text}})),
        "outcome code" => is_name.then(|| json!({"outcome": {"result": "error", "code": text}})),
        "event and category" => is_name.then(|| json!({"event": text, "category": text})),
        "address of a target" => {
            let href = if text.contains("://") || !is_id {
                text.to_owned()
            } else {
                format!("https://example.com/callback?x=1&k={text}&y=2#top")
            };
            Some(json!({"targets": [{"type": "t", "id": "1", "href": href}]}))
        }
        "name of a target" => {
            is_name.then(|| json!({"targets": [{"type": "t", "id": "1", "name": text}]}))
        }
        "name of the actor" => {
            is_name.then(|| json!({"actor": {"type": "user", "id": "u", "name": text}}))
        }
        "id of a target" => is_id.then(|| json!({"targets": [{"type": "t", "id": text}]})),
        "id of the actor" => is_id.then(|| json!({"actor": {"type": "service", "id": text}})),
        "user agent" => Some(json!({"context": {"user_agent": text}})),
        "session, request and trace" => is_id.then(
            || json!({"context": {"session_id": text, "request_id": text, "traceparent": text}}),
        ),
        "location and source" => {
            is_name.then(|| json!({"context": {"location": text, "source": text}}))
        }
        "name and version of the producer" => {
            is_name.then(|| json!({"producer": {"name": text, "version": text}}))
        }
        _ => Some(json!({ "description": format!("Copied ({text}) from the console, and left.") })),
    };
    let mut event: Map<String, Value> = special?.as_object().cloned()?;
    event.insert("action".to_owned(), json!("secret.paste"));
    event
        .entry("actor")
        .or_insert_with(|| json!({"type": "user", "id": "usr_1", "name": "Lily Ari"}));
    Some(Value::Object(event))
}
