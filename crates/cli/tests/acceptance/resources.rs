//! The log of one agent or resource.

use serde_json::{Value, json};

use crate::server::Server;

#[test]
fn an_agent_has_its_own_log_under_its_stable_id() {
    let server = Server::start();
    let agent = |id: &str, name: &str| json!([{"type": "agent", "id": id, "name": name}]);
    server.record(&json!([
        {"action": "agent.create", "targets": agent("agt_1", "Concierge"), "occurred_at": "2026-11-01T10:00:00Z"},
        {"action": "agent.create", "targets": agent("agt_2", "Archivist"), "occurred_at": "2026-11-01T11:00:00Z"},
        {"action": "agent.update", "targets": agent("agt_1", "Front desk"), "occurred_at": "2026-11-02T10:00:00Z"},
        {"action": "agent.delete", "targets": agent("agt_2", "Archivist"), "occurred_at": "2026-11-03T10:00:00Z"},
        {"action": "user.login", "actor": {"type": "user", "id": "usr_1"}},
    ]));
    let types = server.get("/v1/accounts/acme/resources").ok();
    let agents = types["types"]
        .as_array()
        .unwrap()
        .iter()
        .find(|kind| kind["type"] == "agent")
        .unwrap()
        .clone();
    assert_eq!(
        (&agents["plural"], &agents["count"]),
        (&json!("Agents"), &json!(2))
    );
    let listed = server.get("/v1/accounts/acme/resources/agent").ok();
    assert_eq!(
        listed["resources"],
        json!([
            {"id": "agt_1", "name": "Front desk", "first_at": "2026-11-01T10:00:00Z", "last_at": "2026-11-02T10:00:00Z", "count": 2, "deleted": false},
            {"id": "agt_2", "name": "Archivist", "first_at": "2026-11-01T11:00:00Z", "last_at": "2026-11-03T10:00:00Z", "count": 2, "deleted": true},
        ])
    );
    let log = server
        .get("/v1/accounts/acme/resources/agent/agt_1/events?range=all_time")
        .ok();
    let actions: Vec<&str> = log["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["action"].as_str().unwrap())
        .collect();
    assert_eq!(actions, ["agent.update", "agent.create"]);
    let same = server.search(json!({"range": "all_time", "resource": "agent:agt_1"}));
    assert_eq!(Value::Array(same), log["events"]);
    let paged = server.get("/v1/accounts/acme/resources/agent?limit=1").ok();
    let next = server
        .get(&format!(
            "/v1/accounts/acme/resources/agent?limit=1&cursor={}",
            paged["next_cursor"].as_str().unwrap()
        ))
        .ok();
    assert_eq!(
        (&paged["resources"][0]["id"], &next["resources"][0]["id"]),
        (&json!("agt_1"), &json!("agt_2"))
    );
    assert_eq!(next["next_cursor"], Value::Null);
}
