//! Declarations of an account's own.

use serde_json::{Value, json};

use super::super::*;

fn own(action: &str) -> Value {
    json!({
        "action": action, "event": "Invoice approved", "category": "Invoices",
        "description": "An invoice was approved.", "verb": "update", "target_type": "invoice",
        "fields": [{"label": "Amount Due", "kind": "number"}], "sentence": "Approved {target}"
    })
}

fn read(declared: Value) -> Declared {
    serde_json::from_value(declared).unwrap()
}

#[test]
fn an_account_declares_actions_of_its_own() {
    let mut catalogue = Catalogue::all();
    catalogue.declare(read(own("invoice.approve"))).unwrap();
    assert_eq!(catalogue.verb("invoice.approve"), Verb::Update);
    assert_eq!(
        catalogue.event_label("invoice.approve", Some("Sent")),
        "Invoice approved"
    );
    assert_eq!(catalogue.nearest("invoice.aprove"), Some("invoice.approve"));
    let declared = catalogue.get("invoice.approve").unwrap();
    assert_eq!(
        declared.metadata_field("amount_due").unwrap().label,
        "Amount Due"
    );
    assert_eq!(declared.pack, None);
}

#[test]
fn fields_can_be_sensitive() {
    let mut catalogue = Catalogue::all();
    assert!(
        !catalogue.has_sensitive(),
        "no pack calls anything sensitive"
    );
    let mut declared = own("salary.change");
    declared["fields"] = json!([{"label": "Salary", "sensitive": true}, {"label": "Currency"}]);
    catalogue.declare(read(declared)).unwrap();
    assert!(catalogue.has_sensitive());
    let keys: Vec<_> = catalogue.sensitive_keys().iter().collect();
    assert_eq!(keys, ["salary"]);
    let declared = catalogue.get("salary.change").unwrap();
    let written = serde_json::to_value(declared).unwrap();
    assert_eq!(written["fields"][0]["sensitive"], true);
    assert_eq!(written["fields"][1].get("sensitive"), None);
    let fields: Vec<Field> = serde_json::from_value(written["fields"].clone()).unwrap();
    assert_eq!(fields, declared.fields, "what is written is what is read");
}

#[test]
fn names_are_not_taken_twice() {
    let mut catalogue = Catalogue::all();
    catalogue.declare(read(own("invoice.approve"))).unwrap();
    for taken in ["invoice.approve", "role.create", "guardrails.deploy"] {
        let refused = catalogue.declare(read(own(taken))).unwrap_err();
        assert_eq!(
            refused,
            DeclareFailure::Taken {
                action: taken.to_owned()
            }
        );
    }
    let mut aliased = own("invoice.settle");
    aliased["aliases"] = json!(["invoice.pay", "role.create"]);
    let refused = catalogue.declare(read(aliased)).unwrap_err();
    assert_eq!(
        refused,
        DeclareFailure::Taken {
            action: "role.create".to_owned()
        }
    );
    assert!(catalogue.get("invoice.settle").is_none());
}

#[test]
fn there_is_a_limit_to_them() {
    let mut catalogue = Catalogue::all();
    for n in 0..limits::OWN_DECLARATIONS {
        catalogue
            .declare(read(own(&format!("invoice.approve_{n}"))))
            .unwrap();
    }
    let refused = catalogue.declare(read(own("one.more"))).unwrap_err();
    assert_eq!(
        refused,
        DeclareFailure::TooMany {
            action: "one.more".to_owned()
        }
    );
}

#[test]
fn rules_are_checked_by_member() {
    let label = |label: &str| json!({"label": label});
    let many: Vec<_> = (0..51).map(|n| label(&format!("Field {n}"))).collect();
    let cases = [
        ("action", json!("Approve!")),
        ("event", json!("")),
        ("event", json!(" Approved")),
        ("category", json!("x".repeat(257))),
        ("description", json!("x".repeat(1_025))),
        ("target_type", json!("in:voice")),
        ("aliases", json!(["Invoice Approve"])),
        (
            "aliases",
            json!(
                (0..17)
                    .map(|n| format!("invoice.alias_{n}"))
                    .collect::<Vec<_>>()
            ),
        ),
        ("fields", json!(many)),
        ("fields", json!([label("Same"), label("same")])),
        ("fields", json!([label("")])),
        (
            "fields",
            json!([{"label": "User ID", "place": "actor.id", "sensitive": true}]),
        ),
        ("sentence", json!("x".repeat(1_025))),
        ("unsuccessful", json!("x".repeat(1_025))),
    ];
    for (member, value) in cases {
        let mut declared = own("invoice.approve");
        declared[member] = value.clone();
        match Catalogue::all().declare(read(declared)) {
            Err(DeclareFailure::Invalid { member: named, .. }) => {
                assert_eq!(named, member, "{value}");
            }
            other => panic!("{member} = {value}: {other:?}"),
        }
    }
}

#[test]
fn what_is_no_declaration_is_not_read() {
    for (member, value) in [
        ("verb", json!("approve")),
        ("sentence", json!("Approved {nothing}")),
        ("pack", json!("gale")),
        ("colour", json!("red")),
        ("fields", json!([{"label": "Amount", "kind": "money"}])),
    ] {
        let mut declared = own("invoice.approve");
        declared[member] = value;
        assert!(
            serde_json::from_value::<Declared>(declared).is_err(),
            "{member}"
        );
    }
}
