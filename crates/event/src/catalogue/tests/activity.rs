//! The sentences of stored events.

use serde_json::{Value, json};

use super::super::*;
use crate::accept::Acceptance;
use crate::event::Event;

fn accepted(event: Value) -> Event {
    let catalogue = Catalogue::all();
    let acceptance = Acceptance {
        catalogue: &catalogue,
        strict: false,
        firewall: &crate::firewall::Firewall::new([7; 32], "annals.test/a/acme"),
        client: &crate::context::ClientAddress::default(),
        now: crate::time::Timestamp::from_ms(1_687_446_360_000),
        new_id: crate::id::EventId::v7(1_687_446_360_000, [1; 10]),
        limits: &crate::limits::Limits::default(),
    };
    let new = crate::new_event::NewEvent::from_value(event, acceptance.limits).unwrap();
    Event::accept(new, &acceptance).unwrap()
}

fn check(event: Value, activity: &str) {
    assert_eq!(Catalogue::all().activity(&accepted(event)), activity);
}

#[test]
fn both_printed_sentences_are_told_to_the_byte() {
    let created = json!({"action": "inbox.create", "targets": [{"type": "inbox", "id": "24725"}]});
    check(created, "Created a new inbox (#24725)");
    let deleted = json!({
        "action": "automation_rule.delete",
        "actor": {"type": "user", "email": "user@cognigy.com"},
        "targets": [{"type": "inbox", "id": "24725", "name": "Orders"}, {"type": "automation_rule", "id": "376"}],
    });
    check(deleted, "Deleted an automation rule (#376)");
}

#[test]
fn every_service_desk_sentence_has_its_article() {
    for (kind, with_article) in [
        ("assist_bot", "an assist bot"),
        ("automation_rule", "an automation rule"),
        ("inbox", "an inbox"),
        ("inbox_collaborator", "an inbox collaborator"),
        ("inbox_webhook", "an inbox webhook"),
        ("team", "a team"),
    ] {
        let event = |verb: &str| json!({"action": format!("{kind}.{verb}"), "targets": [{"type": kind, "id": "9"}]});
        check(event("update"), &format!("Updated {with_article} (#9)"));
        check(event("delete"), &format!("Deleted {with_article} (#9)"));
        check(
            event("create"),
            &format!(
                "Created a new {} (#9)",
                with_article.split_once(' ').unwrap().1
            ),
        );
    }
}

#[test]
fn names_give_way_to_ids_and_to_nothing() {
    let event = |target: Value| json!({"action": "role.create", "targets": [target]});
    check(
        event(json!({"type": "role", "id": "role_7", "name": "Auditor (EU)"})),
        "Created the role Auditor (EU)",
    );
    check(
        event(json!({"type": "role", "id": "role_7"})),
        "Created the role role_7",
    );
    check(json!({"action": "role.create"}), "Role created");
    check(json!({"action": "inbox.delete"}), "Deleted an inbox");
}

#[test]
fn attempts_that_did_not_succeed_are_not_told_as_done() {
    let outcome = json!({"result": "failure", "reason": "the password was wrong"});
    check(
        json!({"action": "user.login", "outcome": outcome}),
        "Failed to log in: the password was wrong",
    );
    check(
        json!({"action": "auth.login", "outcome": {"result": "denied"}}),
        "Failed to log in",
    );
    let denied = json!({
        "action": "role.delete",
        "outcome": {"result": "denied"},
        "targets": [{"type": "role", "id": "7", "name": "Auditor"}],
    });
    check(denied, "Deleted the role Auditor (denied)");
    check(
        json!({"action": "user.login", "metadata": {"login_method": "passkey"}}),
        "Logged in with passkey",
    );
}

#[test]
fn metadata_is_told_in_words() {
    let granted = |credits: Value| json!({"action": "organization.purchase_credits", "metadata": {"credits": credits}});
    check(granted(json!(250)), "Purchased 250 credits");
    check(granted(json!({})), "Purchased credits");
    check(granted(json!("")), "Purchased credits");
}

#[test]
fn undeclared_actions_are_told_by_name_and_target() {
    let target = json!([{"type": "invoice", "id": "17", "name": "Invoice 17"}]);
    check(
        json!({"action": "invoice.approve", "targets": target}),
        "Invoice approve: Invoice 17",
    );
    check(
        json!({"action": "invoice.approve", "event": "Approval"}),
        "Approval",
    );
    let failed =
        json!({"action": "invoice.approve", "targets": target, "outcome": {"result": "error"}});
    check(failed, "Invoice approve: Invoice 17 (error)");
}

#[test]
fn the_description_is_the_senders_own_where_there_is_one() {
    let catalogue = Catalogue::all();
    let own = accepted(json!({"action": "role.create", "description": "Made a role"}));
    assert_eq!(catalogue.describe(&own), "Made a role");
    let none = accepted(json!({"action": "user.logout"}));
    assert_eq!(catalogue.describe(&none), "Logged out");
}

#[test]
fn every_declared_action_is_told_without_gaps() {
    let catalogue = Catalogue::all();
    for declared in catalogue.declarations() {
        let mut event = json!({"action": declared.action});
        if let Some(kind) = &declared.target_type {
            event["targets"] = json!([{"type": kind, "id": "1", "name": "Thing"}]);
        } else {
            event["targets"] = json!([{"type": "record", "id": "1", "name": "Thing"}]);
        }
        let with_all: serde_json::Map<_, _> = declared
            .metadata_fields()
            .map(|field| (field.key.clone(), json!("value")))
            .collect();
        for metadata in [json!({}), Value::Object(with_all)] {
            event["metadata"] = metadata;
            for result in ["success", "failure"] {
                event["outcome"] = json!({"result": result, "reason": "reasons"});
                let told = catalogue.activity(&accepted(event.clone()));
                assert!(
                    !told.contains("  ") && !told.contains(['{', '}', '[', ']']),
                    "{told}"
                );
                assert!(
                    told.starts_with(char::is_uppercase) && told.trim() == told,
                    "{told}"
                );
                assert!(
                    told.contains(' ') || told.starts_with("Logged"),
                    "{}: {told}",
                    declared.action
                );
            }
        }
    }
}
