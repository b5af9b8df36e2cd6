//! Rights that end, or hold in some networks only: they give nothing that lasts longer or holds elsewhere.

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use serde_json::{Value, json};

use crate::{
    browser::Browser,
    harness::{Answer, Tested},
    recorded::recorded,
    viewer_tokens::grant,
};

const KEYS: &str = "/v1/accounts/acme/keys";
const MEMBERS: &str = "/v1/accounts/acme/members";
const END: &str = "2039-01-01T00:00:00Z";
const LATER: &str = "2039-01-01T00:00:01Z";

/// A key of acme that may make keys, with what else is said about it.
async fn giver(tested: &Tested, more: Value) -> api::key::CreatedKey {
    let mut new =
        json!({"account": "acme", "name": "giver", "permissions": ["audit:read", "keys:write"]});
    for (name, value) in more.as_object().into_iter().flatten() {
        new[name] = value.clone();
    }
    tested.key_with(new).await
}

fn reader(more: Value) -> Value {
    let mut new = json!({"name": "reader", "permissions": ["audit:read"]});
    for (name, value) in more.as_object().into_iter().flatten() {
        new[name] = value.clone();
    }
    new
}

fn refused_with_the_end(answer: &Answer) {
    let problem = answer.assert_problem(403, "permission_missing");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains(&format!("up to {END}")), "{detail}");
}

/// Asks from an address in 10.0.0.0/24.
async fn from_within(tested: &Tested, method: Method, path: &str, by: &str, body: Value) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {by}"))
        .header(header::CONTENT_TYPE, "application/json")
        .extension(server::Peer("10.0.0.7:1".parse().unwrap()))
        .body(Body::from(body.to_string()))
        .unwrap();
    tested.send(request).await
}

#[tokio::test]
async fn a_key_that_ends_gives_none_that_lasts_longer() {
    let tested = Tested::new().await;
    let own = giver(&tested, json!({"expires_at": END})).await;
    for new in [reader(json!({})), reader(json!({"expires_at": LATER}))] {
        refused_with_the_end(&tested.post(KEYS, &own.token, new).await);
    }
    let new = reader(json!({"expires_at": END}));
    let made = tested.post(KEYS, &own.token, new).await;
    assert_eq!(made.status, 201, "{made:?}");
    // Nor does it make itself, or another, last longer.
    let made = made.json();
    for id in [own.id.as_str(), made["id"].as_str().unwrap()] {
        let path = format!("{KEYS}/{id}");
        for end in [Value::Null, json!(LATER)] {
            let change = Some(json!({"expires_at": end}));
            let answer = tested.ask(Method::PATCH, &path, &own.token, change).await;
            refused_with_the_end(&answer);
        }
    }
    // One for each operation that was refused; the others of the minute are counted.
    for event in recorded(&tested, "acme", &["access.denied"], 2).await {
        assert_eq!(event["outcome"]["code"], "permission_missing");
    }
}

#[tokio::test]
async fn what_a_key_has_beyond_the_giver_stays_and_is_not_given_again() {
    let tested = Tested::new().await;
    let own = giver(&tested, json!({"expires_at": END})).await;
    let lasting = giver(&tested, json!({"networks": ["10.0.0.0/8"]})).await;
    let path = format!("{KEYS}/{}", lasting.id);
    let rotating = format!("{path}/rotate");
    refused_with_the_end(&tested.post(&rotating, &own.token, json!({})).await);
    let patch = |change: Value| tested.ask(Method::PATCH, &path, &own.token, Some(change));
    // From more places, and for good.
    refused_with_the_end(&patch(json!({"networks": []})).await);
    for less in [
        json!({"name": "renamed"}),
        json!({"networks": ["10.1.0.0/16"]}),
        json!({"expires_at": "2041-01-01T00:00:00Z"}),
    ] {
        let changed = patch(less).await;
        assert_eq!(changed.status, 200, "{changed:?}");
    }
    refused_with_the_end(&patch(json!({"expires_at": "2042-01-01T00:00:00Z"})).await);
    let rotating = format!("{KEYS}/{}/rotate", own.id);
    let rotated = tested.post(&rotating, &own.token, json!({})).await;
    assert_eq!(rotated.status, 201, "as long as itself");
}

#[tokio::test]
async fn a_key_of_some_networks_gives_none_of_others() {
    let tested = Tested::new().await;
    let own = giver(&tested, json!({"networks": ["10.0.0.0/24"]})).await;
    for networks in [
        json!([]),
        json!(["10.0.0.0/23"]),
        json!(["10.0.0.0/25", "192.0.2.1"]),
    ] {
        let new = reader(json!({"networks": networks}));
        let answer = from_within(&tested, Method::POST, KEYS, &own.token, new).await;
        let problem = answer.assert_problem(403, "permission_missing");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("10.0.0.0/24"), "{detail}");
        let path = format!("{KEYS}/{}", own.id);
        let wider = json!({"networks": networks});
        let answer = from_within(&tested, Method::PATCH, &path, &own.token, wider).await;
        answer.assert_problem(403, "permission_missing");
    }
    let new = reader(json!({"networks": ["10.0.0.0/25", "10.0.0.200"]}));
    let made = from_within(&tested, Method::POST, KEYS, &own.token, new).await;
    assert_eq!(made.status, 201, "{made:?}");
    let everywhere = giver(&tested, json!({})).await;
    let path = format!("{KEYS}/{}/rotate", everywhere.id);
    let rotated = from_within(&tested, Method::POST, &path, &own.token, json!({})).await;
    rotated.assert_problem(403, "permission_missing");
}

#[tokio::test]
async fn a_member_for_a_time_gives_no_key_that_lasts_longer() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    let until = json!({ "expires_at": END });
    tested
        .member("max@example.com", "acme", "admin", until)
        .await;
    let max = Browser::of(&tested, "max@example.com").await;
    for new in [reader(json!({})), reader(json!({"expires_at": LATER}))] {
        refused_with_the_end(&max.post(&tested, KEYS, new).await);
    }
    let new = reader(json!({"expires_at": END}));
    assert_eq!(max.post(&tested, KEYS, new).await.status, 201);
    tested.person("lily@example.com", &["acme"]).await;
    let lily = Browser::of(&tested, "lily@example.com").await;
    let made = lily.post(&tested, KEYS, reader(json!({}))).await;
    assert_eq!(made.status, 201, "{made:?}");
}

#[tokio::test]
async fn limited_keys_give_no_membership_for_good() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    let permissions = json!(api::Permission::ALL);
    let with = |more: Value| {
        let mut new = reader(more);
        new["account"] = json!("acme");
        new["permissions"] = permissions.clone();
        new
    };
    let ending = tested.key_with(with(json!({"expires_at": END}))).await;
    let near = with(json!({"networks": ["10.0.0.0/24"]}));
    let near = tested.key_with(near).await;
    let id = tested
        .member("ida@example.com", "acme", "member", json!({}))
        .await;
    let path = format!("{MEMBERS}/{id}");
    let ask = |by: &str, change: Value| {
        let by = by.to_owned();
        let (tested, path) = (&tested, &path);
        async move { from_within(tested, Method::PATCH, path, &by, change).await }
    };
    // More power to a membership without an end would outlast the key.
    for token in [&ending.token, &near.token] {
        let refused = ask(token, json!({"role": "auditor"})).await;
        refused.assert_problem(403, "role_above");
    }
    let changed = ask(&ending.token, json!({"role": "auditor", "expires_at": END})).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    let refused = ask(&ending.token, json!({"expires_at": LATER})).await;
    let problem = refused.assert_problem(403, "role_above");
    assert!(problem["detail"].as_str().unwrap().contains(END));
    // To take away needs no time.
    let resources = json!({"resources": [{"type": "agent", "id": "7"}]});
    assert_eq!(ask(&near.token, resources).await.status, 200);
}

#[tokio::test]
async fn a_viewer_token_ends_with_the_rights_of_its_maker() {
    let tested = Tested::new().await;
    let end_ms = server::Clock::now_ms(&*tested.clock) + 60_000;
    let end = event::Timestamp::from_ms(end_ms).to_string();
    let maker = giver(&tested, json!({"expires_at": end})).await.token;
    let path = "/v1/accounts/acme/viewer_tokens";
    let made = tested.post(path, &maker, grant(json!({}))).await;
    assert_eq!(made.json()["expires_at"], end, "{made:?}");
    let mut sent = grant(json!({"session_minutes": 60}));
    sent["ttl_s"] = json!(10);
    let made = tested
        .post("/v1/accounts/acme/portal_links", &maker, sent)
        .await;
    assert_eq!(made.status, 201, "{made:?}");
    let made = made.json();
    let (_, code) = made["url"].as_str().unwrap().split_once("#code=").unwrap();
    let opened = Browser::new()
        .post(&tested, "/v1/session/portal", json!({ "code": code }))
        .await;
    assert_eq!(opened.json()["expires_at"], end, "{opened:?}");
    assert!(opened.header("set-cookie").contains("Max-Age=60"));
}
