//! What is recorded: receipts, idempotency, people, outcomes, changes, addresses.

use serde_json::{Value, json};

use crate::server::Server;

const EVENTS: &str = "/v1/accounts/acme/events";

#[test]
fn a_receipt_says_where_the_event_stands_and_the_event_is_there() {
    let server = Server::start();
    let answer = server.record(&json!([
        {"action": "RoleCreated", "actor": {"type": "user", "id": "usr_1"}},
        {"action": "a.b"},
    ]));
    let receipts = answer["receipts"].as_array().unwrap();
    assert_eq!(receipts.len(), 2);
    assert_eq!(
        receipts[1]["index"].as_u64(),
        receipts[0]["index"].as_u64().map(|index| index + 1)
    );
    for receipt in receipts {
        assert_eq!(receipt["duplicate"], false);
        assert_eq!(receipt["leaf_hash"].as_str().unwrap().len(), 64);
        assert!(receipt["log"].as_str().unwrap().ends_with("/a/acme"));
        let event = server
            .get(&format!("{EVENTS}/{}", receipt["id"].as_str().unwrap()))
            .ok();
        assert_eq!(event["integrity"]["index"], receipt["index"]);
        assert_eq!(event["integrity"]["leaf_hash"], receipt["leaf_hash"]);
        assert_eq!(event["received_at"], receipt["received_at"]);
    }
    let first = server
        .get(&format!("{EVENTS}/{}", receipts[0]["id"].as_str().unwrap()))
        .ok();
    assert_eq!(
        (&first["action"], &first["action_as_sent"]),
        (&json!("role_created"), &json!("RoleCreated"))
    );
    let second = server
        .get(&format!("{EVENTS}/{}", receipts[1]["id"].as_str().unwrap()))
        .ok();
    assert_eq!(second["actor"]["type"], "system");
    assert_eq!(
        server
            .get(&format!("{EVENTS}/0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e21"))
            .problem(404)
            .0,
        "event_not_found"
    );
}

#[test]
fn the_same_id_is_recorded_once() {
    let server = Server::start();
    let event = json!({"id": "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e21", "action": "a.b", "actor": {"type": "user", "id": "u"}});
    let first = server.record(&event)["receipts"][0].clone();
    let again = server.post(EVENTS, &event);
    assert_eq!(again.status, 201);
    let again = again.body["receipts"][0].clone();
    assert_eq!(again["duplicate"], true);
    for member in ["id", "log", "index", "leaf_hash", "received_at"] {
        assert_eq!(again[member], first[member], "{member}");
    }
    let mut other = event.clone();
    other["description"] = json!("changed");
    let refused = server.post(EVENTS, &json!([{"action": "c.d"}, other]));
    assert_eq!(refused.problem(409), ("id_conflict", "/id"));
    assert_eq!(refused.body["errors"][0]["index"], 1);
    assert_eq!(server.of_products().len(), 1, "all or nothing");
    let twice = server.post(
        EVENTS,
        &json!([
            {"id": "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e22", "action": "a.b"},
            {"id": "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e22", "action": "a.b"},
        ]),
    );
    assert_eq!(twice.status, 201);
    assert_eq!(
        twice.body["receipts"][0]["index"],
        twice.body["receipts"][1]["index"]
    );
    assert_eq!(twice.body["receipts"][1]["duplicate"], true);
    let made = twice.body["receipts"][0]["id"].clone();
    let ours = server.record(&json!({"action": "x.y"}))["receipts"][0]["id"].clone();
    assert_ne!(made, ours);
    assert_eq!(
        server
            .post(EVENTS, &json!({"id": ours, "action": "x.y"}))
            .problem(409)
            .0,
        "id_conflict"
    );
}

#[test]
fn partial_stores_what_is_valid_and_says_what_is_not() {
    let server = Server::start();
    let answer = server.post(
        &format!("{EVENTS}?partial=true&wait=indexed"),
        &json!([
            {"action": "a.b"}, {"action": "Not!"}, {"action": "c.d"},
        ]),
    );
    assert_eq!(answer.status, 200);
    let results = answer.body["results"].as_array().unwrap();
    assert!(results[0]["receipt"].is_object() && results[2]["receipt"].is_object());
    assert_eq!(results[1]["problem"]["code"], "event_invalid");
    assert_eq!(results[1]["problem"]["errors"][0]["index"], 1);
    assert_eq!(server.of_products().len(), 2);
}

#[test]
fn ndjson_and_zstd_are_read() {
    let server = Server::start();
    let lines: Vec<String> = (0..100)
        .map(|n| json!({"action": "a.b", "metadata": {"n": n}}).to_string())
        .collect();
    let lines = lines.join("\n");
    let packed = zstd::encode_all(lines.as_bytes(), 1).unwrap();
    let headers = [
        ("content-type", "application/x-ndjson"),
        ("content-encoding", "zstd"),
    ];
    let answer = server.post_bytes(
        Some(&server.token),
        &format!("{EVENTS}?wait=indexed"),
        &headers,
        &packed,
    );
    assert_eq!(answer.status, 201, "{}", answer.body);
    assert_eq!(server.of_products().len(), 100);
}

#[test]
fn failed_logins_changes_errors_and_system_events_keep_what_matters() {
    let server = Server::start();
    server.record(&json!([
        {"action": "auth.login", "actor": {"type": "user", "email": "Mallory@Example.com"},
         "outcome": {"result": "failure", "code": "bad_password", "reason": "wrong password"},
         "context": {"ip": "198.51.100.9", "location": "Lagos, NG"}},
        {"action": "setting.change", "actor": {"type": "user", "id": "usr_1"},
         "changes": [{"path": "/models", "old": ["a", "b"], "new": ["b", "c"]}, {"path": "/limit", "old": null, "new": 0}]},
        {"action": "system.error", "outcome": {"result": "error", "code": "E42", "reason": "queue is full"}},
        {"action": "data.read", "actor": {"type": "user", "id": "usr_1"}, "targets": [{"type": "file", "id": "f1"}]},
        {"action": "inbox.create", "targets": [{"type": "inbox", "id": "24725"}]},
        {"action": "automation_rule.delete", "actor": {"type": "user", "email": "user@cognigy.com"},
         "targets": [{"type": "automation_rule", "id": "376"}, {"type": "inbox", "id": "24725"}]},
    ]));
    let found = |refine: Value| server.search(json!({"refine": [refine]}));
    let failed = found(json!({"column": "result", "op": "eq", "value": "failure"}));
    let login = failed
        .iter()
        .find(|event| event["category"] != "Audit log")
        .unwrap();
    assert_eq!(login["context"]["location"], "Lagos, NG");
    assert_eq!(login["context"]["ip"], "198.51.100.9");
    assert_eq!(login["outcome"]["reason"], "wrong password");
    assert_eq!(
        found(json!({"column": "actor_email", "op": "eq", "value": "mallory@EXAMPLE.com"})).len(),
        1
    );
    assert_eq!(
        found(json!({"column": "actor_email", "op": "eq", "value": "nobody@example.com"})).len(),
        0
    );
    let changed = found(json!({"column": "action", "op": "eq", "value": "setting.change"}));
    assert_eq!(
        changed[0]["changes"],
        json!([{"path": "/models", "old": ["a", "b"], "new": ["b", "c"]}, {"path": "/limit", "old": null, "new": 0}])
    );
    let errors = found(json!({"column": "result", "op": "eq", "value": "error"}));
    assert_eq!(
        (
            &errors[0]["outcome"]["code"],
            &errors[0]["outcome"]["reason"]
        ),
        (&json!("E42"), &json!("queue is full"))
    );
    let reads = found(json!({"column": "verb", "op": "eq", "value": "read"}));
    assert!(reads.iter().any(|event| event["action"] == "data.read"));
    let system = found(json!({"column": "user", "op": "eq", "value": "System"}));
    let sentences: Vec<&str> = system
        .iter()
        .map(|event| event["activity"].as_str().unwrap())
        .collect();
    assert!(
        sentences.contains(&"Created a new inbox (#24725)"),
        "{sentences:?}"
    );
    let deleted = found(json!({"column": "user", "op": "eq", "value": "user@cognigy.com"}));
    assert_eq!(deleted[0]["activity"], "Deleted an automation rule (#376)");
}

#[test]
fn the_client_address_is_the_truth() {
    let trusting = Server::start_with(|data| {
        let config = data.parent().unwrap().join("trusting.toml");
        std::fs::write(&config, "[listen]\ntrusted_proxies = [\"127.0.0.0/8\"]\n").unwrap();
        vec!["--config".to_owned(), config.display().to_string()]
    });
    let json = [
        ("content-type", "application/json"),
        ("x-forwarded-for", "192.0.2.66, 203.0.113.7"),
    ];
    let path = format!("{EVENTS}?wait=indexed");
    trusting
        .post_bytes(Some(&trusting.token), &path, &json, br#"{"action":"a.b"}"#)
        .ok();
    let context = trusting.of_products()[0]["context"].clone();
    assert_eq!(
        (&context["ip"], &context["peer_ip"]),
        (&json!("203.0.113.7"), &json!("127.0.0.1"))
    );
    let wary = Server::start();
    wary.post_bytes(Some(&wary.token), &path, &json, br#"{"action":"a.b"}"#)
        .ok();
    let context = wary.of_products()[0]["context"].clone();
    assert_eq!(
        (&context["ip"], &context["peer_ip"]),
        (&json!("127.0.0.1"), &Value::Null)
    );
}

#[test]
fn nobody_but_the_server_records_as_annals() {
    let server = Server::start();
    let forged = json!({"action": "audit_log.view", "producer": {"name": "annals"}});
    let refused = server.post(EVENTS, &forged);
    assert_eq!(refused.problem(422), ("event_invalid", "/producer/name"));
    let own = server.search(json!({"range": "all_time"}));
    assert!(
        own.iter()
            .all(|event| event["producer"]["name"] == "annals")
    );
}

#[test]
fn a_secret_is_replaced_before_it_is_stored() {
    let server = Server::start();
    let secret = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
    server.record(&json!({"action": "a.b", "description": format!("used {secret}"), "metadata": {"password": "hunter2-hunter2"}}));
    let event = server.of_products()[0].to_string();
    assert!(
        !event.contains(secret) && !event.contains("hunter2"),
        "{event}"
    );
    assert!(event.contains("secret:"), "{event}");
    search_files(&server, &[secret, "hunter2-hunter2"]);
}

/// No file of a server holds one of the words.
fn search_files(server: &Server, words: &[&str]) {
    let mut folders = vec![server.data()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                for word in words {
                    let found = bytes
                        .windows(word.len())
                        .any(|window| window == word.as_bytes());
                    assert!(!found, "{} holds a secret", path.display());
                }
            }
        }
    }
}
