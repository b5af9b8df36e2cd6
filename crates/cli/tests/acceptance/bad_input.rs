//! Every kind of bad input: the right refusal, the place, and nothing stored.

use serde_json::{Value, json};

use crate::server::Server;

const EVENTS: &str = "/v1/accounts/acme/events";

fn post_text(server: &Server, body: &str) -> crate::server::Answer {
    server.post_bytes(
        Some(&server.token),
        EVENTS,
        &[("content-type", "application/json")],
        body.as_bytes(),
    )
}

fn valid() -> Value {
    json!({"action": "role.create", "actor": {"type": "user", "id": "usr_1"}})
}

/// A valid event with a member replaced.
fn with(member: &str, value: Value) -> Value {
    let mut event = valid();
    event[member] = value;
    event
}

#[test]
fn a_body_that_is_not_json_is_400_with_its_line() {
    let server = Server::start();
    let answer = post_text(&server, "{\n  \"action\": }");
    assert_eq!(answer.problem(400).0, "invalid_body");
    assert!(
        answer.body["detail"].as_str().unwrap().contains("line 2"),
        "{}",
        answer.body
    );
    let lines = format!("{}\n{{\"action\"\n{}\n", valid(), valid());
    let answer = server.post_bytes(
        Some(&server.token),
        EVENTS,
        &[("content-type", "application/x-ndjson")],
        lines.as_bytes(),
    );
    assert_eq!(answer.problem(400).0, "invalid_body");
    assert!(
        answer.body["detail"].as_str().unwrap().contains("line 2"),
        "{}",
        answer.body
    );
    assert_eq!(server.of_products(), Vec::<Value>::new());
}

#[test]
fn an_event_that_breaks_a_rule_is_422_with_its_pointer() {
    let server = Server::start();
    let long = "x".repeat(257);
    let cases: Vec<(String, &str)> = vec![
        (r#"{"action":"a.b","actor":{"type":"user","id":"u"},"action":"a.b"}"#.into(), "/action"),
        (r#"{"action":"a.b","actor":{"type":"user","id":"u"},"metadata":{"k":"\ud800"}}"#.into(), "/metadata/k"),
        (r#"{"action":"a.b","actor":{"type":"user","id":"u"},"metadata":{"k":9007199254740993}}"#.into(), "/metadata/k"),
        (r#"{"action":"a.b","actor":{"type":"user","id":"u"},"metadata":{"k":1e20}}"#.into(), "/metadata/k"),
        (r#"{"action":"a.b","actor":{"type":"user","id":"u"},"metadata":{"k":1e999}}"#.into(), "/metadata/k"),
        (with("colour", json!("red")).to_string(), "/colour"),
        (with("actor", json!({"type": "user", "id": "u", "nick": "x"})).to_string(), "/actor/nick"),
        (with("actor", json!({"type": "robot", "id": "u"})).to_string(), "/actor/type"),
        (with("actor", json!({"type": "user"})).to_string(), "/actor/id"),
        (with("actor", json!({"type": "user", "id": long})).to_string(), "/actor/id"),
        (with("action", json!("Login!")).to_string(), "/action"),
        (with("occurred_at", json!("yesterday")).to_string(), "/occurred_at"),
        (with("occurred_at", json!("2026-06-30T23:59:60Z")).to_string(), "/occurred_at"),
        (with("occurred_at", json!("2026-06-30T12:00:00.1234567890Z")).to_string(), "/occurred_at"),
        (with("id", json!("0198F2D4-6C1E-7A55-9D0A-3F0F6F1C9E21")).to_string(), "/id"),
        (with("context", json!({"ip": "not an address"})).to_string(), "/context/ip"),
        (with("context", json!({"peer_ip": "192.0.2.1"})).to_string(), "/context/peer_ip"),
        (with("changes", json!([{"path": "no slash"}])).to_string(), "/changes/0/path"),
        (with("targets", json!([{"type": "role"}])).to_string(), "/targets/0/id"),
        (with("targets", json!(vec![json!({"type": "role", "id": "r"}); 33])).to_string(), "/targets"),
        (with("outcome", json!({"result": "perhaps"})).to_string(), "/outcome/result"),
        (json!({"actor": {"type": "user", "id": "u"}}).to_string(), "/action"),
    ];
    for (body, pointer) in cases {
        let answer = post_text(&server, &body);
        assert_eq!(answer.problem(422), ("event_invalid", pointer), "{body}");
        assert_eq!(answer.body["errors"][0]["index"], 0);
    }
    let large = with(
        "metadata",
        (0..50)
            .map(|n| (format!("k{n}"), json!("x".repeat(2_000))))
            .collect(),
    );
    assert_eq!(
        post_text(&server, &large.to_string()).problem(422).0,
        "event_invalid"
    );
    let second = json!([valid(), with("actor", json!("me")), valid()]);
    let answer = server.post(EVENTS, &second);
    assert_eq!(answer.problem(422), ("event_invalid", "/actor"));
    assert_eq!(answer.body["errors"][0]["index"], 1);
    assert_eq!(
        server.of_products(),
        Vec::<Value>::new(),
        "a refused request stores nothing"
    );
}

#[test]
fn an_undeclared_spelling_names_the_nearest_action() {
    let server = Server::start();
    let answer = server.post(EVENTS, &with("action", json!("role.create!")));
    assert_eq!(answer.problem(422).1, "/action");
    assert!(
        answer.body["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("role.create"),
        "{}",
        answer.body
    );
}

#[test]
fn a_request_that_is_too_big_is_413() {
    let server = Server::start();
    let many = Value::Array(vec![json!({"action": "a.b"}); 10_001]);
    assert_eq!(server.post(EVENTS, &many).problem(413).0, "too_large");
    let huge = format!(
        "[{}]",
        vec![with("description", json!("x".repeat(8_000))).to_string(); 2_200].join(",")
    );
    assert_eq!(post_text(&server, &huge).problem(413).0, "too_large");
    assert_eq!(server.of_products(), Vec::<Value>::new());
}

#[test]
fn a_compressed_bomb_is_413_and_damage_is_400() {
    let server = Server::start();
    let bomb = zstd::encode_all(&vec![b' '; 200 * 1024 * 1024][..], 1).unwrap();
    assert!(bomb.len() < 1024 * 1024);
    let headers = [
        ("content-type", "application/json"),
        ("content-encoding", "zstd"),
    ];
    let answer = server.post_bytes(Some(&server.token), EVENTS, &headers, &bomb);
    assert_eq!(answer.problem(413).0, "too_large");
    let answer = server.post_bytes(Some(&server.token), EVENTS, &headers, b"not zstd");
    assert_eq!(answer.problem(400).0, "compression_invalid");
    let good = zstd::encode_all(valid().to_string().as_bytes(), 1).unwrap();
    assert_eq!(
        server
            .post_bytes(Some(&server.token), EVENTS, &headers, &good)
            .status,
        201
    );
    let headers = [
        ("content-type", "application/json"),
        ("content-encoding", "br"),
    ];
    assert_eq!(
        server
            .post_bytes(Some(&server.token), EVENTS, &headers, &good)
            .problem(415)
            .0,
        "encoding_unsupported"
    );
}

#[test]
fn a_wrong_content_type_is_415() {
    let server = Server::start();
    for content_type in ["text/plain", "application/xml", ""] {
        let answer = server.post_bytes(
            Some(&server.token),
            EVENTS,
            &[("content-type", content_type)],
            valid().to_string().as_bytes(),
        );
        assert_eq!(
            answer.problem(415).0,
            "unsupported_media_type",
            "{content_type}"
        );
    }
}

#[test]
fn a_wrong_question_is_400_with_its_place() {
    let server = Server::start();
    let criterion = |criterion: Value| json!({"filter": {"match": "all", "criteria": [criterion]}});
    let group = json!({"match": "any", "criteria": []});
    let cases = [
        (json!({"colour": 1}), "/colour"),
        (json!({"range": "last_week"}), "/range"),
        (json!({"range": "today", "from": "2026-01-01"}), "/range"),
        (json!({"from": "2026-02-01", "to": "2026-01-01"}), "/to"),
        (json!({"from": "soon"}), "/from"),
        (json!({"tz": "Mars/Olympus"}), "/tz"),
        (json!({"week_start": "tue"}), "/week_start"),
        (json!({"order": "sideways"}), "/order"),
        (json!({"limit": 0}), "/limit"),
        (json!({"limit": 1001}), "/limit"),
        (json!({"resource": "no colon"}), "/resource"),
        (json!({"cursor": "abc"}), "/cursor"),
        (json!({"as_of": 1_000_000}), "/as_of"),
        (
            json!({"filter": {"match": "some", "criteria": []}}),
            "/filter/match",
        ),
        (
            criterion(json!({"column": "colour", "op": "eq", "value": "x"})),
            "/filter/criteria/0/column",
        ),
        (
            criterion(json!({"column": "event", "op": "like", "value": "x"})),
            "/filter/criteria/0/op",
        ),
        (
            criterion(json!({"column": "event", "op": "eq"})),
            "/filter/criteria/0/value",
        ),
        (
            criterion(json!({"column": "ip", "op": "in_network", "value": "10.0.0.0/99"})),
            "/filter/criteria/0/value",
        ),
        (
            criterion(json!({"column": "hour", "op": "eq", "value": 24})),
            "/filter/criteria/0/value",
        ),
        (
            criterion(json!({"column": "event", "op": "eq", "value": "x", "not": true})),
            "/filter/criteria/0/not",
        ),
        (criterion(group), "/filter/criteria/0"),
    ];
    for (body, pointer) in cases {
        let answer = server.post("/v1/accounts/acme/events/search", &body);
        assert_eq!(answer.status, 400, "{body} {}", answer.body);
        let (_, place) = answer.problem(400);
        assert!(
            place == pointer || (pointer.ends_with("/0") && place.starts_with(pointer)),
            "{body}: {}",
            answer.body
        );
    }
}

#[test]
fn a_cursor_of_other_parameters_is_400() {
    let server = Server::start();
    server.record(&json!([valid(), valid(), valid()]));
    let page = server
        .post("/v1/accounts/acme/events/search", &json!({"limit": 1}))
        .ok();
    let cursor = page["next_cursor"].clone();
    let same = server.post(
        "/v1/accounts/acme/events/search",
        &json!({"limit": 2, "cursor": cursor, "count": true}),
    );
    assert_eq!(
        same.status, 200,
        "limit and count may change: {}",
        same.body
    );
    let other = server.post(
        "/v1/accounts/acme/events/search",
        &json!({"limit": 1, "cursor": cursor, "q": "x"}),
    );
    assert_eq!(other.problem(400), ("cursor_invalid", "/cursor"));
    let both = server.post(
        "/v1/accounts/acme/events/search",
        &json!({"cursor": cursor, "as_of": 1}),
    );
    assert_eq!(both.problem(400).1, "/as_of");
}

#[test]
fn what_is_not_there_yet_is_refused_by_name() {
    let server = Server::start();
    let answer = server.post(&format!("{EVENTS}?wait=published"), &valid());
    assert_eq!(answer.problem(400), ("not_available", "/wait"));
    assert_eq!(
        server
            .get("/v1/accounts/acme/log/checkpoint")
            .problem(404)
            .0,
        "not_found"
    );
    assert_eq!(server.of_products(), Vec::<Value>::new());
}
