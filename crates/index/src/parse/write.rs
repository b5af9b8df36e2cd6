//! Writes the search text.

use std::fmt::Write;

use serde_json::Value;

use super::text::scalar;
use crate::query::{Column, Criterion, CriterionValue, FreeText, METADATA, Operand, Operator};

/// Writes a text that [`from_text`](super::from_text) reads back as the same words and refinements.
///
/// `None` when a refinement is neither `eq` nor `ne`, or compares metadata with a list or an object: the text has no
/// form for it.
/// The text has no form for a prefix before the last word, which is written as a whole word, nor for a last word that
/// is none when there are no phrases, which is written as a phrase and matches the same events.
pub fn to_text(text: &FreeText, criteria: &[Criterion]) -> Option<String> {
    let mut terms = Vec::new();
    let phrases = text.phrases.iter().map(|phrase| quote(phrase));
    match text.words.split_last() {
        Some((last, before)) if last.prefix => {
            terms.extend(phrases);
            terms.extend(before.iter().map(|word| word.text.clone()));
            terms.push(last.text.clone());
        }
        Some((last, before)) => {
            terms.extend(before.iter().map(|word| word.text.clone()));
            terms.push(if text.phrases.is_empty() {
                quote(&last.text)
            } else {
                last.text.clone()
            });
            terms.extend(phrases);
        }
        None => terms.extend(phrases),
    }
    for criterion in criteria {
        terms.push(term(criterion)?);
    }
    Some(terms.join(" "))
}

fn term(criterion: &Criterion) -> Option<String> {
    let mut term = String::new();
    match criterion.op {
        Operator::Eq => {}
        Operator::Ne => term.push('-'),
        _ => return None,
    }
    match &criterion.column {
        Column::Metadata(key)
            if key.contains(|c: char| c == ':' || c == '"' || c.is_whitespace()) =>
        {
            term.push_str(METADATA);
            term.push_str(&quote(key));
        }
        column => write!(term, "{column}").ok()?,
    }
    term.push(':');
    let CriterionValue::One(operand) = &criterion.value else {
        return None;
    };
    match operand.to_json() {
        Value::String(text) if is_bare(operand, &text) => term.push_str(&text),
        Value::String(text) => term.push_str(&quote(&text)),
        Value::Array(_) | Value::Object(_) => return None,
        scalar => write!(term, "{scalar}").ok()?,
    }
    Some(term)
}

/// Whether a value needs no quotes.
fn is_bare(operand: &Operand, text: &str) -> bool {
    let is_one_term =
        !text.is_empty() && !text.starts_with('"') && !text.contains(char::is_whitespace);
    is_one_term && (!matches!(operand, Operand::Json(_)) || scalar(text).is_string())
}

fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
