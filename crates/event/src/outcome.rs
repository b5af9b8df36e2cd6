//! With what result an action ended.

use serde_json::Value;

use crate::pointer::Place;
use crate::problem::code;
use crate::read::Reader;

/// How an action ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub enum OutcomeResult {
    /// It was done.
    #[default]
    Success,
    /// It was tried and not done.
    Failure,
    /// It was not allowed.
    Denied,
    /// Something went wrong inside.
    Error,
}

impl OutcomeResult {
    /// Every result.
    pub const ALL: [Self; 4] = [Self::Success, Self::Failure, Self::Denied, Self::Error];

    /// The name in events and filters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Denied => "denied",
            Self::Error => "error",
        }
    }

    /// The result of this name, exactly as [`OutcomeResult::as_str`] writes it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|result| result.as_str() == name)
    }
}

/// The result of an action, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// How it ended.
    pub result: OutcomeResult,
    /// A code of the product, at most 256 bytes.
    pub code: Option<String>,
    /// Why, in words, at most 8 KiB.
    pub reason: Option<String>,
}

const MEMBERS: [&str; 3] = ["result", "code", "reason"];

impl Outcome {
    pub(crate) fn read(reader: &mut Reader<'_>, value: Value, at: &Place<'_>) -> Self {
        let mut outcome = Self::default();
        for (key, value) in reader.object(value, at).unwrap_or_default() {
            let at = at.key(&key);
            match key.as_str() {
                "result" => {
                    let rule = "one of success, failure, denied, error must stand here";
                    let parse = |name: &str| OutcomeResult::from_name(name).ok_or(rule);
                    let result = reader.parsed(&value, &at, code::UNKNOWN_VALUE, parse);
                    outcome.result = result.unwrap_or_default();
                }
                "code" => outcome.code = reader.name(value, &at),
                "reason" => outcome.reason = reader.text(value, &at, reader.limits.text_bytes),
                _ => reader.unknown(&at, &key, &MEMBERS),
            }
        }
        outcome
    }
}
