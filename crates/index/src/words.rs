//! What a word is, for the index, for the words of a search and for the oracle that checks both.

use std::borrow::Cow;

use event::fold_cow;

/// The words of a text, in order: its longest runs of letters and digits, folded.
///
/// Letters and digits are the characters with the Unicode property *Alphabetic* or a numeric general category
/// ([`char::is_alphanumeric`]); folding is simple case folding ([`event::fold`]), one character for one character.
/// Everything else separates, `_`, `-`, `.` and `@` too: `usr_1` is `usr`, `1`, and `Lily@example.com` is `lily`,
/// `example`, `com`.
/// Ids and addresses are found all the same, because what is typed is split in the same way and its words must follow
/// each other directly.
/// Text without spaces between words (Chinese, Japanese, Thai) is one word per run.
pub fn words(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|run| !run.is_empty())
        .map(fold_cow)
}

/// Whether a text has at least one word.
pub fn has_word(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}
