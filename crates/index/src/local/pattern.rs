//! Substrings and beginnings, without case.

use memchr::memmem::Finder;

use crate::query::Operator;

/// Where in a text something is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// Anywhere.
    Contains,
    /// At its beginning.
    StartsWith,
}

/// Looks for one folded text in many texts.
pub(crate) struct Matcher {
    pattern: Pattern,
    wanted: String,
    finder: Finder<'static>,
    /// The text that is being looked at, folded; kept to allocate once.
    folded: Vec<u8>,
}

impl Pattern {
    /// What an operator looks for; `None` for those that compare whole values.
    pub(crate) const fn of(operator: Operator) -> Option<Self> {
        match operator {
            Operator::Contains => Some(Self::Contains),
            Operator::StartsWith => Some(Self::StartsWith),
            _ => None,
        }
    }

    /// A matcher for a text.
    pub(crate) fn matcher(self, wanted: &str) -> Matcher {
        let wanted = event::fold(wanted);
        Matcher {
            pattern: self,
            finder: Finder::new(&wanted).into_owned(),
            wanted,
            folded: Vec::new(),
        }
    }
}

impl Matcher {
    /// The folded text that is looked for.
    pub(crate) fn wanted(&self) -> &str {
        &self.wanted
    }

    /// Whether the wanted text is there.
    pub(crate) fn matches(&mut self, text: &str) -> bool {
        if !text.is_ascii() {
            let folded = event::fold_cow(text);
            return self.found_in(folded.as_bytes());
        }
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        folded.extend_from_slice(text.trim().as_bytes());
        folded.make_ascii_lowercase();
        let found = self.found_in(&folded);
        self.folded = folded;
        found
    }

    fn found_in(&self, folded: &[u8]) -> bool {
        match self.pattern {
            Pattern::Contains => self.finder.find(folded).is_some(),
            Pattern::StartsWith => folded.starts_with(self.wanted.as_bytes()),
        }
    }
}
