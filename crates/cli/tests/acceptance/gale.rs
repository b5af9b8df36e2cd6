//! The 25 events of an account with models, agents and roles: recorded, listed, filtered as the guide describes.

use serde_json::{Value, json};

use crate::server::Server;

/// What a product sends for each of the 25 events: action, then the labelled data beside user and address.
const EVENTS: [(&str, &str, &str, &[&str]); 25] = [
    ("user.login", "Login", "Login/Logout", &["email_id"]),
    ("user.logout", "Logout", "Login/Logout", &["email_id"]),
    ("role.edit", "Role edited", "Roles", &["role_id"]),
    (
        "role.create",
        "Role created",
        "Roles",
        &["role_id", "role_name"],
    ),
    ("role.delete", "Role deleted", "Roles", &["role_name"]),
    ("role.assign", "Role assigned", "Roles", &["role_name"]),
    ("role.change", "Role changed", "Roles", &["role_name"]),
    (
        "integration.add",
        "Integration added",
        "Integrations",
        &["integration_name", "integration_id", "integration_type"],
    ),
    (
        "integration.delete",
        "Integration deleted",
        "Integrations",
        &["integration_name", "integration_id", "integration_type"],
    ),
    (
        "model.add",
        "Model added (external models only)",
        "Models",
        &["model_id", "model_name"],
    ),
    (
        "model.delete",
        "Model deleted",
        "Models",
        &["model_id", "model_name", "model_type"],
    ),
    (
        "model.finetune_start",
        "Started fine-tuning",
        "Models",
        &["model_id", "model_name", "model_type", "batch_size"],
    ),
    (
        "model.deploy",
        "Model deployed",
        "Models",
        &[
            "model_id",
            "model_name",
            "model_type",
            "hardware_type",
            "temperature",
            "max_length",
            "top_p",
            "top_k",
            "stop_sequence",
            "inference_batch_size",
            "min_replicas",
            "max_replicas",
            "scale_up_delay",
            "scale_down_delay",
        ],
    ),
    (
        "model.undeploy",
        "Model undeployed",
        "Models",
        &["model_id", "model_name", "hours_of_usage"],
    ),
    (
        "model_api_key.create",
        "API Key created",
        "Models",
        &["model_id", "model_name", "model_type"],
    ),
    (
        "model_api_key.delete",
        "API Key deleted",
        "Models",
        &["model_id", "model_name", "model_type"],
    ),
    (
        "agent.create",
        "Agent created",
        "Agents",
        &["agent_id", "agent_name"],
    ),
    (
        "agent.delete",
        "Agent deleted",
        "Agents",
        &["agent_id", "agent_name", "model_id"],
    ),
    (
        "user.invite",
        "User invited",
        "User Management",
        &["added_user_ids", "role_name", "role_id"],
    ),
    (
        "user.delete",
        "User deleted",
        "User Management",
        &["removed_user_ids"],
    ),
    (
        "experiment.create",
        "Experiment created",
        "Playground",
        &["experiment_id", "experiment_name"],
    ),
    (
        "experiment.delete",
        "Experiment deleted",
        "Playground",
        &["experiment_id", "model_name"],
    ),
    (
        "dataset.upload",
        "Dataset uploaded",
        "Dataset",
        &["file_type"],
    ),
    (
        "guardrail.deploy",
        "Guardrails deployed",
        "Guardrails",
        &["guardrail_name", "guardrail_id", "hardware_type"],
    ),
    (
        "guardrail.undeploy",
        "Guardrails undeployed",
        "Guardrails",
        &["guardrail_name", "guardrail_id", "time_of_usage"],
    ),
];

/// The 25 events, three people taking turns.
pub(crate) fn events() -> Value {
    let people = [
        ("usr_1", "Lily Ari"),
        ("usr_2", "Omar Haddad"),
        ("usr_3", "Ana Souza"),
    ];
    EVENTS
        .iter()
        .enumerate()
        .map(|(place, (action, _, _, keys))| {
            let (id, name) = people[place % people.len()];
            let metadata: serde_json::Map<String, Value> = keys
                .iter()
                .map(|key| ((*key).to_owned(), json!(format!("{key} {place}"))))
                .collect();
            json!({
                "action": action,
                "actor": {"type": "user", "id": id, "name": name},
                "context": {"ip": format!("203.0.113.{place}")},
                "metadata": metadata,
            })
        })
        .collect()
}

fn names(events: &[Value]) -> Vec<&str> {
    let mut names: Vec<&str> = events
        .iter()
        .map(|event| event["event"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    names
}

fn criterion(column: &str, op: &str, value: &str) -> Value {
    json!({"column": column, "op": op, "value": value})
}

#[test]
fn all_25_are_listed_with_name_category_user_time_and_a_sentence() {
    let server = Server::start();
    let answer = server.record(&events());
    assert_eq!(answer["receipts"].as_array().unwrap().len(), 25);
    let listed = server.of_products();
    assert_eq!(listed.len(), 25);
    for (action, event, category, keys) in EVENTS {
        let entry = listed
            .iter()
            .find(|entry| entry["action"] == action)
            .unwrap_or_else(|| panic!("{action}"));
        assert_eq!(entry["event"], event);
        assert_eq!(entry["category"], category);
        assert!(
            entry["received_at"]
                .as_str()
                .is_some_and(|time| time.ends_with('Z'))
        );
        assert!(entry["actor"]["name"].is_string() && entry["occurred_at"].is_string());
        let description = entry["description"].as_str().unwrap();
        assert!(
            description.len() > 3 && !description.contains(action),
            "{description}"
        );
        for key in keys {
            assert!(entry["metadata"][key].is_string(), "{action} {key}");
        }
    }
}

#[test]
fn event_is_equal_to_role_created_and_its_negation() {
    let server = Server::start();
    server.record(&events());
    let only = |op: &str| {
        server.search(json!({"filter": {"match": "all", "criteria": [criterion("event", op, "Role Created")]}}))
    };
    assert_eq!(names(&only("eq")), ["Role created"]);
    let others = only("ne");
    assert!(others.iter().all(|event| event["event"] != "Role created"));
    let of_products = others
        .iter()
        .filter(|event| event["category"] != "Audit log")
        .count();
    assert_eq!(of_products, 24);
}

#[test]
fn every_column_and_operator_of_the_dialog_equals_brute_force() {
    let server = Server::start();
    server.record(&events());
    let all = server.of_products();
    let cases = [
        ("category", "roles", "category", "Roles"),
        ("event", " Model Deployed ", "event", "Model deployed"),
        ("user", "usr_2", "actor.id", "usr_2"),
        ("user", "lily ari", "actor.name", "Lily Ari"),
    ];
    for (column, value, member, expected) in cases {
        let of = |event: &Value| {
            event
                .pointer(&format!("/{}", member.replace('.', "/")))
                .cloned()
        };
        for (op, wanted) in [("eq", true), ("ne", false)] {
            let mut found = server.search(
                json!({"filter": {"match": "all", "criteria": [criterion(column, op, value)]}}),
            );
            found.retain(|event| event["category"] != "Audit log");
            let brute: Vec<&Value> = all
                .iter()
                .filter(|event| (of(event) == Some(json!(expected))) == wanted)
                .collect();
            assert_eq!(
                found.iter().collect::<Vec<_>>(),
                brute,
                "{column} {op} {value}"
            );
        }
    }
}

#[test]
fn and_is_the_intersection_and_or_the_union() {
    let server = Server::start();
    server.record(&events());
    let both = [
        criterion("category", "eq", "Models"),
        criterion("user", "eq", "usr_1"),
    ];
    let search = |matching: &str| {
        let mut found = server.search(json!({"filter": {"match": matching, "criteria": both}}));
        found.retain(|event| event["category"] != "Audit log");
        found
    };
    let is_model = |event: &Value| event["category"] == "Models";
    let is_lily = |event: &Value| event["actor"]["id"] == "usr_1";
    let all = server.of_products();
    let expect = |keep: &dyn Fn(&Value) -> bool| {
        all.iter()
            .filter(|event| keep(event))
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(
        search("all"),
        expect(&|event| is_model(event) && is_lily(event))
    );
    assert_eq!(
        search("any"),
        expect(&|event| is_model(event) || is_lily(event))
    );
    assert!(!search("all").is_empty());
}

#[test]
fn two_actions_are_their_union_and_refinements_and_with_an_or_dialog() {
    let server = Server::start();
    server.record(&events());
    let actions = json!({"column": "action", "op": "in", "value": ["user.login", "user.logout"]});
    assert_eq!(
        names(&server.search(json!({"refine": [actions]}))),
        ["Login", "Logout"]
    );
    let found = server.search(json!({
        "filter": {"match": "any", "criteria": [criterion("event", "eq", "Login"), criterion("event", "eq", "Role created")]},
        "refine": [criterion("category", "eq", "Roles")],
    }));
    assert_eq!(names(&found), ["Role created"]);
}

#[test]
fn the_command_line_finds_the_same() {
    let server = Server::start();
    server.record(&events());
    let output = crate::server::annals()
        .args(["query", "--url", &server.url, "--account", "acme", "--json"])
        .args([
            "--filter",
            r#"{"match":"all","criteria":[{"column":"event","op":"eq","value":"Role Created"}]}"#,
        ])
        .env("ANNALS_TOKEN", &server.token)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let lines: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(names(&lines), ["Role created"]);
}
