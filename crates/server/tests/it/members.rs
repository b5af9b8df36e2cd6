//! Members of accounts: changed and removed by those who may, and never above themselves.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    browser::Browser,
    harness::{Answer, Tested},
    recorded::recorded,
};

const MEMBERS: &str = "/v1/accounts/acme/members";
const EVENTS: &str = "/v1/accounts/acme/events";

/// A person who has signed in, and its id.
struct Somebody {
    id: String,
    browser: Browser,
}

impl Somebody {
    async fn new(tested: &Tested, name: &str, role: &str, more: Value) -> Self {
        let email = format!("{name}@example.com");
        let id = tested.member(&email, "acme", role, more).await;
        let browser = Browser::of(tested, &email).await;
        Self { id, browser }
    }

    async fn changes(&self, tested: &Tested, other: &Self, change: Value) -> Answer {
        let path = format!("{MEMBERS}/{}", other.id);
        self.browser
            .ask(tested, Method::PATCH, &path, Some(change))
            .await
    }

    async fn removes(&self, tested: &Tested, other: &Self) -> Answer {
        let path = format!("{MEMBERS}/{}", other.id);
        self.browser.ask(tested, Method::DELETE, &path, None).await
    }
}

async fn with_owner() -> (Tested, Somebody) {
    let tested = Tested::new().await;
    tested.account("acme").await;
    let lily = Somebody::new(&tested, "lily", "owner", json!({})).await;
    (tested, lily)
}

#[tokio::test]
async fn members_are_listed_with_what_they_are() {
    let (tested, lily) = with_owner().await;
    let expires_at = "2040-01-01T00:00:00Z";
    let more = json!({"resources": [{"type": "agent", "id": "7"}], "expires_at": expires_at});
    let max = tested
        .member("max@example.com", "acme", "auditor", more)
        .await;
    tested.account("globex").await;
    tested.person("nora@example.com", &["globex"]).await;
    let listed = lily.browser.get(&tested, MEMBERS).await.json();
    let members = listed["members"].as_array().unwrap();
    assert_eq!(members.len(), 2);
    assert_eq!(members[0]["id"], lily.id);
    assert_eq!(members[0]["role"], "owner");
    assert_eq!(members[0]["resources"], Value::Null);
    assert!(members[0]["last_seen_at"].is_string());
    let member = &members[1];
    assert_eq!(member["id"], max);
    assert_eq!(
        (&member["role"], &member["role_name"]),
        (&json!("auditor"), &json!("Auditor"))
    );
    assert_eq!(member["resources"], json!([{"type": "agent", "id": "7"}]));
    assert_eq!(member["expires_at"], "2040-01-01T00:00:00Z");
    assert_eq!(
        (&member["operator"], &member["has_password"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(member["last_seen_at"], Value::Null);
    assert_eq!(member["second_factor"], false);
}

#[tokio::test]
async fn a_member_is_changed_at_once_and_what_changed_is_recorded() {
    let (tested, lily) = with_owner().await;
    let max = Somebody::new(&tested, "max", "member", json!({})).await;
    max.browser
        .get(&tested, EVENTS)
        .await
        .assert_problem(403, "permission_missing");
    let change = json!({
        "role": "auditor", "resources": [{"type": "agent", "id": "7"}], "expires_at": "2040-01-01T00:00:00Z",
    });
    for _ in 0..2 {
        let changed = lily.changes(&tested, &max, change.clone()).await;
        assert_eq!(changed.status, 200, "{changed:?}");
        assert_eq!(changed.json()["role_name"], "Auditor");
    }
    assert_eq!(max.browser.get(&tested, EVENTS).await.status, 200);
    let back = json!({"resources": null, "expires_at": null});
    let changed = lily.changes(&tested, &max, back).await.json();
    assert_eq!(
        (&changed["resources"], &changed["expires_at"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(lily.removes(&tested, &max).await.status, 204);
    let gone = max.browser.get(&tested, EVENTS).await;
    gone.assert_problem(401, "unauthenticated");
    let actions = ["audit_log.member_update", "audit_log.member_remove"];
    let events = recorded(&tested, "acme", &actions, 3).await;
    let end = "2040-01-01T00:00:00Z";
    assert_eq!(
        events[0]["changes"],
        json!([
            {"path": "/expires_at", "old": null, "new": end},
            {"path": "/resources", "old": null, "new": ["agent:7"]},
            {"path": "/role", "old": "Member", "new": "Auditor"},
        ])
    );
    assert_eq!(events[0]["targets"][0]["id"], max.id);
    assert_eq!(events[0]["metadata"]["role_name"], "Auditor");
    assert_eq!(events[1]["changes"][0]["new"], Value::Null);
    assert_eq!(
        events[2]["changes"],
        json!([{"path": "/role", "old": "Auditor", "new": null}])
    );
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_place() {
    let (tested, lily) = with_owner().await;
    let max = Somebody::new(&tested, "max", "member", json!({})).await;
    let agent = json!({"type": "agent", "id": "7"});
    for (change, pointer, near) in [
        (json!({"role": "auditer"}), "/role", "auditor"),
        (json!({"role": "role_x"}), "/role", "no such role"),
        (json!({"resources": []}), "/resources", "1 to 100"),
        (
            json!({"resources": vec![agent.clone(); 101]}),
            "/resources",
            "1 to 100",
        ),
        (
            json!({"resources": [agent, {"type": "a b", "id": "7"}]}),
            "/resources/1/type",
            "letter",
        ),
        (
            json!({"resources": [{"type": "agent", "id": ""}]}),
            "/resources/0/id",
            "1 to 256",
        ),
        (json!({"expires_at": "tomorrow"}), "/expires_at", "RFC 3339"),
        (
            json!({"expires_at": "2001-01-01T00:00:00Z"}),
            "/expires_at",
            "future",
        ),
    ] {
        let refused = lily.changes(&tested, &max, change).await;
        refused.assert_problem_at(422, "value_invalid", pointer);
        assert!(
            refused.json()["detail"].as_str().unwrap().contains(near),
            "{refused:?}"
        );
    }
    let refused = lily.changes(&tested, &max, json!({"operator": true})).await;
    refused.assert_problem_at(400, "invalid_body", "/operator");
    tested.account("globex").await;
    let nora = tested
        .member("nora@example.com", "globex", "member", json!({}))
        .await;
    for id in ["usr_x", &*nora] {
        let path = format!("{MEMBERS}/{id}");
        let body = Some(json!({"role": "member"}));
        let answer = lily.browser.ask(&tested, Method::PATCH, &path, body).await;
        answer.assert_problem(404, "member_not_found");
        let answer = lily.browser.ask(&tested, Method::DELETE, &path, None).await;
        answer.assert_problem(404, "member_not_found");
    }
}

#[tokio::test]
async fn nobody_gives_or_takes_more_than_he_has() {
    let (tested, lily) = with_owner().await;
    let admin = Somebody::new(&tested, "max", "admin", json!({})).await;
    let officer = Somebody::new(&tested, "olga", "compliance", json!({})).await;
    let member = Somebody::new(&tested, "mia", "member", json!({})).await;
    for (other, change) in [
        (&admin, json!({"role": "owner"})),
        (&admin, json!({"role": "compliance"})),
        (&member, json!({"role": "owner"})),
        (&member, json!({"role": "compliance"})),
        (&lily, json!({"role": "member"})),
        (&lily, json!({"expires_at": "2040-01-01T00:00:00Z"})),
        (&officer, json!({"role": "member"})),
    ] {
        let refused = admin.changes(&tested, other, change.clone()).await;
        assert_eq!(refused.status, 403, "{change}");
        refused.assert_problem(403, "role_above");
    }
    for other in [&lily, &officer] {
        admin
            .removes(&tested, other)
            .await
            .assert_problem(403, "role_above");
    }
    for other in [&lily, &admin, &officer] {
        let refused = member.removes(&tested, other).await;
        refused.assert_problem(403, "permission_missing");
    }
    let denied = recorded(&tested, "acme", &["access.denied"], 3).await;
    assert_eq!(denied[0]["outcome"]["code"], "role_above");
    assert_eq!(
        admin
            .changes(&tested, &member, json!({"role": "admin"}))
            .await
            .status,
        200
    );
    assert_eq!(
        admin
            .changes(&tested, &member, json!({"role": "auditor"}))
            .await
            .status,
        200
    );
    assert_eq!(admin.removes(&tested, &member).await.status, 204);
    assert_eq!(
        lily.changes(&tested, &officer, json!({"role": "owner"}))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_key_gives_what_it_has_and_never_an_owner() {
    let (tested, lily) = with_owner().await;
    let max = Somebody::new(&tested, "max", "member", json!({})).await;
    let path = format!("{MEMBERS}/{}", max.id);
    let everything: Vec<&str> = api::Permission::ALL.iter().map(|it| it.as_str()).collect();
    let weak = tested.key(Some("acme"), &["members:write"]).await;
    let strong = tested.key(Some("acme"), &everything).await;
    let reader = tested.key(Some("acme"), &["audit:read"]).await;
    let change = |role: &str| Some(json!({ "role": role }));
    for (token, role, status, code) in [
        (&weak, "auditor", 403, "role_above"),
        (&strong, "owner", 403, "role_above"),
        (&reader, "auditor", 403, "permission_missing"),
    ] {
        let refused = tested.ask(Method::PATCH, &path, token, change(role)).await;
        refused.assert_problem(status, code);
    }
    let owner = format!("{MEMBERS}/{}", lily.id);
    let refused = tested.ask(Method::DELETE, &owner, &strong, None).await;
    refused.assert_problem(403, "role_above");
    let given = tested
        .ask(Method::PATCH, &path, &strong, change("auditor"))
        .await;
    assert_eq!(given.status, 200);
    let refused = tested.ask(Method::DELETE, &path, &weak, None).await;
    refused.assert_problem(403, "role_above");
}

#[tokio::test]
async fn whoever_sees_some_resources_gives_none_wider() {
    let (tested, lily) = with_owner().await;
    let agents = |ids: &[&str]| {
        let agents: Vec<Value> = ids
            .iter()
            .map(|id| json!({"type": "agent", "id": id}))
            .collect();
        json!({ "resources": agents })
    };
    let desk = tested
        .role("acme", "Desk", &["members:write", "audit:read"])
        .await;
    let ida = Somebody::new(&tested, "ida", &desk, agents(&["7", "8"])).await;
    let reader = tested.role("acme", "Reader", &["audit:read"]).await;
    let max = Somebody::new(&tested, "max", "member", agents(&["7"])).await;
    let mut wider = agents(&["7", "9"]);
    wider["role"] = json!(reader);
    let everything = json!({"role": reader, "resources": null});
    for change in [wider, everything] {
        let refused = ida.changes(&tested, &max, change).await;
        refused.assert_problem(403, "role_above");
    }
    for change in [agents(&["7", "8", "9"]), json!({"resources": null})] {
        let refused = ida.changes(&tested, &ida, change).await;
        refused.assert_problem(403, "role_above");
    }
    assert_eq!(
        ida.changes(&tested, &max, json!({"role": reader}))
            .await
            .status,
        200
    );
    let widened = lily
        .changes(&tested, &max, json!({"resources": null}))
        .await;
    assert_eq!(widened.status, 200);
    // Who sees everything is above her now.
    let refused = ida.changes(&tested, &max, json!({"role": "member"})).await;
    refused.assert_problem(403, "role_above");
    ida.removes(&tested, &max)
        .await
        .assert_problem(403, "role_above");
}

#[tokio::test]
async fn whoever_is_here_for_a_time_gives_nothing_longer() {
    let (tested, _lily) = with_owner().await;
    let until = |time: &str| json!({ "expires_at": time });
    let end = "2039-01-01T00:00:00Z";
    let admin = Somebody::new(&tested, "max", "admin", until(end)).await;
    let other = Somebody::new(&tested, "ida", "auditor", until("2038-01-01T00:00:00Z")).await;
    for (member, change) in [
        (&admin, json!({"expires_at": null})),
        (&admin, until("2039-01-01T00:00:01Z")),
        (&other, json!({"expires_at": null})),
    ] {
        let refused = admin.changes(&tested, member, change).await;
        refused.assert_problem(403, "role_above");
    }
    assert_eq!(admin.changes(&tested, &other, until(end)).await.status, 200);
    assert_eq!(
        admin
            .changes(&tested, &other, json!({"role": "member"}))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn the_last_owner_stays() {
    let (tested, lily) = with_owner().await;
    for change in [
        json!({"role": "admin"}),
        json!({"expires_at": "2040-01-01T00:00:00Z"}),
        json!({"resources": [{"type": "agent", "id": "7"}]}),
    ] {
        let refused = lily.changes(&tested, &lily, change).await;
        refused.assert_problem(409, "last_owner");
    }
    lily.removes(&tested, &lily)
        .await
        .assert_problem(409, "last_owner");
    // One whose membership ends is no owner to rely on.
    let end = json!({"expires_at": "2040-01-01T00:00:00Z"});
    let max = Somebody::new(&tested, "max", "owner", end).await;
    lily.removes(&tested, &lily)
        .await
        .assert_problem(409, "last_owner");
    assert_eq!(
        lily.changes(&tested, &max, json!({"expires_at": null}))
            .await
            .status,
        200
    );
    assert_eq!(lily.removes(&tested, &lily).await.status, 204);
    max.removes(&tested, &max)
        .await
        .assert_problem(409, "last_owner");
}

#[tokio::test]
async fn of_two_owners_who_go_at_once_one_stays() {
    let tested = Tested::new().await;
    for n in 0..8 {
        let account = format!("acme{n}");
        tested.account(&account).await;
    }
    let accounts: Vec<String> = (0..8).map(|n| format!("acme{n}")).collect();
    let names: Vec<&str> = accounts.iter().map(String::as_str).collect();
    for email in ["lily@example.com", "max@example.com"] {
        tested.person(email, &names).await;
    }
    let lily = Browser::of(&tested, "lily@example.com").await;
    let max = Browser::of(&tested, "max@example.com").await;
    let listed = lily.get(&tested, "/v1/accounts/acme0/members").await.json();
    let id = |n: usize| listed["members"][n]["id"].as_str().unwrap().to_owned();
    let (lily_id, max_id) = (id(0), id(1));
    for (n, account) in accounts.iter().enumerate() {
        let path = |id: &str| format!("/v1/accounts/{account}/members/{id}");
        let demoted = Some(json!({"role": "member"}));
        let (own, other) = (path(&lily_id), path(&max_id));
        // They go by themselves, or they send each other away.
        let (first, second) = if n % 2 == 0 {
            tokio::join!(
                lily.ask(&tested, Method::DELETE, &own, None),
                max.ask(&tested, Method::DELETE, &other, None)
            )
        } else {
            tokio::join!(
                lily.ask(&tested, Method::PATCH, &other, demoted.clone()),
                max.ask(&tested, Method::PATCH, &own, demoted)
            )
        };
        let went = [&first, &second]
            .iter()
            .filter(|it| it.status < 300)
            .count();
        assert_eq!(went, 1, "{first:?} {second:?}");
        let path = format!("/admin/members?account={account}");
        let left = tested.administer(Method::GET, &path, None).await.json();
        let owners = left["members"].as_array().unwrap().iter();
        assert_eq!(
            owners.filter(|it| it["role"] == "owner").count(),
            1,
            "{left}"
        );
    }
}

#[tokio::test]
async fn whoever_wants_to_leave_needs_no_permission_and_the_keys_stay() {
    let (tested, _lily) = with_owner().await;
    tested.account("globex").await;
    let max = Somebody::new(&tested, "max", "developer", json!({})).await;
    tested
        .administer(
            Method::POST,
            "/admin/members",
            Some(json!({"account": "globex", "email": "max@example.com", "name": "max"})),
        )
        .await;
    let new = json!({"name": "sender", "permissions": ["events:write"]});
    let made = max
        .browser
        .post(&tested, "/v1/accounts/acme/keys", new)
        .await;
    let token = made.json()["token"].as_str().unwrap().to_owned();
    assert_eq!(max.removes(&tested, &max).await.status, 204);
    let again = max.removes(&tested, &max).await;
    again.assert_problem(404, "account_not_found");
    let globex = max.browser.get(&tested, "/v1/accounts/globex/events").await;
    assert_eq!(globex.status, 200);
    assert_eq!(tested.get("/v1/accounts/acme", &token).await.status, 200);
}

#[tokio::test]
async fn a_membership_ends_at_its_very_millisecond() {
    let (tested, lily) = with_owner().await;
    let now_ms = server::Clock::now_ms(&*tested.clock);
    let end = event::Timestamp::from_ms(now_ms + 60_000).to_string();
    let max = Somebody::new(&tested, "max", "auditor", json!({ "expires_at": end })).await;
    tested.clock.set_ms(now_ms + 59_999);
    assert_eq!(max.browser.get(&tested, EVENTS).await.status, 200);
    tested.clock.set_ms(now_ms + 60_000);
    let ended = max.browser.get(&tested, EVENTS).await;
    ended.assert_problem(404, "account_not_found");
    let session = max.browser.get(&tested, "/v1/session").await.json();
    assert_eq!(session["accounts"], json!([]));
    let listed = max.browser.get(&tested, "/v1/accounts").await.json();
    assert_eq!(listed["accounts"], json!([]));
    // It is listed still, and can be made to last again.
    let again = lily
        .changes(&tested, &max, json!({"expires_at": null}))
        .await;
    assert_eq!(again.status, 200);
    assert_eq!(max.browser.get(&tested, EVENTS).await.status, 200);
}

#[tokio::test]
async fn operators_are_made_on_the_machine_and_see_contents_only_when_an_owner_lets_them() {
    let (tested, lily) = with_owner().await;
    tested.account("globex").await;
    let nora = tested
        .member("nora@example.com", "globex", "owner", json!({}))
        .await;
    let path = "/admin/operators/NORA@example.com";
    for _ in 0..2 {
        let made = tested.administer(Method::PUT, path, None).await;
        assert_eq!(made.status, 204, "{made:?}");
    }
    let browser = Browser::of(&tested, "nora@example.com").await;
    let listed = browser.get(&tested, "/v1/accounts").await.json();
    assert_eq!(listed["accounts"].as_array().unwrap().len(), 3);
    for path in [
        "/v1/accounts/acme",
        EVENTS,
        MEMBERS,
        "/v1/accounts/acme/roles",
    ] {
        let refused = browser.get(&tested, path).await;
        refused.assert_problem(404, "account_not_found");
    }
    let annals = browser.get(&tested, "/v1/accounts/annals/events").await;
    assert_eq!(annals.status, 200);
    let given = json!({
        "account": "acme", "email": "nora@example.com", "name": "nora", "role": "auditor",
        "expires_at": "2040-01-01T00:00:00Z",
    });
    let given = tested
        .administer(Method::POST, "/admin/members", Some(given))
        .await;
    assert_eq!(given.status, 201, "{given:?}");
    assert_eq!(browser.get(&tested, EVENTS).await.status, 200);
    let nora = Somebody { id: nora, browser };
    let change = json!({"role": "member"});
    assert_eq!(lily.changes(&tested, &nora, change).await.status, 200);
    let actions = ["audit_log.member_add", "audit_log.member_update"];
    let events = recorded(&tested, "acme", &actions, 3).await;
    assert_eq!(events[0]["metadata"]["operator"], Value::Null);
    for event in &events[1..] {
        assert_eq!(event["targets"][0]["name"], "nora");
        assert_eq!(event["metadata"]["operator"], true);
    }
    let unmade = tested.administer(Method::DELETE, path, None).await;
    assert_eq!(unmade.status, 204);
    let listed = nora.browser.get(&tested, "/v1/accounts").await.json();
    assert_eq!(listed["accounts"].as_array().unwrap().len(), 2);
    let refused = nora
        .browser
        .get(&tested, "/v1/accounts/annals/events")
        .await;
    refused.assert_problem(404, "account_not_found");
    let nobody = "/admin/operators/nobody@example.com";
    let refused = tested.administer(Method::PUT, nobody, None).await;
    refused.assert_problem(404, "member_not_found");
    let actions = ["audit_log.operator_add", "audit_log.operator_remove"];
    let events = recorded(&tested, "annals", &actions, 2).await;
    for (event, action) in events.iter().zip(actions) {
        assert_eq!(event["action"], action);
        assert_eq!(event["targets"][0]["name"], "nora");
        assert_eq!(event["actor"]["id"], "operator");
    }
}
