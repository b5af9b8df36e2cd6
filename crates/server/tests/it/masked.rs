//! Members from whom parts of events are hidden: no byte of these is in any answer, and none can be found out.

use std::collections::BTreeMap;

use axum::http::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::harness::{Answer, Tested};
use crate::readings::{columns, member, readings, record};

const ID: &str = "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e01";
const FACETS: [&str; 7] = [
    "actor", "names", "targets", "context", "changes", "text", "metadata",
];

/// An event of which every facet has the name of the facet in its values; without a description of its own.
fn event() -> Value {
    json!({
        "id": ID, "action": "agent.create", "occurred_at": "2026-09-01T10:00:00Z",
        "actor": {"type": "user", "id": "in-actor", "name": "in-names", "email": "in-names@example.com"},
        "targets": [{"type": "agent", "id": "in-targets", "name": "in-names"}],
        "changes": [{"path": "/x", "old": "in-changes", "new": {"y": "in-changes"}}],
        "outcome": {"result": "denied", "reason": "in-text"},
        "context": {"ip": "203.0.113.77", "user_agent": "in-context", "session_id": "in-context",
            "request_id": "in-context", "source": "in-context"},
        "metadata": {"mark": "in-metadata"},
    })
}

async fn filled() -> (Tested, Browser) {
    let tested = Tested::new().await;
    tested.account("acme").await;
    let mut described = event();
    described["id"] = json!("0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e02");
    described["description"] = json!("in-text");
    record(&tested, json!([event(), described])).await;
    let owner = member(&tested, "owner", json!({})).await;
    (tested, owner)
}

/// A member with a role of its own that reads and does not see some facets.
async fn masked(tested: &Tested, owner: &Browser, name: &str, hide: Value) -> Browser {
    let role = json!({"name": name, "permissions": ["audit:read"], "hide": hide});
    let made = owner.post(tested, "/v1/accounts/acme/roles", role).await;
    assert_eq!(made.status, 201, "{made:?}");
    member(tested, name, json!({"role": made.json()["id"]})).await
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.to_vec()).unwrap()
}

#[tokio::test]
async fn no_byte_of_a_hidden_facet_is_in_any_answer() {
    let (tested, owner) = filled().await;
    let mut shown_to_owner = [false; FACETS.len()];
    for reading in readings(&[ID], &["in-targets"]) {
        let shown = text(&reading.ask(&tested, &owner).await);
        for (seen, facet) in shown_to_owner.iter_mut().zip(FACETS) {
            *seen |= shown.contains(&format!("in-{facet}"));
        }
    }
    assert_eq!(shown_to_owner, [true; 7], "who sees everything sees it");
    for facet in FACETS {
        let reader = masked(&tested, &owner, facet, json!([facet])).await;
        let mut answered: BTreeMap<&str, usize> = BTreeMap::new();
        for reading in readings(&[ID], &["agent-of-nobody"]) {
            let answer = reading.ask(&tested, &reader).await;
            let told = format!("without {facet}: {}: {answer:?}", reading.told());
            if answer.status == 200 {
                *answered.entry(reading.operation).or_default() += 1;
            } else {
                answer.assert_problem(403, "column_hidden");
            }
            let shown = text(&answer);
            let marks = [format!("in-{facet}"), "203.0.113".to_owned()];
            let count = if facet == "context" { 2 } else { 1 };
            for mark in marks.iter().take(count) {
                assert!(!shown.contains(mark), "{mark}: {told}");
            }
        }
        // Only lists of resources cannot be had at all, without targets.
        let wanted = if facet == "targets" { 8 } else { 11 };
        assert_eq!(answered.len(), wanted, "{facet}: {answered:?}");
    }
}

#[tokio::test]
async fn a_masked_event_says_what_is_hidden() {
    let (tested, owner) = filled().await;
    let reader = masked(&tested, &owner, "reader", json!(["names", "context"])).await;
    let path = format!("/v1/accounts/acme/events/{ID}");
    let whole = owner.get(&tested, &path).await.json();
    assert_eq!(whole.get("hidden"), None);
    assert_eq!(whole["first_seen"], json!(["action", "network"]));
    let shown = reader.get(&tested, &path).await.json();
    let hidden = shown["hidden"].as_object().unwrap();
    let names: Vec<_> = hidden.keys().map(String::as_str).collect();
    assert_eq!(names, ["context", "names"]);
    for hash in hidden.values() {
        let hash = hash.as_str().unwrap();
        assert!(hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
    assert_eq!(shown["actor"], json!({"type": "user", "id": "in-actor"}));
    assert_eq!(
        shown["targets"],
        json!([{"type": "agent", "id": "in-targets"}])
    );
    assert_eq!(shown["first_seen"], json!(["action"]));
    let told = shown["activity"].as_str().unwrap();
    assert!(
        told.contains("in-targets"),
        "the id in place of the name: {told}"
    );
    assert_eq!(shown["integrity"], whole["integrity"]);
}

/// Every way to ask about a column, with the pointer at which a refusal names it.
fn ways(column: &str) -> Vec<(Method, String, Option<Value>, String)> {
    let search = "/v1/accounts/acme/events/search".to_owned();
    let exists = json!({"column": column, "op": "exists"});
    let any = json!({"column": "action", "op": "exists"});
    let filter = json!({"match": "any", "criteria": [any, exists]});
    vec![
        (
            Method::POST,
            search.clone(),
            Some(json!({"refine": [exists]})),
            "/refine/0/column".to_owned(),
        ),
        (
            Method::POST,
            search,
            Some(json!({"filter": filter})),
            "/filter/criteria/1/column".to_owned(),
        ),
        (
            Method::GET,
            format!("/v1/accounts/acme/values?column={column}"),
            None,
            "/column".to_owned(),
        ),
        (
            Method::POST,
            "/v1/accounts/acme/events/facets".to_owned(),
            Some(json!({"columns": ["action", column]})),
            "/columns/1".to_owned(),
        ),
        (
            Method::POST,
            "/v1/accounts/acme/events/histogram".to_owned(),
            Some(json!({"split_by": column})),
            "/split_by".to_owned(),
        ),
    ]
}

#[tokio::test]
async fn a_hidden_column_cannot_be_asked_about() {
    let (tested, owner) = filled().await;
    let reader = masked(&tested, &owner, "reader", json!(["names"])).await;
    let hidden = ["user", "actor_id", "actor_email", "description"];
    for column in columns() {
        for (method, path, body, pointer) in ways(&column) {
            let answer = reader.ask(&tested, method, &path, body).await;
            if hidden.contains(&column.as_str()) {
                answer.assert_problem_at(403, "column_hidden", &pointer);
                let problem = answer.json();
                let detail = problem["detail"].as_str().unwrap();
                assert!(detail.contains(&format!("`{column}`")), "{detail}");
            } else {
                assert_eq!(answer.status, 200, "{column} {path}: {answer:?}");
            }
        }
    }
    let list = "/v1/accounts/acme/events?q=";
    for q in ["in-names", "user:in-names", "-actor_email:x"] {
        let answer = reader.get(&tested, &format!("{list}{q}")).await;
        answer.assert_problem_at(403, "column_hidden", "/q");
    }
    let by_category = format!("{list}category:Agents");
    assert_eq!(reader.get(&tested, &by_category).await.status, 200);
    // What is wrong is told before what is hidden, and a refusal is recorded.
    let wrong = reader.get(&tested, &format!("{list}user:x&limit=0")).await;
    wrong.assert_problem(400, "invalid_parameter");
    let denied = "/v1/accounts/acme/events?q=action:access.denied";
    let recorded = async {
        loop {
            let found = owner.get(&tested, denied).await.json();
            if found["events"][0].is_object() {
                return found;
            }
            tokio::task::yield_now().await;
        }
    };
    let limit = std::time::Duration::from_secs(30);
    let found = tokio::time::timeout(limit, recorded).await.unwrap();
    assert_eq!(
        found["events"][0]["outcome"]["code"], "column_hidden",
        "{found}"
    );
}

#[tokio::test]
async fn without_targets_no_resource_is_named() {
    let (tested, owner) = filled().await;
    let reader = masked(&tested, &owner, "reader", json!(["targets"])).await;
    for path in ["", "/agent", "/agent/in-targets/events"] {
        let path = format!("/v1/accounts/acme/resources{path}");
        let answer = reader.get(&tested, &path).await;
        answer.assert_problem(403, "column_hidden");
        assert_eq!(owner.get(&tested, &path).await.status, 200, "{path}");
    }
    let asked = "/v1/accounts/acme/events?resource=agent:in-targets";
    let answer = reader.get(&tested, asked).await;
    answer.assert_problem_at(403, "column_hidden", "/resource");
}

#[tokio::test]
async fn without_names_resources_are_known_by_their_ids() {
    let (tested, owner) = filled().await;
    let reader = masked(&tested, &owner, "reader", json!(["names"])).await;
    let listed = async |prefix: &str| {
        let path = format!("/v1/accounts/acme/resources/agent?prefix={prefix}");
        reader.get(&tested, &path).await.json()["resources"].clone()
    };
    let agents = listed("").await;
    assert_eq!(agents[0]["id"], "in-targets");
    assert!(agents[0]["name"].is_null(), "{agents}");
    assert_eq!(listed("in-t").await, agents);
    assert_eq!(listed("in-n").await, json!([]));
}
