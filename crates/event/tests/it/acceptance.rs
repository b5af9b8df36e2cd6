//! What acceptance adds, keeps and refuses.

use event::{Event, is_type};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::Account;

fn labels(event: &Event) -> (&str, &str) {
    (&event.event, &event.category)
}

#[test]
fn labels_are_declared_else_sent_else_derived() {
    let account = Account::new();
    let accepted = |action: &str| {
        account.accepted(json!({"action": action, "event": "Sent", "category": "Own"}))
    };
    assert_eq!(labels(&accepted("role.create")), ("Role created", "Roles"));
    assert_eq!(labels(&accepted("invoice.pay")), ("Sent", "Own"));
    assert_eq!(
        labels(&account.accepted(json!({"action": "invoice.pay"}))),
        ("Invoice pay", "Invoice")
    );
}

#[test]
fn the_action_as_sent_is_kept_when_it_differs() {
    let account = Account::new();
    for (sent, action, kept) in [
        ("role.create", "role.create", None),
        ("Role.Create", "role.create", Some("Role.Create")),
        ("auth.sign_in", "auth.login", Some("auth.sign_in")),
        ("Auth.SignIn", "auth.login", Some("Auth.SignIn")),
    ] {
        let event = account.accepted(json!({"action": sent}));
        assert_eq!(
            (event.action.as_str(), event.action_as_sent.as_deref()),
            (action, kept)
        );
    }
}

#[test]
fn ids_and_times_of_the_sender_are_kept() {
    let account = Account::new();
    let id = "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e21";
    let sent = json!({"action": "a.b", "id": id, "occurred_at": "2026-11-21T09:55:19.3530+00:00"});
    let event = account.accepted(sent.clone());
    assert_eq!(event.id.to_string(), id);
    assert_eq!(event.occurred_at.to_string(), "2026-11-21T09:55:19.353Z");
    assert_eq!(account.read(sent).unwrap().id(), Some(event.id));
    let event = account.accepted(json!({"action": "a.b"}));
    assert_eq!(event.id, account.new_id);
    assert_eq!(event.occurred_at.to_string(), "2026-11-21T09:55:20.123Z");
}

#[test]
fn the_form_as_sent_knows_no_order_and_no_spelling_of_numbers() {
    let account = Account::new();
    let form = |text: &str| {
        let value = event::json::parse(text.as_bytes()).unwrap();
        account.read(value).unwrap().canonical_as_sent().to_vec()
    };
    let one = form(r#"{"action":"A.B","metadata":{"n":1,"m":null}}"#);
    assert_eq!(one, br#"{"action":"A.B","metadata":{"m":null,"n":1}}"#);
    assert_eq!(
        form(r#"{ "metadata": {"m":null, "n":1.0}, "action": "\u0041.B" }"#),
        one
    );
    assert_ne!(form(r#"{"action":"a.b","metadata":{"n":1,"m":null}}"#), one);
    assert_ne!(form(r#"{"action":"A.B","metadata":{"n":1}}"#), one);
}

#[test]
fn a_strict_account_refuses_what_nobody_declared() {
    let mut account = Account::new();
    account.strict = true;
    let problems = |value: Value| {
        let problems = account.accept(value).err().unwrap_or_default();
        problems
            .into_iter()
            .map(|problem| (problem.pointer, problem.code, problem.message))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        problems(json!({"action": "role.create", "metadata": {"role_id": "r"}})),
        []
    );
    let found = problems(json!({"action": "role.creates", "metadata": {"x": 1}}));
    assert_eq!(
        (found.len(), &*found[0].0, found[0].1),
        (1, "/action", "undeclared_action")
    );
    assert!(found[0].2.contains("`role.create`"), "{}", found[0].2);
    let found =
        problems(json!({"action": "role.create", "metadata": {"rol_id": "r", "zzzzzz": 1}}));
    assert_eq!(
        found
            .iter()
            .map(|(pointer, code, _)| (&**pointer, *code))
            .collect::<Vec<_>>(),
        [
            ("/metadata/rol_id", "undeclared_field"),
            ("/metadata/zzzzzz", "undeclared_field"),
        ]
    );
    assert!(found[0].2.contains("`role_id`"), "{}", found[0].2);
}

#[test]
fn an_event_is_as_big_as_its_facets() {
    let account = Account::new();
    let event = |bytes: usize| {
        let metadata: serde_json::Map<String, Value> = (0..16)
            .map(|n| {
                (
                    format!("k{n:02}"),
                    json!("x".repeat(4_000 + if n == 0 { bytes } else { 0 })),
                )
            })
            .collect();
        json!({"action": "a.b", "metadata": metadata, "description": "y".repeat(1_000)})
    };
    let spare = account.limits.event_bytes - account.accepted(event(0)).facets().byte_len();
    // Beyond one value's own limit the description takes the rest.
    let with_rest = |rest: usize| {
        let mut event = event(0);
        event["description"] = json!("y".repeat(1_000 + rest));
        event
    };
    assert_eq!(
        account.accepted(with_rest(spare)).facets().byte_len(),
        account.limits.event_bytes
    );
    let problems = account.accept(with_rest(spare + 1)).unwrap_err();
    assert_eq!(
        (problems.len(), &*problems[0].pointer, problems[0].code),
        (1, "", "too_large")
    );
}

#[test]
fn growing_by_fingerprints_counts() {
    let account = Account::new();
    let short = vec!["a"; 3_000];
    let sent = json!({"action": "a.b", "changes": [{"path": "/names", "old": short}]});
    assert!(account.accept(sent).is_ok());
    let sent = json!({"action": "a.b", "changes": [{"path": "/passwords", "old": short}]});
    assert_eq!(account.accept(sent).unwrap_err()[0].code, "too_large");
}

#[test]
fn a_long_forwarding_header_is_cut_between_characters() {
    let mut account = Account::new();
    account.client.forwarded = Some("é".repeat(2_000));
    let event = account.accepted(json!({"action": "a.b"}));
    assert_eq!(
        event.context.forwarded.map(|header| header.len()),
        Some(2_048)
    );
}

#[test]
fn types_have_letters_and_no_colon() {
    for kind in ["a", "A", "automation_rule", "ns.type-1", &"a".repeat(64)] {
        assert!(is_type(kind), "{kind}");
    }
    for text in ["", "1", "_a", "a:b", "a b", "é", "aé", &"a".repeat(65)] {
        assert!(!is_type(text), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn normalising_twice_is_normalising_once(sent in "[A-Za-z0-9_.:/ -]{0,24}") {
        if let Ok(first) = event::action::normalise(&sent) {
            prop_assert!(event::action::is_action(&first.action));
            let second = event::action::normalise(&first.action).expect("an action");
            prop_assert_eq!(second.action, first.action.clone());
            prop_assert_eq!(second.as_sent, None);
            prop_assert_eq!(first.as_sent.is_some(), first.action != sent);
        }
    }

    #[test]
    fn no_text_is_a_harmful_action(sent in any::<String>()) {
        let _normalised = event::action::normalise(&sent);
    }
}
