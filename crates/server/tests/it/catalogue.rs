//! What an account decides about its events: declaring, evolving, naming, deprecating, strict mode, coverage.

use axum::{body::Body, http::Method};
use serde_json::{Value, json};

use crate::harness::{Answer, Tested, request};

mod recording;

const EVENTS: &str = "/v1/accounts/acme/catalog/events";
const ALIASES: &str = "/v1/accounts/acme/catalog/aliases";

/// A key of an account that may do what these tests do.
struct Account {
    id: &'static str,
    token: String,
}

async fn account(tested: &Tested, id: &'static str) -> Account {
    account_with(tested, id, &[]).await
}

/// The same with a key that may also read what is sensitive, and so let go of it.
async fn revealing(tested: &Tested, id: &'static str) -> Account {
    account_with(tested, id, &["audit:read_sensitive"]).await
}

async fn account_with(tested: &Tested, id: &'static str, more: &[&str]) -> Account {
    tested.account(id).await;
    let common = "events:write audit:read catalog:write accounts:write";
    let permissions: Vec<&str> = common.split(' ').chain(more.iter().copied()).collect();
    let token = tested.key(Some(id), &permissions).await;
    Account { id, token }
}

impl Account {
    async fn ask(
        &self,
        tested: &Tested,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        tested.ask(method, path, &self.token, body).await
    }

    async fn put(&self, tested: &Tested, path: &str, body: Value) -> Answer {
        self.ask(tested, Method::PUT, path, Some(body)).await
    }

    async fn delete(&self, tested: &Tested, path: &str) -> Answer {
        self.ask(tested, Method::DELETE, path, None).await
    }

    async fn catalogue(&self, tested: &Tested) -> Value {
        let path = format!("/v1/accounts/{}/catalog", self.id);
        tested.get(&path, &self.token).await.json()
    }

    async fn action(&self, tested: &Tested, action: &str) -> Value {
        let catalogue = self.catalogue(tested).await;
        let events = catalogue["events"].as_array().unwrap();
        let found = events.iter().find(|event| event["action"] == action);
        found.cloned().unwrap_or_default()
    }

    async fn append(&self, tested: &Tested, event: Value) -> Answer {
        let path = format!("/v1/accounts/{}/events?wait=indexed", self.id);
        tested.post(&path, &self.token, event).await
    }

    /// Records an event and gives it as it is answered.
    async fn recorded(&self, tested: &Tested, event: Value) -> Value {
        let answer = self.append(tested, event).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        let id = answer.json()["receipts"][0]["id"].clone();
        let path = format!("/v1/accounts/{}/events/{}", self.id, id.as_str().unwrap());
        tested.get(&path, &self.token).await.json()
    }

    async fn set(&self, tested: &Tested, settings: Value) {
        let path = format!("/v1/accounts/{}/settings", self.id);
        let changed = self.ask(tested, Method::PATCH, &path, Some(settings)).await;
        assert_eq!(changed.status, 200, "{changed:?}");
    }

    async fn coverage(&self, tested: &Tested) -> Value {
        let path = format!("/v1/accounts/{}/catalog/coverage", self.id);
        let answer = tested.get(&path, &self.token).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }
}

fn declaration() -> Value {
    json!({
        "event": "Invoice approved", "category": "Invoices", "description": "An invoice was approved.",
        "verb": "other", "target_type": "invoice",
        "fields": [
            {"label": "Amount Due", "type": "number"},
            {"label": "Approver", "type": "text", "sensitive": true},
        ],
        "sentence": "Approved {target}[ for {metadata.amount_due}]", "unsuccessful": "Tried to approve {target}",
    })
}

fn approval() -> Value {
    json!({
        "action": "invoice.approve", "actor": {"type": "user", "id": "usr_1"},
        "targets": [{"type": "invoice", "id": "17"}], "metadata": {"amount_due": 5},
    })
}

#[tokio::test]
async fn a_declaration_names_later_events_and_never_earlier_ones() {
    let tested = Tested::new().await;
    let acme = account(&tested, "acme").await;
    let globex = account(&tested, "globex").await;
    let before = acme.recorded(&tested, approval()).await;
    assert_eq!(before["event"], "Invoice approve");
    let path = format!("{EVENTS}/invoice.approve");
    let made = acme.put(&tested, &path, declaration()).await;
    assert_eq!(made.status, 201, "{made:?}");
    let made = made.json();
    assert_eq!(made, acme.action(&tested, "invoice.approve").await);
    let wanted = json!({
        "own": true, "pack": null, "version": 1, "state": "active", "deprecated": null, "aliases": [],
        "target_type": "invoice", "further_targets": [], "targets": ["invoice"],
        "unsuccessful": "Tried to approve {target}",
    });
    for (member, value) in wanted.as_object().unwrap() {
        assert_eq!(&made[member], value, "{member}");
    }
    assert_eq!(
        made["fields"][1],
        json!({"key": "approver", "place": "metadata", "label": "Approver", "type": "text", "sensitive": true})
    );
    let after = acme.recorded(&tested, approval()).await;
    assert_eq!(
        (&after["event"], &after["category"]),
        (&json!("Invoice approved"), &json!("Invoices"))
    );
    assert_eq!(after["activity"], "Approved 17 for 5");
    let id = before["id"].as_str().unwrap();
    let again = tested
        .get(&format!("/v1/accounts/acme/events/{id}"), &acme.token)
        .await
        .json();
    assert_eq!(
        again["event"], "Invoice approve",
        "labels are those of the time of acceptance"
    );
    let other = globex.recorded(&tested, approval()).await;
    assert_eq!(other["event"], "Invoice approve");
    assert!(globex.action(&tested, "invoice.approve").await.is_null());
    let same = acme.put(&tested, &path, declaration()).await;
    assert_eq!(
        (same.status, &same.json()["version"]),
        (200, &json!(1)),
        "nothing changed"
    );
}

#[tokio::test]
async fn what_is_declared_can_be_read_and_sent_back() {
    let tested = Tested::new().await;
    let acme = account(&tested, "acme").await;
    let path = format!("{EVENTS}/invoice.approve");
    let mut sent = declaration();
    sent["aliases"] = json!(["bill.approve"]);
    sent["further_targets"] = json!(["customer"]);
    acme.put(&tested, &path, sent).await;
    let mut read = acme.action(&tested, "invoice.approve").await;
    let members = read.as_object_mut().unwrap();
    for member in ["action", "pack", "own", "state", "deprecated", "targets"] {
        members.remove(member).unwrap();
    }
    let same = acme.put(&tested, &path, read).await;
    assert_eq!(
        (same.status, &same.json()["version"]),
        (200, &json!(1)),
        "{same:?}"
    );
}

#[tokio::test]
async fn what_is_wrong_is_named_and_changes_nothing() {
    let tested = Tested::new().await;
    let acme = account(&tested, "acme").await;
    let path = format!("{EVENTS}/invoice.approve");
    for (member, value, pointer) in [
        ("verb", json!("approve"), "/verb"),
        ("event", json!(""), "/event"),
        ("category", json!("a\nb"), "/category"),
        ("description", json!("x".repeat(1_025)), "/description"),
        ("target_type", json!("a:b"), "/target_type"),
        ("sentence", json!("Approved {colour}"), "/sentence"),
        ("unsuccessful", json!("Approved ["), "/unsuccessful"),
        ("aliases", json!(["Bill Approve"]), "/aliases"),
        ("aliases", json!(["invoice.approve"]), "/aliases"),
        (
            "fields",
            json!([{"label": "x", "type": "money"}]),
            "/fields/0/type",
        ),
        (
            "fields",
            json!([{"label": "x"}, {"label": "y", "place": "targets"}]),
            "/fields/1/place",
        ),
        ("fields", json!([{"label": "x"}, {"label": "X"}]), "/fields"),
        ("colour", json!("red"), "/colour"),
    ] {
        let mut wrong = declaration();
        wrong[member] = value;
        acme.put(&tested, &path, wrong)
            .await
            .assert_problem_at(400, "invalid_body", pointer);
    }
    let shouted = acme
        .put(&tested, &format!("{EVENTS}/Approve!"), declaration())
        .await;
    shouted.assert_problem_at(400, "invalid_body", "/action");
    for (action, code) in [
        ("role.create", "action_taken"),
        ("guardrails.deploy", "action_taken"),
        ("key.create", "action_reserved"),
        ("audit_log.later", "action_reserved"),
    ] {
        let answer = acme
            .put(&tested, &format!("{EVENTS}/{action}"), declaration())
            .await;
        answer.assert_problem(409, code);
    }
    assert!(acme.action(&tested, "invoice.approve").await.is_null());
    let near = acme.delete(&tested, &format!("{EVENTS}/role.craete")).await;
    let problem = near.assert_problem(404, "action_not_found");
    assert!(
        problem["detail"].as_str().unwrap().contains("role.create"),
        "{problem}"
    );
}

#[tokio::test]
async fn once_seen_a_declaration_keeps_what_events_mean() {
    let tested = Tested::new().await;
    let acme = account(&tested, "acme").await;
    let path = format!("{EVENTS}/invoice.approve");
    acme.put(&tested, &path, declaration()).await;
    let mut other = declaration();
    other["verb"] = json!("update");
    other["fields"][0]["type"] = json!("text");
    let free = acme.put(&tested, &path, other.clone()).await;
    assert_eq!(
        (free.status, &free.json()["version"]),
        (200, &json!(2)),
        "never seen: all may change"
    );
    acme.put(&tested, &path, declaration()).await;
    acme.recorded(&tested, approval()).await;
    other["target_type"] = Value::Null;
    other["fields"][1]["place"] = json!("metadata");
    other["fields"][1]["key"] = json!("approved_by");
    let refused = acme.put(&tested, &path, other).await;
    let problem = refused.assert_problem(409, "evolution_refused");
    let items = problem["errors"].as_array().unwrap();
    let pointers: Vec<&str> = items
        .iter()
        .map(|item| item["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(
        pointers,
        ["/verb", "/target_type", "/fields/0/type", "/fields"]
    );
    let mut revealed = declaration();
    revealed["fields"][1]["sensitive"] = json!(false);
    let refused = acme.put(&tested, &path, revealed.clone()).await;
    refused.assert_problem_at(409, "evolution_refused", "/fields/1/sensitive");
    let may = tested
        .key(Some("acme"), &["catalog:write", "audit:read_sensitive"])
        .await;
    let done = tested.ask(Method::PUT, &path, &may, Some(revealed)).await;
    assert_eq!(done.status, 200, "{done:?}");
    let mut grown = declaration();
    grown["event"] = json!("Invoice signed");
    grown["fields"]
        .as_array_mut()
        .unwrap()
        .push(json!({"label": "Currency"}));
    let grown = acme.put(&tested, &path, grown).await;
    assert_eq!((grown.status, &grown.json()["version"]), (200, &json!(5)));
    acme.delete(&tested, &path)
        .await
        .assert_problem(409, "action_seen");
}

#[tokio::test]
async fn a_sensitive_field_goes_only_with_those_who_may_read_it() {
    let tested = Tested::new().await;
    let acme = account(&tested, "acme").await;
    let path = format!("{EVENTS}/invoice.approve");
    acme.put(&tested, &path, declaration()).await;
    let writes = tested.key(Some("acme"), &["catalog:write"]).await;
    let reads = tested
        .key(Some("acme"), &["catalog:write", "audit:read_sensitive"])
        .await;
    let mut without = declaration();
    without["fields"].as_array_mut().unwrap().remove(1);
    for (method, body) in [(Method::PUT, Some(without)), (Method::DELETE, None)] {
        let refused = tested.ask(method, &path, &writes, body).await;
        refused.assert_problem_at(409, "evolution_refused", "/fields");
    }
    let done = tested.ask(Method::DELETE, &path, &reads, None).await;
    assert_eq!(done.status, 204, "{done:?}");
}

#[tokio::test]
async fn an_action_that_came_first_keeps_the_verb_it_was_searched_by() {
    let tested = Tested::new().await;
    let acme = account(&tested, "acme").await;
    acme.recorded(&tested, approval()).await;
    let path = format!("{EVENTS}/invoice.approve");
    let mut wrong = declaration();
    wrong["verb"] = json!("create");
    acme.put(&tested, &path, wrong)
        .await
        .assert_problem_at(409, "evolution_refused", "/verb");
    assert_eq!(acme.put(&tested, &path, declaration()).await.status, 201);
}

#[tokio::test]
async fn two_who_change_at_once_do_not_undo_each_other() {
    let tested = Tested::new().await;
    let acme = revealing(&tested, "acme").await;
    let path = format!("{EVENTS}/invoice.approve");
    let named = |event: &str, version: u64| {
        let mut sent = declaration();
        sent["event"] = json!(event);
        sent["version"] = json!(version);
        sent
    };
    let (one, other) = tokio::join!(
        acme.put(&tested, &path, named("One", 0)),
        acme.put(&tested, &path, named("Other", 0)),
    );
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    let late = if one.status == 409 { one } else { other };
    late.assert_problem(409, "version_conflict");
    let with_header = |method: Method, path: &str, version: &str, body: Option<Value>| {
        let mut asked = request(method, path, Some(&acme.token), body);
        asked
            .headers_mut()
            .insert("if-match", version.parse().unwrap());
        tested.send(asked)
    };
    let deprecate = format!("{path}/deprecate");
    let post =
        |version: &'static str| with_header(Method::POST, &deprecate, version, Some(json!({})));
    post("\"7\"").await.assert_problem(409, "version_conflict");
    post("W/\"1\"")
        .await
        .assert_problem(400, "invalid_parameter");
    assert_eq!(post("\"1\"").await.status, 200);
    let gone = with_header(Method::DELETE, &path, "1", None).await;
    gone.assert_problem(409, "version_conflict");
    let both = with_header(Method::PUT, &path, "2", Some(named("x", 3))).await;
    both.assert_problem(400, "invalid_parameter");
    assert_eq!(
        with_header(Method::DELETE, &path, "2", None).await.status,
        204
    );
}

#[tokio::test]
async fn every_version_tells_who_when_and_what_and_all_is_there_after_a_restart() {
    let tested = Tested::new().await;
    let acme = revealing(&tested, "acme").await;
    let path = format!("{EVENTS}/invoice.approve");
    acme.put(&tested, &path, declaration()).await;
    tested.clock.advance_ms(60_000);
    let mut changed = declaration();
    changed["event"] = json!("Invoice signed");
    acme.put(&tested, &path, changed).await;
    acme.put(
        &tested,
        &format!("{ALIASES}/bill.approve"),
        json!({"action": "invoice.approve"}),
    )
    .await;
    let why = json!({"note": "use invoice.sign", "replaced_by": "role.create"});
    let post = acme
        .ask(
            &tested,
            Method::POST,
            &format!("{path}/deprecate"),
            Some(why),
        )
        .await;
    assert_eq!(post.json()["state"], "deprecated");
    let sign = format!("{EVENTS}/invoice.sign");
    acme.put(&tested, &sign, declaration()).await;
    assert_eq!(acme.delete(&tested, &sign).await.status, 204);
    acme.delete(&tested, &sign)
        .await
        .assert_problem(404, "action_not_found");
    acme.set(&tested, json!({"catalog_strict": true})).await;
    let listed = tested
        .get(&format!("{path}/versions"), &acme.token)
        .await
        .json();
    let versions = listed["versions"].as_array().unwrap();
    let told: Vec<(u64, &str)> = versions
        .iter()
        .map(|it| {
            (
                it["version"].as_u64().unwrap(),
                it["change"].as_str().unwrap(),
            )
        })
        .collect();
    let wanted = [
        (4, "deprecated"),
        (3, "alias_added"),
        (2, "changed"),
        (1, "declared"),
    ];
    assert_eq!(told, wanted);
    assert_eq!(versions[2]["by"]["name"], "test");
    assert_ne!(versions[2]["at"], versions[3]["at"]);
    assert_eq!(versions[3]["declaration"]["event"], "Invoice approved");
    assert_eq!(versions[2]["declaration"]["event"], "Invoice signed");
    assert_eq!(versions[0]["deprecated"]["replaced_by"], "role.create");
    let removed = tested
        .get(&format!("{sign}/versions"), &acme.token)
        .await
        .json();
    assert_eq!(removed["versions"][0]["change"], "removed");
    assert_eq!(removed["versions"][0]["declaration"], Value::Null);
    let before = acme.catalogue(&tested).await;
    assert_eq!(before["strict"], true);
    let again = Tested::on(tested.close().await, 2).await;
    assert_eq!(acme.catalogue(&again).await, before);
    let after = again
        .get(&format!("{path}/versions"), &acme.token)
        .await
        .json();
    assert_eq!(after, listed);
    let sent = acme
        .recorded(&again, json!({"action": "bill.approve"}))
        .await;
    assert_eq!(
        (&sent["action"], &sent["event"]),
        (&json!("invoice.approve"), &json!("Invoice signed"))
    );
    let anew = acme.put(&again, &sign, declaration()).await;
    assert_eq!(
        (anew.status, &anew.json()["version"]),
        (201, &json!(3)),
        "the history goes on"
    );
}

#[tokio::test]
async fn a_change_is_recorded_with_before_and_after() {
    let tested = Tested::new().await;
    let acme = account(&tested, "acme").await;
    let path = format!("{EVENTS}/invoice.approve");
    acme.put(&tested, &path, declaration()).await;
    let mut changed = declaration();
    changed["event"] = json!("Invoice signed");
    changed["fields"]
        .as_array_mut()
        .unwrap()
        .push(json!({"label": "a/b", "key": "a/b"}));
    acme.put(&tested, &path, changed.clone()).await;
    acme.put(&tested, &path, changed).await;
    acme.put(
        &tested,
        &format!("{ALIASES}/bill.approve"),
        json!({"action": "invoice.approve"}),
    )
    .await;
    let search = json!({"range": "all_time", "order": "asc",
        "refine": [{"column": "action", "op": "eq", "value": "audit_log.catalog_update"}]});
    let mut events = Vec::new();
    for _ in 0..500 {
        let found = tested
            .post(
                "/v1/accounts/acme/events/search",
                &acme.token,
                search.clone(),
            )
            .await;
        events = found.json()["events"].as_array().unwrap().clone();
        if events.len() >= 3 {
            break;
        }
        tokio::task::yield_now().await;
        acme.append(&tested, json!({"action": "tick"})).await;
    }
    assert_eq!(events.len(), 3, "one for each change: {events:?}");
    let metadata: Vec<&Value> = events.iter().map(|event| &event["metadata"]).collect();
    assert_eq!(
        metadata[0],
        &json!({"action": "invoice.approve", "change": "declared", "version": 1})
    );
    assert_eq!(
        metadata[2],
        &json!({"action": "invoice.approve", "change": "alias added", "version": 3})
    );
    assert_eq!(
        events[1]["activity"],
        "Updated the catalogue: invoice.approve changed"
    );
    let wanted = json!([
        {"path": "/event", "old": "Invoice approved", "new": "Invoice signed"},
        {"path": "/fields/a~1b", "new": {"label": "a/b", "type": "text", "place": "metadata", "sensitive": false, "order": 2}},
    ]);
    assert_eq!(events[1]["changes"], wanted);
    assert_eq!(
        events[2]["changes"],
        json!([{"path": "/aliases/bill.approve", "new": true}])
    );
}

#[tokio::test]
async fn the_largest_change_of_a_declaration_fits_into_its_event() {
    let tested = Tested::new().await;
    let acme = account(&tested, "acme").await;
    let path = format!("{EVENTS}/invoice.approve");
    let big = |letter: &str| {
        let fields: Vec<Value> = (0..50)
            .map(|n| json!({"key": format!("{letter}{n}"), "label": format!("{}{n}", letter.repeat(190))}))
            .collect();
        let mut sent = declaration();
        sent["fields"] = json!(fields);
        sent["description"] = json!(letter.repeat(1_024));
        sent["sentence"] = json!(letter.repeat(1_024));
        let aliases: Vec<String> = (0..16)
            .map(|n| format!("{}.{letter}{n}", letter.repeat(200)))
            .collect();
        sent["aliases"] = json!(aliases);
        sent
    };
    let made = acme.put(&tested, &path, big("a")).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(acme.put(&tested, &path, big("b")).await.status, 200);
    let mut larger = big("c");
    larger["fields"][0]["label"] = json!("c".repeat(256));
    for field in larger["fields"].as_array_mut().unwrap() {
        field["label"] = json!(format!(
            "{}{}",
            "c".repeat(250),
            field["key"].as_str().unwrap()
        ));
    }
    acme.put(&tested, &path, larger)
        .await
        .assert_problem_at(400, "invalid_body", "/fields");
    let dir = tested.close().await;
    let again = Tested::on(dir, 2).await;
    let counted = json!({"range": "all_time", "count": true,
        "refine": [{"column": "action", "op": "eq", "value": "audit_log.catalog_update"}]});
    acme.append(&again, json!({"action": "tick"})).await;
    let found = again
        .post("/v1/accounts/acme/events/search", &acme.token, counted)
        .await
        .json();
    assert_eq!(found["count"], 2, "both changes are in the log");
}

#[tokio::test]
async fn nobody_without_the_permission_decides_or_covers() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    let reads = tested.key(Some("acme"), &["events:write"]).await;
    let path = format!("{EVENTS}/invoice.approve");
    let refused = tested
        .ask(Method::PUT, &path, &reads, Some(declaration()))
        .await;
    refused.assert_problem(403, "permission_missing");
    let refused = tested
        .get("/v1/accounts/acme/catalog/coverage", &reads)
        .await;
    refused.assert_problem(403, "permission_missing");
    let bodiless = request(Method::PUT, &path, Some(&reads), None);
    let answer = tested.send(bodiless.map(|_| Body::empty())).await;
    answer.assert_problem(403, "permission_missing");
}
