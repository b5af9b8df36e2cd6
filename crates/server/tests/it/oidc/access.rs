//! Access tokens of issuers that the operator trusts.

use api::Permission;
use serde_json::{Value, json};
use server::config::{AccessTokenActor, AccessTokenRule, AccessTokens, Algorithm};
use testkit::issuer_key::{IssuerKey, parts, sign_with_secret};

use super::HandMade;
use crate::{harness::Tested, recorded::recorded};

const EVENTS: &str = "/v1/accounts/acme/events?range=all_time";

fn trusted(issuer: &str) -> AccessTokens {
    let rule = |value: &str, account: &str, permissions: &[Permission]| AccessTokenRule {
        claim: "scope".to_owned(),
        value: value.to_owned(),
        account: account.to_owned(),
        permissions: permissions.to_vec(),
    };
    AccessTokens {
        issuer: issuer.to_owned(),
        audience: "annals-api".to_owned(),
        algorithms: vec![Algorithm::ES256],
        max_age_minutes: 60,
        actor: AccessTokenActor::Service,
        rules: vec![
            rule("audit.read", "acme", &[Permission::AuditRead]),
            rule("audit.write", "acme", &[Permission::EventsWrite]),
            rule("members", "acme", &[Permission::MembersWrite]),
        ],
    }
}

async fn trusting(issuer: &HandMade) -> Tested {
    let trusted = trusted(&issuer.issuer);
    let tested = Tested::with(|config| config.instance.access_tokens = vec![trusted]).await;
    for account in ["acme", "globex"] {
        tested.account(account).await;
    }
    tested
}

/// The claims of a good token, with some of them changed.
fn claims(issuer: &HandMade, tested: &Tested, change: &Value) -> Value {
    let now_s = server::Clock::now_ms(&*tested.clock) / 1_000;
    let good = json!({"aud": ["annals-api", "other"], "nonce": null, "scope": "openid audit.read"});
    let mut claims = issuer.claims("", now_s, &good);
    for (name, value) in change.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
        .as_object_mut()
        .unwrap()
        .retain(|_, value| !value.is_null());
    claims
}

#[tokio::test]
async fn a_token_opens_what_the_rules_give_and_is_recorded() {
    let issuer = HandMade::new().await;
    let tested = trusting(&issuer).await;
    let key = &issuer.said.key;
    let token = key.sign(&claims(&issuer, &tested, &json!({})));
    assert_eq!(tested.get(EVENTS, &token).await.status, 200);
    let other = tested
        .get("/v1/accounts/globex/events?range=all_time", &token)
        .await;
    other.assert_problem(404, "account_not_found");
    let event = json!({"action": "role.create", "actor": {"type": "user", "id": "u"}});
    let refused = tested
        .post("/v1/accounts/acme/events", &token, event.clone())
        .await;
    refused.assert_problem(403, "permission_missing");
    let writes = key.sign(&claims(&issuer, &tested, &json!({"scope": "audit.write"})));
    assert_eq!(
        tested
            .post("/v1/accounts/acme/events", &writes, event)
            .await
            .status,
        201
    );
    tested
        .get(EVENTS, &writes)
        .await
        .assert_problem(403, "permission_missing");
    let nothing = key.sign(&claims(&issuer, &tested, &json!({"scope": "audit.reader"})));
    tested
        .get(EVENTS, &nothing)
        .await
        .assert_problem(404, "account_not_found");

    let seen = recorded(&tested, "acme", &["audit_log.view"], 2).await;
    let actor = &seen[0]["actor"];
    assert_eq!(actor["type"], "service");
    assert_eq!(actor["id"], format!("{}|subject-1", issuer.issuer));
    assert_eq!(issuer.asked(), 1, "the keys are kept");
}

#[tokio::test]
async fn tokens_that_are_not_right_open_nothing() {
    let issuer = HandMade::new().await;
    let tested = trusting(&issuer).await;
    let key = &issuer.said.key;
    let now_s = server::Clock::now_ms(&*tested.clock) / 1_000;
    for change in [
        json!({"aud": "annals"}),
        json!({"aud": null}),
        json!({"iss": "https://evil.example"}),
        json!({"iss": null}),
        json!({"exp": now_s - 61}),
        json!({"exp": null}),
        json!({"nbf": now_s + 61}),
        json!({"iat": null}),
        json!({"iat": now_s - 3_661, "exp": now_s + 60}),
        json!({"sub": ""}),
    ] {
        let token = key.sign(&claims(&issuer, &tested, &change));
        let answer = tested.get(EVENTS, &token).await;
        assert_eq!(answer.status, 401, "{change}");
        answer.assert_problem(401, "unauthenticated");
    }
    let good = claims(&issuer, &tested, &json!({}));
    let header = |alg: &str| json!({"alg": alg, "kid": "k1"});
    for token in [
        format!("{}.", parts(&header("none"), &good)),
        sign_with_secret(&header("HS256"), &good, key.public()),
        sign_with_secret(&header("HS256"), &good, key.jwk().to_string().as_bytes()),
        key.sign_with(&header("ES384"), &good),
        IssuerKey::new("k1").sign(&good),
        key.sign_with(&json!({"alg": "ES256", "kid": "k1", "crit": ["x"]}), &good),
        key.sign_with(
            &json!({"alg": "ES256", "kid": "k1", "typ": "logout+jwt"}),
            &good,
        ),
        format!("{}x", key.sign(&good)),
    ] {
        tested
            .get(EVENTS, &token)
            .await
            .assert_problem(401, "unauthenticated");
    }
    let token = key.sign(&good);
    assert_eq!(tested.get(EVENTS, &token).await.status, 200);
    tested.clock.advance_ms(361_000);
    tested
        .get(EVENTS, &token)
        .await
        .assert_problem(401, "unauthenticated");
}

#[tokio::test]
async fn keys_change_hands_and_a_flood_of_unknown_ones_asks_for_little() {
    let issuer = HandMade::new().await;
    let tested = trusting(&issuer).await;
    let good = claims(&issuer, &tested, &json!({}));
    assert_eq!(
        tested
            .get(EVENTS, &issuer.said.key.sign(&good))
            .await
            .status,
        200
    );
    assert_eq!(issuer.asked(), 1);
    tested.clock.advance_ms(30_000);
    let flood = (0..300).map(|n| {
        let token = IssuerKey::new(&format!("made-up-{n}")).sign(&good);
        let tested = &tested;
        async move { tested.get(EVENTS, &token).await.status }
    });
    let statuses = futures_util::future::join_all(flood).await;
    assert!(
        statuses.iter().all(|status| matches!(status, 401 | 503)),
        "{statuses:?}"
    );
    assert_eq!(issuer.asked(), 2, "one question for all of them");

    // A new key is found as soon as asking is due again.
    let new = IssuerKey::new("k2");
    issuer.said.keys.lock().unwrap().push(new.jwk());
    tested
        .get(EVENTS, &new.sign(&good))
        .await
        .assert_problem(401, "unauthenticated");
    tested.clock.advance_ms(30_000);
    assert_eq!(tested.get(EVENTS, &new.sign(&good)).await.status, 200);
    assert_eq!(issuer.asked(), 3);

    // A key that is withdrawn is believed for an hour at most.
    issuer.said.keys.lock().unwrap().remove(0);
    tested.clock.advance_ms(60 * 60 * 1_000);
    let later = claims(&issuer, &tested, &json!({}));
    tested
        .get(EVENTS, &issuer.said.key.sign(&later))
        .await
        .assert_problem(401, "unauthenticated");
    // While the issuer is out of order its keys of before are good for a day.
    *issuer.said.is_broken.lock().unwrap() = true;
    tested.clock.advance_ms(23 * 60 * 60 * 1_000);
    let later = claims(&issuer, &tested, &json!({}));
    assert_eq!(tested.get(EVENTS, &new.sign(&later)).await.status, 200);
    tested.clock.advance_ms(2 * 60 * 60 * 1_000);
    let later = claims(&issuer, &tested, &json!({}));
    tested
        .get(EVENTS, &new.sign(&later))
        .await
        .assert_problem(503, "provider_unavailable");
}

#[tokio::test]
async fn a_token_makes_no_link_that_nobody_could_accept() {
    let issuer = HandMade::new().await;
    let tested = trusting(&issuer).await;
    let token = claims(&issuer, &tested, &json!({"scope": "members"}));
    let token = issuer.said.key.sign(&token);
    let sent = json!({"email": "zoe@example.com", "role": "member"});
    let path = "/v1/accounts/acme/invitations";
    tested
        .post(path, &token, sent.clone())
        .await
        .assert_problem(403, "role_above");
    let key = tested.key(Some("acme"), &["members:write"]).await;
    assert_eq!(tested.post(path, &key, sent).await.status, 201);
}
