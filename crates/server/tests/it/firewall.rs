//! No secret that was sent stays anywhere: not in the data directory, not in an answer.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use axum::{
    body::Body,
    http::{Method, Request},
};
use serde_json::{Value, json};
use testkit::secrets::{self, PLACES, Search};

use crate::{browser::Browser, harness::Tested};

const EVENTS: &str = "/v1/accounts/acme/events";
const FIREWALL: &str = "/v1/accounts/acme/firewall";

/// All events of an account, with those that the log records about itself.
async fn all_events(tested: &Tested, token: &str) -> Vec<Value> {
    let mut events = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("{EVENTS}?range=all_time&limit=1000{cursor}");
        let page = tested.get(&path, token).await.json();
        events.extend(page["events"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            None => return events,
            Some(next) => cursor = format!("&cursor={next}"),
        }
    }
}

/// The first events of this action, once there are so many.
async fn recorded(tested: &Tested, token: &str, action: &str, count: usize) -> Vec<Value> {
    for _ in 0..500 {
        let mut events = all_events(tested, token).await;
        events.retain(|event| event["action"] == action);
        if events.len() >= count {
            return events;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{action} was not recorded");
}

#[tokio::test]
async fn no_format_in_no_place_reaches_the_disk_or_an_answer() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    let token = tested
        .key(Some("acme"), &["audit:read", "events:write"])
        .await;
    let formats = secrets::formats();
    let mut search = Search::default();
    let (mut cases, mut places, mut batch) = (0, BTreeSet::new(), Vec::new());
    for secret in &formats {
        search.add(&secret.rule, &secret.value);
        for (place, event) in secrets::events(secret) {
            cases += 1;
            places.insert(place);
            batch.push(event);
        }
    }
    for (rule, name, value) in secrets::named() {
        cases += 1;
        search.add(&rule, &value);
        batch.push(
            json!({"action": "secret.paste", "metadata": {"a": [{ &name: value }]},
            "changes": [{"path": format!("/x/{name}"), "old": value, "new": {"y": value}}]}),
        );
    }
    assert_eq!(places, PLACES.into_iter().collect());
    for events in batch.chunks(1_000) {
        let answer = tested
            .post(&format!("{EVENTS}?wait=indexed"), &token, json!(events))
            .await;
        assert_eq!(answer.status, 201, "{:?}", answer.json());
    }
    let answers: Vec<String> = vec![
        json!(all_events(&tested, &token).await).to_string(),
        values(&tested, &token).await,
    ];
    let report = tested.get(FIREWALL, &token).await.json();
    let dir = tested.close().await;
    let mut leaks = search.in_directory(&dir.path().join("data"));
    for answer in answers {
        leaks.extend(search.in_bytes("an answer", answer.as_bytes()));
    }
    leaks.sort();
    assert!(
        leaks.is_empty(),
        "{}: {:?}",
        leaks.len(),
        &leaks[..leaks.len().min(20)]
    );
    let counted: BTreeMap<&str, u64> = report["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| {
            (
                rule["rule"].as_str().unwrap(),
                rule["count"].as_u64().unwrap(),
            )
        })
        .collect();
    for secret in &formats {
        assert!(
            counted.contains_key(&*secret.rule),
            "{} told nothing",
            secret.rule
        );
    }
    println!(
        "{} formats in {cases} events, {} files, {} bytes, {} compressed frames: no leak; {} rules told {} secrets",
        formats.len(),
        search.files,
        search.bytes,
        search.frames,
        counted.len(),
        report["total"]
    );
}

/// What the index knows of some columns.
async fn values(tested: &Tested, token: &str) -> String {
    let mut all = String::new();
    for column in [
        "actor",
        "target",
        "metadata.note",
        "source",
        "user_agent",
        "description",
    ] {
        let path = format!("/v1/accounts/acme/values?column={column}&size=1000");
        all += &String::from_utf8_lossy(&tested.get(&path, token).await.body);
    }
    all
}

#[tokio::test]
async fn the_search_for_leaks_finds_what_is_there() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    let token = tested
        .key(Some("acme"), &["audit:read", "events:write"])
        .await;
    let event = json!({"action": "a.b", "description": "the marker is plainly kept here"});
    let sent = tested.post(EVENTS, &token, event).await;
    assert_eq!(sent.status, 201);
    let dir = tested.close().await;
    let mut search = Search::default();
    search.add("marker", "the marker is plainly kept here");
    assert!(!search.in_directory(&dir.path().join("data")).is_empty());
    let compressed =
        zstd::encode_all("so is the marker is plainly kept here".as_bytes(), 3).unwrap();
    assert!(
        !search
            .in_bytes("a frame", &[b"xx".as_slice(), &compressed].concat())
            .is_empty()
    );
}

#[tokio::test]
async fn what_clients_send_beside_events_is_looked_at_too() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.person("lily@example.com", &["acme"]).await;
    let lily = Browser::of(&tested, "lily@example.com").await;
    let read = tested
        .key(Some("acme"), &["audit:read", "keys:write"])
        .await;
    let secret = secrets::formats()
        .into_iter()
        .find(|secret| secret.rule == "token:github_pat")
        .unwrap()
        .value;
    // Names that would be kept outside of the log are refused.
    let named = json!({"name": format!("deploy {secret}"), "permissions": ["audit:read"]});
    for (path, body) in [
        ("/v1/accounts/acme/keys", named),
        (
            "/v1/accounts/acme/views",
            json!({"name": secret, "query": {}}),
        ),
        (
            "/v1/accounts/acme/views",
            json!({"name": "x", "query": {"q": secret}}),
        ),
    ] {
        let refused = lily.post(&tested, path, body).await;
        assert_eq!(refused.status, 400, "{path}: {:?}", refused.json());
        assert!(!refused.json().to_string().contains(&secret[..20]));
    }
    let settings = "/v1/accounts/acme/settings";
    let change = Some(json!({"name": secret}));
    assert_eq!(
        lily.ask(&tested, Method::PATCH, settings, change)
            .await
            .status,
        400
    );
    // A question is recorded without it, and an id of a request that is one is not taken over.
    let words = format!("{EVENTS}?q={secret}&range=all_time");
    assert_eq!(tested.get(&words, &read).await.status, 200);
    let long = format!("{}{secret}", "x".repeat(2_030));
    let filter = json!({"q": "other", "refine": [
        {"column": "metadata.db_password", "op": "is", "value": "correct-horse"},
        {"column": "description", "op": "contains", "value": long},
    ]});
    let asked = tested
        .post(&format!("{EVENTS}/search"), &read, filter)
        .await;
    assert!(asked.status < 500, "{:?}", asked.json());
    let request = Request::get(EVENTS)
        .header("authorization", format!("Bearer {read}"))
        .header("x-request-id", &secret)
        .body(Body::empty())
        .unwrap();
    assert_ne!(tested.send(request).await.header("x-request-id"), secret);
    recorded(&tested, &read, "audit_log.search", 1).await;
    let dir = tested.close().await;
    let mut search = Search::default();
    search.add("the token", &secret);
    search.add("the password", "correct-horse");
    assert_eq!(search.in_directory(&dir.path().join("data")), []);
}

#[tokio::test]
async fn hits_are_counted_recorded_and_survive_a_restart() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    let token = tested
        .key(Some("acme"), &["audit:read", "events:write"])
        .await;
    let none = tested.get(FIREWALL, &token).await.json();
    assert_eq!(none, json!({"rules": [], "total": 0}));
    let event = json!({"action": "user.update", "id": "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e21",
        "producer": {"name": "billing"}, "metadata": {"password": "hunter2", "api_key": "x", "old_password": "y"}});
    // A repetition is the same event, and counts once.
    for _ in 0..2 {
        assert_eq!(tested.post(EVENTS, &token, event.clone()).await.status, 201);
    }
    let refused = json!([{"action": "Login!", "metadata": {"password": "z"}}, event]);
    assert_eq!(tested.post(EVENTS, &token, refused).await.status, 422);
    let report = tested.get(FIREWALL, &token).await.json();
    let rules: Vec<(&str, u64)> = report["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| {
            (
                rule["rule"].as_str().unwrap(),
                rule["count"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(rules, [("name:api_key", 1), ("name:password", 2)]);
    assert_eq!(report["total"], 3);
    let told = recorded(&tested, &token, "audit_log.secret_removed", 2).await;
    let password = told
        .iter()
        .find(|event| event["metadata"]["rule"] == "name:password")
        .unwrap();
    assert_eq!(password["targets"][0]["id"], "user.update");
    assert_eq!(password["targets"][1]["id"], "billing");
    assert_eq!(password["metadata"]["count"], 2);
    assert!(
        password["metadata"]["place"]
            .as_str()
            .unwrap()
            .ends_with("password")
    );
    assert_eq!(password["actor"]["type"], "api_key");
    let kept = recorded(&tested, &token, "user.update", 1).await;
    let fingerprint = &password["metadata"]["fingerprint"];
    assert!(
        kept[0]["metadata"]
            .as_object()
            .unwrap()
            .values()
            .any(|kept| kept == fingerprint)
    );
    let metrics = tested.get("/metrics", "").await;
    let metrics = String::from_utf8_lossy(&metrics.body).into_owned();
    assert!(
        metrics.contains("annals_firewall_secrets_total{kind=\"name\"} 3"),
        "{metrics}"
    );
    let again = Tested::on(tested.close().await, 2).await;
    assert_eq!(again.get(FIREWALL, &token).await.json(), report);
}

#[tokio::test]
async fn an_account_decides_what_else_is_a_secret() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.account("globex").await;
    let token = tested
        .key(
            Some("acme"),
            &["audit:read", "events:write", "accounts:write"],
        )
        .await;
    let other = tested
        .key(Some("globex"), &["audit:read", "events:write"])
        .await;
    let settings = "/v1/accounts/acme/settings";
    let patch = |change: Value| tested.ask(Method::PATCH, settings, &token, Some(change));
    let before = tested.get(settings, &token).await.json();
    assert_eq!(
        before["firewall"],
        json!({"names": [], "allow": [], "entropy": true, "prefixes": []})
    );
    let rules = json!({"names": ["door pin"], "allow": ["csrf_token"], "prefixes": ["acme_"]});
    let after = patch(json!({"firewall": rules})).await;
    assert_eq!(after.status, 200, "{:?}", after.json());
    assert_eq!(
        patch(json!({"firewall": {"entropy": false}})).await.status,
        200
    );
    for (wrong, pointer) in [
        (json!({"names": ["-"]}), "/firewall/names"),
        (json!({"allow": ["x".repeat(65)]}), "/firewall/allow"),
        (json!({"prefixes": ["a"]}), "/firewall/prefixes"),
        (json!({"names": vec!["x"; 101]}), "/firewall/names"),
    ] {
        let refused = patch(json!({ "firewall": wrong })).await;
        assert_eq!(
            refused.json()["errors"][0]["pointer"],
            pointer,
            "{:?}",
            refused.json()
        );
    }
    let random = "q7Zk2mXv9RbT4cWn8LpY3sHd6GfJ5aQeU";
    let metadata =
        json!({"doorPin": "1234", "csrfToken": "kept", "note": "acme_12ab34cd", "code": random});
    let mut kept = Vec::new();
    for (account, token) in [("acme", &token), ("globex", &other)] {
        let path = format!("/v1/accounts/{account}/events");
        let event = json!({"action": "a.b", "metadata": metadata});
        let path_waiting = format!("{path}?wait=indexed");
        assert_eq!(tested.post(&path_waiting, token, event).await.status, 201);
        let page = tested
            .get(&format!("{path}?range=all_time&q=action:a.b"), token)
            .await
            .json();
        kept.push(page["events"][0]["metadata"].clone());
    }
    let is_secret = |value: &Value| value.as_str().unwrap().starts_with("secret:");
    let members = ["doorPin", "csrfToken", "note", "code"];
    assert_eq!(
        members.map(|name| is_secret(&kept[0][name])),
        [true, false, true, false],
        "{kept:?}"
    );
    assert_eq!(
        members.map(|name| is_secret(&kept[1][name])),
        [false, true, false, true],
        "{kept:?}"
    );
    let changed = recorded(&tested, &token, "audit_log.settings_update", 2).await;
    assert!(
        changed
            .iter()
            .any(|event| event["changes"][0]["path"] == "/firewall")
    );
    let again = Tested::on(tested.close().await, 2).await;
    let stored = again.get(settings, &token).await.json();
    let expected = json!({"names": ["door pin"], "allow": ["csrf_token"], "entropy": false, "prefixes": ["acme_"]});
    assert_eq!(stored["firewall"], expected);
}

#[tokio::test]
async fn whoever_may_neither_read_nor_declare_is_not_told() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    let token = tested.key(Some("acme"), &["events:write"]).await;
    tested
        .get(FIREWALL, &token)
        .await
        .assert_problem(403, "permission_missing");
}
