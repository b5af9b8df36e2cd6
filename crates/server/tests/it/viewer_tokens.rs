//! Viewer tokens: a part of a log for a while, never more than their maker sees.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    browser::Browser,
    harness::{Answer, Tested},
    recorded::recorded,
};

const TOKENS: &str = "/v1/accounts/acme/viewer_tokens";
const EVENTS: &str = "/v1/accounts/acme/events";

/// What the smallest token is made with, and these members besides.
pub(crate) fn grant(more: Value) -> Value {
    let mut grant = json!({
        "actor": {"id": "cust_7", "name": "Kim Lee", "email": "kim@customer.example"},
        "scopes": ["read"],
        "ttl_s": 900,
    });
    for (name, value) in more.as_object().unwrap() {
        grant[name] = value.clone();
    }
    grant
}

async fn mint(tested: &Tested, by: &str, more: Value) -> Value {
    let answer = tested.post(TOKENS, by, grant(more)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// An account with events of two actors about two agents.
pub(crate) async fn filled(tested: &Tested) {
    tested.account("acme").await;
    let writer = tested.key(Some("acme"), &["events:write"]).await;
    let events: Vec<Value> = (0..8)
        .map(|n| {
            json!({
                "action": if n % 2 == 0 { "role.create" } else { "user.login" },
                "actor": {"type": "user", "id": format!("usr_{}", n % 4), "name": format!("Person {}", n % 4)},
                "targets": [{"type": "agent", "id": format!("ag_{}", n / 4)}],
                "context": {"ip": "203.0.113.7"},
                "description": format!("marked {n}"),
            })
        })
        .collect();
    let path = format!("{EVENTS}?wait=indexed");
    let answer = tested.post(&path, &writer, json!(events)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
}

/// How many events with a target of the product a bearer sees, by the list, the tail and the counts alike.
async fn seen(tested: &Tested, token: &str) -> usize {
    let all = "?range=all_time&limit=1000&count=true&filter=%7B%22match%22%3A%22all%22%2C%22criteria%22%3A%5B%7B%22column%22%3A%22target_type%22%2C%22op%22%3A%22eq%22%2C%22value%22%3A%22agent%22%7D%5D%7D";
    let listed = tested.get(&format!("{EVENTS}{all}"), token).await;
    assert_eq!(listed.status, 200, "{listed:?}");
    let listed = listed.json();
    let events = listed["events"].as_array().unwrap();
    assert_eq!(listed["count"], events.len());
    let tail = tested
        .get(&format!("{EVENTS}/tail?wait_s=0&limit=1000"), token)
        .await;
    let about_agents = |event: &&Value| event["targets"][0]["type"] == "agent";
    let tail = tail.json();
    assert_eq!(
        tail["events"]
            .as_array()
            .unwrap()
            .iter()
            .filter(about_agents)
            .count(),
        events.len()
    );
    events.len()
}

#[tokio::test]
async fn a_token_sees_what_answers_its_question_and_nothing_else() {
    let tested = Tested::new().await;
    filled(&tested).await;
    let maker = tested.key(Some("acme"), &["audit:read"]).await;
    let eq = |column: &str, value: &str| json!({"column": column, "op": "eq", "value": value});
    for (more, count) in [
        (json!({}), 8),
        (json!({"resource": "agent:ag_1"}), 4),
        (json!({"resource": "agent:ag_9"}), 0),
        (
            json!({"filter": {"match": "any", "criteria": [eq("user", "usr_1"), eq("user", "usr_2")]}}),
            4,
        ),
        (
            json!({"refine": [eq("action", "role.create")], "resource": "agent:ag_0"}),
            2,
        ),
        (json!({"q": "action:user.login"}), 4),
        (json!({"q": "\"marked 3\""}), 1),
    ] {
        let made = mint(&tested, &maker, more.clone()).await;
        assert_eq!(seen(&tested, text(&made["token"])).await, count, "{more}");
    }
}

#[tokio::test]
async fn bad_grants_are_refused_with_their_place() {
    let tested = Tested::new().await;
    filled(&tested).await;
    let maker = tested.key(Some("acme"), &["audit:read"]).await;
    for (more, pointer) in [
        (json!({"ttl_s": 901}), "/ttl_s"),
        (json!({"ttl_s": 0}), "/ttl_s"),
        (json!({"scopes": []}), "/scopes"),
        (json!({"scopes": ["export"]}), "/scopes"),
        (json!({"scopes": ["write"]}), "/scopes/0"),
        (json!({"actor": {"id": ""}}), "/actor/id"),
        (
            json!({"actor": {"id": "x", "name": "y".repeat(257)}}),
            "/actor/name",
        ),
        (
            json!({"actor": {"id": "x", "type": "system"}}),
            "/actor/type",
        ),
        (json!({"resource": "agent"}), "/resource"),
        (json!({"hide": ["core"]}), "/hide/0"),
        (json!({"q": "nocolumn:x"}), "/q"),
        (
            json!({"filter": {"match": "all", "criteria": [{"column": "nope", "op": "eq", "value": 1}]}}),
            "/filter/criteria/0/column",
        ),
        (
            json!({"refine": [{"column": "user", "op": "around", "value": 1}]}),
            "/refine/0/op",
        ),
        (json!({"columns": []}), "/columns"),
        (json!({"locale": "de_DE"}), "/locale"),
        (json!({"time_zone": "Mars/Base"}), "/time_zone"),
        (json!({"permissions": ["audit:redact"]}), "/permissions"),
        (json!({"q": "x ".repeat(5_000)}), "/filter"),
    ] {
        let answer = tested.post(TOKENS, &maker, grant(more.clone())).await;
        let problem = answer.json();
        assert_eq!(
            (answer.status, &problem["errors"][0]["pointer"]),
            (400, &json!(pointer)),
            "{more} {problem}"
        );
    }
    let left = tested.get(TOKENS, &maker).await.json();
    assert_eq!(left["viewer_tokens"], json!([]), "nothing is half-done");
}

#[tokio::test]
async fn a_token_ends_with_its_time_its_revocation_and_its_maker() {
    let tested = Tested::new().await;
    filled(&tested).await;
    let admin = tested
        .key(Some("acme"), &["audit:read", "keys:write"])
        .await;
    let maker = tested
        .key_with(json!({"account": "acme", "name": "vendor", "permissions": ["audit:read"]}))
        .await;
    let ended = async |made: &Value, why: &str| {
        let token = text(&made["token"]);
        let problem = tested
            .get(EVENTS, token)
            .await
            .assert_problem(401, "unauthenticated");
        assert!(
            problem["detail"].as_str().unwrap().contains(why),
            "{problem}"
        );
    };
    let short = mint(&tested, &maker.token, json!({"ttl_s": 60})).await;
    tested.clock.advance_ms(59_999);
    assert_eq!(tested.get(EVENTS, text(&short["token"])).await.status, 200);
    tested.clock.advance_ms(1);
    ended(&short, "expired").await;
    let revoked = mint(&tested, &maker.token, json!({})).await;
    let path = format!("{TOKENS}/{}", text(&revoked["id"]));
    for status in [204, 404] {
        assert_eq!(
            tested
                .ask(Method::DELETE, &path, &maker.token, None)
                .await
                .status,
            status
        );
    }
    ended(&revoked, "").await;
    let orphan = mint(&tested, &maker.token, json!({})).await;
    tested
        .server
        .instance()
        .revoke_key(&maker.id, &server::Principal::Operator)
        .await
        .unwrap();
    ended(&orphan, "whoever made").await;
    let events = recorded(
        &tested,
        "acme",
        &["viewer_token.create", "viewer_token.revoke"],
        4,
    )
    .await;
    assert_eq!(
        events[0]["targets"][0],
        json!({"type": "viewer_token", "id": short["id"], "name": "Kim Lee"})
    );
    assert!(!json!(events).to_string().contains("anv_"));
    let listed = tested.get(TOKENS, &admin).await.json();
    assert_eq!(listed["viewer_tokens"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_token_of_a_person_who_left_shows_nothing() {
    let tested = Tested::new().await;
    filled(&tested).await;
    tested.person("lily@example.com", &["acme"]).await;
    tested.person("max@example.com", &["acme"]).await;
    let max = Browser::of(&tested, "max@example.com").await;
    let made = max.post(&tested, TOKENS, grant(json!({}))).await.json();
    assert_eq!(seen(&tested, text(&made["token"])).await, 8);
    let gone = tested
        .administer(Method::DELETE, "/admin/members/acme/max@example.com", None)
        .await;
    assert_eq!(gone.status, 204, "{gone:?}");
    tested
        .get(EVENTS, text(&made["token"]))
        .await
        .assert_problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_token_sees_no_more_than_its_maker() {
    let tested = Tested::new().await;
    filled(&tested).await;
    let hiding =
        json!({"account": "acme", "name": "x", "permissions": ["audit:read"], "hide": ["context"]});
    let hiding = tested.key_with(hiding).await.token;
    let made = mint(&tested, &hiding, json!({"hide": ["names"]})).await;
    let token = text(&made["token"]);
    let told = tested.get("/v1/auth/introspect", token).await.json();
    assert_eq!(
        (&told["kind"], &told["hide"]),
        (&json!("viewer_token"), &json!(["names", "context"]))
    );
    assert_eq!(told["permissions"], json!(["audit:read"]));
    let page = tested
        .get(&format!("{EVENTS}?limit=1&q=action:role.create"), token)
        .await;
    let listed = page.json();
    assert!(
        listed["events"][0]["hidden"]["context"].is_string(),
        "{listed}"
    );
    assert!(!listed.to_string().contains("203.0.113.7") && !listed.to_string().contains("Person"));
    // A question about what is hidden would tell what stands there.
    let ip = json!({"q": "ip:203.0.113.7"});
    let refused = tested.post(TOKENS, &hiding, grant(ip.clone())).await;
    refused.assert_problem(403, "column_hidden");
    let open = tested.key(Some("acme"), &["audit:read"]).await;
    let made = mint(
        &tested,
        &open,
        json!({"q": "ip:203.0.113.7", "hide": ["context"]}),
    )
    .await;
    assert_eq!(
        seen(&tested, text(&made["token"])).await,
        8,
        "enforced, though the viewer cannot ask it"
    );
    let export = grant(json!({"scopes": ["read", "export"]}));
    let refused = tested.post(TOKENS, &open, export.clone()).await;
    refused.assert_problem(403, "permission_missing");
    let exporter = tested
        .key(
            Some("acme"),
            &["audit:read", "audit:export", "audit:redact"],
        )
        .await;
    let made = tested.post(TOKENS, &exporter, export).await.json();
    let told = tested
        .get("/v1/auth/introspect", text(&made["token"]))
        .await
        .json();
    assert_eq!(told["permissions"], json!(["audit:read", "audit:export"]));
}

#[tokio::test]
async fn a_token_reads_and_nothing_else() {
    let tested = Tested::new().await;
    filled(&tested).await;
    let everything: Vec<&str> = api::Permission::ALL.iter().map(|it| it.as_str()).collect();
    let maker = tested.key(Some("acme"), &everything).await;
    let made = mint(
        &tested,
        &maker,
        json!({"columns": ["user"], "locale": "de", "time_zone": "Asia/Tokyo"}),
    )
    .await;
    let token = text(&made["token"]);
    let told = tested.get("/v1/auth/introspect", token).await.json();
    assert_eq!(
        told["display"],
        json!({"columns": ["user"], "locale": "de", "time_zone": "Asia/Tokyo"})
    );
    tested.account("globex").await;
    for account in ["globex", "nowhere", "annals"] {
        let path = format!("/v1/accounts/{account}/events");
        tested
            .get(&path, token)
            .await
            .assert_problem(404, "account_not_found");
    }
    for (method, path, body) in [
        (Method::POST, TOKENS, Some(grant(json!({})))),
        (
            Method::POST,
            "/v1/accounts/acme/portal_links",
            Some(json!({})),
        ),
        (Method::GET, TOKENS, None),
        (Method::POST, EVENTS, Some(json!({"action": "role.create"}))),
        (Method::GET, "/v1/accounts/acme/keys", None),
        (Method::GET, "/v1/accounts/acme/roles", None),
        (Method::PATCH, "/v1/accounts/acme/settings", Some(json!({}))),
        (
            Method::POST,
            "/v1/accounts/acme/views",
            Some(json!({"name": "x", "query": {}})),
        ),
        (Method::POST, "/v1/accounts", Some(json!({"id": "x"}))),
    ] {
        let answer = tested.ask(method, path, token, body).await;
        answer.assert_problem(403, "viewer_refused");
    }
    let accounts = tested.get("/v1/accounts", token).await.json();
    assert_eq!(accounts["accounts"].as_array().unwrap().len(), 1);
    // Shared views and the rules of the account are for its members.
    let shared = json!({"name": "Suspicious: Bob", "shared": true, "query": {"q": "bob"}});
    assert_eq!(
        tested
            .post("/v1/accounts/acme/views", &maker, shared)
            .await
            .status,
        201
    );
    let views = tested.get("/v1/accounts/acme/views", token).await;
    assert!(views.status == 200 && !views.json().to_string().contains("Bob"));
    assert_eq!(
        tested.get("/v1/accounts/acme/settings", token).await.status,
        200
    );
    let own = tested
        .get("/v1/accounts/acme/preferences", token)
        .await
        .json();
    assert_eq!(
        (&own["columns"], &own["time_zone"]),
        (&json!(["user"]), &json!("Asia/Tokyo"))
    );
}

#[tokio::test]
async fn what_a_viewer_looks_at_is_recorded_by_its_name() {
    let tested = Tested::new().await;
    filled(&tested).await;
    let maker = tested.key(Some("acme"), &["audit:read"]).await;
    let made = mint(&tested, &maker, json!({})).await;
    tested
        .get(&format!("{EVENTS}?q=marked"), text(&made["token"]))
        .await;
    tested
        .post(TOKENS, text(&made["token"]), grant(json!({})))
        .await;
    let searched = recorded(&tested, "acme", &["audit_log.search"], 1).await;
    assert_eq!(
        searched[0]["actor"],
        json!({"type": "user", "id": "cust_7", "name": "Kim Lee", "email": "kim@customer.example"})
    );
    assert_eq!(searched[0]["metadata"]["viewer_token_id"], made["id"]);
    let denied = recorded(&tested, "acme", &["access.denied"], 1).await;
    assert_eq!(denied[0]["outcome"]["code"], "viewer_refused");
    assert_eq!(denied[0]["metadata"]["viewer_token_id"], made["id"]);
}

#[tokio::test]
async fn tokens_are_listed_by_their_maker_and_by_whoever_sees_to_keys() {
    let tested = Tested::new().await;
    filled(&tested).await;
    let admin = tested
        .key(Some("acme"), &["audit:read", "keys:write"])
        .await;
    let (one, other) = (
        tested.key(Some("acme"), &["audit:read"]).await,
        tested.key(Some("acme"), &["audit:read"]).await,
    );
    let first = mint(&tested, &one, json!({"q": "marked"})).await;
    mint(&tested, &other, json!({})).await;
    let listed = async |by: &str| tested.get(TOKENS, by).await.json()["viewer_tokens"].clone();
    let own = listed(&one).await;
    assert_eq!(
        (own.as_array().unwrap().len(), &own[0]["id"]),
        (1, &first["id"])
    );
    assert_eq!(
        (&own[0]["q"], &own[0]["kind"]),
        (&json!("marked"), &json!("token"))
    );
    assert!(own[0].get("token").is_none());
    assert_eq!(listed(&admin).await.as_array().unwrap().len(), 2);
    let path = format!("{TOKENS}/{}", text(&first["id"]));
    let refused = tested.ask(Method::DELETE, &path, &other, None).await;
    refused.assert_problem(404, "viewer_token_not_found");
    assert_eq!(
        tested.ask(Method::DELETE, &path, &admin, None).await.status,
        204
    );
}

#[tokio::test]
async fn tokens_outlive_a_restart_and_expired_ones_do_not() {
    let tested = Tested::new().await;
    filled(&tested).await;
    let maker = tested.key(Some("acme"), &["audit:read"]).await;
    let kept = mint(&tested, &maker, json!({"resource": "agent:ag_1"})).await;
    mint(&tested, &maker, json!({"ttl_s": 1})).await;
    let tested = Tested::on(tested.close().await, 9).await;
    assert_eq!(seen(&tested, text(&kept["token"])).await, 4);
    tested.clock.advance_ms(1_000);
    let listed = tested.get(TOKENS, &maker).await.json();
    assert_eq!(listed["viewer_tokens"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_token_that_no_one_has_is_nobody_s() {
    let tested = Tested::new().await;
    filled(&tested).await;
    let maker = tested.key(Some("acme"), &["audit:read"]).await;
    let made = mint(&tested, &maker, json!({})).await;
    let token = text(&made["token"]);
    let as_key = token.replacen("anv_", "ann_", 1);
    for wrong in [
        &token[..token.len() - 1],
        &as_key,
        "anv_",
        made["id"].as_str().unwrap(),
    ] {
        let answer: Answer = tested.get(EVENTS, wrong).await;
        answer.assert_problem(401, "unauthenticated");
    }
}

#[tokio::test]
async fn no_secret_stands_in_a_grant_or_in_what_is_recorded_of_it() {
    let tested = Tested::new().await;
    filled(&tested).await;
    let maker = tested.key(Some("acme"), &["audit:read"]).await;
    let actor = |name: &str, value: &str| {
        let mut actor = json!({"id": "cust_7"});
        actor[name] = json!(value);
        json!({ "actor": actor })
    };
    for (more, pointer) in [
        (actor("id", &maker), "/actor"),
        (actor("name", &maker), "/actor"),
        (actor("email", &maker), "/actor"),
        (json!({"resource": format!("agent:{maker}")}), "/resource"),
        (
            json!({"columns": [format!("metadata.{maker}")]}),
            "/columns",
        ),
    ] {
        let answer = tested.post(TOKENS, &maker, grant(more)).await;
        answer.assert_problem_at(400, "invalid_body", pointer);
    }
    let eq = json!([{"column": "metadata.password", "op": "eq", "value": "tulip"}]);
    mint(&tested, &maker, json!({ "refine": eq })).await;
    let events = recorded(&tested, "acme", &["viewer_token.create"], 1).await;
    let query = text(&events[0]["metadata"]["query"]);
    assert!(query.contains("***") && !query.contains("tulip"), "{query}");
}
