//! Conditions as they are typed: `column:operator:value`.

use anyhow::{Context, Result, bail};
use sdk::api::search::Criterion;
use serde_json::Value;

/// Operators that take a list.
const OF_A_LIST: [&str; 2] = ["in", "nin"];
/// Operators that take nothing.
const OF_NOTHING: [&str; 2] = ["exists", "not_exists"];

/// Reads one condition; columns, operators and values are judged by the server.
pub(super) fn parse(text: &str) -> Result<Criterion> {
    let wrong = || {
        format!(
            "{text:?} is no condition: write column:operator:value, such as 'event:eq:Role created'"
        )
    };
    let (column, rest) = text.split_once(':').with_context(wrong)?;
    let (op, value) = match rest.split_once(':') {
        Some((op, value)) => (op, Some(value)),
        None => (rest, None),
    };
    let value = match value {
        None if OF_NOTHING.contains(&op) => None,
        None => bail!(wrong()),
        Some(value) if OF_A_LIST.contains(&op) => Some(list(column, value)),
        Some(value) => Some(scalar(column, value)),
    };
    Ok(Criterion {
        column: column.to_owned(),
        op: op.to_owned(),
        value,
    })
}

fn list(column: &str, text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(list @ Value::Array(_)) => list,
        _ => text
            .split(',')
            .map(|item| scalar(column, item.trim()))
            .collect(),
    }
}

/// Text, except where a column has typed values: there, what is JSON is taken as JSON.
fn scalar(column: &str, text: &str) -> Value {
    let is_typed = column == "hour" || column.starts_with("metadata.");
    match serde_json::from_str(text) {
        Ok(value @ (Value::Bool(_) | Value::Number(_) | Value::String(_))) if is_typed => value,
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn conditions_are_read() {
        for (text, expected) in [
            (
                "event:eq:Role created",
                json!({"column": "event", "op": "eq", "value": "Role created"}),
            ),
            (
                "target_id:eq:a:b",
                json!({"column": "target_id", "op": "eq", "value": "a:b"}),
            ),
            (
                "action:in:user.login, user.logout",
                json!({"column": "action", "op": "in", "value": ["user.login", "user.logout"]}),
            ),
            (
                r#"user:nin:["a,b","c"]"#,
                json!({"column": "user", "op": "nin", "value": ["a,b", "c"]}),
            ),
            ("ip:exists", json!({"column": "ip", "op": "exists"})),
            (
                "hour:in:8,9",
                json!({"column": "hour", "op": "in", "value": [8, 9]}),
            ),
            (
                "metadata.rows:eq:12",
                json!({"column": "metadata.rows", "op": "eq", "value": 12}),
            ),
            (
                r#"metadata.zip:eq:"12""#,
                json!({"column": "metadata.zip", "op": "eq", "value": "12"}),
            ),
            (
                "metadata.plan:eq:team",
                json!({"column": "metadata.plan", "op": "eq", "value": "team"}),
            ),
            (
                "user:eq:12",
                json!({"column": "user", "op": "eq", "value": "12"}),
            ),
            (
                "description:contains:",
                json!({"column": "description", "op": "contains", "value": ""}),
            ),
        ] {
            assert_eq!(
                serde_json::to_value(parse(text).unwrap()).unwrap(),
                expected,
                "{text}"
            );
        }
        for text in ["", "event", "event:eq"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
