//! Somebody who was here before signs in with a provider: nobody else comes in as this person from then on.

use axum::http::Method;
use serde_json::{Value, json};

use super::{HandMade, assert_problem, provider, role_in, sign_in, signed_in, with};
use crate::{
    browser::{Browser, PASSWORD},
    harness::{Answer, Tested},
    recorded::recorded,
};

const LILY: &str = "lily@corp.example";

/// A server whose provider speaks for `corp.example`.
async fn corp(rules: &[(&str, &str, &str)]) -> (HandMade, Tested) {
    let corp = HandMade::new().await;
    let mut config = provider("corp", &corp.issuer, rules);
    config.email_domains = vec!["corp.example".to_owned()];
    (corp, with(vec![config]).await)
}

/// The code of a link to a new password that the operator of the machine makes.
async fn reset_link(tested: &Tested) -> String {
    let path =
        format!("/admin/people/{LILY}/reset_link?public_url=https%3A%2F%2Faudit.example.com");
    let made = tested.administer(Method::POST, &path, None).await;
    assert_eq!(made.status, 201, "{made:?}");
    let link = made.json()["link"].as_str().unwrap().to_owned();
    link.split_once("#code=").unwrap().1.to_owned()
}

async fn reset(tested: &Tested, code: &str) -> Answer {
    let body = json!({"code": code, "password": "another horse, another battery"});
    Browser::new()
        .post(tested, "/v1/password_resets/accept", body)
        .await
}

/// Turns a second factor on.
async fn turn_second_factor_on(tested: &Tested, browser: &Browser) {
    let factor = "/v1/session/second_factor";
    let offer = browser
        .post(tested, factor, json!({"password": PASSWORD}))
        .await
        .json();
    let code = crate::second_factor::code(offer["secret"].as_str().unwrap(), tested, 0);
    let confirmed = browser
        .post(tested, &format!("{factor}/confirm"), json!({"code": code}))
        .await;
    assert_eq!(confirmed.status, 200, "{confirmed:?}");
}

#[tokio::test]
async fn whoever_sat_under_the_address_is_out() {
    let (corp, tested) = corp(&[("*", "acme", "auditor")]).await;
    tested.account("evil").await;
    // Nobody has proved that the address is his.
    tested.person(LILY, &["evil"]).await;
    let squatter = Browser::of(&tested, LILY).await;
    turn_second_factor_on(&tested, &squatter).await;
    let code = reset_link(&tested).await;

    let lily = signed_in(&sign_in(&tested, &corp, "corp", json!({})).await);
    assert_eq!(
        role_in(&tested, &lily, "acme").await.as_deref(),
        Some("auditor")
    );
    let session = lily.get(&tested, "/v1/session").await.json();
    assert_eq!(session["person"]["has_password"], false, "{session}");
    let factor = lily.get(&tested, "/v1/session/second_factor").await.json();
    assert_eq!(factor["enabled"], false, "{factor}");
    assert_eq!(
        squatter.get(&tested, "/v1/session").await.json()["signed_in"],
        false
    );
    reset(&tested, &code)
        .await
        .assert_problem(404, "link_invalid");
    Browser::new()
        .sign_in(&tested, LILY, PASSWORD)
        .await
        .assert_problem(401, "sign_in_failed");
    for account in ["evil", "acme"] {
        let linked = recorded(&tested, account, &["audit_log.identity_link"], 1).await;
        assert_eq!(linked[0]["metadata"]["provider"], "corp");
    }
    let actions = ["audit_log.second_factor_off", "audit_log.session_end"];
    let ended = recorded(&tested, "evil", &actions, 2).await;
    assert_eq!(ended[1]["metadata"]["count"], 1, "{ended:?}");

    // What she has from now on stays when she comes again.
    signed_in(&sign_in(&tested, &corp, "corp", json!({})).await);
    assert_eq!(
        lily.get(&tested, "/v1/session").await.json()["signed_in"],
        true
    );
}

#[tokio::test]
async fn nobody_gets_a_password_for_whom_a_provider_speaks() {
    let (corp, tested) = corp(&[("*", "acme", "auditor")]).await;
    tested.person("olga@elsewhere.example", &["acme"]).await;
    signed_in(&sign_in(&tested, &corp, "corp", json!({})).await);
    let olga = Browser::of(&tested, "olga@elsewhere.example").await;
    let members = olga.get(&tested, "/v1/accounts/acme/members").await.json();
    let mut members = members["members"].as_array().unwrap().iter();
    let lily = members.find(|member| member["email"] == LILY).unwrap();
    let id = lily["id"].as_str().unwrap();
    let path = format!("/v1/accounts/acme/members/{id}/reset_link");
    olga.ask(&tested, Method::POST, &path, None)
        .await
        .assert_problem(409, "provider_needed");
    // The operator of the machine needs a way in when the provider is gone.
    let code = reset_link(&tested).await;
    assert_eq!(reset(&tested, &code).await.status, 204);
}

#[tokio::test]
async fn who_is_invited_under_an_address_of_a_provider_signs_in_there() {
    let (corp, tested) = corp(&[]).await;
    tested.person("olga@elsewhere.example", &["acme"]).await;
    let olga = Browser::of(&tested, "olga@elsewhere.example").await;
    assert_problem(
        &sign_in(&tested, &corp, "corp", json!({})).await,
        "no_account",
    );
    let sent = json!({"email": LILY, "role": "auditor"});
    let made = olga
        .post(&tested, "/v1/accounts/acme/invitations", sent)
        .await;
    let link = made.json()["link"].as_str().unwrap().to_owned();
    let (_, code) = link.split_once("#code=").unwrap();
    let read = Browser::new()
        .post(&tested, "/v1/invitations/read", json!({"code": code}))
        .await;
    assert_eq!(read.json()["known"], true, "{read:?}");
    let accept = async |browser: &Browser, body: Value| {
        browser.post(&tested, "/v1/invitations/accept", body).await
    };
    let squatter = json!({"code": code, "name": "Mallory", "password": PASSWORD});
    for (browser, body) in [
        (&Browser::new(), squatter),
        (&Browser::new(), json!({"code": code})),
        (&olga, json!({"code": code})),
    ] {
        accept(browser, body)
            .await
            .assert_problem(409, "provider_needed");
    }
    let mut lily = signed_in(&sign_in(&tested, &corp, "corp", json!({})).await);
    assert_eq!(role_in(&tested, &lily, "acme").await, None);
    let session = lily.get(&tested, "/v1/session").await.json();
    lily.csrf = session["csrf"].as_str().map(str::to_owned);
    let accepted = accept(&lily, json!({"code": code})).await;
    assert_eq!(accepted.status, 201, "{accepted:?}");
    assert_eq!(
        role_in(&tested, &lily, "acme").await.as_deref(),
        Some("auditor")
    );
}
