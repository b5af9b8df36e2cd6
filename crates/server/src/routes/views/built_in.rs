//! The views that every account has.

use api::{
    search::{Criterion, Filter},
    view::{View, ViewQuery},
};
use serde_json::{Value, json};

/// The hours in which work is usual, in the zone of whoever asks.
const USUAL_HOURS: std::ops::RangeInclusive<u8> = 8..=18;

/// Every built-in view, in the order in which a menu lists them.
pub(super) fn views() -> Vec<View> {
    vec![
        view("failed_and_denied", "Failed and denied", failed()),
        view(
            "role_and_access_changes",
            "Role and access changes",
            any(access_changes()),
        ),
        view("new_networks", "New networks", new_networks()),
        view(
            "outside_usual_hours",
            "Outside usual hours",
            any(unusual_hours()),
        ),
    ]
}

fn failed() -> ViewQuery {
    let results = json!(["failure", "denied", "error"]);
    refined(criterion("result", "in", results))
}

fn new_networks() -> ViewQuery {
    refined(criterion("first_seen", "eq", json!("network")))
}

/// The categories and actions of the packs that give or take access, and words that other products use for it.
fn access_changes() -> Vec<Criterion> {
    let mut criteria = vec![
        criterion(
            "category",
            "in",
            json!(["Roles", "Access", "User Management", "Inbox Collaborators"]),
        ),
        criterion("action", "starts_with", json!("organization.sso.")),
        criterion(
            "action",
            "in",
            json!([
                "organization.token.generate",
                "model_api_key.create",
                "model_api_key.delete",
                "auth.mfa_disable",
                "auth.session_revoke",
                "key.create",
                "key.rotate",
                "key.revoke",
                "viewer_token.create",
                "viewer_token.revoke",
            ]),
        ),
    ];
    for word in ["role", "permission", "member", "invite"] {
        criteria.push(criterion("action", "contains", json!(word)));
    }
    criteria
}

fn unusual_hours() -> Vec<Criterion> {
    let usual: Vec<u8> = USUAL_HOURS.collect();
    vec![
        criterion("hour", "nin", json!(usual)),
        criterion("weekday", "in", json!(["sat", "sun"])),
    ]
}

fn view(id: &str, name: &str, query: ViewQuery) -> View {
    View {
        id: id.to_owned(),
        name: name.to_owned(),
        built_in: true,
        shared: true,
        mine: false,
        query,
        columns: None,
        updated_at: None,
    }
}

fn refined(criterion: Criterion) -> ViewQuery {
    ViewQuery {
        refine: Some(vec![criterion]),
        ..ViewQuery::default()
    }
}

fn any(criteria: Vec<Criterion>) -> ViewQuery {
    ViewQuery {
        filter: Some(Filter {
            matching: "any".to_owned(),
            criteria,
        }),
        ..ViewQuery::default()
    }
}

fn criterion(column: &str, op: &str, value: Value) -> Criterion {
    Criterion {
        column: column.to_owned(),
        op: op.to_owned(),
        value: Some(value),
    }
}
