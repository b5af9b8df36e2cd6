//! Accounts, changes, and the administration socket.

use axum::http::Method;
use serde_json::{Value, json};

use crate::harness::Tested;

#[tokio::test]
async fn an_account_is_created_read_and_listed() {
    let tested = Tested::new().await;
    let token = tested.key(None, &["accounts:write"]).await;
    let new = json!({"id": "Acme", "name": "Acme Inc.", "time_zone": "Europe/Berlin", "week_start": "sun", "packs_off": ["kilo"]});
    let created = tested.post("/v1/accounts", &token, new).await;
    assert_eq!(created.status, 201, "{created:?}");
    assert_eq!(created.header("location"), "/v1/accounts/Acme");
    let account = created.json();
    assert_eq!(
        account,
        json!({
            "id": "Acme", "name": "Acme Inc.", "log": "test.example/a/Acme", "created_at": account["created_at"],
            "time_zone": "Europe/Berlin", "week_start": "sun", "packs_off": ["kilo"],
        })
    );
    assert!(account["created_at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(
        tested.get("/v1/accounts/Acme", &token).await.json(),
        account
    );
    let listed = tested.get("/v1/accounts", &token).await.json();
    assert_eq!(ids(&listed["accounts"]), ["Acme", "annals"]);
    assert_eq!(listed["next_cursor"], Value::Null);
    let log = tested.server.instance().accounts(None, 1)[0].log;
    assert_eq!(log.get(), 1, "the reserved account has log 0");
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn bad_accounts_are_refused_with_their_place() {
    let tested = Tested::new().await;
    let token = tested.key(None, &["accounts:write"]).await;
    tested.account("Acme").await;
    for (body, status, code, pointer) in [
        (json!({"id": "Acme"}), 409, "account_conflict", None),
        (json!({"id": "ACME"}), 409, "account_conflict", None),
        (json!({"id": "annals"}), 409, "account_conflict", None),
        (json!({"id": "ANNALS"}), 409, "account_conflict", None),
        (json!({"id": "a b"}), 400, "invalid_body", Some("/id")),
        (json!({"id": "../x"}), 400, "invalid_body", Some("/id")),
        (
            json!({"id": "a".repeat(129)}),
            400,
            "invalid_body",
            Some("/id"),
        ),
        (
            json!({"id": "x", "name": ""}),
            400,
            "invalid_body",
            Some("/name"),
        ),
        (
            json!({"id": "x", "name": "a".repeat(257)}),
            400,
            "invalid_body",
            Some("/name"),
        ),
        (
            json!({"id": "x", "time_zone": "Mars/Olympus"}),
            400,
            "invalid_body",
            Some("/time_zone"),
        ),
        (
            json!({"id": "x", "week_start": "tue"}),
            400,
            "invalid_body",
            Some("/week_start"),
        ),
        (
            json!({"id": "x", "packs_off": ["x"]}),
            400,
            "invalid_body",
            Some("/packs_off"),
        ),
        (
            json!({"id": "x", "packs_off": [1]}),
            400,
            "invalid_body",
            Some("/packs_off/0"),
        ),
        (json!({"id": 7}), 400, "invalid_body", Some("/id")),
        (
            json!({"id": "x", "colour": "red"}),
            400,
            "invalid_body",
            Some("/colour"),
        ),
        (json!({"name": "x"}), 400, "invalid_body", Some("")),
        (json!([]), 400, "invalid_body", Some("")),
    ] {
        let answer = tested.post("/v1/accounts", &token, body.clone()).await;
        match pointer {
            Some(pointer) => answer.assert_problem_at(status, code, pointer),
            None => drop(answer.assert_problem(status, code)),
        }
    }
    assert_eq!(
        ids(&tested.get("/v1/accounts", &token).await.json()["accounts"]),
        ["Acme", "annals"]
    );
}

#[tokio::test]
async fn accounts_are_paged_in_order() {
    let tested = Tested::new().await;
    let token = tested.key(None, &["audit:read"]).await;
    for id in ["c", "a", "b"] {
        tested.account(id).await;
    }
    let mut path = "/v1/accounts?limit=2".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = tested.get(&path, &token).await.json();
        seen.push(ids(&page["accounts"]).join(" "));
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/v1/accounts?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(seen, ["a annals", "b c"]);
}

#[tokio::test]
async fn bad_list_parameters_are_refused_with_their_name() {
    let tested = Tested::new().await;
    let token = tested.key(None, &["audit:read"]).await;
    for (query, pointer) in [
        ("limit=0", "/limit"),
        ("limit=1001", "/limit"),
        ("limit=ten", "/limit"),
        ("limit=", "/limit"),
        ("limit=1&limit=2", "/limit"),
        ("cursor=x", "/cursor"),
        ("cursor=YTE6YWNtZQ", "/cursor"),
        ("limits=1", "/limits"),
    ] {
        let answer = tested.get(&format!("/v1/accounts?{query}"), &token).await;
        answer.assert_problem_at(400, "invalid_parameter", pointer);
    }
}

#[tokio::test]
async fn a_key_of_one_account_sees_nothing_else() {
    let tested = Tested::new().await;
    tested.account("globex").await;
    let token = tested
        .key(Some("acme"), &["keys:write", "accounts:write"])
        .await;
    assert_eq!(
        ids(&tested.get("/v1/accounts", &token).await.json()["accounts"]),
        ["acme"]
    );
    for path in [
        "/v1/accounts/globex",
        "/v1/accounts/globex/keys",
        "/v1/accounts/annals",
        "/v1/accounts/nowhere",
    ] {
        let problem = tested
            .get(path, &token)
            .await
            .assert_problem(404, "account_not_found");
        assert_eq!(
            problem["detail"], "there is no such account; did you mean acme?",
            "{path}"
        );
    }
    tested
        .post("/v1/accounts", &token, json!({"id": "x"}))
        .await
        .assert_problem(403, "permission_missing");
}

#[tokio::test]
async fn a_typo_names_the_nearest_account_that_the_caller_may_see() {
    let tested = Tested::new().await;
    for id in ["acme", "globex"] {
        tested.account(id).await;
    }
    let token = tested.key(None, &["audit:read"]).await;
    for (typo, detail) in [
        ("acne", "there is no such account; did you mean acme?"),
        ("Globex", "there is no such account; did you mean globex?"),
        ("umbrella", "there is no such account"),
        ("%00", "there is no such account"),
        ("%2e%2e", "there is no such account"),
    ] {
        let problem = tested
            .get(&format!("/v1/accounts/{typo}"), &token)
            .await
            .assert_problem(404, "account_not_found");
        assert_eq!(problem["detail"], detail, "{typo}");
    }
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let tested = Tested::new().await;
    let token = tested
        .key(Some("acme"), &["audit:read", "keys:write"])
        .await;
    tested.account("globex").await;
    let before = tested.get("/v1/accounts/acme", &token).await.json();
    let dir = tested.close().await;
    let config = crate::harness::config_in(&dir);
    let clock = std::sync::Arc::new(testkit::clock::ManualClock::new());
    let server = server::Server::open(config, clock, crate::harness::Seeded::new(2))
        .await
        .unwrap();
    let accounts: Vec<String> = server
        .instance()
        .accounts(None, 10)
        .iter()
        .map(|a| a.id.to_string())
        .collect();
    assert_eq!(accounts, ["acme", "annals", "globex"]);
    let request = crate::harness::request(Method::GET, "/v1/accounts/acme", Some(&token), None);
    let response = tower::ServiceExt::oneshot(server.router(), request)
        .await
        .unwrap();
    assert_eq!(response.status().as_u16(), 200);
    let body = axum::body::to_bytes(response.into_body(), 1 << 20)
        .await
        .unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), before);
    server.close().await.unwrap();
}

#[tokio::test]
async fn the_administration_socket_needs_no_token_and_the_public_door_does_not_serve_it() {
    let tested = Tested::new().await;
    let created = tested
        .administer(
            Method::POST,
            "/admin/keys",
            Some(json!({"account": "acme", "name": "ops", "permissions": ["events:write"]})),
        )
        .await;
    assert_eq!(created.status, 201, "{created:?}");
    let created = created.json();
    assert_eq!(
        tested
            .get("/v1/accounts/acme", created["token"].as_str().unwrap())
            .await
            .status,
        200
    );
    let made = tested
        .administer(
            Method::POST,
            "/admin/accounts",
            Some(json!({"id": "globex"})),
        )
        .await;
    assert_eq!(
        (made.status, made.json()["log"].as_str()),
        (201, Some("test.example/a/globex"))
    );
    let again = tested
        .administer(
            Method::POST,
            "/admin/accounts",
            Some(json!({"id": "globex"})),
        )
        .await;
    again.assert_problem(409, "account_conflict");
    let listed = tested
        .administer(Method::GET, "/admin/accounts", None)
        .await
        .json();
    assert_eq!(ids(&listed["accounts"]), ["acme", "annals", "globex"]);
    let keys = tested
        .administer(Method::GET, "/admin/keys?account=acme", None)
        .await
        .json();
    assert_eq!(ids(&keys["keys"]), [created["id"].as_str().unwrap()]);
    let path = format!("/admin/keys/{}", created["id"].as_str().unwrap());
    assert_eq!(
        tested.administer(Method::DELETE, &path, None).await.status,
        204
    );
    tested
        .administer(Method::DELETE, "/admin/keys/key_x", None)
        .await
        .assert_problem(404, "key_not_found");
    tested
        .administer(Method::GET, "/admin/keys?account=a%20b", None)
        .await
        .assert_problem_at(400, "invalid_parameter", "/account");

    let whole = tested.key(None, &["accounts:write", "keys:write"]).await;
    for path in ["/admin/keys", "/admin/accounts"] {
        tested
            .get(path, &whole)
            .await
            .assert_problem(404, "not_found");
    }
}

#[tokio::test]
async fn a_change_whose_client_leaves_is_made_whole_or_not_at_all() {
    let tested = Tested::new().await;
    let token = tested
        .key(None, &["accounts:write", "keys:write", "audit:read"])
        .await;
    for n in 0..20 {
        let id = format!("acme{n}");
        let asked = crate::harness::request(
            Method::POST,
            "/v1/accounts",
            Some(&token),
            Some(json!({ "id": id })),
        );
        let leaving = tokio::spawn(tower::ServiceExt::oneshot(tested.server.router(), asked));
        // The client leaves a little later each time.
        for _ in 0..n {
            tokio::task::yield_now().await;
        }
        leaving.abort();
        let _ = leaving.await;
        let again = tested
            .post("/v1/accounts", &token, json!({ "id": id }))
            .await;
        assert!(matches!(again.status, 201 | 409), "{again:?}");
        let path = format!("/v1/accounts/{id}");
        assert_eq!(tested.get(&path, &token).await.status, 200);
        assert_eq!(
            tested.get(&format!("{path}/keys"), &token).await.status,
            200
        );
    }
}

#[tokio::test]
async fn changes_are_recorded_in_the_log_of_the_account() {
    let tested = Tested::new().await;
    let owner = tested
        .key(Some("acme"), &["keys:write", "audit:read"])
        .await;
    let new = json!({"name": "reader", "permissions": ["audit:read"]});
    let id = tested
        .post("/v1/accounts/acme/keys", &owner, new)
        .await
        .json()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    tested
        .ask(
            Method::DELETE,
            &format!("/v1/accounts/acme/keys/{id}"),
            &owner,
            None,
        )
        .await;
    let dir = tested.close().await;
    let clock = std::sync::Arc::new(testkit::clock::ManualClock::new());
    let server = server::Server::open(
        crate::harness::config_in(&dir),
        clock,
        crate::harness::Seeded::new(2),
    )
    .await
    .unwrap();
    let expected = ["key.revoke", "key.create", "key.create", "account.create"];
    let actions = loop {
        let path = "/v1/accounts/acme/events?range=all_time";
        let asked = crate::harness::request(Method::GET, path, Some(&owner), None);
        let response = tower::ServiceExt::oneshot(server.router(), asked)
            .await
            .unwrap();
        let body = axum::body::to_bytes(response.into_body(), 1 << 20)
            .await
            .unwrap();
        let page: Value = serde_json::from_slice(&body).unwrap();
        let events = page["events"].as_array().unwrap();
        let actions: Vec<String> = events
            .iter()
            .map(|event| event["action"].as_str().unwrap().to_owned())
            .collect();
        // The index follows the ledger; it has applied nothing only at the very beginning.
        if actions.len() >= expected.len() {
            break actions;
        }
        tokio::task::yield_now().await;
    };
    let changes: Vec<&String> = actions
        .iter()
        .filter(|action| !action.starts_with("audit_log."))
        .collect();
    assert_eq!(changes, expected);
    server.close().await.unwrap();
}
