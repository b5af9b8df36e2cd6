//! What Annals adds to an event when it is read: computed each time, stored nowhere.

use event::{Catalogue, Event, Timestamp};
use index::FirstSeen;
use ledger::Stored;
use serde_json::{Map, Value, json};

/// The description to show and to search: as sent, else the sentence of the catalogue.
pub(crate) fn described(event: &Event, catalogue: &Catalogue) -> String {
    event
        .description
        .clone()
        .unwrap_or_else(|| catalogue.describe(event))
}

pub(super) fn render(
    stored: &Stored,
    event: &Event,
    first_seen: FirstSeen,
    catalogue: &Catalogue,
    origin: &str,
) -> Map<String, Value> {
    let received = Timestamp::from_ms(stored.entry.received_ms);
    let mut shown = event.to_json();
    // Members that clients rely on are there also where nothing may be known of them.
    shown.entry("actor").or_insert_with(|| json!({}));
    if let Some(Value::Array(targets)) = shown.get_mut("targets") {
        for target in targets.iter_mut().filter_map(Value::as_object_mut) {
            for name in ["type", "id"] {
                target.entry(name).or_insert_with(|| json!(""));
            }
        }
    }
    let mut add = |name: &str, value: Value| {
        shown.insert(name.to_owned(), value);
    };
    add("verb", json!(catalogue.verb(&event.action).as_str()));
    add("activity", json!(catalogue.activity(event)));
    add("description", json!(described(event, catalogue)));
    add("received_at", json!(received.to_string()));
    if event.is_ahead_of(received) {
        add("clock_skew", json!(true));
    }
    let first: Vec<&str> = first_seen.names().collect();
    if !first.is_empty() {
        add("first_seen", json!(first));
    }
    add(
        "integrity",
        json!({
            "log": origin,
            "index": stored.index.get(),
            "leaf_hash": stored.entry.leaf_hash().to_string(),
        }),
    );
    shown
}
