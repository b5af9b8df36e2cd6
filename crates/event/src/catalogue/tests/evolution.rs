//! Which changes of a declaration are refused, and that the order of members decides nothing.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::evolution::{refusals, refusals_of_removal};
use super::super::*;

fn base() -> Value {
    json!({
        "action": "invoice.approve", "event": "Invoice approved", "category": "Invoices",
        "description": "An invoice was approved.", "verb": "other", "target_type": "invoice",
        "fields": [
            {"label": "Amount Due", "kind": "number"},
            {"label": "Approver", "sensitive": true},
            {"label": "IP", "place": "context.ip", "kind": "address"}
        ],
        "sentence": "Approved {target}"
    })
}

fn read(declared: Value) -> Declared {
    serde_json::from_value(declared).unwrap()
}

fn pointers(change: impl FnOnce(&mut Value), seen: bool, may_reveal: bool) -> Vec<String> {
    let mut after = base();
    change(&mut after);
    let refused = refusals(Some(&read(base())), &read(after), seen, may_reveal);
    refused.into_iter().map(|refused| refused.pointer).collect()
}

type Step = (&'static str, fn(&mut Value), &'static [&'static str]);

const STEPS: [Step; 9] = [
    ("the verb", |it| it["verb"] = json!("update"), &["/verb"]),
    (
        "the target type",
        |it| it["target_type"] = json!("bill"),
        &["/target_type"],
    ),
    (
        "no target type",
        |it| {
            it.as_object_mut().unwrap().remove("target_type");
        },
        &["/target_type"],
    ),
    (
        "a field less",
        |it| {
            it["fields"].as_array_mut().unwrap().remove(0);
        },
        &["/fields"],
    ),
    (
        "another type",
        |it| it["fields"][0]["kind"] = json!("text"),
        &["/fields/0/type"],
    ),
    (
        "another place",
        |it| it["fields"][2]["place"] = json!("actor.id"),
        &["/fields/2/place"],
    ),
    (
        "another key",
        |it| it["fields"][0]["key"] = json!("due"),
        &["/fields"],
    ),
    (
        "a place and its order",
        |it| {
            it["fields"].as_array_mut().unwrap().reverse();
            it["fields"][0]["place"] = json!("metadata");
        },
        &["/fields/0/place"],
    ),
    (
        "all at once",
        |it| {
            it["verb"] = json!("read");
            it["target_type"] = json!("x");
            it["fields"] = json!([]);
        },
        &["/verb", "/target_type", "/fields", "/fields", "/fields"],
    ),
];

#[test]
fn what_was_seen_keeps_its_meaning() {
    for (what, change, wanted) in STEPS {
        assert_eq!(pointers(change, true, true), wanted, "{what}, seen");
        assert_eq!(pointers(change, false, true), [""; 0], "{what}, never seen");
    }
}

#[test]
fn words_for_people_change_and_fields_are_added() {
    let change = |it: &mut Value| {
        it["event"] = json!("Invoice signed");
        it["category"] = json!("Bills");
        it["description"] = json!("Other words.");
        it["sentence"] = json!("Signed {target}");
        it["fields"][0]["label"] = json!("Amount");
        it["fields"][0]["key"] = json!("amount_due");
        it["fields"]
            .as_array_mut()
            .unwrap()
            .insert(1, json!({"label": "Currency"}));
    };
    assert_eq!(pointers(change, true, false), [""; 0]);
}

#[test]
fn a_field_becomes_sensitive_and_not_the_reverse() {
    let hide = |it: &mut Value| it["fields"][0]["sensitive"] = json!(true);
    let reveal = |it: &mut Value| it["fields"][1]["sensitive"] = json!(false);
    for seen in [true, false] {
        assert_eq!(pointers(hide, seen, false), [""; 0]);
        assert_eq!(pointers(reveal, seen, false), ["/fields/1/sensitive"]);
        assert_eq!(pointers(reveal, seen, true), [""; 0]);
    }
}

#[test]
fn a_sensitive_field_goes_only_with_those_who_may_read_it() {
    let without = |it: &mut Value| {
        it["fields"].as_array_mut().unwrap().remove(1);
    };
    let renamed = |it: &mut Value| it["fields"][1]["key"] = json!("approved_by");
    for change in [&without as &dyn Fn(&mut Value), &renamed] {
        assert_eq!(pointers(change, false, false), ["/fields"]);
        assert_eq!(pointers(change, true, false), ["/fields"]);
        assert_eq!(pointers(change, false, true), [""; 0]);
    }
    let ordinary = |it: &mut Value| {
        it["fields"].as_array_mut().unwrap().remove(0);
    };
    assert_eq!(pointers(ordinary, false, false), [""; 0]);
    let refused = refusals_of_removal(&read(base()), false);
    assert_eq!(refused.len(), 1);
    assert_eq!(refusals_of_removal(&read(base()), true), []);
}

#[test]
fn an_action_that_came_undeclared_keeps_the_verb_of_its_last_word() {
    let told = read(base());
    assert_eq!(told.verb, Verb::of_action("invoice.approve"));
    assert_eq!(refusals(None, &told, true, false), []);
    let mut other = base();
    other["verb"] = json!("update");
    let other = read(other);
    let refused = refusals(None, &other, true, false);
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].pointer, "/verb");
    assert!(refused[0].message.contains("`other`"), "{refused:?}");
    assert_eq!(refusals(None, &other, false, false), []);
}

proptest! {
    /// Every change that passes leaves each known field where it was, and passing twice is passing once.
    #[test]
    fn a_change_that_passes_loses_nothing(
        keep in proptest::collection::vec(any::<bool>(), 3),
        kinds in proptest::collection::vec(0..2usize, 3),
        verb in 0..5usize,
        added in 0..4usize,
        turned in any::<bool>(),
    ) {
        let mut after = base();
        let fields = after["fields"].as_array().unwrap().clone();
        let mut chosen: Vec<Value> = fields.into_iter().zip(&kinds).map(|(mut field, kind)| {
            if *kind == 1 { field["kind"] = json!("list"); }
            field
        }).zip(&keep).filter(|(_, keep)| **keep).map(|(field, _)| field).collect();
        chosen.extend((0..added).map(|n| json!({"label": format!("New {n}")})));
        if turned { chosen.reverse(); }
        after["fields"] = json!(chosen);
        after["verb"] = json!(Verb::ALL[verb].as_str());
        let (before, after) = (read(base()), read(after));
        let passes = refusals(Some(&before), &after, true, true).is_empty();
        let keeps = before.fields.iter().all(|known| after.fields.iter().any(|field| {
            (&field.key, field.kind, field.place) == (&known.key, known.kind, known.place)
        })) && before.verb == after.verb;
        prop_assert_eq!(passes, keeps);
        prop_assert_eq!(refusals(Some(&after), &after, true, false), []);
    }
}
