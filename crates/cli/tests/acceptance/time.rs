//! Time ranges: presets and dates in a zone, and the boundaries that the answer repeats.

use serde_json::{Value, json};

use crate::server::Server;

fn range_of(server: &Server, terms: &Value) -> Value {
    server.post("/v1/accounts/acme/events/search", terms).ok()["range"].clone()
}

#[test]
fn the_default_is_the_last_30_days_in_utc() {
    let server = Server::start();
    let default = range_of(&server, &json!({}));
    assert_eq!(
        default,
        range_of(&server, &json!({"range": "last_30_days", "tz": "UTC"}))
    );
    assert_eq!(default["tz"], "UTC");
    let (from, to) = (
        default["from"].as_str().unwrap(),
        default["to"].as_str().unwrap(),
    );
    assert!(
        from.ends_with("T00:00:00Z") && to.ends_with("T00:00:00Z"),
        "{default}"
    );
}

#[test]
fn dates_are_days_of_the_zone_and_their_end_is_included() {
    let server = Server::start();
    for (tz, from, to) in [
        ("UTC", "2026-03-29T00:00:00Z", "2026-03-30T00:00:00Z"),
        (
            "Europe/Berlin",
            "2026-03-28T23:00:00Z",
            "2026-03-29T22:00:00Z",
        ),
        (
            "America/St_Johns",
            "2026-03-29T02:30:00Z",
            "2026-03-30T02:30:00Z",
        ),
        (
            "Pacific/Apia",
            "2026-03-28T11:00:00Z",
            "2026-03-29T11:00:00Z",
        ),
    ] {
        let range = range_of(
            &server,
            &json!({"from": "2026-03-29", "to": "2026-03-29", "tz": tz}),
        );
        assert_eq!(range, json!({"from": from, "to": to, "tz": tz}));
    }
}

#[test]
fn ranges_are_half_open_and_may_lack_an_end() {
    let server = Server::start();
    server.record(&json!([
        {"action": "a.b", "occurred_at": "2026-01-01T00:00:00Z"},
        {"action": "a.b", "occurred_at": "2026-01-02T00:00:00Z"},
    ]));
    let found = |terms: Value| {
        server
            .search(terms)
            .iter()
            .filter(|event| event["action"] == "a.b")
            .count()
    };
    assert_eq!(
        found(json!({"from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"})),
        1
    );
    assert_eq!(found(json!({"from": "2026-01-01T00:00:00.000000001Z"})), 1);
    assert_eq!(found(json!({"to": "2026-01-02T00:00:00Z"})), 1);
    assert_eq!(found(json!({"from": "2026-01-01T01:00:00+01:00"})), 2);
    let open = range_of(&server, &json!({"from": "2026-01-01T00:00:00Z"}));
    assert_eq!(
        open,
        json!({"from": "2026-01-01T00:00:00Z", "to": null, "tz": "UTC"})
    );
}

#[test]
fn all_time_filters_nothing_and_echoes_what_there_is() {
    let server = Server::start();
    server.record(&json!([
        {"action": "a.b", "occurred_at": "1999-12-31T23:59:59Z"},
        {"action": "a.b", "occurred_at": "2150-01-01T00:00:00Z"},
    ]));
    assert_eq!(server.of_products().len(), 2);
    let range = range_of(&server, &json!({"range": "all_time"}));
    assert_eq!(range["from"], "1999-12-31T23:59:59Z");
    assert!(
        range["to"].as_str().unwrap().starts_with("2150-01-01"),
        "{range}"
    );
    let early = server.search(
        json!({"range": "all_time", "refine": [{"column": "action", "op": "eq", "value": "a.b"}]}),
    );
    assert_eq!(early[0]["clock_skew"], true);
    assert_eq!(early[1].get("clock_skew"), None);
}
