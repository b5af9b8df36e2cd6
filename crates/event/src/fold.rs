//! Equality of names that ignores case.

use std::borrow::Cow;

/// The key under which names are equal that differ in case and surrounding spaces only.
///
/// Unicode simple case folding (`CaseFolding.txt`, statuses C and S) of the trimmed text: one character for one
/// character, independent of any language, idempotent.
pub fn fold(text: &str) -> String {
    fold_cow(text).into_owned()
}

/// As [`fold`], without a copy when the text is its own key already.
pub fn fold_cow(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    if trimmed
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        return Cow::Borrowed(trimmed);
    }
    if trimmed.is_ascii() {
        return Cow::Owned(trimmed.to_ascii_lowercase());
    }
    Cow::Owned(trimmed.chars().map(fold_char).collect())
}

fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    unicode_case_mapping::case_folded(c)
        .and_then(|code| char::from_u32(code.get()))
        .unwrap_or(c)
}
