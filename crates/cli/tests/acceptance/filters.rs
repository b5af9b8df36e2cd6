//! More ways to narrow down: text, values for dropdowns, counts, histograms, first times.

use serde_json::{Value, json};

use crate::server::Server;

fn record_three_people(server: &Server) {
    server.record(&json!([
        {"action": "role.create", "actor": {"type": "user", "id": "usr_1", "name": "Lily Ari", "email": "lily@example.com"},
         "context": {"ip": "203.0.113.7"}, "description": "Created the role Auditor (EU)", "metadata": {"region": "Frankfurt"}},
        {"action": "role.create", "actor": {"type": "user", "id": "usr_1", "name": "Lily Ari-Weber", "email": "lily@example.com"},
         "context": {"ip": "203.0.113.8"}, "description": "Created the role Operator"},
        {"action": "role.delete", "actor": {"type": "user", "id": "usr_2", "name": "Omar Haddad"},
         "context": {"ip": "2001:db8:1::7"}, "outcome": {"result": "denied"}},
        {"action": "agent.create", "actor": {"type": "service", "id": "svc_1", "name": "Deployer"},
         "targets": [{"type": "agent", "id": "agt_1", "name": "Concierge"}], "context": {"ip": "198.51.100.1"}},
    ]));
}

fn count(server: &Server, mut terms: Value) -> u64 {
    terms["count"] = json!(true);
    let mut refine = terms["refine"].as_array().cloned().unwrap_or_default();
    refine.push(json!({"column": "category", "op": "ne", "value": "Audit log"}));
    terms["refine"] = Value::Array(refine);
    let page = server.post("/v1/accounts/acme/events/search", &terms).ok();
    assert_eq!(
        page["count"].as_u64(),
        page["events"].as_array().map(|events| events.len() as u64),
        "{page}"
    );
    page["count"].as_u64().unwrap()
}

#[test]
fn words_phrases_prefixes_and_terms_find_events() {
    let server = Server::start();
    record_three_people(&server);
    for (q, expected) in [
        ("auditor", 1),
        ("AUDITOR created", 1),
        ("created audi", 1),
        ("audi created", 0),
        ("\"role operator\"", 1),
        ("lily@example.com", 2),
        ("frankfurt", 1),
        ("concierge", 1),
        ("usr_2", 1),
        ("nothing here", 0),
        ("event:\"Role created\"", 2),
        ("-event:\"Role created\"", 2),
        ("role user:usr_1", 2),
        ("result:denied", 1),
        ("", 4),
    ] {
        assert_eq!(count(&server, json!({"q": q})), expected, "{q}");
    }
}

#[test]
fn networks_first_times_and_missing_values_can_be_asked_for() {
    let server = Server::start();
    record_three_people(&server);
    for (column, op, value, expected) in [
        ("ip", "in_network", json!("203.0.113.0/24"), 2),
        ("ip", "eq", json!("2001:db8:1:0::7"), 1),
        ("first_seen", "eq", json!("action"), 3),
        ("first_seen", "ne", json!("network"), 1),
        ("target_id", "eq", json!("agt_1"), 1),
        ("target_id", "ne", json!("agt_1"), 3),
        ("actor_type", "in", json!(["service", "system"]), 1),
        ("metadata.region", "eq", json!("Frankfurt"), 1),
        ("metadata.region", "ne", json!("Frankfurt"), 3),
        ("description", "contains", json!("THE ROLE"), 2),
        ("verb", "eq", json!("Delete"), 1),
    ] {
        assert_eq!(
            count(
                &server,
                json!({"refine": [{"column": column, "op": op, "value": value}]})
            ),
            expected,
            "{column} {op}"
        );
    }
    assert_eq!(
        count(
            &server,
            json!({"refine": [{"column": "metadata.region", "op": "not_exists"}]})
        ),
        3
    );
}

#[test]
fn values_for_the_dropdown_are_those_that_exist() {
    let server = Server::start();
    record_three_people(&server);
    let users = server
        .get("/v1/accounts/acme/values?column=user&prefix=li")
        .ok();
    let lily = &users["values"][0];
    assert_eq!(
        (
            &lily["value"],
            &lily["label"],
            &lily["detail"],
            &lily["count"]
        ),
        (
            &json!("usr_1"),
            &json!("Lily Ari-Weber"),
            &json!("lily@example.com"),
            &json!(2)
        )
    );
    let events = server.get("/v1/accounts/acme/values?column=event").ok();
    let names: Vec<&str> = events["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| value["value"].as_str().unwrap())
        .collect();
    assert!(
        names.contains(&"Role created") && names.contains(&"Agent created"),
        "{names:?}"
    );
    assert_eq!(
        server
            .get("/v1/accounts/acme/values?column=colour")
            .problem(400)
            .1,
        "/column"
    );
}

#[test]
fn value_counts_and_the_histogram_agree_with_the_list() {
    let server = Server::start();
    record_three_people(&server);
    let terms = json!({"refine": [{"column": "category", "op": "ne", "value": "Audit log"}], "columns": ["event", "user", "result"], "size": 2});
    let facets = server.post("/v1/accounts/acme/events/facets", &terms).ok()["facets"].clone();
    assert_eq!(
        facets["event"]["values"][0],
        json!({"value": "Role created", "label": "Role created", "count": 2})
    );
    assert_eq!(facets["event"]["other"], 1);
    assert_eq!(facets["user"]["values"][0]["value"], "usr_1");
    assert_eq!(
        facets["result"]["values"],
        json!([
        {"value": "success", "label": "success", "count": 3}, {"value": "denied", "label": "denied", "count": 1}])
    );
    let terms = json!({"range": "today", "interval": "hour", "split_by": "result", "tz": "Europe/Berlin",
        "refine": [{"column": "category", "op": "ne", "value": "Audit log"}]});
    let histogram = server
        .post("/v1/accounts/acme/events/histogram", &terms)
        .ok();
    let buckets = histogram["buckets"].as_array().unwrap();
    assert!(
        (23..=25).contains(&buckets.len()),
        "empty hours are included: {}",
        buckets.len()
    );
    let total: u64 = buckets
        .iter()
        .map(|bucket| bucket["count"].as_u64().unwrap())
        .sum();
    let denied: u64 = buckets
        .iter()
        .filter_map(|bucket| bucket["by"]["denied"].as_u64())
        .sum();
    assert_eq!((total, denied), (4, 1));
    assert_eq!(histogram["tz"], "Europe/Berlin");
    for pair in buckets.windows(2) {
        assert_eq!(pair[0]["to"], pair[1]["from"]);
    }
}
