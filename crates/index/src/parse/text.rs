//! The search text.

use event::fold;
use serde_json::Value;

use super::value;
use crate::error::{TextProblem, UnknownColumn, code};
use crate::limits::{CRITERIA, TEXT_BYTES};
use crate::query::{Column, Criterion, CriterionValue, FreeText, METADATA, Operator, Word};
use crate::words::has_word;

/// Reads a search text (`q`) into the words to look for and the refinements.
///
/// Terms are separated by white space:
///
/// - `login` is a word, `"signed in"` a phrase.
///   The last of all words and phrases, when it is a word, may be the beginning of one; `"login"` is not.
///   Terms without a letter or digit, such as `&`, are left out.
/// - `category:Roles` and `-category:Roles` are `eq` and `ne`.
///   The value goes to the next white space; one with spaces is quoted: `event:"Role created"`.
///   For `metadata.<key>` a bare number, `true`, `false` or `null` is that JSON value, everything else a string:
///   `metadata.count:5` is a number, `metadata.count:"5"` a string.
///   A key with spaces, colons or quotes is quoted too: `metadata."cost center":7`.
///   `hour:9` is a number.
/// - Between quotes, `\"` is a quote and `\\` a backslash; every other backslash is itself.
///
/// Column names are read without case.
/// Lower-case letters and `_` before a colon are taken for a column, so an unknown one is an error unless nothing or
/// `//` follows (`error:`, `https://…`); other colons belong to their word (`12:30`, `usr-1:a`).
/// A leading `-` before anything but a column is an error.
pub fn from_text(text: &str) -> Result<(FreeText, Vec<Criterion>), TextProblem> {
    if text.len() > TEXT_BYTES {
        let message = format!("a search text has at most {TEXT_BYTES} bytes");
        return Err(TextProblem {
            position: 0,
            code: code::TOO_LONG,
            message,
        });
    }
    let mut scanner = Scanner { text, at: 0 };
    let mut found = FreeText::default();
    let mut criteria = Vec::new();
    let mut word_is_last = false;
    while let Some(term) = scanner.term()? {
        match term {
            Term::Word(word) if has_word(&word) => {
                found.words.push(Word {
                    text: fold(&word),
                    prefix: false,
                });
                word_is_last = true;
            }
            Term::Phrase(phrase) if has_word(&phrase) => {
                found.phrases.push(phrase);
                word_is_last = false;
            }
            Term::Word(_) | Term::Phrase(_) => {}
            Term::Criterion(criterion) => criteria.push(criterion),
        }
        if criteria.len() > CRITERIA {
            return Err(scanner.problem(
                scanner.at,
                code::TOO_MANY,
                format!("at most {CRITERIA} refinements"),
            ));
        }
    }
    if let (true, Some(last)) = (word_is_last, found.words.last_mut()) {
        last.prefix = true;
    }
    Ok((found, criteria))
}

/// What stands between two spaces.
enum Term {
    Word(String),
    Phrase(String),
    Criterion(Criterion),
}

/// A place in the text, in bytes.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn problem(&self, at: usize, code: &'static str, message: impl Into<String>) -> TextProblem {
        let position = self.text.get(..at).unwrap_or(self.text).chars().count();
        TextProblem {
            position,
            code,
            message: message.into(),
        }
    }

    fn term(&mut self) -> Result<Option<Term>, TextProblem> {
        self.at = self.text.len() - self.rest().trim_start().len();
        let start = self.at;
        if self.rest().is_empty() {
            return Ok(None);
        }
        if self.rest().starts_with('"') {
            return self.quoted().map(|phrase| Some(Term::Phrase(phrase)));
        }
        let negated = self.rest().starts_with('-');
        self.at += usize::from(negated);
        if let Some(column) = self.column()? {
            let op = if negated { Operator::Ne } else { Operator::Eq };
            return self
                .criterion(column, op)
                .map(|criterion| Some(Term::Criterion(criterion)));
        }
        self.at = start;
        let word = self.bare();
        if negated && has_word(word) {
            let message = "`-` excludes a `column:value` only; text that begins with `-` is looked for in quotes";
            return Err(self.problem(start, code::UNEXPECTED_VALUE, message));
        }
        Ok(Some(Term::Word(word.to_owned())))
    }

    /// A column and its colon; nothing is consumed when what stands here is a word.
    fn column(&mut self) -> Result<Option<Column>, TextProblem> {
        let start = self.at;
        let rest = self.rest();
        let end = rest.find(|c: char| c == ':' || c == '"' || c.is_whitespace());
        let Some((name, after)) = end.and_then(|end| rest.split_at_checked(end)) else {
            return Ok(None);
        };
        if name == METADATA && after.starts_with('"') {
            self.at += name.len();
            let key = self.quoted()?;
            if !self.rest().starts_with(':') {
                let message = "`:` and a value must follow the key";
                return Err(self.problem(self.at, code::REQUIRED, message));
            }
            self.at += 1;
            return self
                .known(start, format!("{METADATA}{key}").parse())
                .map(Some);
        }
        let Some(value) = after.strip_prefix(':') else {
            return Ok(None);
        };
        let folded = fold(name);
        let parsed = if name.starts_with(METADATA) {
            name.parse()
        } else {
            folded.parse()
        };
        let is_name =
            folded.len() > 1 && folded.bytes().all(|c| c.is_ascii_lowercase() || c == b'_');
        let is_text =
            value.is_empty() || value.starts_with(char::is_whitespace) || value.starts_with("//");
        if let Err(UnknownColumn::Name(_)) = parsed
            && (is_text || !is_name)
        {
            return Ok(None);
        }
        self.at += name.len() + 1;
        self.known(start, parsed).map(Some)
    }

    fn known(
        &self,
        start: usize,
        parsed: Result<Column, UnknownColumn>,
    ) -> Result<Column, TextProblem> {
        parsed.map_err(|unknown| {
            let message = value::column_message(&unknown);
            let hint = "text with a colon is looked for in quotes";
            self.problem(start, code::UNKNOWN_COLUMN, format!("{message}; {hint}"))
        })
    }

    fn criterion(&mut self, column: Column, op: Operator) -> Result<Criterion, TextProblem> {
        let start = self.at;
        let sent = if self.rest().starts_with('"') {
            Value::String(self.quoted()?)
        } else {
            let text = self.bare();
            if text.is_empty() {
                return Err(self.problem(start, code::REQUIRED, "a value must follow the colon"));
            }
            match column {
                Column::Metadata(_) | Column::Hour => scalar(text),
                _ => Value::from(text),
            }
        };
        match value::operand(&column, op, &sent) {
            Ok(operand) => Ok(Criterion {
                column,
                op,
                value: CriterionValue::One(operand),
            }),
            Err(refusal) => Err(self.problem(start, refusal.code, refusal.message)),
        }
    }

    fn bare(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    /// What stands between the quote here and the next one that no backslash precedes.
    fn quoted(&mut self) -> Result<String, TextProblem> {
        let start = self.at;
        let mut text = String::new();
        let mut letters = self.rest().char_indices().skip(1).peekable();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => {
                    self.at += at + 1;
                    return Ok(text);
                }
                '\\' => {
                    let escaped = letters.next_if(|(_, next)| matches!(next, '"' | '\\'));
                    text.push(escaped.map_or('\\', |(_, escaped)| escaped));
                }
                _ => text.push(letter),
            }
        }
        Err(self.problem(
            start,
            code::UNCLOSED_QUOTE,
            "the quote that begins here is not closed",
        ))
    }
}

/// The JSON number, `true`, `false` or `null` that a text is, else the text itself.
///
/// Whole numbers that events cannot have are texts, because events have them as such.
pub(super) fn scalar(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Number(_) | Value::Bool(_) | Value::Null))
            if value::has_safe_numbers(&value) =>
        {
            value
        }
        _ => Value::from(text),
    }
}
