//! Random JSON and random events.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Any characters, often those that are hard to write or compare.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let hard = prop_oneof![
        Just('"'),
        Just('\\'),
        Just('/'),
        Just('~'),
        Just('\n'),
        Just('\u{0}'),
        Just('\u{1f}'),
        Just('\u{7f}'),
        Just('é'),
        Just('\u{fb33}'),
        Just('\u{ffff}'),
        Just('\u{1f600}'),
        Just('\u{10ffff}'),
    ];
    prop_oneof![
        "[ -~]{0,20}",
        proptest::collection::vec(prop_oneof![hard, any::<char>()], 0..8)
            .prop_map(|letters| letters.into_iter().collect::<String>()),
    ]
}

/// A text that is not empty.
pub(crate) fn name() -> impl Strategy<Value = String> {
    text().prop_map(|text| {
        if text.is_empty() {
            "n".to_owned()
        } else {
            text
        }
    })
}

/// Numbers that an event may hold.
fn number() -> impl Strategy<Value = Value> {
    let safe = (1_i64 << 53) - 1;
    let double = any::<f64>().prop_filter("small enough", |double| double.abs() < 9e15);
    prop_oneof![
        (-safe..=safe).prop_map(Value::from),
        (-20_i64..20).prop_map(Value::from),
        double.prop_map(Value::from),
        (-1e3..1e3).prop_map(Value::from),
    ]
}

/// Any value that an event may hold.
pub(crate) fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number(),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(text(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn metadata() -> impl Strategy<Value = Map<String, Value>> {
    let key = text().prop_filter("short", |key| key.len() <= 64);
    proptest::collection::btree_map(key, value(), 0..4)
        .prop_map(|members| members.into_iter().collect())
}

/// A member that is sometimes absent, null or empty.
fn optional(
    present: impl Strategy<Value = Value> + 'static,
) -> impl Strategy<Value = Option<Value>> {
    prop_oneof![2 => Just(None), 1 => Just(Some(Value::Null)), 5 => present.prop_map(Some)]
}

fn object(members: Vec<(&'static str, Option<Value>)>) -> Value {
    Value::Object(
        members
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?)))
            .collect(),
    )
}

fn actor() -> impl Strategy<Value = Value> {
    let kind = prop_oneof![
        Just("user"),
        Just("service"),
        Just("api_key"),
        Just("agent"),
        Just("anonymous")
    ];
    (
        kind,
        name(),
        optional(text().prop_map(Value::from)),
        optional(text().prop_map(Value::from)),
        optional(metadata().prop_map(Value::from)),
        any::<bool>(),
    )
        .prop_map(|(kind, id, name, href, metadata, by_email)| {
            let known_by = if by_email && kind == "user" {
                "email"
            } else {
                "id"
            };
            object(vec![
                ("type", Some(Value::from(kind))),
                (known_by, Some(Value::from(id))),
                ("name", name),
                ("href", href),
                ("metadata", metadata),
            ])
        })
}

fn target() -> impl Strategy<Value = Value> {
    (
        "[A-Za-z][A-Za-z0-9_.-]{0,8}",
        name(),
        optional(text().prop_map(Value::from)),
        optional(metadata().prop_map(Value::from)),
    )
        .prop_map(|(kind, id, name, metadata)| {
            let known = [
                ("type", Some(Value::from(kind))),
                ("id", Some(Value::from(id))),
            ];
            object(
                known
                    .into_iter()
                    .chain([("name", name), ("metadata", metadata)])
                    .collect(),
            )
        })
}

fn change() -> impl Strategy<Value = Value> {
    let path = prop_oneof![Just(String::new()), "(/[a-z0-9]{0,6}(~0|~1)?){1,3}"];
    let side = || prop_oneof![Just(None), value().prop_map(Some)];
    (path, side(), side()).prop_map(|(path, old, new)| {
        object(vec![
            ("path", Some(Value::from(path))),
            ("old", old),
            ("new", new),
        ])
    })
}

fn context() -> impl Strategy<Value = Value> {
    let ip = any::<std::net::IpAddr>().prop_map(|ip| Value::from(ip.to_string()));
    let line = || optional(text().prop_map(Value::from));
    (optional(ip), line(), line(), line()).prop_map(|(ip, user_agent, session_id, source)| {
        object(vec![
            ("ip", ip),
            ("user_agent", user_agent),
            ("session_id", session_id),
            ("source", source),
        ])
    })
}

fn time() -> impl Strategy<Value = Value> {
    (0..9_214_646_400_i64, 0..1_000_000_000_u32).prop_map(|(second, fraction)| {
        let time = jiff::Timestamp::new(second, fraction.cast_signed()).expect("in range");
        json!(time.to_string())
    })
}

fn array(
    element: impl Strategy<Value = Value> + 'static,
    most: usize,
) -> impl Strategy<Value = Value> {
    proptest::collection::vec(element, 0..most).prop_map(Value::from)
}

/// An event that is accepted.
pub(crate) fn event() -> impl Strategy<Value = Value> {
    let action = prop_oneof![
        "[a-z][a-z0-9_]{0,5}(\\.[a-z][a-z0-9_]{0,5}){0,4}",
        "[A-Z][a-z]{1,5}[A-Z]{1,3}"
    ];
    let outcome = prop_oneof![
        Just("success"),
        Just("failure"),
        Just("denied"),
        Just("error")
    ];
    let outcome =
        (outcome, text()).prop_map(|(result, reason)| json!({"result": result, "reason": reason}));
    let producer =
        (text(), 0..1_u64 << 53).prop_map(|(name, seq)| json!({"name": name, "seq": seq}));
    let who = (
        action,
        optional(time()),
        optional(actor()),
        optional(array(actor(), 3)),
        optional(array(target(), 4)),
    );
    let what = (
        optional(array(change(), 3)),
        optional(outcome),
        optional(context()),
        optional(text().prop_map(Value::from)),
    );
    let more = (
        optional(metadata().prop_map(Value::from)),
        optional(producer),
        optional(text().prop_map(Value::from)),
    );
    (who, what, more).prop_map(|(who, what, more)| {
        object(vec![
            ("action", Some(Value::from(who.0))),
            ("occurred_at", who.1),
            ("actor", who.2),
            ("on_behalf_of", who.3),
            ("targets", who.4),
            ("changes", what.0),
            ("outcome", what.1),
            ("context", what.2),
            ("description", what.3),
            ("metadata", more.0),
            ("producer", more.1),
            ("category", more.2),
        ])
    })
}
