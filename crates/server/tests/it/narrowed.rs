//! Members who see some resources only: no byte of what they do not see is in any answer.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::harness::{Answer, Tested};
use crate::readings::{member, readings, record};
use crate::viewer_tokens::grant;

const VIEWS: &str = "/v1/accounts/acme/views";
const TOKENS: &str = "/v1/accounts/acme/viewer_tokens";

/// What stands only in events that are not seen.
const INVISIBLE: &str = "mark-unseen";
const SEEN: [&str; 2] = [
    "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e01",
    "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e02",
];
const UNSEEN: &str = "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e03";
const UNKNOWN: &str = "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9eff";

fn seen(id: &str, occurred_at: &str, model: &str) -> Value {
    json!({
        "id": id, "action": "agent.create", "occurred_at": occurred_at,
        "actor": {"type": "user", "id": "usr_1", "name": "Lily mark", "email": "lily@example.com"},
        "targets": [
            {"type": "agent", "id": "a1", "name": "Helper mark"},
            {"type": "model", "id": model, "name": "Small"},
        ],
        "context": {"ip": "203.0.113.1"},
        "metadata": {"mark": "mark-seen"},
    })
}

/// What mentions the agent, but is about something else; it lies before and after everything that is seen.
fn unseen(id: Option<&str>, occurred_at: &str, targets: &Value) -> Value {
    let mut event = json!({
        "action": "unseen.thing", "event": INVISIBLE, "category": INVISIBLE, "occurred_at": occurred_at,
        "actor": {"type": "user", "id": "usr_1", "name": INVISIBLE, "email": format!("{INVISIBLE}@example.com")},
        "targets": targets,
        "changes": [{"path": "/x", "new": INVISIBLE}],
        "context": {"ip": "198.51.100.9", "user_agent": INVISIBLE, "session_id": INVISIBLE,
            "request_id": INVISIBLE, "source": INVISIBLE},
        "description": INVISIBLE,
        "metadata": {"mark": INVISIBLE},
    });
    if let Some(id) = id {
        event["id"] = json!(id);
    }
    event
}

fn unseen_targets() -> [Value; 3] {
    let agent = |id: &str, name: Option<&str>| json!({"type": "agent", "id": id, "name": name});
    [
        json!([]),
        json!([agent(INVISIBLE, None), agent("a1", Some(INVISIBLE))]),
        json!([{"type": "model", "id": "m1", "name": INVISIBLE}, agent("a1", Some(INVISIBLE))]),
    ]
}

async fn filled() -> (Tested, Browser, Browser) {
    let tested = Tested::new().await;
    tested.account("acme").await;
    let mut events = Vec::new();
    for (n, targets) in unseen_targets().into_iter().enumerate() {
        let id = (n == 1).then_some(UNSEEN);
        events.push(unseen(id, "2001-01-01T00:00:00Z", &targets));
        events.push(unseen(None, "2099-01-01T00:00:00Z", &targets));
    }
    events.insert(2, seen(SEEN[0], "2026-09-01T10:00:00Z", "m1"));
    events.push(seen(SEEN[1], "2026-09-02T10:00:00Z", "m2"));
    record(&tested, Value::Array(events)).await;
    let owner = member(&tested, "owner", json!({})).await;
    let own = json!([{"type": "agent", "id": "a1"}]);
    let narrow = member(
        &tested,
        "narrow",
        json!({"role": "auditor", "resources": own}),
    )
    .await;
    (tested, owner, narrow)
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.to_vec()).unwrap()
}

#[tokio::test]
async fn no_byte_of_an_unseen_event_is_in_any_answer() {
    let (tested, owner, narrow) = filled().await;
    let mut by_owner: BTreeMap<&str, usize> = BTreeMap::new();
    let ids = [SEEN[0], SEEN[1], UNSEEN];
    for reading in readings(&ids, &["a1", "a2"]) {
        let answer = reading.ask(&tested, &narrow).await;
        let told = format!("{}: {answer:?}", reading.told());
        let is_unseen = reading.told().contains(UNSEEN);
        assert_eq!(answer.status, if is_unseen { 404 } else { 200 }, "{told}");
        let shown = text(&answer);
        // In upper or lower case, in addresses, years and ids.
        for hidden in [INVISIBLE, "unseen", "198.51.100.9", "2001-", "2099-"] {
            assert!(!shown.contains(hidden), "{hidden}: {told}");
        }
        if !is_unseen {
            assert!(!shown.contains(UNSEEN), "{told}");
        }
        let answer = reading.ask(&tested, &owner).await;
        let whole = text(&answer);
        assert_eq!(answer.status, 200, "{}: {answer:?}", reading.told());
        let marks = [INVISIBLE, "unseen", "2099-"];
        let is_marked = marks.iter().any(|mark| whole.contains(mark));
        *by_owner.entry(reading.operation).or_default() += usize::from(is_marked);
    }
    // Who sees everything sees it in each operation, so that the test above can fail for each.
    for (operation, count) in by_owner {
        let is_shown = count > 0 || operation == "resources.types";
        assert!(is_shown, "{operation}");
    }
}

#[tokio::test]
async fn counts_names_and_dates_are_those_of_what_is_seen() {
    let (tested, owner, narrow) = filled().await;
    let ask = async |browser: &Browser, path: &str| {
        let path = format!("/v1/accounts/acme{path}");
        let answer = browser.get(&tested, &path).await;
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        answer.json()
    };
    let listed = ask(&narrow, "/events?range=all_time&count=true").await;
    let ids: Vec<_> = listed["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["id"].as_str().unwrap())
        .collect();
    assert_eq!((ids, &listed["count"]), (vec![SEEN[1], SEEN[0]], &json!(2)));
    // The second event is shown with the target that is not his: it is about his agent.
    assert_eq!(listed["events"][0]["targets"][1]["id"], "m2");

    let types = ask(&narrow, "/resources").await;
    let counts: Vec<_> = types["types"]
        .as_array()
        .unwrap()
        .iter()
        .map(|seen| (seen["type"].as_str().unwrap(), seen["count"].as_u64()))
        .collect();
    assert_eq!(counts, [("agent", Some(1)), ("model", Some(2))]);
    let agents = ask(&narrow, "/resources/agent").await;
    let wanted = json!([{
        "id": "a1", "name": "Helper mark", "first_at": "2026-09-01T10:00:00Z",
        "last_at": "2026-09-02T10:00:00Z", "count": 2, "deleted": false,
    }]);
    assert_eq!(agents["resources"], wanted);
    let users = ask(&narrow, "/values?column=user").await;
    assert_eq!(
        users["values"],
        json!([{"value": "usr_1", "label": "Lily mark", "detail": "lily@example.com", "count": 2}])
    );
    // The log of his agent as he sees it, and as the owner does.
    let log = "/resources/agent/a1/events?range=all_time&count=true";
    assert_eq!(ask(&narrow, log).await["count"], 2);
    assert_eq!(ask(&owner, log).await["count"], 6);
    let of_model = "/resources/model/m1/events?range=all_time&count=true";
    assert_eq!(ask(&narrow, of_model).await["count"], 1);
    assert_eq!(ask(&owner, of_model).await["count"], 3);

    let everything = ask(&owner, "/events?range=all_time&limit=1").await;
    assert_eq!(everything["range"]["from"], "2001-01-01T00:00:00Z");
    let cursor = everything["next_cursor"].as_str().unwrap();
    let path = format!("/events?range=all_time&limit=1&cursor={cursor}");
    let page = ask(&narrow, &path).await;
    assert_eq!(
        page["events"][0]["id"], SEEN[1],
        "a cursor of somebody else shows nothing more: {page}"
    );
}

#[tokio::test]
async fn an_unseen_event_is_one_that_is_not_there() {
    let (tested, _, narrow) = filled().await;
    let read = async |id: &str| {
        let path = format!("/v1/accounts/acme/events/{id}");
        narrow.get(&tested, &path).await
    };
    let mut problems = Vec::new();
    for id in [UNSEEN, UNKNOWN] {
        let mut problem = read(id).await.assert_problem(404, "event_not_found");
        problem["request_id"] = Value::Null;
        problems.push(problem);
    }
    assert_eq!(problems[0], problems[1]);
    assert_eq!(read(SEEN[0]).await.status, 200);
}

#[tokio::test]
async fn a_tail_shows_what_is_seen_and_moves_on() {
    let (tested, _, narrow) = filled().await;
    let path = "/v1/accounts/acme/events/tail?wait_s=0&limit=1";
    let mut found = Vec::new();
    let mut after = String::new();
    for _ in 0..4 {
        let page = narrow.get(&tested, &format!("{path}&after={after}")).await;
        let page = page.json();
        for event in page["events"].as_array().unwrap() {
            found.push(event["id"].as_str().unwrap().to_owned());
        }
        after = page["next_cursor"].as_str().unwrap().to_owned();
    }
    assert_eq!(found, SEEN);
    let late = unseen(None, "2026-09-03T00:00:00Z", &unseen_targets()[2]);
    let third = "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e04";
    record(
        &tested,
        json!([late, seen(third, "2026-09-03T00:00:00Z", "m1")]),
    )
    .await;
    let page = narrow.get(&tested, &format!("{path}&after={after}")).await;
    assert_eq!(page.json()["events"][0]["id"], third);
}

#[tokio::test]
async fn who_sees_no_resource_of_the_log_sees_nothing() {
    let (tested, _, _) = filled().await;
    let other = json!([{"type": "agent", "id": "a9"}, {"type": "model", "id": "a1"}]);
    let blind = member(
        &tested,
        "blind",
        json!({"role": "auditor", "resources": other}),
    )
    .await;
    for reading in readings(&SEEN, &["a1"]) {
        if reading.told().contains("text/event-stream") {
            continue;
        }
        let answer = reading.ask(&tested, &blind).await;
        let shown = text(&answer);
        for mark in ["usr_1", "Lily", INVISIBLE, "203.0.113", "Helper"] {
            assert!(!shown.contains(mark), "{}: {shown}", reading.told());
        }
    }
}

/// What counts, names or shows something of the whole log is for those who see it.
#[tokio::test]
async fn counts_tokens_and_views_of_others_tell_nothing_of_the_rest() {
    let (tested, owner, auditor) = filled().await;
    let own = json!([{"type": "agent", "id": "a1"}]);
    let narrow = member(&tested, "head", json!({"role": "admin", "resources": own})).await;
    let query =
        json!({"range": "today", "refine": [{"column": "user", "op": "eq", "value": INVISIBLE}]});
    let view = json!({"name": INVISIBLE, "shared": true, "query": query});
    let made = owner.post(&tested, VIEWS, view).await;
    assert_eq!(made.status, 201, "{made:?}");
    let grant = grant(json!({"filter": {"match": "all", "criteria": [
        {"column": "user", "op": "eq", "value": INVISIBLE},
    ]}}));
    let made = owner.post(&tested, TOKENS, grant).await;
    assert_eq!(made.status, 201, "{made:?}");
    for path in [VIEWS, TOKENS] {
        assert!(text(&owner.get(&tested, path).await).contains(INVISIBLE));
        for reader in [&narrow, &auditor] {
            let answer = reader.get(&tested, path).await;
            assert_eq!(answer.status, 200, "{path}: {answer:?}");
            assert!(!text(&answer).contains(INVISIBLE), "{path}: {answer:?}");
        }
    }
    let path = "/v1/accounts/acme/firewall";
    assert_eq!(owner.get(&tested, path).await.status, 200);
    let refused = auditor.get(&tested, path).await;
    refused.assert_problem(403, "permission_missing");
}
