//! What people do to the log is in the log: who, from where, in which account, and never a secret.

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    browser::{Browser, PASSWORD},
    harness::Tested,
};

/// The events of the log about itself in an account, oldest first, once there are `count` of these actions.
pub(crate) async fn recorded(
    tested: &Tested,
    account: &str,
    actions: &[&str],
    count: usize,
) -> Vec<Value> {
    let token = tested.key(Some(account), &["audit:read"]).await;
    let path = format!("/v1/accounts/{account}/events?range=all_time&order=asc&limit=1000");
    for _ in 0..500 {
        let page = tested.get(&path, &token).await.json();
        let mut events = page["events"].as_array().unwrap().clone();
        events.retain(|event| actions.contains(&event["action"].as_str().unwrap()));
        if events.len() >= count {
            assert_eq!(events.len(), count, "{events:#?}");
            return events;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{actions:?} were not recorded in {account}");
}

fn told(event: &Value) -> (&str, &str, &str) {
    (
        event["action"].as_str().unwrap(),
        event["outcome"]["result"].as_str().unwrap(),
        event["actor"]["type"].as_str().unwrap(),
    )
}

#[tokio::test]
async fn sign_ins_are_recorded_where_they_belong() {
    let tested = Tested::with(|config| {
        config.listen.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
    })
    .await;
    tested.account("acme").await;
    tested.account("globex").await;
    tested.person("lily@example.com", &["acme", "globex"]).await;
    let mut browser = Browser::behind_proxy();
    for (email, password) in [
        ("lily@example.com", "a wrong password"),
        ("nobody@example.com", PASSWORD),
        ("lily@example.com", PASSWORD),
    ] {
        browser.sign_in(&tested, email, password).await;
    }
    browser
        .ask(&tested, Method::DELETE, "/v1/session", None)
        .await;
    let actions = ["audit_log.sign_in", "audit_log.sign_out"];
    for account in ["acme", "globex"] {
        let events = recorded(&tested, account, &actions, 3).await;
        let [failed, succeeded, out] = events.as_slice() else {
            panic!("{events:#?}");
        };
        assert_eq!(told(failed), (actions[0], "failure", "anonymous"));
        assert_eq!(failed["outcome"]["code"], "sign_in_failed");
        assert_eq!(failed["targets"][1]["name"], "lily");
        assert_eq!(told(succeeded), (actions[0], "success", "user"));
        assert_eq!(succeeded["actor"]["email"], "lily@example.com");
        assert_eq!(succeeded["actor"]["name"], "lily");
        assert_eq!(told(out), (actions[1], "success", "user"));
        for event in &events {
            assert_eq!(event["context"]["ip"], "203.0.113.7", "{event}");
            assert_eq!(event["producer"]["name"], "annals");
            assert_eq!(event["category"], "Audit log");
        }
    }
    let strangers = recorded(&tested, "annals", &actions, 1).await;
    assert_eq!(told(&strangers[0]), (actions[0], "failure", "anonymous"));
    assert!(
        !strangers[0].to_string().contains("nobody"),
        "the address may be a password"
    );
}

#[tokio::test]
async fn the_setup_is_recorded_with_its_failures() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    let code = tested.server.setup_code().unwrap().to_owned();
    let browser = Browser::new();
    let owner = json!({"name": "Lily Ari", "email": "lily@example.com", "password": PASSWORD});
    for code in ["wrong", code.as_str()] {
        let body = json!({"code": code, "owner": owner});
        browser.post(&tested, "/v1/setup", body).await;
    }
    let events = recorded(&tested, "annals", &["audit_log.setup"], 2).await;
    assert_eq!(
        told(&events[0]),
        ("audit_log.setup", "failure", "anonymous")
    );
    assert_eq!(told(&events[1]), ("audit_log.setup", "success", "user"));
    assert_eq!(events[1]["actor"]["name"], "Lily Ari");
    let added = recorded(&tested, "acme", &["audit_log.member_add"], 1).await;
    assert_eq!(added[0]["targets"][0]["name"], "Lily Ari");
    assert_eq!(added[0]["metadata"]["role_name"], "Owner");
}

#[tokio::test]
async fn changes_of_people_name_them_and_what_changed() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.person("lily@example.com", &["acme"]).await;
    tested.person("max@example.com", &["acme"]).await;
    let lily = Browser::of(&tested, "lily@example.com").await;
    let settings = "/v1/accounts/acme/settings";
    for zone in ["Europe/Berlin", "Europe/Berlin", "Asia/Tokyo"] {
        let change = json!({"time_zone": zone});
        lily.ask(&tested, Method::PATCH, settings, Some(change))
            .await;
    }
    let preferences = json!({"theme": "dark", "density": "compact", "single_keys": true});
    let path = "/v1/accounts/acme/preferences";
    lily.ask(&tested, Method::PUT, path, Some(preferences))
        .await;
    let views = "/v1/accounts/acme/views";
    let new = json!({"name": "Mine", "query": {}});
    let view = lily.post(&tested, views, new).await.json();
    let view_path = format!("{views}/{}", view["id"].as_str().unwrap());
    for change in [json!({"name": "Ours"}), json!({"name": "Ours"})] {
        lily.ask(&tested, Method::PATCH, &view_path, Some(change))
            .await;
    }
    lily.ask(&tested, Method::DELETE, &view_path, None).await;
    let member = "/admin/members/acme/max@example.com";
    tested.administer(Method::DELETE, member, None).await;
    let actions = [
        "audit_log.settings_update",
        "audit_log.preferences_update",
        "saved_view.create",
        "saved_view.update",
        "saved_view.delete",
        "audit_log.member_remove",
    ];
    let events = recorded(&tested, "acme", &actions, 7).await;
    let with = |action: &str| {
        let found = events.iter().filter(|event| event["action"] == action);
        found.collect::<Vec<_>>()
    };
    let updates = with("audit_log.settings_update");
    let zones = |old: Value, new: &str| json!([{"path": "/time_zone", "old": old, "new": new}]);
    assert_eq!(updates[0]["changes"], zones(Value::Null, "Europe/Berlin"));
    assert_eq!(
        updates[1]["changes"],
        zones("Europe/Berlin".into(), "Asia/Tokyo")
    );
    let renamed = json!([{"path": "/name", "old": "Mine", "new": "Ours"}]);
    assert_eq!(with("saved_view.update")[0]["changes"], renamed);
    for event in &events {
        let by_lily = event["action"] != "audit_log.member_remove";
        let name = if by_lily { "lily" } else { "Operator" };
        assert_eq!(event["actor"]["name"], name, "{event}");
    }
    assert_eq!(with(actions[5])[0]["targets"][0]["name"], "max");
}

#[tokio::test]
async fn refusals_of_people_name_them() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.account("globex").await;
    tested.person("lily@example.com", &["acme"]).await;
    let lily = Browser::of(&tested, "lily@example.com").await;
    lily.get(&tested, "/v1/accounts/globex/events").await;
    let mut cross = lily.clone();
    cross.site = Some("cross-site");
    let new = json!({"name": "x", "permissions": ["events:write"]});
    cross.post(&tested, "/v1/accounts/acme/keys", new).await;
    let events = recorded(&tested, "acme", &["access.denied"], 2).await;
    let codes: Vec<&Value> = events
        .iter()
        .map(|event| &event["outcome"]["code"])
        .collect();
    assert_eq!(codes, ["account_not_found", "csrf_refused"]);
    for event in &events {
        assert_eq!(event["actor"]["email"], "lily@example.com", "{event}");
    }
    let denied = recorded(&tested, "globex", &["access.denied"], 0).await;
    assert!(denied.is_empty(), "a foreign log is not written to");
}

#[tokio::test]
async fn nobody_sees_a_byte_of_an_account_that_is_not_his() {
    let tested = Tested::new().await;
    for account in ["acme", "globex"] {
        tested.account(account).await;
        let token = tested.key(Some(account), &["events:write"]).await;
        let marked = format!("marker-of-{account}");
        let event = json!({
            "action": "role.create", "actor": {"type": "user", "id": marked, "name": marked},
            "targets": [{"type": "agent", "id": marked, "name": marked}],
            "metadata": {"marker": marked},
        });
        let path = format!("/v1/accounts/{account}/events?wait=indexed");
        let answer = tested.post(&path, &token, event).await;
        assert_eq!(answer.json()["waited"], true, "{answer:?}");
    }
    tested.person("lily@example.com", &["acme"]).await;
    tested.person("both@example.com", &["acme", "globex"]).await;
    tested.person("max@example.com", &["globex"]).await;
    let of_acme = Browser::of(&tested, "lily@example.com").await;
    let of_both = Browser::of(&tested, "both@example.com").await;
    let of_globex = Browser::of(&tested, "max@example.com").await;
    for (browser, account) in [
        (&of_acme, "acme"),
        (&of_globex, "globex"),
        (&of_both, "acme"),
    ] {
        let view = json!({"name": format!("marker-of-{account}"), "shared": true, "query": {}});
        let path = format!("/v1/accounts/{account}/views");
        browser.post(&tested, &path, view).await;
    }
    let within = [
        "",
        "/events?range=all_time",
        "/values?column=user",
        "/values?column=metadata.marker",
        "/resources",
        "/resources/agent",
        "/resources/agent/marker-of-acme/events?range=all_time",
        "/resources/agent/marker-of-globex/events?range=all_time",
        "/views",
        "/keys",
        "/catalog",
        "/settings",
        "/preferences",
    ];
    for (browser, own, foreign) in [(&of_acme, "acme", "globex"), (&of_globex, "globex", "acme")] {
        let mut paths = vec!["/v1/accounts".to_owned(), "/v1/session".to_owned()];
        for account in [own, foreign] {
            let of = |path: &&str| format!("/v1/accounts/{account}{path}");
            paths.extend(within.iter().map(of));
        }
        let mut shown = 0;
        for path in paths {
            let answer = browser.get(&tested, &path).await;
            let text = String::from_utf8_lossy(&answer.body);
            // The path is repeated as the resource that was asked for, and nothing is found there.
            let asked = format!("marker-of-{foreign}/events");
            if !path.contains(&asked) {
                assert!(
                    !text.contains(&format!("marker-of-{foreign}")),
                    "{path}: {text}"
                );
            }
            shown += usize::from(text.contains(&format!("marker-of-{own}")));
        }
        assert!(shown >= 6, "{shown}: the own account is shown");
        // Without what the audit log records about itself: the resource that was asked for above is in there.
        let refine = json!([{"column": "category", "op": "ne", "value": "Audit log"}]);
        let search = json!({"range": "all_time", "q": "marker", "refine": refine});
        let path = format!("/v1/accounts/{foreign}/events/search");
        browser
            .post(&tested, &path, search.clone())
            .await
            .assert_problem(404, "account_not_found");
        let path = format!("/v1/accounts/{own}/events/search");
        let found = browser.post(&tested, &path, search).await;
        let text = String::from_utf8_lossy(&found.body);
        assert!(!text.contains(foreign), "{text}");
    }
    for account in ["acme", "globex"] {
        let path = format!("/v1/accounts/{account}/events?range=all_time");
        assert_eq!(of_both.get(&tested, &path).await.status, 200);
    }
}
