//! People sign in, are kept apart, and sign out.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    browser::{Browser, PASSWORD},
    harness::Tested,
};

const HOUR_MS: u64 = 60 * 60 * 1_000;

/// What is wrong with a browser, and how it comes to be so.
type Change = (&'static str, fn(&mut Browser));

async fn with_lily() -> Tested {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.person("Lily@Example.com", &["acme"]).await;
    tested
}

#[tokio::test]
async fn a_person_signs_in_works_and_signs_out() {
    let tested = with_lily().await;
    let mut browser = Browser::new();
    let stranger = browser.get(&tested, "/v1/session").await;
    assert_eq!(
        (stranger.status, stranger.json()),
        (
            200,
            json!({
                "signed_in": false, "viewer": false, "setup_needed": false, "sign_in": "allowed",
                "instance": {"name": "test.example", "version": env!("CARGO_PKG_VERSION")},
            })
        )
    );
    let signed_in = browser
        .sign_in(&tested, " lily@example.COM ", PASSWORD)
        .await;
    assert_eq!(signed_in.status, 200, "{signed_in:?}");
    let session = signed_in.json();
    assert_eq!(session["signed_in"], true);
    assert_eq!(session["person"]["email"], "Lily@Example.com");
    assert_eq!(session["person"]["operator"], false);
    assert_eq!(session["accounts"][0]["id"], "acme");
    assert_eq!(session["accounts"][0]["role"], "owner");
    let permissions = session["accounts"][0]["permissions"].as_array().unwrap();
    assert_eq!(permissions.len(), api::Permission::ALL.len());
    assert_eq!(browser.get(&tested, "/v1/session").await.json(), session);

    assert_eq!(
        browser
            .get(&tested, "/v1/accounts/acme/events")
            .await
            .status,
        200
    );
    let new = json!({"name": "app", "permissions": ["events:write"]});
    let made = browser.post(&tested, "/v1/accounts/acme/keys", new).await;
    assert_eq!(made.status, 201, "{made:?}");
    let cookie = browser.cookie.clone();
    let out = browser
        .ask(&tested, Method::DELETE, "/v1/session", None)
        .await;
    assert_eq!(out.status, 204, "{out:?}");
    assert!(
        out.header("set-cookie")
            .starts_with("annals_dev=; Max-Age=0; Path=/")
    );
    assert_eq!(cookie, browser.cookie);
    browser
        .get(&tested, "/v1/accounts/acme/events")
        .await
        .assert_problem(401, "unauthenticated");
    assert_eq!(
        browser.get(&tested, "/v1/session").await.json()["signed_in"],
        false
    );
    let again = browser
        .ask(&tested, Method::DELETE, "/v1/session", None)
        .await;
    assert_eq!(again.status, 204);
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_are_answered_alike() {
    let tested = with_lily().await;
    let mut answers = Vec::new();
    for (n, (email, password)) in [
        ("lily@example.com", "correct horse batterz"),
        ("nobody@example.com", PASSWORD),
        ("lily@example.com", ""),
        ("", ""),
    ]
    .into_iter()
    .enumerate()
    {
        let mut browser = Browser::new();
        // Each from a network of its own, so that none has to wait.
        browser.peer = format!("127.0.{n}.1:1");
        let answer = browser.sign_in(&tested, email, password).await;
        let mut problem = answer.assert_problem(401, "sign_in_failed");
        problem["request_id"] = Value::Null;
        let mut headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        headers.sort();
        assert!(!headers.contains(&"set-cookie".to_owned()));
        answers.push((problem, headers));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test]
async fn five_failures_in_a_row_from_a_network_have_to_wait() {
    let tested = with_lily().await;
    let try_from = async |network: u8, email: &str, password: &str| {
        let mut browser = Browser::new();
        browser.peer = format!("127.0.{network}.1:1");
        browser.sign_in(&tested, email, password).await
    };
    for _ in 0..5 {
        try_from(9, "lily@example.com", "wrong")
            .await
            .assert_problem(401, "sign_in_failed");
    }
    let put_off = try_from(9, "LILY@example.com", PASSWORD).await;
    put_off.assert_problem(429, "rate_limited");
    assert_eq!(put_off.header("retry-after"), "5");
    assert_eq!(
        try_from(10, "lily@example.com", PASSWORD).await.status,
        200,
        "whoever knows an address cannot keep its owner waiting"
    );
    try_from(9, "lily@example.com", PASSWORD)
        .await
        .assert_problem(429, "rate_limited");
    tested.clock.advance_ms(5_000);
    assert_eq!(
        try_from(9, "lily@example.com", PASSWORD).await.status,
        200,
        "the right password after the wait"
    );

    for n in 0..20 {
        try_from(20, &format!("{n}@example.com"), "wrong")
            .await
            .assert_problem(401, "sign_in_failed");
    }
    try_from(20, "lily@example.com", PASSWORD)
        .await
        .assert_problem(429, "rate_limited");
    assert_eq!(try_from(21, "lily@example.com", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_at_last_in_any_case() {
    let tested = with_lily().await;
    let idle = Browser::of(&tested, "lily@example.com").await;
    tested.clock.advance_ms(12 * HOUR_MS - 1);
    let expires = |answer: &crate::harness::Answer| answer.json()["expires_at"].clone();
    let before = expires(&idle.get(&tested, "/v1/session").await);
    tested.clock.advance_ms(12 * HOUR_MS - 1);
    let after = idle.get(&tested, "/v1/session").await;
    assert_eq!(after.json()["signed_in"], true, "reading puts off the end");
    assert!(expires(&after).as_str() > before.as_str());
    tested.clock.advance_ms(12 * HOUR_MS);
    let refused = idle.get(&tested, "/v1/accounts/acme").await;
    let refused = refused.assert_problem(401, "unauthenticated");
    assert_eq!(refused["detail"], "the session has ended; sign in again");

    let busy = Browser::of(&tested, "lily@example.com").await;
    for hour in 0..168 / 8 {
        assert_eq!(
            busy.get(&tested, "/v1/accounts/acme").await.status,
            200,
            "{hour}"
        );
        tested.clock.advance_ms(8 * HOUR_MS);
    }
    busy.get(&tested, "/v1/accounts/acme")
        .await
        .assert_problem(401, "unauthenticated");
}

#[tokio::test]
async fn sessions_are_there_after_a_restart_as_hashes_only() {
    let tested = with_lily().await;
    let browser = Browser::of(&tested, "lily@example.com").await;
    let dir = tested.close().await;
    let data = dir.path().join("data");
    let token = browser.cookie.as_ref().unwrap().split_once('=').unwrap().1;
    for entry in std::fs::read_dir(&data).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            for secret in [token, PASSWORD, browser.csrf.as_deref().unwrap()] {
                let found = bytes
                    .windows(secret.len())
                    .any(|at| at == secret.as_bytes());
                assert!(!found, "{}", path.display());
            }
        }
    }
    let again = Tested::on(dir, 2).await;
    assert_eq!(
        browser.get(&again, "/v1/session").await.json()["person"]["email"],
        "Lily@Example.com"
    );
}

#[tokio::test]
async fn a_new_sign_in_ends_the_session_before_and_the_oldest_of_too_many_goes() {
    let tested = with_lily().await;
    let mut browser = Browser::of(&tested, "lily@example.com").await;
    let before = browser.clone();
    browser.sign_in(&tested, "lily@example.com", PASSWORD).await;
    assert_ne!(before.cookie, browser.cookie);
    assert_eq!(
        before.get(&tested, "/v1/session").await.json()["signed_in"],
        false
    );
    for _ in 0..100 {
        tested.clock.advance_ms(1);
        Browser::of(&tested, "lily@example.com").await;
    }
    assert_eq!(
        browser.get(&tested, "/v1/session").await.json()["signed_in"],
        false
    );
}

#[tokio::test]
async fn a_write_needs_the_token_and_our_own_origin() {
    let tested = with_lily().await;
    let good = Browser::of(&tested, "lily@example.com").await;
    let new = || json!({"name": "x", "permissions": ["events:write"]});
    let changes: [Change; 6] = [
        ("no token", |browser| browser.csrf = None),
        ("a wrong token", |browser| browser.csrf = Some("x".into())),
        ("cross-site", |browser| browser.site = Some("cross-site")),
        ("same-site", |browser| browser.site = Some("same-site")),
        ("no origin", |browser| browser.site = None),
        ("another origin", |browser| {
            browser.site = None;
            browser
                .headers
                .push(("origin".into(), "http://localhost:9999".into()));
        }),
    ];
    for (what, change) in changes {
        let mut browser = good.clone();
        change(&mut browser);
        let answer = browser.post(&tested, "/v1/accounts/acme/keys", new()).await;
        let problem = answer.assert_problem(403, "csrf_refused");
        assert!(!problem.to_string().contains("ans_"), "{what}");
        let out = browser
            .ask(&tested, Method::DELETE, "/v1/session", None)
            .await;
        out.assert_problem(403, "csrf_refused");
        let read = browser.get(&tested, "/v1/accounts/acme").await;
        assert_eq!(read.status, 200, "{what}: reading is harmless");
    }
    let mut by_origin = good.clone();
    by_origin.site = None;
    let ours = ("origin".to_owned(), "http://localhost:8420".to_owned());
    by_origin.headers.push(ours);
    let made = by_origin
        .post(&tested, "/v1/accounts/acme/keys", new())
        .await;
    assert_eq!(made.status, 201, "{made:?}");

    for site in [None, Some("cross-site")] {
        let mut other = Browser::new();
        other.site = site;
        let answer = other.sign_in(&tested, "lily@example.com", PASSWORD).await;
        answer.assert_problem(403, "csrf_refused");
    }
}

#[tokio::test]
async fn a_request_with_an_authorization_never_looks_at_the_cookie() {
    let tested = with_lily().await;
    let mut browser = Browser::of(&tested, "lily@example.com").await;
    browser
        .headers
        .push(("authorization".into(), "Bearer ann_x".into()));
    browser
        .get(&tested, "/v1/accounts/acme")
        .await
        .assert_problem(401, "unauthenticated");
    assert_eq!(
        browser.get(&tested, "/v1/session").await.json()["signed_in"],
        false
    );
    browser.headers.clear();
    let told = browser.get(&tested, "/v1/auth/introspect").await;
    assert_eq!(
        (told.status, told.json()["kind"].as_str()),
        (200, Some("session"))
    );
}

#[tokio::test]
async fn cookies_travel_over_https_on_the_machine_and_where_it_was_allowed() {
    let tested = Tested::with(|config| {
        config.listen.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
    })
    .await;
    tested.account("acme").await;
    tested.person("lily@example.com", &["acme"]).await;
    let mut proxied = Browser::behind_proxy();
    let answer = proxied.sign_in(&tested, "lily@example.com", PASSWORD).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-annals=ans_"), "{cookie}");
    assert!(
        cookie.ends_with("; Max-Age=604800; Path=/; HttpOnly; SameSite=Strict; Secure"),
        "{cookie}"
    );
    assert_eq!(proxied.get(&tested, "/v1/accounts/acme").await.status, 200);
    let mut renamed = proxied.clone();
    renamed.cookie = proxied
        .cookie
        .map(|pair| pair.replace("__Host-annals", "annals_dev"));
    renamed
        .get(&tested, "/v1/accounts/acme")
        .await
        .assert_problem(401, "unauthenticated");

    let local = Browser::new();
    let mut name = local.clone();
    name.host = "127.0.0.1:8420".to_owned();
    for mut browser in [local.clone(), name] {
        let answer = browser.sign_in(&tested, "lily@example.com", PASSWORD).await;
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with("annals_dev=ans_"), "{cookie}");
        assert!(
            cookie.ends_with("; Max-Age=604800; Path=/; HttpOnly; SameSite=Strict"),
            "{cookie}"
        );
    }
    let changes: [Change; 5] = [
        ("another machine", |browser| {
            browser.peer = "192.0.2.1:1".into();
        }),
        ("a foreign name", |browser| {
            browser.host = "evil.example:8420".into();
        }),
        ("an unknown proxy on this machine", |browser| {
            browser
                .headers
                .push(("x-forwarded-for".into(), "203.0.113.7".into()));
        }),
        ("a proxy that nobody trusts", |browser| {
            *browser = Browser::behind_proxy();
            browser.peer = "192.0.2.1:1".into();
        }),
        ("a trusted proxy that was reached in clear", |browser| {
            *browser = Browser::behind_proxy();
            browser.headers[0].1 = "http".into();
        }),
    ];
    for (what, change) in changes {
        let mut browser = local.clone();
        change(&mut browser);
        let told = browser.get(&tested, "/v1/session").await.json();
        assert_eq!(told["sign_in"], "refused_plain_http", "{what}");
        let answer = browser.sign_in(&tested, "lily@example.com", PASSWORD).await;
        let problem = answer.assert_problem(403, "plain_http_refused");
        for way in ["--tls-cert", "proxy", "--allow-plain-http"] {
            assert!(
                problem["detail"].as_str().unwrap().contains(way),
                "{problem}"
            );
        }
        assert_eq!(answer.header("set-cookie"), "");
    }

    let allowing = Tested::with(|config| config.listen.allow_plain_http = true).await;
    allowing.account("acme").await;
    allowing.person("lily@example.com", &["acme"]).await;
    let mut browser = local;
    browser.peer = "192.0.2.1:1".to_owned();
    browser.host = "audit.lan".to_owned();
    let answer = browser
        .sign_in(&allowing, "lily@example.com", PASSWORD)
        .await;
    assert!(answer.header("set-cookie").starts_with("annals_dev=ans_"));
}

#[tokio::test]
async fn a_person_who_is_no_member_any_more_is_out_at_once() {
    let tested = with_lily().await;
    tested.account("globex").await;
    tested.person("max@example.com", &["acme", "globex"]).await;
    let lily = Browser::of(&tested, "lily@example.com").await;
    let max = Browser::of(&tested, "max@example.com").await;
    for email in ["lily@example.com", "max@example.com"] {
        let path = format!("/admin/members/acme/{email}");
        let removed = tested.administer(Method::DELETE, &path, None).await;
        assert_eq!(removed.status, 204, "{removed:?}");
        tested
            .administer(Method::DELETE, &path, None)
            .await
            .assert_problem(404, "member_not_found");
    }
    lily.get(&tested, "/v1/accounts")
        .await
        .assert_problem(401, "unauthenticated");
    max.get(&tested, "/v1/accounts/acme")
        .await
        .assert_problem(404, "account_not_found");
    assert_eq!(max.get(&tested, "/v1/accounts/globex").await.status, 200);
}

#[tokio::test]
async fn a_stream_ends_with_the_session_the_membership_and_the_key() {
    let tested = with_lily().await;
    tested.account("globex").await;
    tested.person("max@example.com", &["acme", "globex"]).await;
    let path = "/v1/accounts/acme/events/tail?after=end";
    let lily = Browser::of(&tested, "lily@example.com").await;
    let max = Browser::of(&tested, "max@example.com").await;
    let key = tested
        .key_with(json!({"account": "acme", "name": "x", "permissions": ["audit:read"]}))
        .await;
    let mut by_key = Browser::new();
    let bearer = format!("Bearer {}", key.token);
    by_key.headers.push(("authorization".into(), bearer));
    let mut streams = Vec::new();
    for browser in [&lily, &max, &by_key] {
        let mut asked = browser.request(Method::GET, path, None);
        let accept = "text/event-stream".parse().unwrap();
        asked.headers_mut().insert("accept", accept);
        let answer = tower::ServiceExt::oneshot(tested.server.router(), asked)
            .await
            .unwrap();
        assert_eq!(answer.status().as_u16(), 200);
        streams.push(tokio::spawn(axum::body::to_bytes(
            answer.into_body(),
            1 << 20,
        )));
    }
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(streams.iter().all(|stream| !stream.is_finished()));
    let out = lily.ask(&tested, Method::DELETE, "/v1/session", None).await;
    assert_eq!(out.status, 204);
    let member = "/admin/members/acme/max@example.com";
    tested.administer(Method::DELETE, member, None).await;
    let by = server::Principal::Operator;
    let revoked = tested.server.instance().revoke_key(&key.id, &by);
    revoked.await.unwrap();
    for (by, stream) in [&lily, &max, &by_key].into_iter().zip(streams) {
        let ended = tokio::time::timeout(std::time::Duration::from_secs(10), stream).await;
        let sent = ended.expect("the stream ends").unwrap().unwrap();
        // What was recorded before the end may have come, what followed it must not.
        let saw_the_removal = String::from_utf8_lossy(&sent).contains("member_remove");
        assert!(!saw_the_removal || by.cookie.is_none());
    }
}
