//! Strings: escapes resolved, surrogates only in pairs.

use super::Refusal;
use crate::problem::code;

pub(super) enum StringFailure {
    /// The byte of the string where the grammar of RFC 8259 section 7 ends, and what is wrong.
    Syntax(usize, &'static str),
    LoneSurrogate,
}

impl StringFailure {
    pub(super) fn refusal(self, at: usize) -> Refusal {
        match self {
            Self::Syntax(offset, message) => Refusal::syntax(at + offset, message),
            Self::LoneSurrogate => Refusal::not_i_json(
                code::LONE_SURROGATE,
                "a string holds half of a surrogate pair",
            ),
        }
    }
}

const UNENDED: &str = "the string has no closing quote";

/// Reads the string whose opening quote begins the text; returns it and its length with both quotes.
pub(super) fn read(text: &str) -> Result<(String, usize), StringFailure> {
    let bytes = text.as_bytes();
    let end = plain_end(bytes, 1)?;
    let plain = text.get(1..end).unwrap_or_default();
    if bytes.get(end) == Some(&b'"') {
        return Ok((plain.to_owned(), end + 1));
    }
    let mut string = String::with_capacity(plain.len() + 32);
    string.push_str(plain);
    let mut at = end;
    while bytes.get(at) == Some(&b'\\') {
        let (letter, after) = escape(bytes, at)?;
        string.push(letter);
        at = plain_end(bytes, after)?;
        string.push_str(text.get(after..at).unwrap_or_default());
    }
    Ok((string, at + 1))
}

/// The next quote or backslash.
fn plain_end(bytes: &[u8], from: usize) -> Result<usize, StringFailure> {
    let rest = bytes.get(from..).unwrap_or_default();
    let (chunks, _) = rest.as_chunks::<8>();
    let skipped = chunks
        .iter()
        .take_while(|chunk| !any_special(u64::from_le_bytes(**chunk)))
        .count()
        * 8;
    let special = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
    let tail = rest.get(skipped..).unwrap_or_default();
    match tail.iter().position(special).map(|count| skipped + count) {
        None => Err(StringFailure::Syntax(bytes.len(), UNENDED)),
        Some(count) if rest.get(count).is_some_and(|byte| *byte < 0x20) => {
            Err(StringFailure::Syntax(
                from + count,
                "control characters must be escaped in strings",
            ))
        }
        Some(count) => Ok(from + count),
    }
}

/// Whether one of eight bytes is a quote, a backslash or a control character; now and then also when none is.
///
/// A byte below `n` borrows into its highest bit when `n` is subtracted and it had none itself.
const fn any_special(word: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let quote = word ^ (ONES * b'"' as u64);
    let backslash = word ^ (ONES * b'\\' as u64);
    let below_space = word.wrapping_sub(ONES * 0x20) & !word;
    let is_quote = quote.wrapping_sub(ONES) & !quote;
    let is_backslash = backslash.wrapping_sub(ONES) & !backslash;
    (below_space | is_quote | is_backslash) & HIGH != 0
}

/// Reads the escape that begins here; returns its character and the place after it.
fn escape(bytes: &[u8], at: usize) -> Result<(char, usize), StringFailure> {
    let letter = match bytes.get(at + 1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode_escape(bytes, at),
        Some(_) => return Err(StringFailure::Syntax(at, "no such escape")),
        None => return Err(StringFailure::Syntax(bytes.len(), UNENDED)),
    };
    Ok((letter, at + 2))
}

fn unicode_escape(bytes: &[u8], at: usize) -> Result<(char, usize), StringFailure> {
    let unit = code_unit(bytes, at)?;
    match unit {
        0xd800..=0xdbff => {
            let follows = bytes.get(at + 6) == Some(&b'\\') && bytes.get(at + 7) == Some(&b'u');
            if !follows {
                return Err(StringFailure::LoneSurrogate);
            }
            let low = code_unit(bytes, at + 6)?;
            if !(0xdc00..=0xdfff).contains(&low) {
                return Err(StringFailure::LoneSurrogate);
            }
            let code = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            char::from_u32(code)
                .map(|letter| (letter, at + 12))
                .ok_or(StringFailure::LoneSurrogate)
        }
        _ => char::from_u32(unit)
            .map(|letter| (letter, at + 6))
            .ok_or(StringFailure::LoneSurrogate),
    }
}

/// The four hexadecimal digits of the `\u` that begins here.
fn code_unit(bytes: &[u8], at: usize) -> Result<u32, StringFailure> {
    let digits = bytes.get(at + 2..at + 6).unwrap_or_default();
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let unit = digits
        .iter()
        .try_fold(0, |value, byte| Some(value << 4 | digit(byte)?));
    match unit {
        Some(unit) if digits.len() == 4 => Ok(unit),
        _ => Err(StringFailure::Syntax(
            at,
            "four hexadecimal digits must follow `\\u`",
        )),
    }
}
