//! Who becomes a person, and what groups make of it.

use axum::http::Method;
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Begun, HandMade, assert_problem, provider, role_in, sign_in, signed_in, with};
use crate::{browser::Browser, recorded::recorded};

#[tokio::test]
async fn whom_a_provider_vouches_for_becomes_a_person() {
    let corp = HandMade::new().await;
    let tested = with(vec![provider(
        "corp",
        &corp.issuer,
        &[("auditors", "acme", "auditor")],
    )])
    .await;
    let begun = Begun::with(&tested, "corp", "/ui/a/acme?q=x").await;
    assert!(
        begun
            .address
            .starts_with(&format!("{}/authorize?", corp.issuer))
    );
    let callback = "http://localhost:8420/v1/session/oidc/corp/callback";
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "annals"),
        ("redirect_uri", callback),
        ("scope", "openid email profile"),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(begun.query[name], value);
    }
    let now_s = server::Clock::now_ms(&*tested.clock) / 1_000;
    let claims = corp.claims(begun.nonce(), now_s, &json!({}));
    corp.will_answer(corp.said.key.sign(&claims));
    let answer = begun.back(&tested).await;
    assert_eq!(answer.header("location"), "/ui/a/acme?q=x");
    let form = corp.said.form.lock().unwrap().clone();
    let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(&form["code_verifier"]));
    assert_eq!(challenge, begun.query["code_challenge"]);
    assert_eq!(
        (&*form["redirect_uri"], &*form["client_id"]),
        (callback, "annals")
    );
    assert!(
        !form.contains_key("authorization"),
        "a public client has no secret"
    );

    let lily = signed_in(&answer);
    let session = lily.get(&tested, "/v1/session").await.json();
    assert_eq!(session["person"]["email"], "lily@corp.example");
    assert_eq!(session["person"]["name"], "Lily Ari");
    assert_eq!(session["person"]["has_password"], false);
    assert_eq!(session["accounts"][0]["role"], "auditor");
    let id = &session["person"]["id"];

    // The same person comes back, under another address.
    let change = json!({"email": "lily.ari@corp.example"});
    let again = signed_in(&sign_in(&tested, &corp, "corp", change).await);
    assert_eq!(
        again.get(&tested, "/v1/session").await.json()["person"]["id"],
        *id
    );

    // Nobody signs in as her with a password.
    let refused = Browser::new()
        .sign_in(&tested, "lily@corp.example", "!")
        .await;
    refused.assert_problem(401, "sign_in_failed");

    let actions = ["audit_log.member_add", "audit_log.sign_in"];
    let events = recorded(&tested, "acme", &actions, 4).await;
    assert_eq!(events[0]["metadata"]["role_name"], "Auditor");
    assert_eq!(events[0]["metadata"]["provider"], "corp");
    assert_eq!(events[1]["metadata"]["login_method"], "oidc:corp");
    assert_eq!(events[1]["outcome"]["result"], "success");
}

#[tokio::test]
async fn groups_that_change_change_the_role_and_are_recorded() {
    let corp = HandMade::new().await;
    let rules = [
        ("admins", "acme", "admin"),
        ("auditors", "acme", "auditor"),
        ("auditors", "nowhere", "auditor"),
        ("auditors", "acme", "role_unknown"),
    ];
    let tested = with(vec![provider("corp", &corp.issuer, &rules)]).await;
    tested.person("olga@elsewhere.example", &["acme"]).await;
    let with_groups =
        async |groups: Value| sign_in(&tested, &corp, "corp", json!({"groups": groups})).await;
    let lily = signed_in(&with_groups(json!(["auditors", "x"])).await);
    assert_eq!(
        role_in(&tested, &lily, "acme").await.as_deref(),
        Some("auditor")
    );
    let lily = signed_in(&with_groups(json!(["auditors", "admins"])).await);
    assert_eq!(
        role_in(&tested, &lily, "acme").await.as_deref(),
        Some("admin")
    );
    assert_problem(&with_groups(json!(["x"])).await, "no_account");
    let gone = lily.get(&tested, "/v1/session").await.json();
    assert_eq!(
        gone["signed_in"], false,
        "the session of before has ended: {gone}"
    );
    assert_problem(&with_groups(json!(null)).await, "no_account");

    let actions = [
        "audit_log.member_add",
        "audit_log.member_update",
        "audit_log.member_remove",
    ];
    let mut events = recorded(&tested, "acme", &actions, 4).await;
    events.remove(0);
    let changes: Vec<&Value> = events.iter().map(|event| &event["changes"]).collect();
    assert_eq!(changes[1][0]["old"], "Auditor", "{changes:?}");
    assert_eq!(changes[1][0]["new"], "Admin", "{changes:?}");
    assert_eq!(changes[2][0]["old"], "Admin", "{changes:?}");
    assert!(
        events
            .iter()
            .all(|event| event["metadata"]["provider"] == "corp")
    );
}

#[tokio::test]
async fn what_somebody_gave_is_not_the_rules_to_take() {
    let corp = HandMade::new().await;
    let mut config = provider(
        "corp",
        &corp.issuer,
        &[
            ("auditors", "acme", "auditor"),
            ("auditors", "globex", "auditor"),
        ],
    );
    config.email_domains = vec!["corp.example".to_owned()];
    let tested = with(vec![config]).await;
    tested.account("globex").await;
    // Lily was an owner of acme before the company had a provider.
    tested.person("lily@corp.example", &["acme"]).await;
    let lily = signed_in(&sign_in(&tested, &corp, "corp", json!({})).await);
    assert_eq!(
        role_in(&tested, &lily, "acme").await.as_deref(),
        Some("owner")
    );
    assert_eq!(
        role_in(&tested, &lily, "globex").await.as_deref(),
        Some("auditor")
    );
    let linked = recorded(&tested, "acme", &["audit_log.identity_link"], 1).await;
    assert_eq!(linked[0]["metadata"]["provider"], "corp");
    let lily = signed_in(&sign_in(&tested, &corp, "corp", json!({"groups": []})).await);
    assert_eq!(
        role_in(&tested, &lily, "acme").await.as_deref(),
        Some("owner")
    );
    assert_eq!(role_in(&tested, &lily, "globex").await, None);

    // Somebody else with the same address, after it was given to another person at the provider.
    let other = json!({"sub": "subject-2"});
    assert_problem(
        &sign_in(&tested, &corp, "corp", other).await,
        "email_foreign",
    );
}

#[tokio::test]
async fn rules_never_leave_an_account_without_an_owner() {
    let corp = HandMade::new().await;
    let rules = [("owners", "acme", "owner"), ("auditors", "acme", "auditor")];
    let tested = with(vec![provider("corp", &corp.issuer, &rules)]).await;
    let owner = async |groups: Value| {
        let answer = sign_in(&tested, &corp, "corp", json!({"groups": groups})).await;
        role_in(&tested, &signed_in(&answer), "acme").await
    };
    assert_eq!(owner(json!("owners")).await.as_deref(), Some("owner"));
    assert_eq!(owner(json!(["auditors"])).await.as_deref(), Some("owner"));
    assert_eq!(owner(json!([])).await.as_deref(), Some("owner"));
    let kept = recorded(&tested, "acme", &["system.last_owner_kept"], 2).await;
    assert_eq!(kept[0]["actor"]["type"], "system");
    assert_eq!(kept[0]["category"], "System");
    // As soon as there is another one, the rules hold.
    tested.person("olga@elsewhere.example", &["acme"]).await;
    assert_eq!(owner(json!(["auditors"])).await.as_deref(), Some("auditor"));
}

#[tokio::test]
async fn what_the_token_does_not_tell_is_asked_for() {
    let corp = HandMade::new().await;
    let dir = tempfile::tempdir().unwrap();
    let secret = dir.path().join("secret");
    std::fs::write(&secret, "the s&cret\n").unwrap();
    let mut config = provider("corp", &corp.issuer, &[("auditors", "acme", "auditor")]);
    config.client_secret_file = Some(secret);
    let tested = with(vec![config]).await;
    let lean = json!({"email": null, "email_verified": null, "groups": null});
    *corp.said.userinfo.lock().unwrap() = json!({
        "sub": "somebody else", "email": "lily@corp.example", "email_verified": true, "groups": ["auditors"],
    });
    let answer = sign_in(&tested, &corp, "corp", lean.clone()).await;
    assert_problem(&answer, "identity_invalid");
    corp.said.userinfo.lock().unwrap()["sub"] = json!("subject-1");
    let lily = signed_in(&sign_in(&tested, &corp, "corp", lean).await);
    assert_eq!(
        role_in(&tested, &lily, "acme").await.as_deref(),
        Some("auditor")
    );
    let form = corp.said.form.lock().unwrap().clone();
    let expected = data_encoding::BASE64.encode(b"annals:the+s%26cret");
    assert_eq!(form["authorization"], format!("Basic {expected}"));
    assert!(!form.contains_key("client_secret"));
}

#[tokio::test]
async fn the_sign_in_page_learns_which_providers_there_are() {
    let mut corp = provider("corp", "https://corp.example", &[]);
    corp.email_domains = vec!["corp.example".to_owned()];
    let open = provider("open", "https://open.example", &[]);
    let tested = with(vec![corp, open]).await;
    let ways = async |query: &str| {
        let path = format!("/v1/session/providers{query}");
        Browser::new()
            .ask(&tested, Method::GET, &path, None)
            .await
            .json()
    };
    let open = json!({"id": "open", "name": "The open"});
    assert_eq!(
        ways("").await,
        json!({"providers": [open], "password": true})
    );
    assert_eq!(
        ways("?email=a@elsewhere.example").await["providers"],
        json!([open])
    );
    let both = json!([{"id": "corp", "name": "The corp"}, open]);
    assert_eq!(ways("?email=A@CORP.example").await["providers"], both);
    let session = Browser::new().get(&tested, "/v1/session").await.json();
    assert_eq!(session["providers"], json!([open]));
}
