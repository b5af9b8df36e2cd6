//! People are invited, and become members once.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    browser::{Browser, PASSWORD},
    harness::{Answer, Tested},
    recorded::recorded,
};

const PATH: &str = "/v1/accounts/acme/invitations";
const WEEK_MS: u64 = 7 * 24 * 60 * 60 * 1_000;

async fn with_lily() -> (Tested, Browser) {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.account("globex").await;
    tested.person("lily@example.com", &["acme"]).await;
    tested.person("max@example.com", &["globex"]).await;
    let lily = Browser::of(&tested, "lily@example.com").await;
    (tested, lily)
}

/// The id and the code of an invitation.
async fn invite(tested: &Tested, by: &Browser, email: &str, role: &str) -> (String, String) {
    let made = by
        .post(tested, PATH, json!({"email": email, "role": role}))
        .await;
    assert_eq!(made.status, 201, "{made:?}");
    let made = made.json();
    let link = made["link"].as_str().unwrap();
    let code = link
        .strip_prefix("http://localhost:8420/ui/invitation#code=")
        .unwrap();
    (
        made["invitation"]["id"].as_str().unwrap().to_owned(),
        code.to_owned(),
    )
}

async fn accept(tested: &Tested, browser: &Browser, code: &str, new: Option<&str>) -> Answer {
    let mut body = json!({"code": code});
    if let Some(name) = new {
        body["name"] = json!(name);
        body["password"] = json!(PASSWORD);
    }
    browser.post(tested, "/v1/invitations/accept", body).await
}

#[tokio::test]
async fn somebody_new_accepts_and_is_signed_in() {
    let (tested, lily) = with_lily().await;
    let (id, code) = invite(&tested, &lily, "Zoe@example.com", "auditor").await;
    let listed = lily.get(&tested, PATH).await.json();
    assert_eq!(listed["invitations"][0]["id"], id);
    assert_eq!(listed["invitations"][0]["role_name"], "Auditor");
    assert!(!listed.to_string().contains("anl_"));
    let mut zoe = Browser::new();
    let body = json!({"code": code});
    let read = zoe.post(&tested, "/v1/invitations/read", body).await.json();
    assert_eq!(read["account"], json!({"id": "acme", "name": "acme"}));
    assert_eq!(read["role"], json!({"id": "auditor", "name": "Auditor"}));
    assert_eq!(
        (&read["invited_by"], &read["known"]),
        (&json!("lily"), &json!(false))
    );

    let weak = json!({"code": code, "name": "Zoe", "password": "weak"});
    zoe.post(&tested, "/v1/invitations/accept", weak)
        .await
        .assert_problem_at(400, "invalid_body", "/password");
    let accepted = accept(&tested, &zoe, &code, Some("Zoe")).await;
    assert_eq!(accepted.status, 201, "{accepted:?}");
    zoe.keep(&accepted);
    assert_eq!(accepted.json()["accounts"][0]["role"], "auditor");
    assert_eq!(
        zoe.get(&tested, "/v1/accounts/acme/events").await.status,
        200
    );
    let sessions = zoe.get(&tested, "/v1/sessions").await.json();
    assert_eq!(sessions["sessions"][0]["method"], "invitation");
    accept(&tested, &Browser::new(), &code, Some("Zoe"))
        .await
        .assert_problem(404, "link_invalid");
    assert_eq!(
        lily.get(&tested, PATH).await.json()["invitations"],
        json!([])
    );
    let actions = ["audit_log.invitation_create", "audit_log.invitation_accept"];
    let events = recorded(&tested, "acme", &actions, 2).await;
    assert_eq!(events[0]["actor"]["name"], "lily");
    assert_eq!(events[1]["actor"]["name"], "Zoe");
    assert!(!Value::Array(events).to_string().contains(&code));
}

#[tokio::test]
async fn who_is_known_must_be_signed_in_as_the_address() {
    let (tested, lily) = with_lily().await;
    let (_, code) = invite(&tested, &lily, "max@example.com", "member").await;
    for browser in [&Browser::new(), &lily] {
        accept(&tested, browser, &code, None)
            .await
            .assert_problem(409, "sign_in_first");
        accept(&tested, browser, &code, Some("Mallory"))
            .await
            .assert_problem(409, "sign_in_first");
    }
    let max = Browser::of(&tested, "max@example.com").await;
    let mut forged = max.clone();
    forged.csrf = None;
    accept(&tested, &forged, &code, None)
        .await
        .assert_problem(403, "csrf_refused");
    let accepted = accept(&tested, &max, &code, None).await;
    assert_eq!(accepted.status, 201, "{accepted:?}");
    assert_eq!(accepted.json()["accounts"].as_array().unwrap().len(), 2);
    let again = json!({"email": "max@example.com", "role": "member"});
    lily.post(&tested, PATH, again)
        .await
        .assert_problem(409, "member_exists");
}

#[tokio::test]
async fn of_two_who_accept_at_once_one_wins() {
    let (tested, lily) = with_lily().await;
    let (_, code) = invite(&tested, &lily, "zoe@example.com", "member").await;
    let (one, two) = (Browser::new(), Browser::new());
    let both = tokio::join!(
        accept(&tested, &one, &code, Some("One")),
        accept(&tested, &two, &code, Some("Two"))
    );
    let won = [both.0.status, both.1.status]
        .iter()
        .filter(|status| **status == 201)
        .count();
    assert_eq!(won, 1, "{both:?}");
}

#[tokio::test]
async fn revoked_replaced_expired_and_powerless_invitations_are_dead() {
    let (tested, lily) = with_lily().await;
    let dead = async |code: &str| {
        accept(&tested, &Browser::new(), code, Some("Zoe"))
            .await
            .assert_problem(404, "link_invalid");
    };
    let (_, first) = invite(&tested, &lily, "zoe@example.com", "member").await;
    let (second_id, second) = invite(&tested, &lily, "ZOE@example.com", "admin").await;
    dead(&first).await;
    let path = format!("{PATH}/{second_id}");
    assert_eq!(
        lily.ask(&tested, Method::DELETE, &path, None).await.status,
        204
    );
    dead(&second).await;
    lily.ask(&tested, Method::DELETE, &path, None)
        .await
        .assert_problem(404, "invitation_not_found");
    let (_, third) = invite(&tested, &lily, "zoe@example.com", "admin").await;
    tested.clock.advance_ms(WEEK_MS);
    dead(&third).await;

    let lily = Browser::of(&tested, "lily@example.com").await;
    let (_, fourth) = invite(&tested, &lily, "zoe@example.com", "admin").await;
    let gone = "/admin/members/acme/lily@example.com";
    assert_eq!(
        tested.administer(Method::DELETE, gone, None).await.status,
        204
    );
    dead(&fourth).await;
}

#[tokio::test]
async fn nobody_invites_above_himself() {
    let (tested, lily) = with_lily().await;
    let (_, code) = invite(&tested, &lily, "adam@example.com", "admin").await;
    let mut admin = Browser::new();
    admin.keep(&accept(&tested, &admin, &code, Some("Adam")).await);
    for (role, is_above) in [("owner", true), ("compliance", true), ("auditor", false)] {
        let body = json!({"email": format!("{role}@example.com"), "role": role});
        let answer = admin.post(&tested, PATH, body).await;
        if is_above {
            answer.assert_problem(403, "role_above");
        } else {
            assert_eq!(answer.status, 201, "{answer:?}");
        }
    }
    let owner = lily
        .post(
            &tested,
            PATH,
            json!({"email": "o@example.com", "role": "owner"}),
        )
        .await
        .json();
    let path = format!("{PATH}/{}", owner["invitation"]["id"].as_str().unwrap());
    admin
        .ask(&tested, Method::DELETE, &path, None)
        .await
        .assert_problem(403, "role_above");
    lily.post(&tested, PATH, json!({"email": "x", "role": "nothing"}))
        .await
        .assert_problem_at(400, "invalid_body", "/email");
}

#[tokio::test]
async fn a_key_that_ends_invites_nobody_for_longer() {
    let (tested, _) = with_lily().await;
    let now_ms = server::Clock::now_ms(&*tested.clock);
    let at = |ms: u64| event::Timestamp::from_ms(now_ms + ms).to_string();
    let new = json!({"account": "acme", "name": "ci", "permissions": ["members:write"], "expires_at": at(WEEK_MS)});
    let key = tested.key_with(new).await.token;
    for (ends, status) in [
        (Value::Null, 403),
        (json!(at(WEEK_MS + 1_000)), 403),
        (json!(at(WEEK_MS)), 201),
    ] {
        let mut sent = json!({"email": "zoe@example.com", "role": "member"});
        if !ends.is_null() {
            sent["membership_expires_at"] = ends;
        }
        let answer = tested.post(PATH, &key, sent).await;
        assert_eq!(answer.status, status, "{answer:?}");
    }
}
