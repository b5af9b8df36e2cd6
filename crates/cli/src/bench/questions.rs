//! What is asked when queries are measured: what people do with an audit log, and what is hard.

use anyhow::{Context, Result, bail};
use sdk::api::path;
use serde_json::{Value, json};

use super::wire::Wire;
use crate::sample::Load;

/// One question and its short name.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) name: &'static str,
    pub(super) path: String,
    pub(super) body: Value,
}

/// Pages that are walked before the deep one: 100,000 events, or all there are.
const DEEP_PAGES: usize = 100;

/// Events in which a rare word is looked for; one in fifty has one.
const RARE_WITHIN: usize = 10_000;

/// All questions; the cursor of the deep page is fetched for it.
pub(super) fn all(wire: &mut Wire, account: &str, seed: u64) -> Result<Vec<Question>> {
    let at = |template: &str| template.replace("{account}", account);
    let [search, facets, histogram] = [
        path::EVENTS_SEARCH,
        path::EVENTS_FACETS,
        path::EVENTS_HISTOGRAM,
    ]
    .map(at);
    let page = |name, body| Question {
        name,
        path: search.clone(),
        body,
    };
    let not = |column: &str, value: &str| criteria(&[(column, "ne", value)]);
    let deep = deep_cursor(wire, &search)?;
    Ok(vec![
        page("newest 50, last 30 days", json!({ "limit": 50 })),
        page(
            "newest 50, action is not agent.update",
            json!({ "limit": 50, "filter": not("action", "agent.update") }),
        ),
        page(
            "newest 50 of a rare actor, all time",
            json!({ "limit": 50, "range": "all_time", "filter": criteria(&[("actor_id", "eq", "usr_1990")]) }),
        ),
        page(
            "50 far down the list, all time",
            json!({ "limit": 50, "range": "all_time", "cursor": deep }),
        ),
        page(
            "exact count of two criteria, all time",
            json!({ "limit": 1, "count": true, "range": "all_time",
                "filter": criteria(&[("action", "eq", "agent.update"), ("result", "eq", "failure")]) }),
        ),
        Question {
            name: "value counts of 4 columns, 90 days",
            path: facets,
            body: json!({ "columns": ["category", "event", "user", "result"], "size": 10, "range": "last_90_days" }),
        },
        Question {
            name: "daily histogram by result, all time",
            path: histogram,
            body: json!({ "interval": "day", "split_by": "result", "range": "all_time" }),
        },
        page(
            "newest 50 with a rare word, all time",
            json!({ "limit": 50, "range": "all_time", "q": rare(seed)? }),
        ),
        page(
            "newest 50 with a common word, all time",
            json!({ "limit": 50, "range": "all_time", "q": "settings" }),
        ),
        page(
            "exact count with a common word, all time",
            json!({ "limit": 1, "count": true, "range": "all_time", "q": "settings" }),
        ),
    ])
}

fn criteria(list: &[(&str, &str, &str)]) -> Value {
    let criteria: Vec<Value> = list
        .iter()
        .map(|(column, op, value)| json!({ "column": column, "op": op, "value": value }))
        .collect();
    json!({ "match": "all", "criteria": criteria })
}

/// Asks and reads an answer that must be good.
pub(super) fn ask(wire: &mut Wire, path: &str, body: &Value) -> Result<Value> {
    let answer = wire.post(path, "application/json", &serde_json::to_vec(body)?)?;
    if answer.status != 200 {
        bail!(
            "{path} answered {}: {}",
            answer.status,
            String::from_utf8_lossy(answer.body)
        );
    }
    serde_json::from_slice(answer.body).context("reading an answer")
}

/// The cursor after many pages, or the last one that there is.
fn deep_cursor(wire: &mut Wire, path: &str) -> Result<Value> {
    let mut cursor = Value::Null;
    for _ in 0..DEEP_PAGES {
        let body = json!({ "limit": 1_000, "range": "all_time", "cursor": cursor });
        match ask(wire, path, &body)?.get("next_cursor") {
            Some(next @ Value::String(_)) => cursor = next.clone(),
            _ => break,
        }
    }
    Ok(cursor)
}

/// A rare word that the load of this seed has.
fn rare(seed: u64) -> Result<String> {
    let mut load = Load::new(seed, 0, 1);
    let mut line = String::new();
    for _ in 0..RARE_WITHIN {
        line.clear();
        load.write(&mut line);
        if let Some((_, rest)) = line.split_once(" case-") {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            return Ok(format!("\"case-{digits}\""));
        }
    }
    bail!("the load has no rare words")
}
