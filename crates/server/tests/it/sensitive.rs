//! Fields that the catalogue calls sensitive: who may not read them finds no byte of them in any answer.

use axum::http::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::harness::{Answer, Tested};
use crate::readings::{member, readings, record};

const SECRET: &str = "sensitive-91000";
const IDS: [&str; 2] = [
    "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e01",
    "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e02",
];

async fn filled() -> (Tested, Browser, Browser) {
    let tested = Tested::new().await;
    tested.account("acme").await;
    let owner = member(&tested, "owner", json!({})).await;
    let declared = json!({
        "event": "Salary changed", "category": "Salaries", "description": "A salary was changed.",
        "verb": "update", "target_type": "agent",
        "fields": [{"label": "Mark", "type": "text", "sensitive": true}, {"label": "Ground", "type": "text"}],
        "sentence": "Changed the salary of {target}[ to {metadata.mark}]",
    });
    let path = "/v1/accounts/acme/catalog/events/salary.change";
    let made = owner.ask(&tested, Method::PUT, path, Some(declared)).await;
    assert_eq!(made.status, 201, "{made:?}");
    let of = |id: &str, action: &str| {
        json!({
            "id": id, "action": action, "occurred_at": "2026-09-01T10:00:00Z",
            "actor": {"type": "user", "id": "usr_1"},
            "targets": [{"type": "agent", "id": "a1", "name": "Lily mark"}],
            "changes": [{"path": "/mark", "new": SECRET}, {"path": "/all", "old": {"mark": SECRET}}],
            "metadata": {"mark": SECRET, "ground": "merit"},
        })
    };
    // The key is withheld from an action that nobody declared, too.
    let events = json!([of(IDS[0], "salary.change"), of(IDS[1], "bonus.change")]);
    record(&tested, events).await;
    let auditor = member(&tested, "auditor", json!({"role": "auditor"})).await;
    (tested, owner, auditor)
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.to_vec()).unwrap()
}

#[tokio::test]
async fn no_byte_of_a_sensitive_field_is_in_any_answer() {
    let (tested, owner, auditor) = filled().await;
    let mut shown_to_owner = 0;
    for reading in readings(&IDS, &["a1"]) {
        let answer = reading.ask(&tested, &owner).await;
        assert_eq!(answer.status, 200, "{}: {answer:?}", reading.told());
        shown_to_owner += usize::from(text(&answer).contains(SECRET));
        let answer = reading.ask(&tested, &auditor).await;
        let told = format!("{}: {answer:?}", reading.told());
        assert!(!text(&answer).contains(SECRET), "{told}");
        let asked = reading.told();
        let hidden = [
            "metadata.mark",
            "column=description",
            "\"description\"",
            "q=mark",
        ];
        if hidden.iter().any(|column| asked.contains(column)) {
            answer.assert_problem(403, "column_hidden");
        } else {
            assert_eq!(answer.status, 200, "{told}");
        }
    }
    assert!(shown_to_owner > 10, "{shown_to_owner}");
}

#[tokio::test]
async fn what_is_withheld_is_said() {
    let (tested, owner, auditor) = filled().await;
    for id in IDS {
        let path = format!("/v1/accounts/acme/events/{id}");
        let whole = owner.get(&tested, &path).await.json();
        assert_eq!(whole["metadata"]["mark"], SECRET);
        assert_eq!(whole.get("hidden"), None);
        let shown = auditor.get(&tested, &path).await.json();
        assert_eq!(shown["metadata"], json!({"ground": "merit"}));
        assert_eq!(
            shown["changes"],
            json!([{"path": "/mark"}, {"path": "/all"}])
        );
        let hidden: Vec<_> = shown["hidden"].as_object().unwrap().keys().collect();
        assert_eq!(hidden, ["changes", "metadata"]);
        assert_eq!(shown["integrity"], whole["integrity"]);
    }
    let path = format!("/v1/accounts/acme/events/{}", IDS[0]);
    let told = async |browser: &Browser| -> Value {
        browser.get(&tested, &path).await.json()["description"].clone()
    };
    let whole = format!("Changed the salary of Lily mark to {SECRET}");
    assert_eq!(told(&owner).await, json!(whole));
    assert_eq!(told(&auditor).await, "Changed the salary of Lily mark");
}
