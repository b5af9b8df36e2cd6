//! What an account decides, beside packs that are on, off, or learn a name later.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::*;

fn decided(actions: Value) -> BTreeMap<String, OwnAction> {
    serde_json::from_value(actions).unwrap()
}

fn declaration(action: &str, verb: &str) -> Value {
    json!({
        "action": action, "event": "Mine", "category": "Own", "description": "", "verb": verb,
        "sentence": "Did mine"
    })
}

const OFF: [PackId; 0] = [];

#[test]
fn own_declarations_stand_beside_the_packs() {
    let own = decided(json!({
        "invoice.approve": {"declared": declaration("invoice.approve", "update"), "aliases": ["bill.approve"]},
        "role.create": {"aliases": ["role_added"]},
    }));
    let catalogue = Catalogue::of_account(&PackId::ALL, &own);
    assert_eq!(catalogue.canonical("bill.approve"), "invoice.approve");
    assert_eq!(
        catalogue.get("invoice.approve").unwrap().aliases,
        ["bill.approve"]
    );
    assert_eq!(catalogue.canonical("role_added"), "role.create");
    assert_eq!(catalogue.event_label("role_added", None), "Role created");
    let role = catalogue.get("role.create").unwrap();
    assert_eq!(role.aliases, ["role_added"]);
    assert_eq!(
        Catalogue::of_account(&PackId::ALL, &BTreeMap::new())
            .declarations()
            .count(),
        Catalogue::all().declarations().count(),
    );
}

#[test]
fn an_own_meaning_of_a_name_that_a_pack_has_stays_the_accounts() {
    let own = decided(json!({
        "role.create": {"declared": declaration("role.create", "create"), "aliases": ["agent.create"]},
        "guardrails.deploy": {"declared": declaration("guardrails.deploy", "other")},
    }));
    for packs in [&OFF[..], &PackId::ALL] {
        let catalogue = Catalogue::of_account(packs, &own);
        assert_eq!(catalogue.event_label("role.create", None), "Mine");
        assert_eq!(catalogue.canonical("agent.create"), "role.create");
        // A pack's other name gives way as well, and the action that it stood for keeps its declaration.
        assert_eq!(
            catalogue.canonical("guardrails.deploy"),
            "guardrails.deploy"
        );
        assert_eq!(
            catalogue.get("guardrail.deploy").is_some(),
            !packs.is_empty()
        );
        let named = catalogue
            .declarations()
            .filter(|declared| declared.action == "agent.create");
        assert_eq!(named.count(), 0);
    }
}

#[test]
fn what_the_audit_log_records_about_itself_cannot_be_claimed() {
    let own = decided(json!({
        "key.create": {"declared": declaration("key.create", "other"), "aliases": ["key.revoke"]},
    }));
    let catalogue = Catalogue::of_account(&PackId::ALL, &own);
    assert_eq!(catalogue.event_label("key.create", None), "Key created");
    assert_eq!(catalogue.canonical("key.revoke"), "key.revoke");
    let declare = |action: &str, aliases: &[&str]| {
        let declared = serde_json::from_value(declaration(action, "other")).unwrap();
        let aliases: Vec<String> = aliases.iter().map(|&alias| alias.to_owned()).collect();
        Catalogue::all().check_own(&declared, &aliases)
    };
    let reserved = |action: &str| {
        Err(DeclareFailure::Reserved {
            action: action.to_owned(),
        })
    };
    assert_eq!(declare("key.create", &[]), reserved("key.create"));
    assert_eq!(declare("audit_log.later", &[]), reserved("audit_log.later"));
    assert_eq!(
        declare("invoice.approve", &["access.denied"]),
        reserved("access.denied")
    );
    assert_eq!(declare("invoice.approve", &["bill.approve"]), Ok(()));
    for action in ["key.create", "audit_log.anything", "system.disk_low"] {
        assert!(Catalogue::default().is_reserved(action), "{action}");
    }
    assert!(!catalogue.is_reserved("role.create"));
    assert!(!catalogue.is_reserved("audit_logs.view"));
}

#[test]
fn what_was_recorded_keeps_its_verb_and_sentence_when_packs_and_names_change() {
    // `organization.user.revoke_invite` is an update, whatever its last word says.
    let action = "organization.user.revoke_invite";
    let all = Catalogue::all();
    let off = Catalogue::of_account(&OFF, &BTreeMap::new());
    assert!(off.get(action).is_none());
    assert_eq!(off.verb(action), all.verb(action));
    assert_ne!(off.verb(action), Verb::of_action(action));
    let renamed = decided(json!({"role.create": {"aliases": ["role_added"]}}));
    let renamed = Catalogue::of_account(&PackId::ALL, &renamed);
    assert_eq!(renamed.verb("role_added"), all.verb("role_added"));
}

#[test]
fn names_are_checked_against_what_they_mean_already() {
    let own = decided(json!({
        "invoice.approve": {"declared": declaration("invoice.approve", "other"), "aliases": ["bill.approve"]},
    }));
    let catalogue = Catalogue::of_account(&PackId::ALL, &own);
    let check = |action: &str, aliases: &[&str]| {
        let declared = serde_json::from_value(declaration(action, "other")).unwrap();
        let aliases: Vec<String> = aliases.iter().map(|&alias| alias.to_owned()).collect();
        catalogue.check_own(&declared, &aliases)
    };
    let taken = |action: &str| {
        Err(DeclareFailure::Taken {
            action: action.to_owned(),
        })
    };
    assert_eq!(
        check("invoice.approve", &["bill.approve", "bill.sign"]),
        Ok(())
    );
    assert_eq!(check("bill.approve", &[]), taken("bill.approve"));
    assert_eq!(check("bill.pay", &["bill.approve"]), taken("bill.approve"));
    assert_eq!(
        check("bill.pay", &["invoice.approve"]),
        taken("invoice.approve")
    );
    assert_eq!(check("role.create", &[]), taken("role.create"));
    assert_eq!(check("guardrails.deploy", &[]), taken("guardrails.deploy"));
    let long = format!("a.{}", "b".repeat(255));
    assert_eq!(check("bill.pay", &[&long[..256]]), Ok(()));
    for wrong in [&["Bill"][..], &["bill.pay"], &["a.b", "a.b"], &[&long]] {
        let refused = check("bill.pay", wrong);
        assert!(
            matches!(
                refused,
                Err(DeclareFailure::Invalid {
                    member: "aliases",
                    ..
                })
            ),
            "{wrong:?}: {refused:?}"
        );
    }
    let many: Vec<String> = (0..=limits::ALIASES)
        .map(|n| format!("bill.pay_{n}"))
        .collect();
    assert!(catalogue.check_aliases("bill.pay", &many).is_err());
    assert_eq!(catalogue.check_aliases("bill.pay", &many[1..]), Ok(()));
    let off = Catalogue::of_account(&OFF, &own);
    let role = serde_json::from_value(declaration("role.create", "create")).unwrap();
    assert_eq!(
        off.check_own(&role, &[]),
        Ok(()),
        "the name of a pack that is off is free"
    );
}

#[test]
fn decisions_are_read_as_they_were_written() {
    let own = decided(json!({
        "invoice.approve": {
            "declared": {
                "action": "invoice.approve", "event": "Invoice approved", "category": "Invoices",
                "description": "x", "verb": "other", "target_type": "invoice",
                "fields": [{"label": "Amount Due", "kind": "number", "sensitive": true}],
                "sentence": "Approved {target}", "unsuccessful": "Tried"
            },
            "aliases": ["bill.approve"],
            "deprecated": {"since_ms": 5, "note": "old", "replaced_by": "invoice.sign"},
        },
    }));
    let written = serde_json::to_value(&own).unwrap();
    assert_eq!(decided(written), own);
    let catalogue = Catalogue::of_account(&OFF, &own);
    assert_eq!(
        catalogue.deprecation("invoice.approve").unwrap().since_ms,
        5
    );
    assert!(catalogue.sensitive_keys().contains("amount_due"));
    assert!(OwnAction::default().is_empty());
    assert!(!own["invoice.approve"].is_empty());
}
