//! Events that are refused: every problem, each with its place and its rule.

use event::{Limits, NewEvent, Problem};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::arbitrary;
use crate::support::{Account, load};

fn found(value: &Value) -> Vec<(String, &'static str)> {
    let problems = Account::new().read(value.clone()).err().unwrap_or_default();
    problems
        .into_iter()
        .map(|problem| (problem.pointer, problem.code))
        .collect()
}

fn message(value: Value) -> String {
    let problems = Account::new().read(value).expect_err("a problem");
    problems
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A valid event with one member replaced.
fn with(member: &str, value: Value) -> Value {
    let mut event = json!({"action": "a.b", "actor": {"type": "user", "id": "u"}});
    event
        .as_object_mut()
        .expect("an object")
        .insert(member.to_owned(), value);
    event
}

#[test]
fn each_rule_is_named_with_its_place() {
    #[derive(serde::Deserialize)]
    struct Case {
        event: Value,
        pointer: String,
        code: String,
    }
    for case in load::<Case>("problems.json") {
        let shown = case.event.to_string();
        let problems = found(&case.event);
        let expected =
            |(pointer, code): &(String, &str)| (pointer, *code) == (&case.pointer, &*case.code);
        assert!(problems.iter().any(expected), "{shown}: {problems:?}");
        assert!(problems.len() <= 2, "{shown}: {problems:?}");
    }
}

#[test]
fn what_is_too_long_too_many_or_too_big_is_named_with_its_place() {
    let x = |count: usize| json!("x".repeat(count));
    let user = |member: &str, value: Value| {
        with("actor", json!({"type": "user", "id": "u", member: value}))
    };
    let target = |member: &str, value: Value| {
        let mut target = json!({"type": "t", "id": "i"});
        target[member] = value;
        with("targets", json!([target]))
    };
    let long_key = format!("/metadata/{}", "k".repeat(65));
    let change = json!({"path": "/a", "new": [1e300]});
    for (event, pointer, code) in [
        (with("action", x(257)), "/action", "too_long"),
        (user("id", x(257)), "/actor/id", "too_long"),
        (user("name", x(257)), "/actor/name", "too_long"),
        (
            user("email", json!("é".repeat(129))),
            "/actor/email",
            "too_long",
        ),
        (user("href", x(2_049)), "/actor/href", "too_long"),
        (
            with("on_behalf_of", json!(vec![json!({}); 17])),
            "/on_behalf_of",
            "too_many",
        ),
        (
            with("targets", json!(vec![json!({"type": "t", "id": "i"}); 33])),
            "/targets",
            "too_many",
        ),
        (target("type", x(65)), "/targets/0/type", "invalid_type"),
        (target("id", x(257)), "/targets/0/id", "too_long"),
        (
            with("changes", json!(vec![json!({"path": "/a"}); 201])),
            "/changes",
            "too_many",
        ),
        (
            with("changes", json!([change])),
            "/changes/0/new/0",
            "unsafe_number",
        ),
        (
            with("outcome", json!({"reason": x(8_193)})),
            "/outcome/reason",
            "too_long",
        ),
        (
            with("context", json!({"location": x(257)})),
            "/context/location",
            "too_long",
        ),
        (with("description", x(8_193)), "/description", "too_long"),
        (
            with("producer", json!({"seq": u64::MAX})),
            "/producer/seq",
            "unsafe_number",
        ),
        (
            with("metadata", json!({"k".repeat(65): 1})),
            &long_key,
            "too_long",
        ),
        (
            with("metadata", json!({"a/b": x(4_097)})),
            "/metadata/a~1b",
            "too_large",
        ),
        (
            with("metadata", json!({"n": u64::MAX})),
            "/metadata/n",
            "unsafe_number",
        ),
        (
            with("metadata", json!({"n": [{"m": i64::MIN}]})),
            "/metadata/n/0/m",
            "unsafe_number",
        ),
    ] {
        assert_eq!(found(&event), [(pointer.to_owned(), code)]);
    }
}

#[test]
fn at_the_limits_nothing_is_refused() {
    let keys: serde_json::Map<String, Value> =
        (0..50).map(|n| (format!("{n:064}"), json!(n))).collect();
    for value in [
        with("action", json!("a".repeat(256))),
        with(
            "actor",
            json!({"type": "user", "id": "é".repeat(128), "name": "x".repeat(256)}),
        ),
        with("on_behalf_of", json!(vec![json!({}); 16])),
        with(
            "targets",
            json!(vec![json!({"type": "a".repeat(64), "id": "i"}); 32]),
        ),
        with(
            "changes",
            json!(vec![
                json!({"path": "/a", "old": 9_007_199_254_740_991_u64});
                200
            ]),
        ),
        with("description", json!("x".repeat(8_192))),
        with(
            "metadata",
            json!({"a": "x".repeat(4_096), "b": ["x".repeat(4_092)]}),
        ),
        with("metadata", Value::Object(keys)),
    ] {
        assert_eq!(found(&value), []);
    }
    let too_many: serde_json::Map<String, Value> =
        (0..51).map(|n| (n.to_string(), json!(n))).collect();
    assert_eq!(
        found(&with("metadata", Value::Object(too_many))),
        [("/metadata".to_owned(), "too_many")]
    );
}

#[test]
fn all_problems_are_told_at_once() {
    let problems = found(&json!({
        "id": "x",
        "actor": {"type": "user"},
        "targets": [{"id": "1"}, {"type": "t"}],
        "outcome": {"result": "maybe", "weather": 1},
        "metadata": {"n": 1e300},
        "nonsense": true,
    }));
    let mut pointers: Vec<&str> = problems
        .iter()
        .map(|(pointer, _)| pointer.as_str())
        .collect();
    pointers.sort_unstable();
    let expected = [
        "/action",
        "/actor/id",
        "/id",
        "/metadata/n",
        "/nonsense",
        "/outcome/result",
        "/outcome/weather",
        "/targets/0/type",
        "/targets/1/id",
    ];
    assert_eq!(pointers, expected);
}

#[test]
fn the_nearest_known_name_is_told() {
    for (value, nearest) in [
        (with("acton", json!("x")), "`action`"),
        (with("occured_at", json!("x")), "`occurred_at`"),
        (with("onBehalfOf", json!([])), "`on_behalf_of`"),
        (
            with("actor", json!({"type": "user", "id": "u", "mail": "x"})),
            "`email`",
        ),
        (with("actor", json!({"type": "users", "id": "u"})), "`user`"),
        (with("context", json!({"userAgent": "x"})), "`user_agent`"),
        (with("action", json!("Login!")), "login`"),
        (with("action", json!("role.create!")), "`role.create`"),
    ] {
        let shown = value.to_string();
        let message = message(value);
        assert!(
            message.contains("did you mean") && message.contains(nearest),
            "{shown}: {message}"
        );
    }
    assert!(!message(with("zzz", json!(1))).contains("did you mean"));
}

#[test]
fn there_is_an_end_to_problems() {
    let many: serde_json::Map<String, Value> =
        (0..1_000).map(|n| (format!("x{n}"), json!(n))).collect();
    assert_eq!(
        found(&Value::Object(many)).len(),
        event::limits::MAX_PROBLEMS
    );
}

#[test]
fn lowered_limits_are_kept_and_none_is_raised() {
    let lowered = Limits {
        text_bytes: 10,
        targets: usize::MAX,
        ..Limits::default()
    }
    .capped();
    assert_eq!(
        (lowered.text_bytes, lowered.targets),
        (10, Limits::CEILING.targets)
    );
    let read = NewEvent::from_value(with("description", json!("eleven byte")), &lowered);
    assert_eq!(
        read.err().map(|problems: Vec<Problem>| problems[0].code),
        Some("too_long")
    );
}

const SECRET: &str = "hunter2!hunter2";

/// Puts a text that no message may repeat in place of every string.
fn poisoned(value: &mut Value) {
    match value {
        Value::String(text) => SECRET.clone_into(text),
        Value::Array(elements) => elements.iter_mut().for_each(poisoned),
        Value::Object(members) => members.values_mut().for_each(poisoned),
        Value::Number(_) => *value = Value::from(SECRET),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_json_does_harm(value in arbitrary::value()) {
        let _read = NewEvent::from_value(value, &Limits::default());
    }

    #[test]
    fn no_member_does_harm(event in arbitrary::event(), at in any::<prop::sample::Index>(), value in arbitrary::value()) {
        let mut event = event;
        let members = event.as_object_mut().expect("an object");
        let key = members.keys().nth(at.index(members.len())).cloned().expect("a member");
        members.insert(key, value);
        if let Err(problems) = Account::new().accept(event.clone()) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                // What a pointer names is there, or it is a member that must be.
                prop_assert!(event.pointer(&problem.pointer).is_some() || problem.code == "required", "{}", problem);
            }
        }
    }
}

proptest! {
    // Naming the nearest action is slow without optimisation.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_message_repeats_a_value(event in arbitrary::event()) {
        let mut event = event;
        poisoned(&mut event);
        for problem in Account::new().accept(event).expect_err("an action that is none") {
            prop_assert!(!problem.message.contains("hunter"), "{}", problem);
        }
    }
}
