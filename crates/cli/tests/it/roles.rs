//! `annals admin role` and what members are, on a closed directory and over the socket of a server.

use crate::process::{Done, Home, Server, annals, run};

fn admin(home: &Home, arguments: &[&str]) -> Done {
    let mut command = annals(["admin"]);
    command
        .args(arguments)
        .arg("--data-dir")
        .arg(&home.dir)
        .arg("--json");
    run(&mut command)
}

fn check(home: &Home) {
    let account = ["--account", "acme"];
    let role = |arguments: &[&str]| {
        let all = [&["role", arguments[0]], &account[..], &arguments[1..]].concat();
        admin(home, &all)
    };
    let member = |arguments: &[&str]| {
        let who = ["--account", "acme", "--email", "max@example.com"];
        let all = [&["member", arguments[0]], &who[..], &arguments[1..]].concat();
        admin(home, &all)
    };
    assert_eq!(role(&["list"]).good().lines().len(), 6);
    let new = [
        "create",
        "--name",
        "Reader",
        "--permissions",
        "audit:read",
        "--hide",
        "names,text",
    ];
    let made = role(&new).good().json();
    assert_eq!(made["hide"], serde_json::json!(["names", "text"]));
    let id = made["id"].as_str().unwrap_or_default();
    assert_eq!(role(&new).code, Some(1));
    let wrong = role(&["create", "--name", "x", "--hide", "core"]);
    assert!(
        wrong.code == Some(1) && wrong.err.contains("metadata"),
        "{wrong:?}"
    );

    let confined = [
        "--resource",
        "agent:7",
        "--resource",
        "agent:a:b",
        "--expires-at",
        "2040-01-01T00:00:00Z",
    ];
    let added = [&["add", "--name", "Max Roe", "--role", id], &confined[..]].concat();
    let added = member(&added).good().json();
    assert_eq!(added["role_name"], "Reader");
    assert_eq!(added["resources"][1]["id"], "a:b");
    assert_eq!(added["expires_at"], "2040-01-01T00:00:00Z");
    let used = role(&["delete", id]);
    assert!(
        used.code == Some(1) && used.err.contains("in use"),
        "{used:?}"
    );
    let changed = member(&["set-role", "--role", "admin", "--all-resources", "--no-end"]);
    let changed = changed.good().json();
    assert_eq!(changed["role"], "admin");
    assert!(
        changed["resources"].is_null() && changed["expires_at"].is_null(),
        "{changed}"
    );
    let unknown = member(&["set-role", "--role", "admn"]);
    assert!(
        unknown.code == Some(1) && unknown.err.contains("did you mean admin"),
        "{unknown:?}"
    );
    role(&["delete", id]).good();

    for (flag, is) in [("--on", true), ("--on", true), ("--off", false)] {
        let done = admin(home, &["member", "operator", "max@example.com", flag]);
        assert_eq!(done.good().json()["operator"], is);
        let listed = admin(home, &["member", "list", "--account", "acme"]);
        assert_eq!(listed.good().lines()[0]["operator"], is);
    }
    assert_eq!(
        admin(home, &["member", "operator", "max@example.com"]).code,
        Some(1)
    );
    assert_eq!(
        admin(home, &["member", "operator", "nobody@example.com", "--on"]).code,
        Some(1)
    );
    member(&["remove"]).good();
}

#[test]
fn roles_and_members_are_administered_on_both_ways() {
    let home = Home::new();
    check(&home);
    let server = Server::on(&home.dir);
    check(&home);
    drop(server);
}
