//! Names with their values inside texts: `password=…`, `X-Api-Key: …`, `"token": "…"`.

use std::ops::Range;

use super::hit::Rule;
use super::names::{self, Naming};
use super::rules::FirewallRules;
use super::text::{Secret, separates};

/// The longest name that is looked at, in bytes.
const NAME_BYTES_MAX: usize = 64;

/// Parameters of addresses that sign them: whoever has the address may do what it says.
const SIGNATURES: &[(&str, &str)] = &[
    ("sig", "azure_signature"),
    ("x-amz-signature", "aws_signature"),
    ("x-amz-security-token", "aws_signature"),
    ("x-goog-signature", "google_signature"),
];

/// Notes the values whose names tell a secret.
pub(super) fn note(text: &str, rules: &FirewallRules, secrets: &mut Vec<Secret>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut words = Words { plain_until: 0 };
    while let Some(next) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|byte| matches!(byte, b'=' | b':')))
    {
        let mark = at + next;
        at = mark + 1;
        if let Some((place, rule)) = value_at(text, mark, rules, &mut words) {
            at = place.end.max(at);
            secrets.push((place, rule));
        }
    }
}

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Writing {
    /// `name=value`.
    Tight,
    /// `name: value`, `name = value`: also how sentences are written.
    Loose,
    /// `"name": value`.
    Member,
}

/// The value of the name before the `=` or `:` at `mark`.
fn value_at(text: &str, mark: usize, rules: &FirewallRules, words: &mut Words) -> Option<Secret> {
    let bytes = text.as_bytes();
    let (name, quoted) = name_before(text, mark)?;
    let (rule, counts) = match Naming::in_account(name, rules) {
        Naming::Secret(rule) => (rule, true),
        Naming::Secrets(rule) => (rule, false),
        Naming::Plain => (signature(text, name, mark)?, true),
    };
    let tight = bytes.get(mark) == Some(&b'=') && bytes.get(mark.checked_sub(1)?) != Some(&b' ');
    let mut from = mark + 1;
    let spaces = bytes
        .get(from..)?
        .iter()
        .take(8)
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    from += spaces;
    let writing = match (quoted, tight && spaces == 0) {
        (true, _) => Writing::Member,
        (false, true) => Writing::Tight,
        (false, false) => Writing::Loose,
    };
    if bytes.get(mark) == Some(&b':') && !quoted && spaces == 0 {
        // `token:github_pat`, `12:30`, `https://`: no pair.
        return None;
    }
    let place = if let Some(place) = quoted_value(text, from) {
        place
    } else if is_header(name) && bytes.get(mark) == Some(&b':') {
        header_value(text, from, words)?
    } else {
        plain_value(text, from, writing)?
    };
    let value = text.get(place.clone())?;
    let is_count = !counts && value.bytes().all(|byte| byte.is_ascii_digit());
    (!is_count && !names::is_harmless(value)).then_some((place, rule))
}

/// The name that ends before `mark`, and whether it stands in quotes.
fn name_before(text: &str, mark: usize) -> Option<(&str, bool)> {
    let mut before = text.get(..mark)?;
    if let Some(rest) = before.strip_suffix(' ') {
        before = rest;
    }
    let bare = before.trim_end_matches(['"', '\'', '`', '\\']);
    let quoted = bare.len() < before.len();
    if before.len() - bare.len() > 2 {
        return None;
    }
    let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let length = bare
        .bytes()
        .rev()
        .take(NAME_BYTES_MAX)
        .take_while(|byte| in_name(byte))
        .count();
    let name = bare.get(bare.len() - length..)?;
    (!name.is_empty()).then_some((name, quoted))
}

/// The rule of a parameter that signs an address.
fn signature(text: &str, name: &str, mark: usize) -> Option<Rule> {
    let in_query = text
        .as_bytes()
        .get(mark.checked_sub(name.len() + 1)?)
        .is_some_and(|byte| matches!(byte, b'?' | b'&'));
    let known = SIGNATURES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name));
    known
        .filter(|_| in_query)
        .map(|(_, rule)| Rule::Token(rule))
}

/// What stands in quotes from here on, escaped ones included.
fn quoted_value(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let (opening, begin) = [("\\\"", 2), ("\"", 1), ("'", 1), ("`", 1)]
        .into_iter()
        .find(|(opening, _)| rest.starts_with(opening))?;
    let value = rest.get(begin..)?;
    let bytes = value.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let here = bytes.get(at..)?;
        if here.starts_with(opening.as_bytes()) {
            break;
        }
        at += if opening.len() == 1 && here.first() == Some(&b'\\') {
            2
        } else {
            1
        };
    }
    let end = (from + begin + at).min(text.len());
    (end > from + begin).then_some(from + begin..text.ceil_char_boundary(end))
}

/// Whether the whole line is the value of the name.
fn is_header(name: &str) -> bool {
    [
        "cookie",
        "set-cookie",
        "authorization",
        "proxy-authorization",
    ]
    .iter()
    .any(|header| header.eq_ignore_ascii_case(name))
}

/// What ends the line of a header.
const ENDS_LINE: [char; 6] = ['\r', '\n', '"', '\'', '`', '\\'];

/// What is known about the words of headers, so that many names of headers without values are read once.
struct Words {
    /// The word that was read last goes to this place, without a digit or `=`.
    plain_until: usize,
}

impl Words {
    /// Where the word ends that begins here, and whether it has neither a digit nor `=`.
    fn read(&mut self, text: &str, from: usize) -> (usize, bool) {
        if from < self.plain_until {
            return (self.plain_until, true);
        }
        let rest = text.get(from..).unwrap_or_default();
        let ends = |c: char| matches!(c, ' ' | ';') || ENDS_LINE.contains(&c);
        let word = rest.split(ends).next().unwrap_or_default();
        let end = from + word.len();
        let tells = |byte: u8| byte.is_ascii_digit() || byte == b'=';
        let plain = !word.bytes().any(tells);
        if plain {
            self.plain_until = end;
        }
        (end, plain)
    }
}

/// The value of a header that holds several: to the end of its line or quotes, without a scheme in front.
fn header_value(text: &str, from: usize, words: &mut Words) -> Option<Range<usize>> {
    let mut begin = from;
    let (end, mut plain) = words.read(text, from);
    let in_scheme = |byte: u8| byte.is_ascii_alphabetic() || byte == b'-';
    let has_scheme = end > from
        && text.as_bytes().get(end) == Some(&b' ')
        && text.get(from..end)?.bytes().all(in_scheme);
    if has_scheme {
        begin = end + 1;
        (_, plain) = words.read(text, begin);
    }
    // The rest of the line is looked for only now, when it is nearly always the value.
    if plain {
        return None;
    }
    let rest = text.get(begin..)?;
    let length = rest.find(ENDS_LINE).unwrap_or(rest.len());
    let value = rest.get(..length)?.trim_end();
    (value.len() >= 6).then(|| begin..begin + value.len())
}

/// What stands from here on without quotes.
fn plain_value(text: &str, from: usize, writing: Writing) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let length = rest
        .bytes()
        .position(|byte| separates(byte) || (byte == b'&' && writing == Writing::Tight))
        .unwrap_or(rest.len());
    let mut value = rest.get(..length)?;
    if writing == Writing::Loose {
        value = value.trim_end_matches(['.', ':', '!', '?']);
        let is_word = value.len() < 6 || !value.bytes().any(|byte| byte.is_ascii_digit());
        if is_word || is_time_or_id(value) {
            return None;
        }
    }
    (!value.is_empty()).then(|| from..from + value.len())
}

/// Whether the text is a date, a time, a number or a UUID, as sentences have them after a colon.
fn is_time_or_id(text: &str) -> bool {
    let numeric = text.bytes().all(|byte| {
        byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'.' | b'T' | b'Z' | b'+' | b'/')
    });
    let uuid = text.len() == 36
        && text
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    numeric || uuid
}
