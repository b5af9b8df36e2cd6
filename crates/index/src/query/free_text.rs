//! Words to look for in the texts of an event.

/// Words and phrases that must all occur in the texts of an event.
///
/// Searched are the description, the event and category labels, the action, the actor (id, name, e-mail address), the
/// targets (id, name), and the strings at any depth among the values of the metadata and of the changes (old and
/// new).
/// The names of metadata keys and the paths of changes are not searched.
/// A text that is split into words by [`crate::words::words`] contains a word or phrase when the words of that word or
/// phrase follow each other directly in it; different words of one search may occur in different texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FreeText {
    /// Words as typed, each with at least one letter or digit.
    pub words: Vec<Word>,
    /// Phrases as typed between quotes, each with at least one letter or digit.
    pub phrases: Vec<String>,
}

/// One word as typed: between spaces, so `lily@example.com` is one although it is split into three.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The text, folded.
    pub text: String,
    /// Whether its last letters may be missing: what it is split into, the last part is the beginning of a word.
    pub prefix: bool,
}

impl FreeText {
    /// Whether nothing is looked for, so that every event matches.
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty()
    }
}
