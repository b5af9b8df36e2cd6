//! Reading JSON as events demand it: I-JSON (RFC 7493), and every refusal with its place.
//!
//! A text that is no JSON is refused with line and column; a value that JSON knows but I-JSON does not, with its
//! pointer.
//! Whole numbers come out as integers, however they were written (`1.0`, `1e2`), so equal values are equal.

mod number;
mod parser;
mod text;

use serde::de::IgnoredAny;
use serde_json::Value;

use crate::pointer::push_token;

pub(crate) use number::whole_or_double;

/// Why bytes were not read as I-JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonFailure {
    /// The bytes are no JSON text in UTF-8 (RFC 8259).
    #[error("reading JSON at line {line}, column {column}: {message}")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The byte in the line, from 1.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// JSON, but no I-JSON, or nested deeper than [`crate::limits::MAX_DEPTH`].
    #[error("reading I-JSON at `{pointer}`: {message}")]
    NotIJson {
        /// Where: an RFC 6901 pointer from the root of the document.
        pointer: String,
        /// `duplicate_key`, `lone_surrogate`, `unsafe_number` or `too_deep`, see [`crate::problem::code`].
        code: &'static str,
        /// The rule in words.
        message: String,
    },
}

/// Reads one JSON text; nothing but white space may stand around it.
///
/// What is no JSON at all is told before what is no I-JSON, wherever in the text either stands.
pub fn parse(bytes: &[u8]) -> Result<Value, JsonFailure> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| syntax(bytes, error.valid_up_to(), "the text is not UTF-8"))?;
    parser::Parser::new(text).document().map_err(|refusal| {
        let failure = refusal.into_failure(bytes);
        let grammar = match failure {
            JsonFailure::Syntax { .. } => Ok(IgnoredAny),
            JsonFailure::NotIJson { .. } => serde_json::from_str::<IgnoredAny>(text),
        };
        match grammar {
            Ok(_) => failure,
            Err(error) => JsonFailure::Syntax {
                line: error.line(),
                column: error.column(),
                message: "the text is not JSON from here on".to_owned(),
            },
        }
    })
}

fn syntax(bytes: &[u8], at: usize, message: &str) -> JsonFailure {
    let before = bytes.get(..at).unwrap_or(bytes);
    let line_start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |newline| newline + 1);
    let line = before.split(|byte| *byte == b'\n').count();
    JsonFailure::Syntax {
        line,
        column: 1 + before.len() - line_start,
        message: message.to_owned(),
    }
}

/// A refusal on its way out of the parser: each container it passes adds its token.
#[derive(Debug)]
struct Refusal(Box<Reason>);

#[derive(Debug)]
enum Reason {
    Syntax {
        at: usize,
        message: &'static str,
    },
    NotIJson {
        tokens: Vec<String>,
        code: &'static str,
        message: &'static str,
    },
}

impl Refusal {
    fn syntax(at: usize, message: &'static str) -> Self {
        Self(Box::new(Reason::Syntax { at, message }))
    }

    fn not_i_json(code: &'static str, message: &'static str) -> Self {
        Self(Box::new(Reason::NotIJson {
            tokens: Vec::new(),
            code,
            message,
        }))
    }

    fn under(mut self, token: impl FnOnce() -> String) -> Self {
        if let Reason::NotIJson { tokens, .. } = self.0.as_mut() {
            tokens.push(token());
        }
        self
    }

    fn into_failure(self, bytes: &[u8]) -> JsonFailure {
        match *self.0 {
            Reason::Syntax { at, message } => syntax(bytes, at, message),
            Reason::NotIJson {
                tokens,
                code,
                message,
            } => {
                let mut pointer = String::new();
                for token in tokens.iter().rev() {
                    push_token(&mut pointer, token);
                }
                JsonFailure::NotIJson {
                    pointer,
                    code,
                    message: message.to_owned(),
                }
            }
        }
    }
}
