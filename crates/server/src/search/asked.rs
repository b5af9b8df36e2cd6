//! The members of a question, whether they came as a query string or as a JSON body: one shape from here on.

use api::{ErrorCode, ProblemItem};
use index::cursor::ParametersHash;
use serde_json::{Map, Value};

use crate::http::body::RequestBody;
use crate::http::extract::{is_json, json};
use crate::http::problem::Problem;

/// Members whose value in a query string is JSON text.
const JSON_MEMBERS: [&str; 3] = ["filter", "refine", "columns"];
/// Members whose value in a query string is a number.
const NUMBER_MEMBERS: [&str; 5] = ["as_of", "limit", "size", "buckets", "wait_s"];
/// Members whose value in a query string is `true` or `false`.
const BOOLEAN_MEMBERS: [&str; 1] = ["count"];

/// Members that narrow an answer down; the self-audit records them.
const NARROWING_MEMBERS: [&str; 4] = ["q", "filter", "refine", "resource"];
/// The longest question that the self-audit records, bytes; the value of a metadata key may have 4 KiB.
const NARROWED_BYTES_MAX: usize = 2_048;

/// The members of a question by name; what was not taken when it is finished is unknown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    members: Map<String, Value>,
    known: Vec<&'static str>,
}

impl Asked {
    /// Reads a query string; a member given twice is refused.
    pub(crate) fn from_query(query: Option<&str>) -> Result<Self, Problem> {
        let mut members = Map::new();
        for (name, text) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            let value = query_value(&name, &text)?;
            if members.insert(name.clone().into_owned(), value).is_some() {
                return Err(wrong(&name, "duplicate_parameter", "is given twice"));
            }
        }
        Ok(Self {
            members,
            known: Vec::new(),
        })
    }

    /// Reads a JSON object; an empty body is an empty object.
    pub(crate) fn from_body(body: &RequestBody) -> Result<Self, Problem> {
        if body.bytes.is_empty() {
            return Ok(Self::default());
        }
        if !is_json(&body.content_type) {
            return Err(Problem::new(
                ErrorCode::UnsupportedMediaType,
                "send the body as application/json",
            ));
        }
        Ok(Self {
            members: json(&body.bytes)?,
            known: Vec::new(),
        })
    }

    /// Adds a member that the path decides; giving it as a parameter too is refused.
    pub(crate) fn set(&mut self, name: &'static str, value: Value) -> Result<(), Problem> {
        match self.members.insert(name.to_owned(), value) {
            None => Ok(()),
            Some(_) => Err(wrong(name, "unknown_parameter", "is decided by the path")),
        }
    }

    /// The hash of the members as sent, to which a cursor is bound.
    pub(crate) fn parameters_hash(&self, log: ledger::LogNumber) -> ParametersHash {
        ParametersHash::of_json(log.get(), &self.members)
    }

    /// What the answer is narrowed down to, as JSON text of the members that do so; `None` when nothing is.
    pub(crate) fn narrowed(&self) -> Option<String> {
        let narrowing = NARROWING_MEMBERS
            .iter()
            .filter_map(|name| {
                self.members
                    .get(*name)
                    .map(|value| ((*name).to_owned(), value.clone()))
            })
            .collect();
        recordable(narrowing)
    }

    /// A member as it came; JSON null counts as absent.
    pub(crate) fn value(&mut self, name: &'static str) -> Option<&Value> {
        self.known.push(name);
        self.members.get(name).filter(|value| !value.is_null())
    }

    /// A member that must be a string.
    pub(crate) fn text(&mut self, name: &'static str) -> Result<Option<String>, Problem> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(wrong(name, "wrong_type", "must be a string")),
        }
    }

    /// A member that must be a whole number between `least` and `most`.
    pub(crate) fn number(
        &mut self,
        name: &'static str,
        least: u64,
        most: u64,
    ) -> Result<Option<u64>, Problem> {
        match self.value(name) {
            None => Ok(None),
            Some(value) => match value
                .as_u64()
                .filter(|number| (least..=most).contains(number))
            {
                Some(number) => Ok(Some(number)),
                None => Err(wrong(
                    name,
                    "out_of_range",
                    &format!("must be a whole number from {least} to {most}"),
                )),
            },
        }
    }

    /// A member that must be true or false; absent is false.
    pub(crate) fn flag(&mut self, name: &'static str) -> Result<bool, Problem> {
        match self.value(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(_) => Err(wrong(name, "wrong_type", "must be true or false")),
        }
    }

    /// Refuses members that nobody asked for, each with its place.
    pub(crate) fn finish(&self) -> Result<(), Problem> {
        let unknown: Vec<ProblemItem> = self
            .members
            .keys()
            .filter(|name| !self.known.contains(&name.as_str()))
            .map(|name| {
                item(
                    name,
                    "unknown_parameter",
                    format!("`{name}` is not a parameter of this operation"),
                )
            })
            .collect();
        if unknown.is_empty() {
            return Ok(());
        }
        Err(Problem::new(
            ErrorCode::InvalidParameter,
            "The request has unknown parameters",
        )
        .items(unknown))
    }
}

/// What narrows an answer down as text that an event can hold; `None` when nothing does.
pub(crate) fn recordable(narrowing: Map<String, Value>) -> Option<String> {
    if narrowing.is_empty() {
        return None;
    }
    let mut narrowing = Value::Object(narrowing);
    hide_values_of_secrets(&mut narrowing);
    let mut text = narrowing.to_string();
    if text.len() > NARROWED_BYTES_MAX {
        // A token that is cut may no longer be told, so the word that is cut goes as a whole.
        let end = text.floor_char_boundary(NARROWED_BYTES_MAX);
        let begun = text.get(..end).and_then(|kept| kept.rfind([' ', '"', ',']));
        text.truncate(begun.unwrap_or_default());
    }
    Some(text)
}

/// Replaces what a question compares the values of a secret's name with: `metadata.password` is asked for `***`.
fn hide_values_of_secrets(asked: &mut Value) {
    match asked {
        Value::Array(elements) => elements.iter_mut().for_each(hide_values_of_secrets),
        Value::Object(members) => {
            let is_secret = members
                .get("column")
                .and_then(Value::as_str)
                .is_some_and(event::firewall::is_secret_name);
            for (name, value) in members {
                if is_secret && matches!(&**name, "value" | "values") {
                    *value = Value::from("***");
                } else {
                    hide_values_of_secrets(value);
                }
            }
        }
        _ => {}
    }
}

fn query_value(name: &str, text: &str) -> Result<Value, Problem> {
    if JSON_MEMBERS.contains(&name) {
        return event::json::parse(text.as_bytes())
            .map_err(|_| wrong(name, "not_json", "must be JSON"));
    }
    if NUMBER_MEMBERS.contains(&name) {
        return text
            .parse::<u64>()
            .map(Value::from)
            .map_err(|_| wrong(name, "wrong_type", "must be a whole number"));
    }
    if BOOLEAN_MEMBERS.contains(&name) {
        return text
            .parse::<bool>()
            .map(Value::from)
            .map_err(|_| wrong(name, "wrong_type", "must be true or false"));
    }
    Ok(Value::from(text))
}

/// The answer for one parameter that is wrong.
pub(crate) fn wrong(name: &str, code: &str, what: &str) -> Problem {
    let message = format!("`{name}` {what}");
    Problem::new(ErrorCode::InvalidParameter, message.clone()).item(item(name, code, message))
}

fn item(name: &str, code: &str, message: String) -> ProblemItem {
    let escaped = name.replace('~', "~0").replace('/', "~1");
    ProblemItem {
        index: None,
        pointer: format!("/{escaped}"),
        code: code.into(),
        message,
    }
}
