//! Portal links: opened once, for a read-only session of somebody who is no member.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    browser::Browser,
    harness::Tested,
    recorded::recorded,
    viewer_tokens::{filled, grant},
};

const LINKS: &str = "/v1/accounts/acme/portal_links";
const EVENTS: &str = "/v1/accounts/acme/events?range=all_time";

/// A link made with these members, and its code.
async fn link(tested: &Tested, by: &str, more: Value) -> (Value, String) {
    let mut sent = grant(more);
    if sent["ttl_s"] == 900 {
        sent.as_object_mut().unwrap().remove("ttl_s");
    }
    let made = tested.post(LINKS, by, sent).await;
    assert_eq!(made.status, 201, "{made:?}");
    let made = made.json();
    let (_, code) = made["url"]
        .as_str()
        .unwrap()
        .split_once("/ui/portal#code=")
        .unwrap();
    let code = code.to_owned();
    (made, code)
}

async fn open(tested: &Tested, browser: &mut Browser, code: &str) -> crate::harness::Answer {
    let answer = browser
        .post(tested, "/v1/session/portal", json!({"code": code}))
        .await;
    browser.keep(&answer);
    answer
}

#[tokio::test]
async fn a_link_opens_a_read_only_session_once() {
    let tested = Tested::new().await;
    filled(&tested).await;
    let maker = tested.key(Some("acme"), &["audit:read"]).await;
    let (made, code) = link(
        &tested,
        &maker,
        json!({"resource": "agent:ag_1", "locale": "de"}),
    )
    .await;
    assert!(made["id"].as_str().unwrap().starts_with("plk_"));
    let mut browser = Browser::new();
    let opened = open(&tested, &mut browser, &code).await;
    assert_eq!(opened.status, 201, "{opened:?}");
    let cookie = opened.header("set-cookie");
    assert!(
        cookie.contains("Max-Age=1800") && cookie.contains("HttpOnly; SameSite=Strict"),
        "{cookie}"
    );
    let session = browser.get(&tested, "/v1/session").await.json();
    assert_eq!(
        (&session["signed_in"], &session["viewer"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(session["person"]["name"], "Kim Lee");
    assert_eq!(session["accounts"][0]["permissions"], json!(["audit:read"]));
    assert_eq!(session["accounts"].as_array().unwrap().len(), 1);
    assert_eq!(session["display"]["locale"], "de");
    assert_eq!(session["csrf"], opened.json()["csrf"]);
    let page = browser.get(&tested, EVENTS).await.json();
    assert_eq!(page["events"].as_array().unwrap().len(), 4, "{page}");
    for (method, path, body) in [
        (Method::POST, LINKS, grant(json!({}))),
        (
            Method::POST,
            "/v1/accounts/acme/viewer_tokens",
            grant(json!({})),
        ),
        (
            Method::PATCH,
            "/v1/accounts/acme/settings",
            json!({"name": "x"}),
        ),
        (
            Method::PUT,
            "/v1/accounts/acme/preferences",
            json!({"theme": "dark", "density": "compact", "single_keys": true}),
        ),
        (
            Method::POST,
            "/v1/accounts/acme/views",
            json!({"name": "x", "query": {}}),
        ),
    ] {
        let refused = browser.ask(&tested, method, path, Some(body)).await;
        refused.assert_problem(403, "viewer_refused");
    }
    let search = "/v1/accounts/acme/events/search";
    let found = browser
        .post(&tested, search, json!({"range": "all_time"}))
        .await;
    assert_eq!(found.status, 200, "{found:?}");
    let mut forged = browser.clone();
    forged.csrf = None;
    let refused = forged.post(&tested, search, json!({})).await;
    refused.assert_problem(403, "csrf_refused");
    // The code is used up, and the link's own secret is no cookie.
    let again = open(&tested, &mut Browser::new(), &code).await;
    again.assert_problem(404, "link_invalid");
    let viewed = recorded(
        &tested,
        "acme",
        &["portal_link.create", "portal_link.open"],
        2,
    )
    .await;
    assert_eq!(viewed[1]["actor"]["id"], "cust_7");
    assert_eq!(viewed[1]["targets"][0]["id"], made["id"]);
    assert!(!json!(viewed).to_string().contains(&code));
}

#[tokio::test]
async fn of_many_who_open_a_link_at_once_one_gets_in() {
    let tested = Tested::new().await;
    filled(&tested).await;
    let maker = tested.key(Some("acme"), &["audit:read"]).await;
    let (_, code) = link(&tested, &maker, json!({})).await;
    let browser = Browser::new();
    let tries = (0..8).map(|_| browser.post(&tested, "/v1/session/portal", json!({"code": code})));
    let answers = futures_util::future::join_all(tries).await;
    let count = |status| {
        answers
            .iter()
            .filter(|answer| answer.status == status)
            .count()
    };
    assert_eq!((count(201), count(404)), (1, 7));
}

#[tokio::test]
async fn a_link_ends_with_its_time_its_session_with_its_own() {
    let tested = Tested::new().await;
    filled(&tested).await;
    let maker = tested.key(Some("acme"), &["audit:read"]).await;
    let (_, late) = link(&tested, &maker, json!({"ttl_s": 10})).await;
    let (_, code) = link(&tested, &maker, json!({"session_minutes": 5})).await;
    tested.clock.advance_ms(10_000);
    let mut browser = Browser::new();
    let refused = open(&tested, &mut browser, &late).await;
    refused.assert_problem(404, "link_invalid");
    assert_eq!(open(&tested, &mut browser, &code).await.status, 201);
    tested.clock.advance_ms(5 * 60_000 - 1);
    assert_eq!(browser.get(&tested, EVENTS).await.status, 200);
    tested.clock.advance_ms(1);
    browser
        .get(&tested, EVENTS)
        .await
        .assert_problem(401, "unauthenticated");
    assert_eq!(
        browser.get(&tested, "/v1/session").await.json()["signed_in"],
        false
    );
    for (more, pointer) in [
        (json!({"ttl_s": 301}), "/ttl_s"),
        (
            json!({"ttl_s": 300, "session_minutes": 61}),
            "/session_minutes",
        ),
        (
            json!({"ttl_s": 300, "session_minutes": 0}),
            "/session_minutes",
        ),
    ] {
        let answer = tested.post(LINKS, &maker, grant(more)).await;
        assert!(
            answer.status == 400 && answer.json().to_string().contains(pointer),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn a_link_does_not_silently_sign_a_person_out() {
    let tested = Tested::new().await;
    filled(&tested).await;
    tested.person("lily@example.com", &["acme"]).await;
    let mut lily = Browser::of(&tested, "lily@example.com").await;
    let before = lily.clone();
    let made = lily.post(&tested, LINKS, {
        let mut sent = grant(json!({}));
        sent["ttl_s"] = json!(300);
        sent
    });
    let made = made.await.json();
    let code = made["url"]
        .as_str()
        .unwrap()
        .split_once("#code=")
        .unwrap()
        .1
        .to_owned();
    let refused = open(&tested, &mut lily, &code).await;
    refused.assert_problem(409, "signed_in");
    assert_eq!(
        lily.get(&tested, "/v1/session").await.json()["person"]["name"],
        "lily"
    );
    let body = json!({"code": code, "replace": true});
    let opened = lily.post(&tested, "/v1/session/portal", body).await;
    assert_eq!(opened.status, 201, "{opened:?}");
    lily.keep(&opened);
    assert_eq!(
        lily.get(&tested, "/v1/session").await.json()["viewer"],
        true
    );
    before
        .get(&tested, EVENTS)
        .await
        .assert_problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_viewer_signs_out_and_is_ended_from_outside() {
    let tested = Tested::new().await;
    filled(&tested).await;
    let maker = tested.key(Some("acme"), &["audit:read"]).await;
    let (_, code) = link(&tested, &maker, json!({})).await;
    let mut browser = Browser::new();
    open(&tested, &mut browser, &code).await;
    let out = browser
        .ask(&tested, Method::DELETE, "/v1/session", None)
        .await;
    assert_eq!(out.status, 204);
    browser
        .get(&tested, EVENTS)
        .await
        .assert_problem(401, "unauthenticated");
    let (made, code) = link(&tested, &maker, json!({})).await;
    open(&tested, &mut browser, &code).await;
    let path = format!(
        "/v1/accounts/acme/viewer_tokens/{}",
        made["id"].as_str().unwrap()
    );
    assert_eq!(
        tested.ask(Method::DELETE, &path, &maker, None).await.status,
        204
    );
    browser
        .get(&tested, EVENTS)
        .await
        .assert_problem(401, "unauthenticated");
}

#[tokio::test]
async fn links_are_opened_by_pages_of_our_own_only() {
    let tested = Tested::new().await;
    filled(&tested).await;
    let maker = tested.key(Some("acme"), &["audit:read"]).await;
    let (_, code) = link(&tested, &maker, json!({})).await;
    let mut cross = Browser::new();
    cross.site = Some("cross-site");
    let refused = open(&tested, &mut cross, &code).await;
    refused.assert_problem(403, "csrf_refused");
    let mut browser = Browser::new();
    for wrong in [
        "",
        "anl_x",
        &code.replacen("anl_", "anv_", 1),
        &code.to_uppercase(),
    ] {
        let refused = open(&tested, &mut browser, wrong).await;
        refused.assert_problem(404, "link_invalid");
    }
    assert_eq!(open(&tested, &mut browser, &code).await.status, 201);
}

/// What is signed out of, by the ids of the links.
async fn signed_out(tested: &Tested, count: usize) -> Vec<Value> {
    let events = recorded(tested, "acme", &["audit_log.sign_out"], count).await;
    events
        .iter()
        .map(|event| event["targets"][0]["id"].clone())
        .collect()
}

#[tokio::test]
async fn a_session_that_another_replaces_is_recorded_as_ended() {
    let tested = Tested::new().await;
    filled(&tested).await;
    tested.person("lily@example.com", &["acme"]).await;
    let maker = tested.key(Some("acme"), &["audit:read"]).await;
    let (first, code) = link(&tested, &maker, json!({})).await;
    let mut browser = Browser::new();
    assert_eq!(open(&tested, &mut browser, &code).await.status, 201);
    let (second, code) = link(&tested, &maker, json!({})).await;
    assert_eq!(open(&tested, &mut browser, &code).await.status, 201);
    assert_eq!(signed_out(&tested, 1).await, [first["id"].clone()]);
    let signed_in = browser
        .sign_in(&tested, "lily@example.com", crate::browser::PASSWORD)
        .await;
    assert_eq!(signed_in.status, 200, "{signed_in:?}");
    let both = [first["id"].clone(), second["id"].clone()];
    assert_eq!(signed_out(&tested, 2).await, both);
}
