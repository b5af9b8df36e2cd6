//! Keys after they were made: from where they work, what they hide, how they change and are replaced, and what of it is
//! recorded.

use axum::{
    body::Body,
    http::{Method, Request, header::AUTHORIZATION},
};
use serde_json::{Value, json};

use crate::{
    browser::Browser,
    harness::{Answer, Tested},
    recorded::recorded,
};

const KEYS: &str = "/v1/accounts/acme/keys";

/// Asks who asks from an address, through a trusted proxy when one is named.
async fn introspect_from(tested: &Tested, token: &str, peer: &str, via: Option<&str>) -> Answer {
    let mut request = Request::get("/v1/auth/introspect")
        .header(AUTHORIZATION, format!("Bearer {token}"))
        .extension(server::Peer(peer.parse().unwrap()));
    if let Some(hops) = via {
        request = request.header("x-forwarded-for", hops);
    }
    tested.send(request.body(Body::empty()).unwrap()).await
}

async fn patch(tested: &Tested, id: &str, by: &str, change: Value) -> Answer {
    let path = format!("{KEYS}/{id}");
    tested.ask(Method::PATCH, &path, by, Some(change)).await
}

async fn rotate(tested: &Tested, id: &str, by: &str, body: Value) -> Answer {
    tested.post(&format!("{KEYS}/{id}/rotate"), by, body).await
}

#[tokio::test]
async fn a_key_works_from_its_networks_only() {
    let tested = Tested::with(|config| {
        config.listen.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
    })
    .await;
    let networks = [
        "203.0.113.77/24",
        "2001:db8::/32",
        "198.51.100.9",
        "::ffff:192.0.2.0/120",
    ];
    let new = json!({"account": "acme", "name": "ci", "permissions": ["audit:read"], "networks": networks});
    let token = tested.key_with(new).await.token;
    for (peer, via, works) in [
        ("203.0.113.7:1", None, true),
        ("[::ffff:203.0.113.7]:1", None, true),
        ("[2001:db8::7]:1", None, true),
        ("198.51.100.9:1", None, true),
        ("192.0.2.200:1", None, true),
        ("203.0.114.7:1", None, false),
        ("198.51.100.8:1", None, false),
        ("[2001:db9::7]:1", None, false),
        ("10.0.0.1:1", Some("203.0.113.7"), true),
        // What the client wrote itself, to the left of what the proxy saw, is not believed.
        ("10.0.0.1:1", Some("203.0.113.7, 198.51.100.1"), false),
        ("192.0.3.1:1", Some("203.0.113.7"), false),
    ] {
        let answer = introspect_from(&tested, &token, peer, via).await;
        if works {
            assert_eq!(answer.status, 200, "{peer} {via:?}");
        } else {
            answer.assert_problem(401, "address_refused");
        }
    }
    // Nothing is known of the address of a request that came from nowhere.
    tested
        .get("/v1/auth/introspect", &token)
        .await
        .assert_problem(401, "address_refused");
    let events = recorded(&tested, "acme", &["access.denied"], 1).await;
    assert_eq!(events[0]["outcome"]["code"], "address_refused");
    assert_eq!(events[0]["actor"]["type"], "api_key");
    assert_eq!(events[0]["context"]["ip"], "203.0.114.7");
}

#[tokio::test]
async fn bad_networks_are_refused_with_their_place() {
    let tested = Tested::new().await;
    let owner = tested.key(Some("acme"), &["keys:write"]).await;
    let many: Vec<String> = (0..33).map(|n| format!("10.0.{n}.0/24")).collect();
    for networks in [
        json!(["all"]),
        json!(["10.0.0.0/33"]),
        json!([""]),
        json!(many),
    ] {
        let new = json!({"name": "x", "permissions": ["keys:write"], "networks": networks});
        let answer = tested.post(KEYS, &owner, new).await;
        answer.assert_problem_at(400, "invalid_body", "/networks");
    }
    let same: Vec<String> = (0..32).map(|n| format!("10.0.0.{n}/24")).collect();
    let new = json!({"name": "x", "permissions": ["keys:write"], "networks": same});
    let id = tested.post(KEYS, &owner, new).await.json()["id"].clone();
    let listed = tested.get(KEYS, &owner).await.json();
    let keys = listed["keys"].as_array().unwrap();
    let key = keys.iter().find(|key| key["id"] == id).unwrap();
    assert_eq!(key["networks"], json!(["10.0.0.0/24"]));
}

#[tokio::test]
async fn a_change_counts_at_once_and_is_recorded() {
    let tested = Tested::new().await;
    let owner = tested
        .key(Some("acme"), &["keys:write", "audit:read"])
        .await;
    let new = json!({"name": "ci", "permissions": ["audit:read"]});
    let made = tested.post(KEYS, &owner, new).await.json();
    let (id, token) = (
        made["id"].as_str().unwrap(),
        made["token"].as_str().unwrap(),
    );
    let change = json!({"name": "build", "networks": ["203.0.113.0/24"], "expires_at": "2040-01-01T00:00:00Z"});
    for _ in 0..2 {
        let changed = patch(&tested, id, &owner, change.clone()).await;
        assert_eq!(changed.status, 200, "{changed:?}");
        assert_eq!(changed.json()["name"], "build");
    }
    let refused = introspect_from(&tested, token, "198.51.100.1:1", None).await;
    refused.assert_problem(401, "address_refused");
    let patched = patch(
        &tested,
        id,
        &owner,
        json!({"networks": [], "expires_at": null}),
    )
    .await;
    assert_eq!(patched.json()["expires_at"], Value::Null);
    assert_eq!(tested.get("/v1/auth/introspect", token).await.status, 200);
    for (bad, pointer) in [
        (json!({"permissions": ["audit:read"]}), "/permissions"),
        (json!({"hide": []}), "/hide"),
        (json!({"name": ""}), "/name"),
        (json!({"expires_at": "2001-01-01T00:00:00Z"}), "/expires_at"),
    ] {
        let answer = patch(&tested, id, &owner, bad).await;
        answer.assert_problem_at(400, "invalid_body", pointer);
    }
    // A change that changes nothing leaves no trace.
    let events = recorded(&tested, "acme", &["key.update"], 2).await;
    assert_eq!(
        events[0]["changes"],
        json!([
            {"path": "/expires_at", "old": null, "new": "2040-01-01T00:00:00Z"},
            {"path": "/name", "old": "ci", "new": "build"},
            {"path": "/networks", "old": null, "new": ["203.0.113.0/24"]},
        ])
    );
    assert_eq!(events[0]["event"], "Key updated");
    tested
        .ask(Method::DELETE, &format!("{KEYS}/{id}"), &owner, None)
        .await;
    let ended = patch(&tested, id, &owner, json!({"name": "x"})).await;
    ended.assert_problem(409, "key_ended");
    let revoked = recorded(&tested, "acme", &["key.revoke"], 1).await;
    assert_eq!(revoked[0]["changes"][0]["path"], "/revoked_at");
}

#[tokio::test]
async fn a_replaced_key_works_until_its_overlap_is_over() {
    let tested = Tested::new().await;
    let owner = tested
        .key(Some("acme"), &["keys:write", "audit:read"])
        .await;
    let new = json!({"name": "ci", "permissions": ["audit:read"], "hide": ["context"], "networks": ["127.0.0.0/8"]});
    let first = tested.post(KEYS, &owner, new).await.json();
    let id = first["id"].as_str().unwrap();
    rotate(&tested, id, &owner, json!({"overlap_minutes": 10_081}))
        .await
        .assert_problem_at(400, "invalid_body", "/overlap_minutes");
    let second = rotate(&tested, id, &owner, json!({"overlap_minutes": 60})).await;
    assert_eq!(second.status, 201, "{second:?}");
    let second = second.json();
    assert_eq!(second["replaces"]["id"], id);
    let works = async |made: &Value| {
        let token = made["token"].as_str().unwrap();
        let answer = introspect_from(&tested, token, "127.0.0.1:1", None).await;
        (answer.status == 200).then(|| answer.json())
    };
    assert!(works(&first).await.is_some());
    let now = works(&second).await.unwrap();
    assert_eq!(
        (&now["hide"], &now["name"]),
        (&json!(["context"]), &json!("ci"))
    );
    rotate(&tested, id, &owner, json!({}))
        .await
        .assert_problem(409, "key_replaced");
    patch(&tested, id, &owner, json!({"expires_at": null}))
        .await
        .assert_problem(409, "key_replaced");
    let renamed = patch(&tested, id, &owner, json!({"name": "old ci"})).await;
    assert_eq!(renamed.json()["replaced_by"], second["id"]);
    tested.clock.advance_ms(60 * 60_000 - 1);
    assert!(works(&first).await.is_some());
    tested.clock.advance_ms(1);
    assert!(works(&first).await.is_none() && works(&second).await.is_some());
    rotate(&tested, id, &owner, json!({}))
        .await
        .assert_problem(409, "key_ended");
    let third = rotate(
        &tested,
        second["id"].as_str().unwrap(),
        &owner,
        json!({"overlap_minutes": 0}),
    )
    .await;
    assert!(works(&second).await.is_none(), "no overlap");
    assert!(works(&third.json()).await.is_some());
    let events = recorded(&tested, "acme", &["key.rotate"], 2).await;
    assert_eq!(events[0]["targets"][0]["id"], id);
    assert_eq!(events[0]["metadata"]["replaced_by"], second["id"]);
    assert_eq!(events[0]["changes"][0]["path"], "/expires_at");
}

#[tokio::test]
async fn a_replaced_key_never_works_longer_than_it_would_have() {
    let tested = Tested::new().await;
    let owner = tested
        .key(Some("acme"), &["keys:write", "audit:read"])
        .await;
    let soon =
        event::Timestamp::from_ms(server::Clock::now_ms(&*tested.clock) + 60_000).to_string();
    let new = json!({"name": "ci", "permissions": ["audit:read"], "expires_at": soon});
    let id = tested.post(KEYS, &owner, new).await.json()["id"].clone();
    let rotated = rotate(&tested, id.as_str().unwrap(), &owner, json!({}))
        .await
        .json();
    assert_eq!(rotated["replaces"]["expires_at"], soon);
    // A successor that was lost on the way can be replaced through the key that still works.
    let lost = format!("{KEYS}/{}", rotated["id"].as_str().unwrap());
    tested.ask(Method::DELETE, &lost, &owner, None).await;
    let again = rotate(&tested, id.as_str().unwrap(), &owner, json!({})).await;
    assert_eq!(again.status, 201, "{again:?}");
    let token = again.json()["token"].as_str().unwrap().to_owned();
    tested.clock.advance_ms(60_000);
    tested
        .get("/v1/auth/introspect", &token)
        .await
        .assert_problem(401, "unauthenticated");
}

#[tokio::test]
async fn of_two_rotations_at_once_one_wins() {
    let tested = Tested::new().await;
    let owner = tested
        .key(Some("acme"), &["keys:write", "audit:read"])
        .await;
    let new = json!({"name": "ci", "permissions": ["audit:read"]});
    let id = tested.post(KEYS, &owner, new).await.json()["id"].clone();
    let id = id.as_str().unwrap();
    let both = tokio::join!(
        rotate(&tested, id, &owner, json!({})),
        rotate(&tested, id, &owner, json!({}))
    );
    let mut statuses = [both.0.status, both.1.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
}

#[tokio::test]
async fn nobody_gives_more_than_he_has() {
    let tested = Tested::new().await;
    let strong =
        json!({"account": "acme", "name": "strong", "permissions": ["audit:read", "keys:write"]});
    let strong = tested.key_with(strong).await;
    let hiding = json!({"account": "acme", "name": "hiding", "permissions": ["audit:read", "keys:write"], "hide": ["context", "names"]});
    let hiding = tested.key_with(hiding).await.token;
    let developer = tested
        .key(Some("acme"), &["events:write", "keys:write"])
        .await;
    for giver in [&hiding, &developer] {
        for answer in [
            rotate(&tested, &strong.id, giver, json!({})).await,
            patch(&tested, &strong.id, giver, json!({"networks": []})).await,
        ] {
            answer.assert_problem(403, "permission_missing");
        }
    }
    let read = |hide: Value| json!({"name": "x", "permissions": ["audit:read"], "hide": hide});
    for hide in [json!([]), json!(["context"])] {
        let answer = tested.post(KEYS, &hiding, read(hide)).await;
        answer.assert_problem(403, "permission_missing");
    }
    let hidden = read(json!(["names", "context", "text"]));
    assert_eq!(tested.post(KEYS, &hiding, hidden).await.status, 201);
    // What shows nothing hides nothing.
    let writer = json!({"name": "x", "permissions": ["keys:write"]});
    assert_eq!(tested.post(KEYS, &hiding, writer).await.status, 201);
    assert_eq!(
        tested
            .ask(
                Method::DELETE,
                &format!("{KEYS}/{}", strong.id),
                &developer,
                None
            )
            .await
            .status,
        204
    );
}

#[tokio::test]
async fn keys_of_other_accounts_cannot_be_changed() {
    let tested = Tested::new().await;
    let owner = tested
        .key(Some("acme"), &["keys:write", "audit:read"])
        .await;
    let other = tested
        .key_with(json!({"account": "globex", "name": "x", "permissions": ["audit:read"]}))
        .await;
    let whole = tested
        .key_with(json!({"name": "x", "permissions": ["audit:read"]}))
        .await;
    for id in [other.id.as_str(), whole.id.as_str(), "key_x"] {
        for answer in [
            rotate(&tested, id, &owner, json!({})).await,
            patch(&tested, id, &owner, json!({"name": "y"})).await,
        ] {
            answer.assert_problem(404, "key_not_found");
        }
    }
}

#[tokio::test]
async fn operators_see_to_the_keys_of_the_instance_without_reaching_into_accounts() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    let owner = json!({"account": "annals", "email": "op@example.com", "name": "Op", "password": crate::browser::PASSWORD, "operator": true});
    let added = tested
        .administer(Method::POST, "/admin/members", Some(owner))
        .await;
    assert_eq!(added.status, 201, "{added:?}");
    let operator = Browser::of(&tested, "op@example.com").await;
    let new = json!({"name": "provisioning", "permissions": ["accounts:write", "keys:write", "events:write"]});
    let made = operator.post(&tested, "/v1/keys", new).await;
    assert_eq!(made.status, 201, "{made:?}");
    let made = made.json();
    for permission in [
        "audit:read",
        "audit:export",
        "audit:redact",
        "members:write",
        "streams:write",
        "audit:read_sensitive",
        "audit:verify",
        "retention:write",
    ] {
        let new = json!({"name": "x", "permissions": ["accounts:write", permission]});
        let refused = operator.post(&tested, "/v1/keys", new).await;
        refused.assert_problem(403, "permission_missing");
    }
    let path = format!("/v1/keys/{}", made["id"].as_str().unwrap());
    let changed = operator
        .ask(&tested, Method::PATCH, &path, Some(json!({"name": "p"})))
        .await;
    assert_eq!(changed.json()["name"], "p");
    let rotated = operator
        .post(&tested, &format!("{path}/rotate"), json!({}))
        .await;
    assert_eq!(rotated.status, 201, "{rotated:?}");
    let strong = tested
        .key_with(json!({"name": "strong", "permissions": ["audit:read"]}))
        .await;
    let own = tested
        .key_with(json!({"account": "acme", "name": "acme's", "permissions": ["audit:read"]}))
        .await;
    let strong = format!("/v1/keys/{}", strong.id);
    let refused = operator
        .post(&tested, &format!("{strong}/rotate"), json!({}))
        .await;
    refused.assert_problem(403, "permission_missing");
    for method in [Method::PATCH, Method::DELETE] {
        let own = format!("/v1/keys/{}", own.id);
        let body = (method == Method::PATCH).then(|| json!({"name": "x"}));
        let refused = operator.ask(&tested, method, &own, body).await;
        refused.assert_problem(404, "key_not_found");
    }
    assert_eq!(
        operator
            .ask(&tested, Method::DELETE, &strong, None)
            .await
            .status,
        204
    );
    let listed = operator.get(&tested, "/v1/keys").await.json();
    let keys = listed["keys"].as_array().unwrap();
    assert!(keys.iter().all(|key| key["account"].is_null()), "{listed}");
    assert_eq!(keys.len(), 3);
    recorded(&tested, "annals", &["key.rotate", "key.update"], 2).await;
}

#[tokio::test]
async fn the_machine_rotates_and_changes_over_its_socket() {
    let tested = Tested::new().await;
    let key = tested
        .key_with(json!({"account": "acme", "name": "x", "permissions": ["audit:read"]}))
        .await;
    let path = format!("/admin/keys/{}", key.id);
    let change = json!({"networks": ["10.0.0.0/8"]});
    let changed = tested.administer(Method::PATCH, &path, Some(change)).await;
    assert_eq!(changed.json()["networks"], json!(["10.0.0.0/8"]));
    let rotated = tested
        .administer(Method::POST, &format!("{path}/rotate"), Some(json!({})))
        .await;
    assert_eq!(rotated.status, 201);
}

#[tokio::test]
async fn an_account_has_only_so_many_working_keys() {
    let tested = Tested::new().await;
    let owner = tested.key(Some("acme"), &["keys:write"]).await;
    let new = json!({"name": "x", "permissions": ["keys:write"]});
    let mut last = Value::Null;
    for _ in 1..1_000 {
        let made = tested.post(KEYS, &owner, new.clone()).await;
        assert_eq!(made.status, 201);
        last = made.json();
    }
    let refused = tested.post(KEYS, &owner, new.clone()).await;
    refused.assert_problem(409, "too_many");
    let id = last["id"].as_str().unwrap();
    let refused = rotate(&tested, id, &owner, json!({})).await;
    refused.assert_problem(409, "too_many");
    tested.key(Some("globex"), &["keys:write"]).await;
    tested
        .ask(Method::DELETE, &format!("{KEYS}/{id}"), &owner, None)
        .await;
    assert_eq!(tested.post(KEYS, &owner, new).await.status, 201);
}

#[tokio::test]
async fn everything_about_keys_is_there_after_a_restart() {
    let tested = Tested::new().await;
    let owner = tested
        .key(Some("acme"), &["keys:write", "audit:read"])
        .await;
    let new = json!({"name": "ci", "permissions": ["audit:read"], "hide": ["context", "text"], "networks": ["10.0.0.0/8"]});
    let id = tested.post(KEYS, &owner, new).await.json()["id"].clone();
    patch(
        &tested,
        id.as_str().unwrap(),
        &owner,
        json!({"name": "build", "networks": ["10.1.0.0/16"]}),
    )
    .await;
    rotate(&tested, id.as_str().unwrap(), &owner, json!({})).await;
    let without_use = |answer: Answer| {
        let mut listed = answer.json();
        for key in listed["keys"].as_array_mut().unwrap() {
            key["last_used_at"] = Value::Null;
        }
        listed
    };
    let before = without_use(tested.get(KEYS, &owner).await);
    let tested = Tested::on(tested.close().await, 7).await;
    assert_eq!(without_use(tested.get(KEYS, &owner).await), before);
    let keys = before["keys"].as_array().unwrap();
    assert!(
        keys.iter()
            .any(|key| key["rotated_from"] == id && key["name"] == "build")
    );
}

#[tokio::test]
async fn a_person_learns_what_its_session_is() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.person("lily@example.com", &["acme"]).await;
    let lily = Browser::of(&tested, "lily@example.com").await;
    let told = lily.get(&tested, "/v1/auth/introspect").await.json();
    assert_eq!(
        (&told["kind"], &told["account"]),
        (&json!("session"), &json!("acme"))
    );
    assert_eq!(told["name"], "lily");
    assert!(told["permissions"].as_array().unwrap().len() > 10 && told["expires_at"].is_string());
}
