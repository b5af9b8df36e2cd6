//! Actions: `noun.verb`, whatever their sender's habits of spelling.

/// The most parts that dots separate.
const MAX_PARTS: usize = 5;

/// An action in its one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalised {
    /// `^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,4}$`
    pub action: String,
    /// The text as sent, when it was another.
    pub as_sent: Option<String>,
}

/// Even after normalising, the text is no action: `Login!`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "reading an action: not one to five words of letters, digits and `_` with dots between them"
)]
pub struct InvalidAction;

/// Brings an action into its form; what has the form already stays as it is.
///
/// `_` is set before a capital that follows a small letter or a digit, and before the last of several capitals when a
/// small letter follows; spaces and `-` become `_`, and runs of `_` become one; `:` and `/` become `.`; capitals become
/// small letters.
/// Letters are those of ASCII.
pub fn normalise(sent: &str) -> Result<Normalised, InvalidAction> {
    if is_action(sent) {
        return Ok(Normalised {
            action: sent.to_owned(),
            as_sent: None,
        });
    }
    let action = respelled(sent);
    if is_action(&action) {
        Ok(Normalised {
            action,
            as_sent: Some(sent.to_owned()),
        })
    } else {
        Err(InvalidAction)
    }
}

/// Whether the text has the form of an action.
pub fn is_action(text: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_lowercase())
            && part
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
    };
    text.split('.').all(part) && text.split('.').count() <= MAX_PARTS
}

fn respelled(sent: &str) -> String {
    let mut action = String::with_capacity(sent.len() + 4);
    let mut before: Option<char> = None;
    let mut letters = sent.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_ascii_uppercase() {
            let ends_word = before.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
            let begins_word = before.is_some_and(|c| c.is_ascii_uppercase())
                && letters.peek().is_some_and(char::is_ascii_lowercase);
            if ends_word || begins_word {
                action.push('_');
            }
        }
        match letter {
            ' ' | '-' | '_' => {
                if !action.ends_with('_') {
                    action.push('_');
                }
            }
            ':' | '/' => action.push('.'),
            _ => action.push(letter.to_ascii_lowercase()),
        }
        before = Some(letter);
    }
    action
}
