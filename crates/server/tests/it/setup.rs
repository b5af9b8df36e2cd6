//! The first owner: made once, with the code that only the operator has seen.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    browser::{Browser, PASSWORD},
    harness::{Answer, Tested},
};

async fn set_up(tested: &Tested, browser: &mut Browser, code: &str) -> Answer {
    let owner = json!({"name": "Lily Ari", "email": "lily@example.com", "password": PASSWORD});
    let body = json!({"code": code, "owner": owner});
    let answer = browser.post(tested, "/v1/setup", body).await;
    browser.keep(&answer);
    answer
}

#[tokio::test]
async fn the_first_owner_owns_everything_and_the_code_works_once() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.account("zeta").await;
    let code = tested.server.setup_code().unwrap().to_owned();
    assert_eq!(code.len(), 19, "{code}");
    let mut browser = Browser::new();
    assert_eq!(
        browser.get(&tested, "/v1/setup").await.json(),
        json!({"needed": true})
    );
    assert_eq!(
        browser.get(&tested, "/v1/session").await.json()["setup_needed"],
        true
    );
    let typed = code.to_uppercase().replace('-', " ");
    let made = set_up(&tested, &mut browser, &typed).await;
    assert_eq!(made.status, 201, "{made:?}");
    let session = made.json();
    assert_eq!(session["person"]["operator"], true);
    let ids: Vec<&Value> = session["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|account| &account["id"])
        .collect();
    assert_eq!(ids, ["acme", "zeta", "annals"]);
    assert_eq!(tested.server.setup_code(), None);
    assert_eq!(
        browser.get(&tested, "/v1/setup").await.json(),
        json!({"needed": false})
    );
    for code in [code.as_str(), "wrong"] {
        set_up(&tested, &mut Browser::new(), code)
            .await
            .assert_problem(409, "setup_done");
    }

    let made = browser
        .post(&tested, "/v1/accounts", json!({"id": "new"}))
        .await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(browser.get(&tested, "/v1/accounts/new").await.status, 200);
    tested.account("later").await;
    browser
        .get(&tested, "/v1/accounts/later")
        .await
        .assert_problem(404, "account_not_found");
    let dir = tested.close().await;
    let again = Tested::on(dir, 2).await;
    assert_eq!(again.server.setup_code(), None);
    assert_eq!(browser.get(&again, "/v1/accounts/new").await.status, 200);
}

#[tokio::test]
async fn a_wrong_code_is_refused_and_then_has_to_wait() {
    let tested = Tested::new().await;
    let code = tested.server.setup_code().unwrap().to_owned();
    for guess in ["", "a", "aaaa-aaaa-aaaa-aaaa", &code[1..], "🦀"] {
        set_up(&tested, &mut Browser::new(), guess)
            .await
            .assert_problem(403, "setup_code_wrong");
    }
    let put_off = set_up(&tested, &mut Browser::new(), &code).await;
    put_off.assert_problem(429, "rate_limited");
    assert_eq!(put_off.header("retry-after"), "5");
    tested.clock.advance_ms(5_000);
    assert_eq!(
        set_up(&tested, &mut Browser::new(), &code).await.status,
        201
    );
}

#[tokio::test]
async fn a_bad_owner_is_refused_with_the_place_and_the_code_still_works() {
    let tested = Tested::new().await;
    let code = tested.server.setup_code().unwrap().to_owned();
    let browser = Browser::new();
    for (name, email, password, pointer) in [
        ("", "a@b", PASSWORD, "/owner/name"),
        ("Lily", "lily", PASSWORD, "/owner/email"),
        ("Lily", "@b", PASSWORD, "/owner/email"),
        ("Lily", "a@b c", PASSWORD, "/owner/email"),
        ("Lily", "a@b@c", PASSWORD, "/owner/email"),
        ("Lily", "a@b", "elevenchars", "/owner/password"),
    ] {
        let owner = json!({"name": name, "email": email, "password": password});
        let answer = browser
            .post(&tested, "/v1/setup", json!({"code": code, "owner": owner}))
            .await;
        answer.assert_problem_at(400, "invalid_body", pointer);
    }
    assert_eq!(
        set_up(&tested, &mut Browser::new(), &code).await.status,
        201
    );
}

#[tokio::test]
async fn two_at_once_make_one_owner() {
    let tested = Tested::new().await;
    let code = tested.server.setup_code().unwrap().to_owned();
    let asked = |n: u8| {
        let owner = json!({"name": "x", "email": format!("{n}@b"), "password": PASSWORD});
        let body = json!({"code": code, "owner": owner});
        Browser::new().request(Method::POST, "/v1/setup", Some(body))
    };
    let (one, other) = tokio::join!(tested.send(asked(1)), tested.send(asked(2)));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
}

#[tokio::test]
async fn setup_over_a_network_in_clear_or_from_another_site_is_refused() {
    let tested = Tested::new().await;
    let code = tested.server.setup_code().unwrap().to_owned();
    let mut far = Browser::new();
    far.peer = "192.0.2.1:1".to_owned();
    set_up(&tested, &mut far, &code)
        .await
        .assert_problem(403, "plain_http_refused");
    let mut other = Browser::new();
    other.site = Some("cross-site");
    set_up(&tested, &mut other, &code)
        .await
        .assert_problem(403, "csrf_refused");
    assert!(tested.server.setup_code().is_some());
}

#[tokio::test]
async fn a_member_that_was_added_by_the_operator_ends_the_setup() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    let code = tested.server.setup_code().unwrap().to_owned();
    tested.person("lily@example.com", &["acme"]).await;
    assert_eq!(tested.server.setup_code(), None);
    set_up(&tested, &mut Browser::new(), &code)
        .await
        .assert_problem(409, "setup_done");
    let lily = Browser::of(&tested, "lily@example.com").await;
    lily.post(&tested, "/v1/accounts", json!({"id": "x"}))
        .await
        .assert_problem(403, "permission_missing");
}

#[tokio::test]
async fn a_used_code_does_not_work_again_when_everybody_is_removed() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    let code = tested.server.setup_code().unwrap().to_owned();
    tested.person("lily@example.com", &["acme"]).await;
    let path = "/admin/members/acme/lily@example.com";
    let removed = tested.administer(Method::DELETE, path, None).await;
    assert_eq!(removed.status, 204, "{removed:?}");
    set_up(&tested, &mut Browser::new(), &code)
        .await
        .assert_problem(409, "setup_done");
}

#[tokio::test]
async fn a_large_body_of_a_stranger_is_not_read() {
    let tested = Tested::new().await;
    let code = "x".repeat(70_000);
    set_up(&tested, &mut Browser::new(), &code)
        .await
        .assert_problem(413, "too_large");
}
