//! What a provider, or whoever plays one, gets wrong: nobody is signed in, nothing is made, and it is recorded.

use axum::http::Method;
use serde_json::{Value, json};
use testkit::issuer_key::{IssuerKey, parts, sign_with_secret};

use super::{Begun, HandMade, assert_problem, provider, sign_in, signed_in, with};
use crate::{browser::Browser, harness::Tested, recorded::recorded};

/// Makes a token that is not the provider's of these claims.
type Forge<'a> = Box<dyn Fn(&Value) -> String + 'a>;

const EVERYBODY_AUDITS: [(&str, &str, &str); 1] = [("*", "acme", "auditor")];

async fn corp() -> (HandMade, Tested) {
    let corp = HandMade::new().await;
    let tested = with(vec![provider("corp", &corp.issuer, &EVERYBODY_AUDITS)]).await;
    (corp, tested)
}

async fn members(tested: &Tested) -> Value {
    tested
        .administer(Method::GET, "/admin/members", None)
        .await
        .json()
}

#[tokio::test]
async fn tokens_that_are_not_right_sign_nobody_in() {
    let (corp, tested) = corp().await;
    let now_s = server::Clock::now_ms(&*tested.clock) / 1_000;
    for change in [
        json!({"nonce": "of another sign-in"}),
        json!({"nonce": null}),
        json!({"iss": "https://evil.example"}),
        json!({"aud": "another client"}),
        json!({"aud": ["annals", "other"]}),
        json!({"aud": ["annals", "other"], "azp": "other"}),
        json!({"exp": now_s - 61}),
        json!({"iat": now_s + 61}),
        json!({"sub": null}),
    ] {
        let answer = sign_in(&tested, &corp, "corp", change.clone()).await;
        assert_problem(&answer, "identity_invalid");
    }
    let key = &corp.said.key;
    let header = |alg: &str| json!({"alg": alg, "kid": "k1"});
    let jwk = key.jwk().to_string();
    let forgeries: [(&str, Forge<'_>); 5] = [
        (
            "none",
            Box::new(|claims| format!("{}.", parts(&header("none"), claims))),
        ),
        (
            "secret",
            Box::new(|claims| sign_with_secret(&header("HS256"), claims, key.public())),
        ),
        (
            "jwk",
            Box::new(|claims| sign_with_secret(&header("HS256"), claims, jwk.as_bytes())),
        ),
        (
            "other key",
            Box::new(|claims| IssuerKey::new("k1").sign(claims)),
        ),
        ("no token", Box::new(|_| "x".to_owned())),
    ];
    for (what, forge) in &forgeries {
        let begun = Begun::with(&tested, "corp", "/ui/").await;
        corp.will_answer(forge(&corp.claims(begun.nonce(), now_s, &json!({}))));
        let answer = begun.back(&tested).await;
        assert_eq!(answer.status, 303, "{what}");
        assert_problem(&answer, "identity_invalid");
    }
    assert_eq!(members(&tested).await["members"], json!([]));
    let events = recorded(&tested, "annals", &["audit_log.sign_in"], 1).await;
    assert_eq!(events[0]["outcome"]["code"], "identity_invalid");
    assert_eq!(events[0]["metadata"]["login_method"], "oidc:corp");
}

#[tokio::test]
async fn a_state_is_for_one_browser_and_one_use() {
    let (corp, tested) = corp().await;
    let now_s = server::Clock::now_ms(&*tested.clock) / 1_000;
    let answers = |begun: &Begun| {
        let claims = corp.claims(begun.nonce(), now_s, &json!({}));
        corp.will_answer(corp.said.key.sign(&claims));
    };

    // Another browser, with a sign-in of its own or without one; the state is used up by showing it.
    let victim = Begun::with(&tested, "corp", "/ui/").await;
    answers(&victim);
    let other = Begun::with(&tested, "corp", "/ui/").await;
    for browser in [&other.browser, &Browser::new()] {
        let stolen = Begun {
            browser: browser.clone(),
            address: String::new(),
            query: victim.query.clone(),
        };
        assert_problem(&stolen.back(&tested).await, "sign_in_lost");
    }
    // The second of them had no cookie, which uses nothing up; the first has.
    assert_problem(&victim.back(&tested).await, "sign_in_lost");

    // The same once more.
    let begun = Begun::with(&tested, "corp", "/ui/").await;
    answers(&begun);
    signed_in(&begun.back(&tested).await);
    assert_problem(&begun.back(&tested).await, "sign_in_lost");

    // Too late.
    let begun = Begun::with(&tested, "corp", "/ui/").await;
    answers(&begun);
    tested.clock.advance_ms(10 * 60 * 1_000);
    assert_problem(&begun.back(&tested).await, "sign_in_lost");

    // Not the answer of anybody.
    let begun = Begun::with(&tested, "corp", "/ui/").await;
    for query in [
        String::new(),
        format!("state={}", begun.state()),
        "code=c&state=made-up".to_owned(),
        format!("code=c&code=d&state={}", begun.state()),
        format!("code=c&error=x&state={}", begun.state()),
    ] {
        let path = format!("/v1/session/oidc/corp/callback?{query}");
        assert_problem(&begun.browser.get(&tested, &path).await, "sign_in_lost");
    }
    // The person pressed *Cancel*.
    let path = format!(
        "/v1/session/oidc/corp/callback?error=access_denied&state={}",
        begun.state()
    );
    assert_problem(&begun.browser.get(&tested, &path).await, "provider_refused");
}

#[tokio::test]
async fn an_answer_of_another_provider_is_none() {
    let (corp, tested) = corp().await;
    let mixed = async |iss: &str| {
        let begun = Begun::with(&tested, "corp", "/ui/").await;
        let now_s = server::Clock::now_ms(&*tested.clock) / 1_000;
        let claims = corp.claims(begun.nonce(), now_s, &json!({}));
        corp.will_answer(corp.said.key.sign(&claims));
        let path = format!(
            "/v1/session/oidc/corp/callback?code=c&state={}{iss}",
            begun.state()
        );
        begun.browser.get(&tested, &path).await
    };
    signed_in(&mixed(&format!("&iss={}", corp.issuer)).await);
    assert_problem(
        &mixed("&iss=https://evil.example").await,
        "identity_invalid",
    );
    // A provider that says that it names itself must do so; the document is asked for again after an hour.
    corp.said.document.lock().unwrap()["authorization_response_iss_parameter_supported"] =
        json!(true);
    tested.clock.advance_ms(60 * 60 * 1_000);
    assert_problem(&mixed("").await, "identity_invalid");
}

#[tokio::test]
async fn what_one_provider_sends_is_no_answer_of_another() {
    let (corp, evil) = (HandMade::new().await, HandMade::new().await);
    let tested = with(vec![
        provider("corp", &corp.issuer, &EVERYBODY_AUDITS),
        provider("evil", &evil.issuer, &EVERYBODY_AUDITS),
    ])
    .await;
    // The person began with one provider, which made the other one send its code here.
    let begun = Begun::with(&tested, "evil", "/ui/").await;
    let path = format!(
        "/v1/session/oidc/corp/callback?code=of-corp&state={}",
        begun.state()
    );
    assert_problem(&begun.browser.get(&tested, &path).await, "identity_invalid");
    let form = evil.said.form.lock().unwrap().clone();
    assert!(form.is_empty(), "it got the code of another: {form:?}");
    assert_problem(&begun.back(&tested).await, "sign_in_lost");
}

#[tokio::test]
async fn who_leaves_early_keeps_nobody_from_the_keys() {
    let (corp, tested) = corp().await;
    let held = corp.said.held.lock().await;
    let start = "/v1/session/oidc/corp/start?next=/ui/";
    let stranger = Browser::new();
    tokio::select! {
        answer = stranger.get(&tested, start) => panic!("answered early: {answer:?}"),
        reached = corp.said.reached.acquire() => reached.unwrap().forget(),
    }
    drop(held);
    // The clock stands still: had the issuer to be asked again, it would rest.
    assert_eq!(Browser::new().get(&tested, start).await.status, 302);
    assert_eq!(corp.asked(), 1);
}

#[tokio::test]
async fn a_slow_provider_keeps_few_sign_ins_waiting() {
    const AT_ONCE: u32 = 32;
    let (corp, tested) = corp().await;
    let mut begun = Vec::new();
    for _ in 0..=AT_ONCE {
        begun.push(Begun::with(&tested, "corp", "/ui/").await);
    }
    let one_more = begun.pop().unwrap();
    let started = corp.said.reached.acquire().await.unwrap();
    started.forget();
    let held = corp.said.held.lock().await;
    let all = futures_util::future::join_all(begun.iter().map(|begun| begun.back(&tested)));
    let outcome = async {
        corp.said
            .reached
            .acquire_many(AT_ONCE)
            .await
            .unwrap()
            .forget();
        let refused = one_more.back(&tested).await;
        drop(held);
        refused
    };
    let (answers, refused) = tokio::join!(all, outcome);
    assert_problem(&refused, "provider_unavailable");
    for answer in answers {
        assert_problem(&answer, "identity_invalid");
    }
}

#[tokio::test]
async fn a_provider_that_is_down_is_said_to_be() {
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = format!("http://{}", nobody.local_addr().unwrap());
    let closed = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let broken = HandMade::new().await;
    let tested = with(vec![
        provider("silent", &silent, &EVERYBODY_AUDITS),
        provider("closed", &closed, &EVERYBODY_AUDITS),
        provider("broken", &broken.issuer, &EVERYBODY_AUDITS),
    ])
    .await;
    let start = async |id: &str| {
        let path = format!("/v1/session/oidc/{id}/start?next=/ui/");
        Browser::new().get(&tested, &path).await
    };
    assert_problem(&start("closed").await, "provider_unavailable");
    // It accepts connections and never answers: ten seconds, and then at once for a while.
    let before = std::time::Instant::now();
    assert_problem(&start("silent").await, "provider_unavailable");
    assert!(before.elapsed() < std::time::Duration::from_secs(14));
    let before = std::time::Instant::now();
    assert_problem(&start("silent").await, "provider_unavailable");
    assert!(before.elapsed() < std::time::Duration::from_secs(5));
    assert_problem(&start("unknown").await, "provider_not_found");

    // It breaks while the person is there.
    let begun = Begun::with(&tested, "broken", "/ui/").await;
    *broken.said.is_broken.lock().unwrap() = true;
    assert_problem(&begun.back(&tested).await, "provider_unavailable");

    // Nobody signs in over a network in clear, with a provider or without.
    let mut far = Browser::behind_proxy();
    far.headers.clear();
    let answer = far.get(&tested, "/v1/session/oidc/closed/start").await;
    assert_problem(&answer, "plain_http_refused");
}

#[tokio::test]
async fn people_whom_the_provider_may_not_speak_for_stay_out() {
    let (corp, open) = (HandMade::new().await, HandMade::new().await);
    let mut corp_config = provider("corp", &corp.issuer, &EVERYBODY_AUDITS);
    corp_config.email_domains = vec!["corp.example".to_owned()];
    let tested = with(vec![
        corp_config,
        provider("open", &open.issuer, &EVERYBODY_AUDITS),
    ])
    .await;
    tested.person("olga@elsewhere.example", &["acme"]).await;
    for (who, id, change, code) in [
        (
            &corp,
            "corp",
            json!({"email_verified": false}),
            "email_unverified",
        ),
        (
            &corp,
            "corp",
            json!({"email_verified": null}),
            "email_unverified",
        ),
        (&corp, "corp", json!({"email": null}), "email_unverified"),
        (
            &corp,
            "corp",
            json!({"email": "lily@elsewhere.example"}),
            "email_foreign",
        ),
        // The domain is in the hands of the other provider.
        (&open, "open", json!({}), "email_foreign"),
        // Somebody else has the address, and this provider speaks for no domain.
        (
            &open,
            "open",
            json!({"email": "olga@elsewhere.example"}),
            "email_foreign",
        ),
        (
            &open,
            "open",
            json!({"email": "OLGA@Elsewhere.example"}),
            "email_foreign",
        ),
    ] {
        assert_problem(&sign_in(&tested, who, id, change).await, code);
    }
    assert_eq!(
        members(&tested).await["members"].as_array().unwrap().len(),
        1
    );
    // Olga learns that somebody tried.
    let events = recorded(&tested, "acme", &["audit_log.sign_in"], 1).await;
    assert_eq!(events[0]["outcome"]["code"], "email_foreign");
    assert_eq!(events[0]["actor"]["type"], "anonymous");
    assert_eq!(events[0]["targets"][1]["name"], "olga");
}
