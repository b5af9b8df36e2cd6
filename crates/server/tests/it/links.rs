//! Links to new passwords work once, for an hour, and for what they are.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    browser::{Browser, PASSWORD},
    harness::{Answer, Tested},
    recorded::recorded,
};

const NEW: &str = "another horse, another battery";
const HOUR_MS: u64 = 60 * 60 * 1_000;

async fn with_lily() -> Tested {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.person("lily@example.com", &["acme"]).await;
    tested
}

/// The code of a link that the operator of the machine made.
async fn link(tested: &Tested) -> String {
    let path = "/admin/people/lily@example.com/reset_link?public_url=https://audit.example.com";
    let made = tested.administer(Method::POST, path, None).await;
    assert_eq!(made.status, 201, "{made:?}");
    let link = made.json()["link"].as_str().unwrap().to_owned();
    let code = link.strip_prefix("https://audit.example.com/ui/reset#code=");
    code.unwrap().to_owned()
}

async fn accept(tested: &Tested, code: &str, password: &str) -> Answer {
    let body = json!({"code": code, "password": password});
    Browser::new()
        .post(tested, "/v1/password_resets/accept", body)
        .await
}

async fn read(tested: &Tested, code: &str) -> Answer {
    let body = json!({"code": code});
    Browser::new()
        .post(tested, "/v1/password_resets/read", body)
        .await
}

#[tokio::test]
async fn a_link_sets_a_password_once_and_ends_all_sessions() {
    let tested = with_lily().await;
    let lily = Browser::of(&tested, "lily@example.com").await;
    let code = link(&tested).await;
    assert_eq!(
        read(&tested, &code).await.json()["email"],
        "lily@example.com"
    );
    accept(&tested, &code, "short")
        .await
        .assert_problem_at(400, "invalid_body", "/password");
    assert_eq!(accept(&tested, &code, NEW).await.status, 204);
    assert_eq!(
        lily.get(&tested, "/v1/session").await.json()["signed_in"],
        false
    );
    accept(&tested, &code, PASSWORD)
        .await
        .assert_problem(404, "link_invalid");
    read(&tested, &code)
        .await
        .assert_problem(404, "link_invalid");
    let mut browser = Browser::new();
    assert_eq!(
        browser
            .sign_in(&tested, "lily@example.com", NEW)
            .await
            .status,
        200
    );
    let actions = ["audit_log.reset_link_create", "audit_log.password_reset"];
    let events = recorded(&tested, "acme", &actions, 2).await;
    assert_eq!(events[0]["actor"]["id"], "operator");
    assert_eq!(events[1]["actor"]["name"], "lily");
    let told = Value::Array(events).to_string();
    assert!(!told.contains(&code) && !told.contains("anl_") && !told.contains(NEW));
}

#[tokio::test]
async fn expired_replaced_and_foreign_links_are_refused_alike() {
    let tested = with_lily().await;
    let first = link(&tested).await;
    let second = link(&tested).await;
    let mut answers = Vec::new();
    for code in [&first, "", "anl_x", &format!("anl_{}", "a".repeat(52))] {
        let mut problem = accept(&tested, code, NEW)
            .await
            .assert_problem(404, "link_invalid");
        problem["request_id"] = Value::Null;
        answers.push(problem);
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    let body = json!({"code": second});
    Browser::new()
        .post(&tested, "/v1/invitations/read", body)
        .await
        .assert_problem(404, "link_invalid");
    tested.clock.advance_ms(HOUR_MS - 1);
    assert_eq!(read(&tested, &second).await.status, 200);
    tested.clock.advance_ms(1);
    accept(&tested, &second, NEW)
        .await
        .assert_problem(404, "link_invalid");
}

#[tokio::test]
async fn of_two_who_follow_a_link_at_once_one_wins() {
    let tested = with_lily().await;
    let code = link(&tested).await;
    let both = tokio::join!(
        accept(&tested, &code, NEW),
        accept(&tested, &code, PASSWORD)
    );
    let mut statuses = [both.0.status, both.1.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 404]);
}

#[tokio::test]
async fn links_are_made_by_those_who_outrank_the_member_everywhere() {
    let tested = with_lily().await;
    tested.account("globex").await;
    tested.person("max@example.com", &["acme"]).await;
    tested.person("zoe@example.com", &["acme", "globex"]).await;
    let max = Browser::of(&tested, "max@example.com").await;
    let members = max.get(&tested, "/v1/accounts/acme/members").await.json();
    let id = |name: &str| {
        let all = members["members"].as_array().unwrap();
        let found = all.iter().find(|member| member["name"] == name).unwrap();
        found["id"].as_str().unwrap().to_owned()
    };
    let path = |name: &str, what: &str| format!("/v1/accounts/acme/members/{}/{what}", id(name));
    let made = max
        .ask(&tested, Method::POST, &path("lily", "reset_link"), None)
        .await;
    assert_eq!(made.status, 201, "{made:?}");
    let link = made.json()["link"].as_str().unwrap().to_owned();
    assert!(
        link.starts_with("http://localhost:8420/ui/reset#code=anl_"),
        "{link}"
    );
    let lily = Browser::of(&tested, "lily@example.com").await;
    let ended = max
        .ask(&tested, Method::DELETE, &path("lily", "sessions"), None)
        .await;
    assert_eq!(ended.status, 204);
    assert_eq!(
        lily.get(&tested, "/v1/session").await.json()["signed_in"],
        false
    );
    max.ask(
        &tested,
        Method::DELETE,
        &path("lily", "second_factor"),
        None,
    )
    .await
    .assert_problem(409, "second_factor_off");
    for (method, what) in [
        (Method::POST, "reset_link"),
        (Method::DELETE, "sessions"),
        (Method::DELETE, "second_factor"),
    ] {
        let refused = max
            .ask(&tested, method.clone(), &path("zoe", what), None)
            .await;
        let problem = refused.assert_problem(403, "role_above");
        assert!(!problem.to_string().contains("globex"), "{problem}");
        // A session that somebody left open is not enough to take the person over.
        let oneself = max.ask(&tested, method, &path("max", what), None).await;
        let problem = oneself.assert_problem(403, "role_above");
        assert!(problem.to_string().contains("/v1/session"), "{problem}");
    }
}

/// The code of a link for Lily that another owner made.
async fn link_of_max(tested: &Tested) -> String {
    let max = Browser::of(tested, "max@example.com").await;
    let members = max.get(tested, "/v1/accounts/acme/members").await.json();
    let mut members = members["members"].as_array().unwrap().iter();
    let lily = members.find(|member| member["name"] == "lily").unwrap();
    let id = lily["id"].as_str().unwrap();
    let path = format!("/v1/accounts/acme/members/{id}/reset_link");
    let made = max.ask(tested, Method::POST, &path, None).await;
    assert_eq!(made.status, 201, "{made:?}");
    let link = made.json()["link"].as_str().unwrap().to_owned();
    link.split_once("#code=").unwrap().1.to_owned()
}

async fn assert_dead(tested: &Tested, code: &str) {
    read(tested, code).await.assert_problem(404, "link_invalid");
    accept(tested, code, NEW)
        .await
        .assert_problem(404, "link_invalid");
    let mut lily = Browser::new();
    let signed_in = lily.sign_in(tested, "lily@example.com", PASSWORD).await;
    assert_eq!(signed_in.status, 200, "the password is that of before");
}

#[tokio::test]
async fn a_link_does_not_outlive_the_power_of_its_maker() {
    let tested = with_lily().await;
    tested.account("globex").await;
    tested.person("max@example.com", &["acme"]).await;
    let code = link_of_max(&tested).await;
    assert_eq!(read(&tested, &code).await.status, 200);
    // Lily becomes somebody elsewhere, where Max is nobody.
    let new =
        json!({"account": "globex", "email": "lily@example.com", "name": "lily", "role": "member"});
    let joined = tested
        .administer(Method::POST, "/admin/members", Some(new))
        .await;
    assert_eq!(joined.status, 201, "{joined:?}");
    assert_dead(&tested, &code).await;
    let gone = "/admin/members/globex/lily@example.com";
    assert_eq!(
        tested.administer(Method::DELETE, gone, None).await.status,
        204
    );

    let operator = "/admin/operators/lily@example.com";
    let code = link_of_max(&tested).await;
    assert_eq!(
        tested.administer(Method::PUT, operator, None).await.status,
        204
    );
    assert_dead(&tested, &code).await;
    assert_eq!(
        tested
            .administer(Method::DELETE, operator, None)
            .await
            .status,
        204
    );

    let code = link_of_max(&tested).await;
    let gone = "/admin/members/acme/max@example.com";
    assert_eq!(
        tested.administer(Method::DELETE, gone, None).await.status,
        204
    );
    assert_dead(&tested, &code).await;
}
