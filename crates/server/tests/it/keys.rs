//! Keys: made, used, listed, held to a quota, expired and revoked.

use axum::http::Method;
use serde_json::{Value, json};

use crate::harness::Tested;

#[tokio::test]
async fn a_key_is_created_used_listed_and_revoked() {
    let tested = Tested::new().await;
    let owner = tested
        .key(Some("acme"), &["keys:write", "audit:read"])
        .await;
    let new = json!({"name": "reader", "permissions": ["audit:read", "audit:read"], "expires_at": "2040-01-01T00:00:00Z"});
    let created = tested.post("/v1/accounts/acme/keys", &owner, new).await;
    assert_eq!(created.status, 201, "{created:?}");
    let created = created.json();
    let (id, token) = (
        created["id"].as_str().unwrap(),
        created["token"].as_str().unwrap(),
    );
    assert!(token.starts_with("ann_") && token.len() == 60);

    let introspected = tested.get("/v1/auth/introspect", token).await.json();
    assert_eq!(
        introspected,
        json!({"kind": "key", "id": id, "name": "reader", "account": "acme", "permissions": ["audit:read"], "hide": [], "expires_at": "2040-01-01T00:00:00Z"})
    );
    let listed = tested.get("/v1/accounts/acme/keys", &owner).await;
    assert!(!String::from_utf8_lossy(&listed.body).contains(token));
    let listed = listed.json();
    let key = listed["keys"]
        .as_array()
        .unwrap()
        .iter()
        .find(|key| key["id"] == id)
        .unwrap()
        .clone();
    assert_eq!(key["prefix"], token[..12]);
    assert!(key["last_used_at"].is_string());
    assert_eq!(key["revoked_at"], Value::Null);

    let path = format!("/v1/accounts/acme/keys/{id}");
    for _ in 0..2 {
        assert_eq!(
            tested.ask(Method::DELETE, &path, &owner, None).await.status,
            204
        );
    }
    let refused = tested
        .get("/v1/auth/introspect", token)
        .await
        .assert_problem(401, "unauthenticated");
    assert_eq!(refused["detail"], "the key was revoked");
}

#[tokio::test]
async fn a_key_stops_at_its_expiry() {
    let tested = Tested::new().await;
    let expires_at = "2026-09-21T14:00:00Z";
    let expires_ms = event::Timestamp::parse(expires_at).unwrap().ms();
    tested.clock.set_ms(expires_ms - 1);
    let new = json!({"account": "acme", "name": "x", "permissions": ["audit:read"], "expires_at": expires_at});
    let token = tested.key_with(new).await.token;
    assert_eq!(tested.get("/v1/auth/introspect", &token).await.status, 200);
    tested.clock.set_ms(expires_ms);
    let refused = tested
        .get("/v1/auth/introspect", &token)
        .await
        .assert_problem(401, "unauthenticated");
    assert_eq!(refused["detail"], "the key has expired");
}

#[tokio::test]
async fn bad_keys_are_refused_with_their_place() {
    let tested = Tested::new().await;
    let token = tested
        .key(Some("acme"), &["keys:write", "audit:read"])
        .await;
    let read = json!(["audit:read"]);
    for (body, status, code, pointer) in [
        (
            json!({"name": "x", "permissions": []}),
            400,
            "invalid_body",
            Some("/permissions"),
        ),
        (
            json!({"name": "x", "permissions": ["audit:write"]}),
            400,
            "invalid_body",
            Some("/permissions/0"),
        ),
        (
            json!({"name": "", "permissions": read}),
            400,
            "invalid_body",
            Some("/name"),
        ),
        (
            json!({"name": "a\nb", "permissions": read}),
            400,
            "invalid_body",
            Some("/name"),
        ),
        (
            json!({"name": "x", "permissions": read, "expires_at": "2001-01-01T00:00:00Z"}),
            400,
            "invalid_body",
            Some("/expires_at"),
        ),
        (
            json!({"name": "x", "permissions": read, "expires_at": "tomorrow"}),
            400,
            "invalid_body",
            Some("/expires_at"),
        ),
        (
            json!({"name": "x", "permissions": read, "account": "globex"}),
            400,
            "invalid_body",
            Some("/account"),
        ),
        (
            json!({"name": "x", "permissions": ["events:write"]}),
            403,
            "permission_missing",
            None,
        ),
        (
            json!({"name": "x", "permissions": ["audit:read", "accounts:create_on_append"]}),
            403,
            "permission_missing",
            None,
        ),
    ] {
        let answer = tested.post("/v1/accounts/acme/keys", &token, body).await;
        match pointer {
            Some(pointer) => answer.assert_problem_at(status, code, pointer),
            None => drop(answer.assert_problem(status, code)),
        }
    }
}

#[tokio::test]
async fn a_key_of_another_account_cannot_be_revoked() {
    let tested = Tested::new().await;
    let owner = tested.key(Some("acme"), &["keys:write"]).await;
    let other = tested
        .key_with(json!({"account": "globex", "name": "x", "permissions": ["audit:read"]}))
        .await;
    let whole = tested
        .key_with(json!({"name": "x", "permissions": ["audit:read"]}))
        .await;
    for id in [other.id.as_str(), whole.id.as_str(), "key_x"] {
        let path = format!("/v1/accounts/acme/keys/{id}");
        tested
            .ask(Method::DELETE, &path, &owner, None)
            .await
            .assert_problem(404, "key_not_found");
    }
    assert_eq!(
        tested.get("/v1/auth/introspect", &other.token).await.status,
        200
    );
}

#[tokio::test]
async fn a_key_that_asks_too_often_is_put_off() {
    let tested = Tested::with(|config| config.limits.key_requests_per_second = Some(2)).await;
    let token = tested.key(None, &["audit:read"]).await;
    let other = tested.key(None, &["audit:read"]).await;
    for left in [1, 0] {
        let answer = tested.get("/v1/accounts", &token).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("ratelimit-policy"), "\"key\";q=2;w=1");
        assert_eq!(answer.header("ratelimit"), format!("\"key\";r={left};t=1"));
    }
    let refused = tested.get("/v1/accounts", &token).await;
    refused.assert_problem(429, "rate_limited");
    assert_eq!(refused.header("ratelimit"), "\"key\";r=0;t=1");
    assert_eq!(tested.get("/v1/accounts", &other).await.status, 200);
    assert_eq!(tested.get("/healthz", &token).await.status, 200);
    tested.clock.advance_ms(500);
    assert_eq!(tested.get("/v1/accounts", &token).await.status, 200);
    tested
        .get("/v1/accounts", &token)
        .await
        .assert_problem(429, "rate_limited");
}
