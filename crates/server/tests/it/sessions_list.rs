//! A person sees where it is signed in, ends sessions, and changes its password.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    browser::{Browser, PASSWORD},
    harness::Tested,
    recorded::recorded,
};

const NEW: &str = "another horse, another battery";

async fn with_two() -> (Tested, Browser, Browser) {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.person("lily@example.com", &["acme"]).await;
    tested.person("max@example.com", &["acme"]).await;
    let mut lily = Browser::new();
    lily.headers.push(("user-agent".into(), "x".repeat(300)));
    lily.sign_in(&tested, "lily@example.com", PASSWORD).await;
    let max = Browser::of(&tested, "max@example.com").await;
    (tested, lily, max)
}

async fn sessions(tested: &Tested, browser: &Browser) -> Vec<Value> {
    let answer = browser.get(tested, "/v1/sessions").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(!String::from_utf8_lossy(&answer.body).contains("ans_"));
    answer.json()["sessions"].as_array().unwrap().clone()
}

async fn is_in(tested: &Tested, browser: &Browser) -> bool {
    browser.get(tested, "/v1/session").await.json()["signed_in"] == true
}

#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one_and_all_but_this() {
    let (tested, lily, max) = with_two().await;
    tested.clock.advance_ms(1_000);
    let second = Browser::of(&tested, "lily@example.com").await;
    let listed = sessions(&tested, &second).await;
    assert_eq!(listed.len(), 2, "not those of others");
    assert_eq!(
        (&listed[0]["current"], &listed[1]["current"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(listed[1]["method"], "password");
    assert_eq!(listed[1]["ip"], "127.0.0.1");
    assert_eq!(listed[1]["user_agent"].as_str().unwrap().len(), 256);
    let first = listed[1]["id"].as_str().unwrap();
    let path = format!("/v1/sessions/{first}");
    max.ask(&tested, Method::DELETE, &path, None)
        .await
        .assert_problem(404, "session_not_found");
    assert!(is_in(&tested, &lily).await);
    assert_eq!(
        second
            .ask(&tested, Method::DELETE, &path, None)
            .await
            .status,
        204
    );
    assert!(!is_in(&tested, &lily).await);
    second
        .ask(&tested, Method::DELETE, &path, None)
        .await
        .assert_problem(404, "session_not_found");

    let third = Browser::of(&tested, "lily@example.com").await;
    assert_eq!(
        third
            .ask(&tested, Method::DELETE, "/v1/sessions", None)
            .await
            .status,
        204
    );
    assert!(!is_in(&tested, &second).await && is_in(&tested, &third).await);
    assert!(is_in(&tested, &max).await);
    let ended = recorded(&tested, "acme", &["audit_log.session_end"], 2).await;
    assert_eq!(ended[0]["metadata"]["session"], first);
    assert_eq!(ended[1]["metadata"]["count"], 1);
    assert_eq!(ended[1]["targets"][0]["name"], "lily");
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let (tested, lily, max) = with_two().await;
    let other = Browser::of(&tested, "lily@example.com").await;
    let change = async |current: &str, new: &str| {
        let body = json!({"current": current, "new": new});
        lily.ask(&tested, Method::PUT, "/v1/session/password", Some(body))
            .await
    };
    change("wrong wrong wrong", NEW)
        .await
        .assert_problem(403, "password_wrong");
    change(PASSWORD, "too short")
        .await
        .assert_problem_at(400, "invalid_body", "/new");
    assert!(is_in(&tested, &other).await);
    assert_eq!(change(PASSWORD, NEW).await.status, 204);
    assert!(is_in(&tested, &lily).await && is_in(&tested, &max).await);
    assert!(!is_in(&tested, &other).await);
    let mut browser = Browser::new();
    browser
        .sign_in(&tested, "lily@example.com", PASSWORD)
        .await
        .assert_problem(401, "sign_in_failed");
    assert_eq!(
        browser
            .sign_in(&tested, "lily@example.com", NEW)
            .await
            .status,
        200
    );
    for _ in 0..5 {
        change("wrong wrong wrong", NEW)
            .await
            .assert_problem(403, "password_wrong");
    }
    change(NEW, PASSWORD)
        .await
        .assert_problem(429, "rate_limited");
    let events = recorded(&tested, "acme", &["audit_log.password_change"], 1).await;
    assert!(!Value::Array(events).to_string().contains(NEW));
}

#[tokio::test]
async fn a_sign_in_that_nobody_waits_for_is_whole() {
    let (tested, lily, _) = with_two().await;
    let body = json!({"email": "lily@example.com", "password": PASSWORD});
    let request = Browser::new().request(Method::POST, "/v1/session", Some(body));
    let mut asked = Box::pin(tower::ServiceExt::oneshot(tested.server.router(), request));
    // The client leaves while its password is hashed.
    let begun = tokio::time::timeout(std::time::Duration::from_millis(1), &mut asked).await;
    drop(asked);
    assert!(begun.is_err(), "hashing takes longer");
    recorded(&tested, "acme", &["audit_log.sign_in"], 3).await;
    assert_eq!(sessions(&tested, &lily).await.len(), 2, "with its event");
}

#[tokio::test]
async fn a_person_whose_browser_another_signs_in_with_has_signed_out() {
    let (tested, mut lily, _) = with_two().await;
    lily.sign_in(&tested, "max@example.com", PASSWORD).await;
    let out = recorded(&tested, "acme", &["audit_log.sign_out"], 1).await;
    assert_eq!(out[0]["actor"]["name"], "lily");
}
