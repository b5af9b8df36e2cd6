//! Every operation of the document, asked by everybody who must not: an operation without a case fails.

use axum::{body::Body, http::Method};
use serde_json::{Value, json};

use crate::{
    browser::Browser,
    harness::{Tested, request},
};

/// What an operation demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Demand {
    /// Nothing: it is for machines that have no token.
    Nothing,
    /// Nothing: it is where people sign in, which has tests of its own.
    Anybody,
    /// A session, whatever its person may: it is about the person itself.
    Oneself,
    /// A token or a session.
    Known,
    /// A token that sees the account.
    Account,
    /// This permission in the account.
    InAccount(&'static str),
    /// One of these permissions in the account.
    Either(&'static str, &'static str),
    /// This permission in the account, and a session.
    OfPerson(&'static str),
    /// This permission in the whole instance.
    InInstance(&'static str),
    /// A person who operates the instance.
    Operator,
}

use Demand::{
    Account, Anybody, Either, InAccount, InInstance, Known, Nothing, OfPerson, Oneself, Operator,
};

/// One line per operation; a new one is added here when it is added to the router.
const CASES: &[(&str, Demand)] = &[
    ("healthz", Nothing),
    ("readyz", Nothing),
    ("metrics", Nothing),
    ("openapi", Nothing),
    ("docs", Nothing),
    ("session.read", Anybody),
    ("session.create", Anybody),
    ("session.end", Anybody),
    ("session.providers", Anybody),
    ("session.oidc_start", Anybody),
    ("session.oidc_callback", Anybody),
    ("session.portal", Anybody),
    ("session.password", Oneself),
    ("second_factor.read", Oneself),
    ("second_factor.offer", Oneself),
    ("second_factor.confirm", Oneself),
    ("second_factor.remove", Oneself),
    ("second_factor.renew", Oneself),
    ("sessions.list", Oneself),
    ("sessions.end", Oneself),
    ("sessions.end_others", Oneself),
    ("members.reset_link", InAccount("members:write")),
    ("members.sessions_end", InAccount("members:write")),
    ("members.second_factor_remove", InAccount("members:write")),
    ("invitations.list", InAccount("members:write")),
    ("invitations.create", InAccount("members:write")),
    ("invitations.revoke", InAccount("members:write")),
    ("invitations.read", Anybody),
    ("invitations.accept", Anybody),
    ("password_resets.read", Anybody),
    ("password_resets.accept", Anybody),
    ("setup.read", Anybody),
    ("setup.create", Anybody),
    ("auth.introspect", Known),
    ("accounts.list", Known),
    ("accounts.create", InInstance("accounts:write")),
    ("accounts.read", Account),
    ("keys.list", InAccount("keys:write")),
    ("keys.create", InAccount("keys:write")),
    ("keys.change", InAccount("keys:write")),
    ("keys.revoke", InAccount("keys:write")),
    ("members.list", InAccount("members:write")),
    ("members.change", InAccount("members:write")),
    ("members.remove", InAccount("members:write")),
    ("roles.list", Account),
    ("roles.create", InAccount("members:write")),
    ("roles.change", InAccount("members:write")),
    ("roles.delete", InAccount("members:write")),
    ("keys.rotate", InAccount("keys:write")),
    ("instance_keys.list", Operator),
    ("instance_keys.create", Operator),
    ("instance_keys.change", Operator),
    ("instance_keys.revoke", Operator),
    ("instance_keys.rotate", Operator),
    ("viewer_tokens.list", InAccount("audit:read")),
    ("viewer_tokens.create", InAccount("audit:read")),
    ("viewer_tokens.revoke", InAccount("audit:read")),
    ("portal_links.create", InAccount("audit:read")),
    ("settings.read", Account),
    ("firewall.read", Either("audit:read", "catalog:write")),
    ("settings.change", InAccount("accounts:write")),
    ("preferences.read", OfPerson("audit:read")),
    ("preferences.replace", OfPerson("audit:read")),
    ("views.list", InAccount("audit:read")),
    ("views.create", InAccount("audit:read")),
    ("views.change", InAccount("audit:read")),
    ("views.delete", InAccount("audit:read")),
    ("catalog.read", Account),
    ("catalog.declare", InAccount("catalog:write")),
    ("catalog.remove", InAccount("catalog:write")),
    ("catalog.deprecate", InAccount("catalog:write")),
    ("catalog.restore", InAccount("catalog:write")),
    ("catalog.versions", Account),
    ("catalog.alias", InAccount("catalog:write")),
    ("catalog.unalias", InAccount("catalog:write")),
    ("catalog.coverage", InAccount("audit:read")),
    ("events.append", InAccount("events:write")),
    ("events.list", InAccount("audit:read")),
    ("events.search", InAccount("audit:read")),
    ("events.read", InAccount("audit:read")),
    ("events.tail", InAccount("audit:read")),
    ("events.facets", InAccount("audit:read")),
    ("events.histogram", InAccount("audit:read")),
    ("events.values", InAccount("audit:read")),
    ("resources.types", InAccount("audit:read")),
    ("resources.list", InAccount("audit:read")),
    ("resources.events", InAccount("audit:read")),
];

/// An operation of the document.
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: Method,
    pub(crate) path: String,
}

async fn operations(tested: &Tested) -> Vec<Operation> {
    let document = tested
        .send(request(Method::GET, "/openapi.json", None, None))
        .await
        .json();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations.push(Operation {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
            });
        }
    }
    operations
}

impl Operation {
    /// The path with an account and something that does not exist for everything else.
    pub(crate) fn path_in(&self, account: &str) -> String {
        let path = self.path.replace("{account}", account);
        path.replace("{id}", "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e21")
            .replace("{type}", "agent")
            .replace("{key}", "key_x")
            .replace("{member}", "usr_x")
            .replace("{role}", "role_x")
            .replace("{action}", "nobody.knows")
            .replace("{alias}", "nobody.knows")
            .replace("{session}", "ses_x")
            .replace("{invitation}", "inv_x")
            .replace("{token}", "vwt_x")
    }

    pub(crate) fn body(&self) -> Option<Value> {
        matches!(self.method, Method::POST | Method::PUT | Method::PATCH).then(|| match &*self.id {
            "views.create" => json!({"name": "x", "query": {}}),
            "preferences.replace" => {
                json!({"theme": "dark", "density": "compact", "single_keys": true})
            }
            _ => json!({}),
        })
    }
}

/// All permissions but one.
fn all_but(permission: &str) -> Vec<&'static str> {
    api::Permission::ALL
        .iter()
        .map(|known| known.as_str())
        .filter(|known| *known != permission)
        .collect()
}

#[tokio::test]
async fn every_operation_has_a_case_and_every_case_an_operation() {
    let tested = Tested::new().await;
    let mut operations: Vec<String> = operations(&tested)
        .await
        .into_iter()
        .map(|operation| operation.id)
        .collect();
    let mut cases: Vec<&str> = CASES.iter().map(|(id, _)| *id).collect();
    operations.sort_unstable();
    cases.sort_unstable();
    assert_eq!(operations, cases);
}

/// The operations with what they demand; those without a case are reported by the test above.
pub(crate) async fn demanding(tested: &Tested) -> Vec<(Operation, Demand)> {
    let with = |operation: Operation| {
        let demand = CASES.iter().find(|(id, _)| *id == operation.id)?.1;
        Some((operation, demand))
    };
    operations(tested)
        .await
        .into_iter()
        .filter_map(with)
        .collect()
}

#[tokio::test]
async fn nobody_gets_in_without_a_token_that_works() {
    let tested = Tested::new().await;
    let everything = all_but("");
    let revoked = tested
        .key_with(json!({"account": "acme", "name": "x", "permissions": everything}))
        .await;
    let by = server::Principal::Operator;
    tested
        .server
        .instance()
        .revoke_key(&revoked.id, &by)
        .await
        .unwrap();
    let expiry = json!({"account": "acme", "name": "x", "permissions": everything, "expires_at": "2026-10-01T00:00:00Z"});
    let expired = tested.key_with(expiry).await;
    tested.clock.set_ms(
        event::Timestamp::parse("2026-10-01T00:00:00Z")
            .unwrap()
            .ms(),
    );
    let good = tested.key(Some("acme"), &everything).await;
    let mistyped = format!(
        "{}{}",
        &good[..59],
        if good.ends_with('a') { 'b' } else { 'a' }
    );
    for (operation, demand) in demanding(&tested).await {
        if demand == Anybody {
            continue;
        }
        for token in [
            None,
            Some(revoked.token.as_str()),
            Some(expired.token.as_str()),
            Some(&mistyped),
            Some(""),
            Some("anv_x"),
        ] {
            let asked = request(
                operation.method.clone(),
                &operation.path_in("acme"),
                token,
                operation.body(),
            );
            let answer = tested.send(asked).await;
            if demand == Nothing {
                assert!(
                    matches!(answer.status, 200 | 503),
                    "{} {}",
                    operation.id,
                    answer.status
                );
            } else {
                let problem = answer.assert_problem(401, "unauthenticated");
                assert!(!problem.to_string().contains("acme"), "{problem}");
            }
        }
    }
}

#[tokio::test]
async fn a_malformed_authorization_is_no_token() {
    let tested = Tested::new().await;
    let good = tested.key(None, &["audit:read"]).await;
    for value in [
        good.clone(),
        format!("Basic {good}"),
        format!("Token {good}"),
        "Bearer".to_owned(),
        format!("Bearer {good} x"),
    ] {
        let asked = axum::http::Request::get("/v1/accounts").header("authorization", &value);
        tested
            .send(asked.body(axum::body::Body::empty()).unwrap())
            .await
            .assert_problem(401, "unauthenticated");
    }
    let twice = axum::http::Request::get("/v1/accounts")
        .header("authorization", format!("Bearer {good}"))
        .header("authorization", format!("Bearer {good}"));
    tested
        .send(twice.body(axum::body::Body::empty()).unwrap())
        .await
        .assert_problem(401, "unauthenticated");
    let lower =
        axum::http::Request::get("/v1/accounts").header("authorization", format!("bearer {good}"));
    assert_eq!(
        tested
            .send(lower.body(axum::body::Body::empty()).unwrap())
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_key_of_another_account_cannot_tell_whether_the_account_exists() {
    let tested = Tested::new().await;
    tested.account("globex").await;
    let token = tested.key(Some("acme"), &all_but("")).await;
    for (operation, demand) in demanding(&tested).await {
        if !matches!(demand, Account | InAccount(_) | Either(..) | OfPerson(_)) {
            continue;
        }
        let mut answers = Vec::new();
        for account in ["globex", "nowhere", "annals", "GLOBEX", "a%20b"] {
            let answer = tested
                .ask(
                    operation.method.clone(),
                    &operation.path_in(account),
                    &token,
                    operation.body(),
                )
                .await;
            let mut problem = answer.assert_problem(404, "account_not_found");
            problem["request_id"] = Value::Null;
            answers.push(problem);
        }
        assert!(
            answers.windows(2).all(|pair| pair[0] == pair[1]),
            "{}: {answers:?}",
            operation.id
        );
    }
}

#[tokio::test]
async fn a_key_without_the_permission_is_refused_with_its_name() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    for (operation, demand) in demanding(&tested).await {
        let (InAccount(permission) | InInstance(permission) | OfPerson(permission)) = demand else {
            continue;
        };
        for account in [Some("acme"), None] {
            let token = tested.key(account, &all_but(permission)).await;
            let answer = tested
                .ask(
                    operation.method.clone(),
                    &operation.path_in("acme"),
                    &token,
                    operation.body(),
                )
                .await;
            let problem = answer.assert_problem(403, "permission_missing");
            assert!(
                problem["detail"].as_str().unwrap().ends_with(permission),
                "{problem}"
            );
        }
    }
}

#[tokio::test]
async fn the_permission_alone_is_enough() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    for (operation, demand) in demanding(&tested).await {
        let keys = match demand {
            Nothing | Anybody | Oneself | OfPerson(_) | Operator => continue,
            Known => vec![tested.key(None, &["audit:verify"]).await],
            Account => vec![tested.key(Some("acme"), &["audit:verify"]).await],
            Either(one, other) => {
                vec![
                    tested.key(Some("acme"), &[one]).await,
                    tested.key(None, &[other]).await,
                ]
            }
            InAccount(permission) => {
                vec![
                    tested.key(Some("acme"), &[permission]).await,
                    tested.key(None, &[permission]).await,
                ]
            }
            InInstance(permission) => vec![tested.key(None, &[permission]).await],
        };
        for token in keys {
            let answer = tested
                .ask(
                    operation.method.clone(),
                    &operation.path_in("acme"),
                    &token,
                    operation.body(),
                )
                .await;
            assert!(
                !matches!(answer.status, 401 | 403),
                "{} {}",
                operation.id,
                answer.status
            );
        }
    }
}

/// The operations that a person asks for, with the body that pages of our own send.
fn asked(browser: &Browser, operation: &Operation, account: &str) -> axum::http::Request<Body> {
    let path = operation.path_in(account);
    browser.request(operation.method.clone(), &path, operation.body())
}

/// A server with two accounts and the owner of each.
async fn with_owners() -> (Tested, Browser, Browser) {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.account("globex").await;
    tested.person("lily@example.com", &["acme"]).await;
    tested.person("max@example.com", &["globex"]).await;
    let lily = Browser::of(&tested, "lily@example.com").await;
    let max = Browser::of(&tested, "max@example.com").await;
    (tested, lily, max)
}

#[tokio::test]
async fn an_owner_may_everything_in_the_own_account_and_nothing_in_the_instance() {
    let (tested, lily, _) = with_owners().await;
    for (operation, demand) in demanding(&tested).await {
        // Among them is the sign-out, after which she is nobody.
        if demand == Anybody {
            continue;
        }
        let answer = tested.send(asked(&lily, &operation, "acme")).await;
        match demand {
            Nothing | Anybody => {}
            InInstance(_) | Operator => drop(answer.assert_problem(403, "permission_missing")),
            Account | InAccount(_) | Either(..) | OfPerson(_) | Known | Oneself => assert!(
                !matches!(answer.status, 401 | 403),
                "{} {}",
                operation.id,
                answer.status
            ),
        }
    }
}

#[tokio::test]
async fn an_owner_of_another_account_cannot_tell_whether_the_account_exists() {
    let (tested, _, max) = with_owners().await;
    for (operation, demand) in demanding(&tested).await {
        if !matches!(demand, Account | InAccount(_) | Either(..) | OfPerson(_)) {
            continue;
        }
        let mut answers = Vec::new();
        for account in ["acme", "nowhere", "annals", "ACME", "a%20b"] {
            let answer = tested.send(asked(&max, &operation, account)).await;
            let mut problem = answer.assert_problem(404, "account_not_found");
            problem["request_id"] = Value::Null;
            answers.push(problem);
        }
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    }
}

#[tokio::test]
async fn a_session_that_does_not_work_gets_in_nowhere() {
    let (tested, lily, max) = with_owners().await;
    let mut made_up = lily.clone();
    made_up.cookie = Some(format!("annals_dev=ans_{}", "a".repeat(52)));
    let out = max.ask(&tested, Method::DELETE, "/v1/session", None).await;
    assert_eq!(out.status, 204);
    tested.clock.advance_ms(12 * 60 * 60 * 1_000);
    for (what, browser) in [("expired", lily), ("ended", max), ("made up", made_up)] {
        for (operation, demand) in demanding(&tested).await {
            if matches!(demand, Nothing | Anybody) {
                continue;
            }
            for account in ["acme", "globex"] {
                let answer = tested.send(asked(&browser, &operation, account)).await;
                let problem = answer.assert_problem(401, "unauthenticated");
                let text = problem.to_string();
                assert!(
                    !text.contains("acme") && !text.contains("globex"),
                    "{what}: {text}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_write_from_another_site_or_without_the_token_is_refused_everywhere() {
    let (tested, lily, _) = with_owners().await;
    let mut without = lily.clone();
    without.csrf = None;
    let mut of_another = lily.clone();
    of_another.csrf = Browser::of(&tested, "max@example.com").await.csrf;
    let mut cross = lily.clone();
    cross.site = Some("cross-site");
    for (what, browser) in [
        ("without a token", without),
        ("with the token of another session", of_another),
        ("from another site", cross),
    ] {
        for (operation, demand) in demanding(&tested).await {
            let reads = operation.method == Method::GET;
            if reads || matches!(demand, Nothing | Anybody) {
                continue;
            }
            let answer = tested.send(asked(&browser, &operation, "acme")).await;
            assert_eq!(answer.status, 403, "{what}: {}", operation.id);
            answer.assert_problem(403, "csrf_refused");
        }
    }
}

#[tokio::test]
async fn a_key_has_no_preferences_and_no_sessions() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    for (operation, demand) in demanding(&tested).await {
        let permission = match demand {
            OfPerson(permission) => permission,
            Oneself => "audit:read",
            _ => continue,
        };
        for account in [Some("acme"), None] {
            let token = tested.key(account, &[permission]).await;
            let path = operation.path_in("acme");
            tested
                .ask(operation.method.clone(), &path, &token, operation.body())
                .await
                .assert_problem(403, "session_needed");
        }
    }
}

#[tokio::test]
async fn no_key_operates_the_instance() {
    let tested = Tested::new().await;
    let tokens = [
        tested.key(None, &all_but("")).await,
        tested.key(Some("annals"), &all_but("")).await,
    ];
    for (operation, _) in demanding(&tested)
        .await
        .into_iter()
        .filter(|(_, demand)| *demand == Operator)
    {
        for token in &tokens {
            let path = operation.path_in("acme");
            let method = operation.method.clone();
            tested
                .ask(method, &path, token, operation.body())
                .await
                .assert_problem(403, "permission_missing");
        }
    }
}

#[tokio::test]
async fn only_a_key_of_the_instance_creates_accounts() {
    let tested = Tested::new().await;
    let token = tested.key(Some("acme"), &all_but("")).await;
    tested
        .post("/v1/accounts", &token, json!({"id": "x"}))
        .await
        .assert_problem(403, "permission_missing");
}
