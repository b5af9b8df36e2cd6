//! Strangers get nothing, and one account never sees another.

use serde_json::{Value, json};

use crate::server::{Server, make_key};

#[test]
fn without_a_valid_token_everything_is_401() {
    let server = Server::start();
    let mistyped = format!("{}x", server.token);
    for token in [
        None,
        Some("ann_nothing"),
        Some(mistyped.as_str()),
        Some("Bearer"),
    ] {
        for path in [
            "/v1/accounts",
            "/v1/accounts/acme/events",
            "/v1/accounts/nobody/events",
            "/v1/accounts/acme/values?column=event",
        ] {
            let answer = server.get_as(token, path);
            assert_eq!(answer.problem(401).0, "unauthenticated", "{path}");
            assert!(answer.headers.contains_key("www-authenticate"));
        }
        let json = [("content-type", "application/json")];
        let answer = server.post_bytes(
            token,
            "/v1/accounts/acme/events",
            &json,
            br#"{"action":"a.b"}"#,
        );
        assert_eq!(answer.problem(401).0, "unauthenticated");
    }
    assert_eq!(server.of_products(), Vec::<Value>::new());
}

#[test]
fn another_account_is_404_and_gives_away_no_byte() {
    let mut other = String::new();
    let server = Server::start_with(|data| {
        other = make_key(data, Some("globex"), "audit:read,events:write");
        Vec::new()
    });
    let marked = json!({"action": "role.create", "actor": {"type": "user", "id": "marker-acme"}, "description": "marker-acme"});
    let receipt = server.record(&marked);
    let id = receipt["receipts"][0]["id"].as_str().unwrap();
    for path in [
        "/v1/accounts/acme/events".to_owned(),
        format!("/v1/accounts/acme/events/{id}"),
        "/v1/accounts/acme/values?column=user".to_owned(),
        "/v1/accounts/acme/resources".to_owned(),
        "/v1/accounts/acme".to_owned(),
    ] {
        let answer = server.get_as(Some(&other), &path);
        assert_eq!(answer.problem(404).0, "account_not_found", "{path}");
        assert!(
            !answer.body.to_string().contains("marker"),
            "{}",
            answer.body
        );
    }
    assert_eq!(
        server
            .get_as(Some(&other), &format!("/v1/accounts/globex/events/{id}"))
            .problem(404)
            .0,
        "event_not_found"
    );
    let theirs = server
        .get_as(Some(&other), "/v1/accounts/globex/events?range=all_time")
        .ok();
    assert!(!theirs.to_string().contains("marker"), "{theirs}");
    let listed = server.get_as(Some(&other), "/v1/accounts");
    assert!(!listed.body.to_string().contains("acme"), "{}", listed.body);
}

#[test]
fn a_key_does_only_what_it_may() {
    let (mut reader, mut writer) = (String::new(), String::new());
    let server = Server::start_with(|data| {
        reader = make_key(data, Some("acme"), "audit:read");
        writer = make_key(data, Some("acme"), "events:write");
        Vec::new()
    });
    let json = [("content-type", "application/json")];
    let refused = server.post_bytes(
        Some(&reader),
        "/v1/accounts/acme/events",
        &json,
        br#"{"action":"a.b"}"#,
    );
    assert_eq!(refused.problem(403).0, "permission_missing");
    assert!(
        refused.body["detail"]
            .as_str()
            .unwrap()
            .contains("events:write"),
        "{}",
        refused.body
    );
    assert_eq!(
        server
            .get_as(Some(&writer), "/v1/accounts/acme/events")
            .problem(403)
            .0,
        "permission_missing"
    );
    assert_eq!(
        server
            .get_as(Some(&reader), "/v1/accounts/acme/events")
            .status,
        200
    );
}

#[test]
fn a_typo_opens_no_account_and_names_the_nearest_that_may_be_seen() {
    let mut instance = String::new();
    let server = Server::start_with(|data| {
        instance = make_key(
            data,
            None,
            "events:write,audit:read,accounts:create_on_append",
        );
        Vec::new()
    });
    let json = [("content-type", "application/json")];
    let answer = server.post("/v1/accounts/acmee/events", &json!({"action": "a.b"}));
    assert_eq!(answer.problem(404).0, "account_not_found");
    let created = server.post_bytes(
        Some(&instance),
        "/v1/accounts/initech/events",
        &json,
        br#"{"action":"a.b"}"#,
    );
    assert_eq!(created.status, 201, "{}", created.body);
    assert_eq!(
        created.body["receipts"][0]["index"]
            .as_u64()
            .map(|index| index >= 1),
        Some(true),
        "genesis is entry 0"
    );
    let reserved = server.post_bytes(
        Some(&instance),
        "/v1/accounts/annals/events",
        &json,
        br#"{"action":"a.b"}"#,
    );
    assert!((400..500).contains(&reserved.status), "{}", reserved.body);
    let by_case = server.post_bytes(
        Some(&instance),
        "/v1/accounts/ACME/events",
        &json,
        br#"{"action":"a.b"}"#,
    );
    assert!((400..500).contains(&by_case.status), "{}", by_case.body);
}
