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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_runs_of_letters_and_digits() {
        let check = |text: &str, wanted: &[&str]| {
            let found: Vec<_> = words(text).collect();
            assert_eq!(found, wanted, "{text}");
            assert_eq!(has_word(text), !wanted.is_empty(), "{text}");
        };
        check("", &[]);
        check(" -…_\" ", &[]);
        check(
            "Created the role Auditor (EU)",
            &["created", "the", "role", "auditor", "eu"],
        );
        check("Lily@Example.com", &["lily", "example", "com"]);
        check(
            "usr_1 model_api_key.create",
            &["usr", "1", "model", "api", "key", "create"],
        );
        check("203.0.113.7", &["203", "0", "113", "7"]);
        check(
            "GRÖẞE ΣΊΣΥΦΟΣ \u{212a}elvin",
            &["größe", "σίσυφοσ", "kelvin"],
        );
        check("日本語 のログ", &["日本語", "のログ"]);
    }

    #[test]
    fn folding_keeps_letters_letters() {
        // Otherwise a folded word, split again, would be other words.
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let folded = event::fold(&c.to_string());
            if c.is_alphanumeric() {
                assert!(
                    folded.chars().all(char::is_alphanumeric),
                    "{c:?} is folded to {folded:?}"
                );
            }
        }
    }
}
