//! Roles of accounts: made by those who may, never above their makers, and counting at once.

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    browser::Browser,
    harness::{Answer, Tested},
    recorded::recorded,
};

const ROLES: &str = "/v1/accounts/acme/roles";
const SETTINGS: &str = "/v1/accounts/acme/settings";
const EVENTS: &str = "/v1/accounts/acme/events";

/// An account with an owner, who has signed in.
async fn with_owner() -> (Tested, Browser) {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.person("lily@example.com", &["acme"]).await;
    let lily = Browser::of(&tested, "lily@example.com").await;
    (tested, lily)
}

/// A new member of the account who has signed in.
async fn member(tested: &Tested, name: &str, role: &str) -> Browser {
    let email = format!("{name}@example.com");
    tested.member(&email, "acme", role, json!({})).await;
    Browser::of(tested, &email).await
}

async fn patch(tested: &Tested, browser: &Browser, path: &str, change: Value) -> Answer {
    browser.ask(tested, Method::PATCH, path, Some(change)).await
}

async fn make(tested: &Tested, browser: &Browser, new: Value) -> String {
    let made = browser.post(tested, ROLES, new).await;
    assert_eq!(made.status, 201, "{made:?}");
    made.json()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_fresh_account_has_the_built_in_roles() {
    let (tested, lily) = with_owner().await;
    let listed = lily.get(&tested, ROLES).await.json();
    let roles = listed["roles"].as_array().unwrap();
    let told: Vec<(&str, bool, u64)> = roles
        .iter()
        .map(|role| {
            let permissions = role["permissions"].as_array().unwrap().len() as u64;
            assert_eq!(role["built_in"], true);
            assert_eq!(role["hide"], json!([]));
            assert_eq!(role["members"], u64::from(role["id"] == "owner"));
            (
                role["id"].as_str().unwrap(),
                role["may_view"] == true,
                permissions,
            )
        })
        .collect();
    let wanted = [
        ("owner", true, 13),
        ("admin", true, 11),
        ("compliance", true, 5),
        ("auditor", true, 3),
        ("developer", false, 4),
        ("member", false, 0),
    ];
    assert_eq!(told, wanted);
}

#[tokio::test]
async fn a_role_is_made_changed_given_and_deleted_and_all_of_it_is_recorded() {
    let (tested, lily) = with_owner().await;
    let new = json!({"name": " Reader ", "permissions": ["audit:export", "audit:read", "audit:read"], "hide": ["names"]});
    let id = make(&tested, &lily, new).await;
    assert!(id.starts_with("role_") && id.len() == 21, "{id}");
    let path = format!("{ROLES}/{id}");
    let change = json!({"name": "Reader of texts", "hide": ["context", "names"], "permissions": ["audit:read"]});
    let changed = patch(&tested, &lily, &path, change.clone()).await;
    let wanted = json!({
        "id": id, "name": "Reader of texts", "built_in": false, "permissions": ["audit:read"],
        "hide": ["names", "context"], "members": 0, "may_view": true,
    });
    assert_eq!((changed.status, changed.json()), (200, wanted.clone()));
    // The same once more leaves no trace.
    assert_eq!(patch(&tested, &lily, &path, change).await.json(), wanted);

    let max = tested
        .member("max@example.com", "acme", &id, json!({}))
        .await;
    let refused = lily.ask(&tested, Method::DELETE, &path, None).await;
    let refused = refused.assert_problem(409, "role_in_use");
    assert!(
        refused["detail"].as_str().unwrap().contains("1 members"),
        "{refused}"
    );
    let member = format!("/v1/accounts/acme/members/{max}");
    assert_eq!(
        patch(&tested, &lily, &member, json!({"role": "member"}))
            .await
            .status,
        200
    );
    let viewers = json!({"viewers": ["owner", id]});
    assert_eq!(patch(&tested, &lily, SETTINGS, viewers).await.status, 200);
    let refused = lily.ask(&tested, Method::DELETE, &path, None).await;
    refused.assert_problem(409, "role_in_use");
    assert_eq!(
        patch(&tested, &lily, SETTINGS, json!({"viewers": null}))
            .await
            .status,
        200
    );
    let gone = lily.ask(&tested, Method::DELETE, &path, None).await;
    assert_eq!(gone.status, 204);
    for method in [Method::DELETE, Method::PATCH] {
        let body = (method == Method::PATCH).then(|| json!({"name": "x"}));
        let answer = lily.ask(&tested, method, &path, body).await;
        answer.assert_problem(404, "role_not_found");
    }

    let actions = [
        "audit_log.role_create",
        "audit_log.role_update",
        "audit_log.role_delete",
    ];
    let events = recorded(&tested, "acme", &actions, 3).await;
    let happened: Vec<&str> = events
        .iter()
        .map(|it| it["action"].as_str().unwrap())
        .collect();
    assert_eq!(happened, actions);
    for event in &events {
        assert_eq!(event["actor"]["email"], "lily@example.com");
        assert_eq!(event["targets"][0]["type"], "access_role");
        assert_eq!(event["targets"][0]["id"], id);
    }
    let [made, changed, deleted] = events.as_slice() else {
        panic!("{events:#?}");
    };
    assert_eq!(made["targets"][0]["name"], "Reader");
    assert_eq!(
        made["metadata"]["permissions"],
        json!(["audit:read", "audit:export"])
    );
    assert_eq!(
        changed["changes"],
        json!([
            {"path": "/hide", "old": ["names"], "new": ["names", "context"]},
            {"path": "/name", "old": "Reader", "new": "Reader of texts"},
            {"path": "/permissions", "old": ["audit:read", "audit:export"], "new": ["audit:read"]},
        ])
    );
    assert_eq!(deleted["changes"][1]["old"], "Reader of texts");
}

#[tokio::test]
async fn a_built_in_role_can_be_renamed_and_named_back_and_nothing_else() {
    let (tested, lily) = with_owner().await;
    let path = format!("{ROLES}/admin");
    let renamed = patch(&tested, &lily, &path, json!({"name": "Administrator"})).await;
    assert_eq!(
        (renamed.status, &renamed.json()["name"]),
        (200, &json!("Administrator"))
    );
    tested
        .member("max@example.com", "acme", "admin", json!({}))
        .await;
    let max = Browser::of(&tested, "max@example.com").await;
    let session = max.get(&tested, "/v1/session").await.json();
    assert_eq!(session["accounts"][0]["role"], "admin");
    assert_eq!(session["accounts"][0]["role_name"], "Administrator");
    let members = lily.get(&tested, "/v1/accounts/acme/members").await.json();
    assert_eq!(members["members"][1]["role_name"], "Administrator");
    // In another account it is called as always.
    tested.account("globex").await;
    let other = tested
        .administer(Method::GET, "/admin/roles/globex", None)
        .await;
    assert_eq!(other.json()["roles"][1]["name"], "Admin");
    for (change, pointer) in [
        (json!({"permissions": []}), "/permissions"),
        (json!({"name": "x", "hide": ["names"]}), "/hide"),
    ] {
        let refused = patch(&tested, &lily, &path, change).await;
        refused.assert_problem_at(422, "value_invalid", pointer);
    }
    let refused = lily.ask(&tested, Method::DELETE, &path, None).await;
    refused.assert_problem(409, "role_in_use");
    let back = patch(&tested, &lily, &path, json!({"name": "Admin"})).await;
    assert_eq!((back.status, &back.json()["name"]), (200, &json!("Admin")));
    let names = recorded(&tested, "acme", &["audit_log.role_update"], 2).await;
    let change = json!([{"path": "/name", "old": "Admin", "new": "Administrator"}]);
    assert_eq!(names[0]["changes"], change);
}

#[tokio::test]
async fn names_of_roles_differ_in_more_than_case() {
    let (tested, lily) = with_owner().await;
    let reader = make(&tested, &lily, json!({"name": "Straße", "permissions": []})).await;
    patch(
        &tested,
        &lily,
        &format!("{ROLES}/admin"),
        json!({"name": "Administrator"}),
    )
    .await;
    for name in [
        "straße",
        " STRAßE ",
        "Stra\u{200b}ße",
        "owner",
        "OWNER",
        "Admin",
        "administrator",
        "Member",
    ] {
        let again = lily
            .post(&tested, ROLES, json!({"name": name, "permissions": []}))
            .await;
        again.assert_problem(409, "name_taken");
    }
    for (path, name) in [
        ("auditor", "straße"),
        ("auditor", "Owner"),
        ("owner", "administrator"),
    ] {
        let path = format!("{ROLES}/{path}");
        let again = patch(&tested, &lily, &path, json!({"name": name})).await;
        again.assert_problem(409, "name_taken");
    }
    let path = format!("{ROLES}/{reader}");
    let recased = patch(&tested, &lily, &path, json!({"name": "STRASSE"})).await;
    assert_eq!(recased.status, 200);
    for (body, pointer) in [
        (json!({"name": "  ", "permissions": []}), "/name"),
        (json!({"name": "a\nb", "permissions": []}), "/name"),
        (json!({"name": "x".repeat(257), "permissions": []}), "/name"),
        (
            json!({"name": "x", "permissions": ["audit:write"]}),
            "/permissions/0",
        ),
        (
            json!({"name": "x", "permissions": [], "hide": ["core"]}),
            "/hide/0",
        ),
        (
            json!({"name": "x", "permissions": [], "id": "owner"}),
            "/id",
        ),
    ] {
        let refused = lily.post(&tested, ROLES, body).await;
        refused.assert_problem_at(400, "invalid_body", pointer);
    }
}

#[tokio::test]
async fn an_account_has_at_most_fifty_roles_of_its_own() {
    let (tested, lily) = with_owner().await;
    for n in 0..50 {
        make(
            &tested,
            &lily,
            json!({"name": format!("role {n}"), "permissions": []}),
        )
        .await;
    }
    let one_more = json!({"name": "one more", "permissions": []});
    let refused = lily.post(&tested, ROLES, one_more).await;
    refused.assert_problem(409, "too_many");
}

#[tokio::test]
async fn nobody_makes_or_changes_a_role_above_himself() {
    let (tested, lily) = with_owner().await;
    let admin = member(&tested, "max", "admin").await;
    let permissions = ["members:write", "audit:read"];
    let staff = tested
        .role_that_hides("acme", "Staff", &permissions, &["names"])
        .await;
    let ida = member(&tested, "ida", &staff).await;
    let strong = make(
        &tested,
        &lily,
        json!({"name": "Strong", "permissions": ["audit:redact"]}),
    )
    .await;

    for (who, new) in [
        (
            &admin,
            json!({"name": "a", "permissions": ["audit:redact"]}),
        ),
        (
            &admin,
            json!({"name": "b", "permissions": ["audit:read", "retention:write"]}),
        ),
        (&ida, json!({"name": "c", "permissions": ["audit:read"]})),
        (
            &ida,
            json!({"name": "d", "permissions": ["audit:read"], "hide": ["context"]}),
        ),
        (
            &ida,
            json!({"name": "e", "permissions": ["keys:write"], "hide": ["names"]}),
        ),
    ] {
        let refused = who.post(&tested, ROLES, new.clone()).await;
        assert_eq!(refused.status, 403, "{new}");
        refused.assert_problem(403, "role_above");
    }
    for (who, role, change) in [
        (&admin, &*strong, json!({"name": "Weak"})),
        (&admin, &*strong, json!({"permissions": []})),
        (&admin, "owner", json!({"name": "Guest"})),
        (&admin, "compliance", json!({"name": "Guest"})),
        (&ida, &*staff, json!({"hide": []})),
        (
            &ida,
            &*staff,
            json!({"permissions": ["members:write", "audit:read", "audit:export"]}),
        ),
        (&ida, "auditor", json!({"name": "Guest"})),
    ] {
        let path = format!("{ROLES}/{role}");
        let refused = patch(&tested, who, &path, change.clone()).await;
        assert_eq!(refused.status, 403, "{role} {change}");
        refused.assert_problem(403, "role_above");
    }
    let refused = admin
        .ask(&tested, Method::DELETE, &format!("{ROLES}/{strong}"), None)
        .await;
    refused.assert_problem(403, "role_above");
    let denied = recorded(&tested, "acme", &["access.denied"], 5).await;
    assert!(
        denied
            .iter()
            .all(|event| event["outcome"]["code"] == "role_above")
    );

    let new = json!({"name": "f", "permissions": ["audit:read"], "hide": ["names", "context"]});
    let own = make(&tested, &ida, new).await;
    let path = format!("{ROLES}/{own}");
    assert_eq!(
        patch(&tested, &ida, &path, json!({"permissions": []}))
            .await
            .status,
        200
    );
    // Weaker than before is always allowed, and then there is no way back.
    let path = format!("{ROLES}/{staff}");
    assert_eq!(
        patch(&tested, &ida, &path, json!({"permissions": []}))
            .await
            .status,
        200
    );
    let refused = patch(&tested, &ida, &path, json!({"permissions": permissions})).await;
    refused.assert_problem(403, "permission_missing");
}

#[tokio::test]
async fn a_change_of_a_role_counts_at_once_for_sessions_and_tails() {
    let (tested, lily) = with_owner().await;
    let reader = tested.role("acme", "Reader", &["audit:read"]).await;
    let max = member(&tested, "max", &reader).await;
    let path = format!("{ROLES}/{reader}");
    for change in [json!({"hide": ["names"]}), json!({"permissions": []})] {
        assert_eq!(max.get(&tested, EVENTS).await.status, 200);
        let mut tail = max.request(Method::GET, &format!("{EVENTS}/tail"), None);
        let accept = "text/event-stream".parse().unwrap();
        tail.headers_mut().insert("accept", accept);
        // The stream is open before the change is made, and nothing but the change can end it.
        let both = async {
            tokio::join!(
                tested.send(tail),
                patch(&tested, &lily, &path, change.clone())
            )
        };
        let ended = tokio::time::timeout(Duration::from_secs(20), both).await;
        let (followed, changed) = ended.unwrap_or_else(|_| panic!("{change}: the tail goes on"));
        assert_eq!((followed.status, changed.status), (200, 200));
    }
    let refused = max.get(&tested, EVENTS).await;
    refused.assert_problem(403, "permission_missing");
}

#[tokio::test]
async fn by_default_owners_and_admins_view_and_others_are_refused_which_is_recorded() {
    let (tested, lily) = with_owner().await;
    for role in ["admin", "compliance", "auditor", "developer", "member"] {
        let browser = member(&tested, role, role).await;
        let answer = browser.get(&tested, EVENTS).await;
        if matches!(role, "developer" | "member") {
            answer.assert_problem(403, "permission_missing");
        } else {
            assert_eq!(answer.status, 200, "{role}");
        }
    }
    assert_eq!(lily.get(&tested, EVENTS).await.status, 200);
    let denied = recorded(&tested, "acme", &["access.denied"], 2).await;
    for (event, who) in denied.iter().zip(["developer", "member"]) {
        assert_eq!(event["actor"]["name"], who);
        assert_eq!(event["outcome"]["result"], "denied");
        assert_eq!(event["metadata"]["operation"], "events.list");
    }
    // A role of the account's own with nothing but this permission views, too.
    let reader = tested.role("acme", "Reader", &["audit:read"]).await;
    let ida = member(&tested, "ida", &reader).await;
    assert_eq!(ida.get(&tested, EVENTS).await.status, 200);
    let refused = ida.get(&tested, "/v1/accounts/acme/members").await;
    refused.assert_problem(403, "permission_missing");
}

/// Which of these people may list the events.
async fn viewing(tested: &Tested, people: &[(&'static str, Browser)]) -> Vec<&'static str> {
    let mut viewing = Vec::new();
    for (name, browser) in people {
        if browser.get(tested, EVENTS).await.status == 200 {
            viewing.push(*name);
        }
    }
    viewing
}

#[tokio::test]
async fn who_may_view_is_a_setting() {
    let (tested, lily) = with_owner().await;
    let guests = tested.role("acme", "Guests", &[]).await;
    let mut people = vec![("owner", lily.clone())];
    for role in ["admin", "auditor", "developer"] {
        people.push((role, member(&tested, role, role).await));
    }
    people.push(("guests", member(&tested, "guests", &guests).await));
    let all = ["owner", "admin", "auditor"];
    assert_eq!(viewing(&tested, &people).await, all);
    for (viewers, wanted) in [
        (json!(["owner", "admin"]), vec!["owner", "admin"]),
        (json!(["owner"]), vec!["owner"]),
        (
            json!(["owner", "developer", guests]),
            vec!["owner", "developer", "guests"],
        ),
        (json!(null), all.to_vec()),
    ] {
        let change = json!({ "viewers": viewers });
        let changed = patch(&tested, &lily, SETTINGS, change).await;
        assert_eq!(changed.status, 200, "{changed:?}");
        assert_eq!(
            changed.json()["viewers"].as_array().map(Vec::len),
            viewers.as_array().map(Vec::len)
        );
        assert_eq!(viewing(&tested, &people).await, wanted, "{viewers}");
        let listed = lily.get(&tested, ROLES).await.json();
        let admin = &listed["roles"][1];
        assert_eq!(admin["may_view"], wanted.contains(&"admin"));
    }
    let changes = recorded(&tested, "acme", &["audit_log.settings_update"], 4).await;
    assert_eq!(changes[0]["changes"][0]["path"], "/viewers");
    assert_eq!(changes[0]["changes"][0]["new"], json!(["owner", "admin"]));
    for (viewers, pointer, near) in [
        (json!(["owner", "auditr"]), "/viewers/1", "auditor"),
        (json!(["owner", "gests"]), "/viewers/1", &*guests),
        (json!(["owner", "role_x"]), "/viewers/1", ""),
        (json!(["admin"]), "/viewers", "owner"),
        (json!([]), "/viewers", "owner"),
    ] {
        let refused = patch(&tested, &lily, SETTINGS, json!({ "viewers": viewers })).await;
        refused.assert_problem_at(422, "value_invalid", pointer);
        assert!(
            refused.json()["detail"].as_str().unwrap().contains(near),
            "{refused:?}"
        );
    }
    let again = Tested::on(tested.close().await, 2).await;
    assert_eq!(
        lily.get(&again, SETTINGS).await.json()["viewers"],
        Value::Null
    );
}

#[tokio::test]
async fn who_may_view_is_decided_by_those_who_give_roles_and_not_above_themselves() {
    let (tested, lily) = with_owner().await;
    let desk = tested
        .role("acme", "Desk", &["accounts:write", "members:write"])
        .await;
    let clerk = tested.role("acme", "Clerk", &["accounts:write"]).await;
    let (desk_member, clerk_member) = (
        member(&tested, "desk", &desk).await,
        member(&tested, "clerk", &clerk).await,
    );
    let admin = member(&tested, "max", "admin").await;
    let refused = patch(&tested, &clerk_member, SETTINGS, json!({"viewers": null})).await;
    let problem = refused.assert_problem(403, "permission_missing");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .ends_with("members:write")
    );
    // To list the own role would give it what it has not.
    let raised = json!({"viewers": ["owner", "admin", "compliance", "auditor", desk]});
    let refused = patch(&tested, &desk_member, SETTINGS, raised).await;
    refused.assert_problem(403, "role_above");
    // Compliance can redact, which an admin cannot take away.
    let lowered = json!({"viewers": ["owner", "admin"]});
    let refused = patch(&tested, &admin, SETTINGS, lowered).await;
    refused.assert_problem(403, "role_above");
    let others = json!({"viewers": ["owner", "admin", "compliance"]});
    assert_eq!(patch(&tested, &admin, SETTINGS, others).await.status, 200);
    let only_owners = json!({"viewers": ["owner"]});
    assert_eq!(
        patch(&tested, &lily, SETTINGS, only_owners).await.status,
        200
    );
    // Admins see nothing now, so they cannot let themselves in again.
    let back = json!({"viewers": ["owner", "admin"]});
    let refused = patch(&tested, &admin, SETTINGS, back).await;
    refused.assert_problem(403, "role_above");
}
