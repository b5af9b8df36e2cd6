//! Pages, snapshots, streams and the tail.

use serde_json::{Value, json};

use crate::server::Server;

fn ids(events: &[Value]) -> Vec<u64> {
    events
        .iter()
        .map(|event| event["integrity"]["index"].as_u64().unwrap())
        .collect()
}

fn record_many(server: &Server, count: usize) {
    // Ties in time on purpose: rows that share a time must be neither skipped nor shown twice.
    let events: Value = (0..count)
        .map(|n| json!({"action": "a.b", "metadata": {"n": n}, "occurred_at": format!("2026-01-01T00:00:{:02}Z", n / 7 % 60)}))
        .collect();
    server.record(&events);
}

#[test]
fn any_page_size_in_both_directions_lists_the_same_rows() {
    let server = Server::start();
    record_many(&server, 60);
    let terms = |limit: usize, order: &str| json!({"from": "2026-01-01", "to": "2026-01-01", "limit": limit, "order": order});
    let newest_first = ids(&server.search(terms(1000, "desc")));
    assert_eq!(newest_first.len(), 60);
    for limit in [1, 6, 7, 59, 60] {
        assert_eq!(
            ids(&server.search(terms(limit, "desc"))),
            newest_first,
            "{limit}"
        );
        let mut oldest_first = ids(&server.search(terms(limit, "asc")));
        oldest_first.reverse();
        assert_eq!(oldest_first, newest_first, "{limit}");
    }
}

#[test]
fn a_listing_is_a_snapshot() {
    let server = Server::start();
    record_many(&server, 20);
    let terms = json!({"from": "2026-01-01", "to": "2026-01-02", "limit": 15, "refine": [{"column": "action", "op": "eq", "value": "a.b"}]});
    let first = server.post("/v1/accounts/acme/events/search", &terms).ok();
    record_many(&server, 20);
    let mut next = terms.clone();
    next["cursor"] = first["next_cursor"].clone();
    let second = server.post("/v1/accounts/acme/events/search", &next).ok();
    assert_eq!(second["events"].as_array().unwrap().len(), 5);
    assert_eq!(second["next_cursor"], Value::Null);
    assert_eq!(second["range"], first["range"]);
    let mut then = terms.clone();
    then["as_of"] = first["as_of"]["tree_size"].clone();
    then["count"] = json!(true);
    assert_eq!(
        server.post("/v1/accounts/acme/events/search", &then).ok()["count"],
        20
    );
}

#[test]
fn ndjson_streams_everything_and_says_when_it_is_whole() {
    let server = Server::start();
    record_many(&server, 2_500);
    let text = std::process::Command::new("curl")
        .args([
            "-sS",
            "-H",
            &format!("Authorization: Bearer {}", server.token),
            "-H",
            "Accept: application/x-ndjson",
        ])
        .arg(format!(
            "{}/v1/accounts/acme/events?range=all_time&q=action:a.b",
            server.url
        ))
        .output()
        .unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (end, events) = lines.split_last().unwrap();
    assert_eq!(
        (end["end"]["count"].as_u64(), events.len()),
        (Some(2_500), 2_500)
    );
    assert!(end["end"]["as_of"]["tree_size"].is_u64());
}

#[test]
fn the_tail_never_misses_a_late_event() {
    let server = Server::start();
    record_many(&server, 5);
    let mut cursor = String::new();
    let mut seen = Vec::new();
    let mut read = |cursor: &mut String| {
        let page = server
            .get(&format!(
                "/v1/accounts/acme/events/tail?after={cursor}&limit=2&wait_s=0"
            ))
            .ok();
        *cursor = page["next_cursor"].as_str().unwrap().to_owned();
        let events = page["events"].as_array().unwrap().clone();
        seen.extend(
            events
                .iter()
                .filter(|event| event["action"] == "a.b")
                .cloned(),
        );
        events.len()
    };
    while read(&mut cursor) > 0 {}
    server.record(&json!({"action": "a.b", "occurred_at": "2001-01-01T00:00:00Z"}));
    while read(&mut cursor) > 0 {}
    assert_eq!(seen.len(), 6);
    assert_eq!(seen[5]["occurred_at"], "2001-01-01T00:00:00Z");
    assert!(ids(&seen).windows(2).all(|pair| pair[0] < pair[1]));
    let foreign = server.post(
        "/v1/accounts/acme/events/search",
        &json!({"cursor": cursor}),
    );
    assert_eq!(foreign.problem(400).1, "/cursor");
}
