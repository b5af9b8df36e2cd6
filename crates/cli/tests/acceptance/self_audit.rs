//! The audit log audits itself: reads, refusals and changes are events of category *Audit log*.

use serde_json::{Value, json};

use crate::server::{Server, make_key};

/// Waits for an event that satisfies `wanted`; the tail is asked again until it comes.
fn eventually(
    server: &Server,
    account: &str,
    token: &str,
    wanted: impl Fn(&Value) -> bool,
) -> Value {
    let mut cursor = String::new();
    for _ in 0..40 {
        let page = server
            .get_as(
                Some(token),
                &format!("/v1/accounts/{account}/events/tail?after={cursor}&wait_s=2"),
            )
            .ok();
        page["next_cursor"]
            .as_str()
            .unwrap()
            .clone_into(&mut cursor);
        if let Some(found) = page["events"]
            .as_array()
            .unwrap()
            .iter()
            .find(|event| wanted(event))
        {
            return found.clone();
        }
    }
    panic!("the event did not come")
}

#[test]
fn reading_is_recorded_once_a_minute_with_who_and_from_where() {
    let server = Server::start();
    for _ in 0..5 {
        server.get("/v1/accounts/acme/events").ok();
    }
    let view = eventually(&server, "acme", &server.token, |event| {
        event["action"] == "audit_log.view" && event["metadata"]["operation"] == "events.list"
    });
    assert_eq!(
        (&view["category"], &view["actor"]["type"]),
        (&json!("Audit log"), &json!("api_key"))
    );
    assert!(view["actor"]["id"].as_str().unwrap().starts_with("key_"));
    assert_eq!(view["context"]["ip"], "127.0.0.1");
    let views = server.search(json!({"range": "all_time", "refine": [{"column": "action", "op": "eq", "value": "audit_log.view"}]}));
    let lists = views
        .iter()
        .filter(|event| event["metadata"]["operation"] == "events.list")
        .count();
    assert_eq!(lists, 1, "further reads of the minute are only counted");
}

#[test]
fn refusals_are_recorded_where_they_belong() {
    let (mut writer, mut operator) = (String::new(), String::new());
    let server = Server::start_with(|data| {
        writer = make_key(data, Some("acme"), "events:write");
        operator = make_key(data, None, "audit:read");
        Vec::new()
    });
    server
        .get_as(Some(&writer), "/v1/accounts/acme/events")
        .problem(403);
    let denied = eventually(&server, "acme", &server.token, |event| {
        event["action"] == "access.denied"
    });
    assert_eq!(
        (&denied["outcome"]["result"], &denied["category"]),
        (&json!("denied"), &json!("Audit log"))
    );
    assert_eq!(denied["metadata"]["operation"], "events.list");
    server.get_as(None, "/v1/accounts/acme/events").problem(401);
    let stranger = eventually(&server, "annals", &operator, |event| {
        event["action"] == "access.denied" && event["actor"]["type"] == "anonymous"
    });
    assert_eq!(stranger["context"]["ip"], "127.0.0.1");
}

#[test]
fn keys_and_accounts_that_are_made_are_recorded() {
    let server = Server::start();
    let made = server.search(json!({"range": "all_time", "refine": [{"column": "category", "op": "eq", "value": "Audit log"}]}));
    let actions: Vec<&str> = made
        .iter()
        .map(|event| event["action"].as_str().unwrap())
        .collect();
    assert!(actions.contains(&"key.create"), "{actions:?}");
    assert!(actions.contains(&"account.create"), "{actions:?}");
    assert!(
        !Value::Array(made).to_string().contains(&server.token),
        "a token is never recorded"
    );
}
