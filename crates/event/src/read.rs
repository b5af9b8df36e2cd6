//! Reading the members of an event as sent: every problem is noted with its place, and reading goes on.

use serde_json::{Map, Value};

use crate::limits::{Limits, MAX_DEPTH, MAX_PROBLEMS, SHOWN_NAME_CHARS};
use crate::pointer::Place;
use crate::problem::{Problem, code, did_you_mean};
use crate::{canonical, json};

/// What is wrong so far, and the limits that are in force.
pub(crate) struct Reader<'a> {
    pub(crate) limits: &'a Limits,
    pub(crate) problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            problems: Vec::new(),
        }
    }

    pub(crate) fn problem(
        &mut self,
        at: &Place<'_>,
        code: &'static str,
        message: impl Into<String>,
    ) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem {
                pointer: at.pointer(),
                code,
                message: message.into(),
            });
        }
    }

    pub(crate) fn required(&mut self, at: &Place<'_>, what: &str) {
        self.problem(at, code::REQUIRED, format!("{what} must be there"));
    }

    /// Notes that the event as a whole is above its limit.
    pub(crate) fn too_large(&mut self) {
        let most = self.limits.event_bytes;
        let message = format!("an event has at most {most} bytes as canonical JSON");
        self.problem(&Place::Root, code::TOO_LARGE, message);
    }

    /// Notes a member that nobody knows here, with the known one that it most likely means.
    pub(crate) fn unknown(&mut self, at: &Place<'_>, name: &str, known: &[&str]) {
        let shown: String = name.chars().take(SHOWN_NAME_CHARS).collect();
        let hint = did_you_mean(crate::nearest::name(name, known));
        let message = format!("no member `{shown}` is known here{hint}");
        self.problem(at, code::UNKNOWN_FIELD, message);
    }

    pub(crate) fn read_only(&mut self, at: &Place<'_>, name: &str) {
        self.problem(
            at,
            code::READ_ONLY,
            format!("`{name}` is set by the server and never accepted"),
        );
    }

    /// An object; null is absent.
    pub(crate) fn object(&mut self, value: Value, at: &Place<'_>) -> Option<Map<String, Value>> {
        match value {
            Value::Object(members) => Some(members),
            Value::Null => None,
            _ => self.wrong_type(at, "an object"),
        }
    }

    /// An array of at most so many elements; null is absent.
    pub(crate) fn array(&mut self, value: Value, at: &Place<'_>, most: usize) -> Vec<Value> {
        match value {
            Value::Array(elements) if elements.len() <= most => elements,
            Value::Array(_) => {
                self.problem(
                    at,
                    code::TOO_MANY,
                    format!("at most {most} elements may stand here"),
                );
                Vec::new()
            }
            Value::Null => Vec::new(),
            _ => self.wrong_type(at, "an array").unwrap_or_default(),
        }
    }

    /// A text of at most so many bytes; null and empty are absent.
    pub(crate) fn text(&mut self, value: Value, at: &Place<'_>, most: usize) -> Option<String> {
        match value {
            Value::String(text) if text.is_empty() => None,
            Value::String(text) if text.len() <= most => Some(text),
            Value::String(_) => {
                self.problem(
                    at,
                    code::TOO_LONG,
                    format!("at most {most} bytes may stand here"),
                );
                None
            }
            Value::Null => None,
            _ => self.wrong_type(at, "a string"),
        }
    }

    /// A text of the length of names and ids.
    pub(crate) fn name(&mut self, value: Value, at: &Place<'_>) -> Option<String> {
        self.text(value, at, self.limits.name_bytes)
    }

    /// A text of the length of links and user agents.
    pub(crate) fn line(&mut self, value: Value, at: &Place<'_>) -> Option<String> {
        self.text(value, at, self.limits.line_bytes)
    }

    /// A text with a syntax of its own, where empty is as wrong as any other; null is absent.
    ///
    /// `parse` refuses a text with the rule in words.
    pub(crate) fn parsed<T, E: Into<String>>(
        &mut self,
        value: &Value,
        at: &Place<'_>,
        code: &'static str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match value {
            Value::String(text) => parse(text)
                .map_err(|message| self.problem(at, code, message))
                .ok(),
            Value::Null => None,
            _ => self.wrong_type(at, "a string"),
        }
    }

    /// A natural number that every reader of JSON represents exactly; null is absent.
    pub(crate) fn natural(&mut self, mut value: Value, at: &Place<'_>) -> Option<u64> {
        self.normalise(&mut value, at, 0);
        match value {
            Value::Number(number) if number.as_u64().is_some() => number.as_u64(),
            Value::Null => None,
            _ => self.wrong_type(at, "a whole number from 0"),
        }
    }

    /// Free data: what stands under a key stays as it was sent.
    pub(crate) fn metadata(&mut self, value: Value, at: &Place<'_>) -> Map<String, Value> {
        let mut members = self.object(value, at).unwrap_or_default();
        let (keys, key_bytes) = (self.limits.metadata_keys, self.limits.metadata_key_bytes);
        if members.len() > keys {
            self.problem(
                at,
                code::TOO_MANY,
                format!("at most {keys} keys may stand here"),
            );
        }
        for (key, value) in &mut members {
            let at = at.key(key);
            if key.len() > key_bytes {
                self.problem(
                    &at,
                    code::TOO_LONG,
                    format!("a key has at most {key_bytes} bytes"),
                );
            }
            self.normalise(value, &at, 2);
            let most = self.limits.metadata_value_bytes;
            if !fits(value, most) {
                self.problem(
                    &at,
                    code::TOO_LARGE,
                    format!("a value has at most {most} bytes"),
                );
            }
        }
        members
    }

    /// Makes numbers what reading from text makes them, and notes those that cannot be.
    ///
    /// Values from [`json::parse`] are in order already; those that other formats were translated to may not be.
    pub(crate) fn normalise(&mut self, value: &mut Value, at: &Place<'_>, depth: usize) {
        match value {
            Value::Number(number) => {
                let safe = |n: u64| n <= canonical::MAX_SAFE_INTEGER;
                if number.as_u64().is_some_and(safe)
                    || number.as_i64().is_some_and(|n| safe(n.unsigned_abs()))
                {
                    return;
                }
                match json::whole_or_double(number.as_f64().unwrap_or(f64::INFINITY)) {
                    Ok(normal) => *number = normal,
                    Err(failure) => self.problem(at, code::UNSAFE_NUMBER, failure.message()),
                }
            }
            Value::Array(_) | Value::Object(_) if depth > MAX_DEPTH => {
                self.problem(at, code::TOO_DEEP, "arrays and objects nest too deep");
                *value = Value::Null;
            }
            Value::Array(elements) => {
                for (index, element) in elements.iter_mut().enumerate() {
                    self.normalise(element, &at.index(index), depth + 1);
                }
            }
            Value::Object(members) => {
                for (key, member) in members {
                    self.normalise(member, &at.key(key), depth + 1);
                }
            }
            _ => {}
        }
    }

    fn wrong_type<T>(&mut self, at: &Place<'_>, expected: &str) -> Option<T> {
        self.problem(at, code::WRONG_TYPE, format!("{expected} must stand here"));
        None
    }
}

/// Whether the value has at most so many bytes: of its text, or else of its canonical JSON.
fn fits(value: &Value, most: usize) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => text.len() <= most,
        Value::Array(_) | Value::Object(_) => canonical::to_vec(value).len() <= most,
    }
}
