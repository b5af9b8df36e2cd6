//! What was taken out of an event, and which rule told that it is a secret.

use std::fmt;

use crate::pointer::Place;

/// The rule that told a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The name it stands under ends in these words.
    Name(&'static [&'static str]),
    /// The token has this shape.
    Token(&'static str),
    /// It looks random, and its name does not explain that.
    Entropy,
    /// It stands under a name that the account calls secret.
    AccountName,
    /// It begins like tokens of the account.
    AccountPrefix,
}

impl Rule {
    /// The kind of rule: `name`, `token`, `entropy`, `account`.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Name(_) => "name",
            Self::Token(_) => "token",
            Self::Entropy => "entropy",
            Self::AccountName | Self::AccountPrefix => "account",
        }
    }
}

/// The id of the rule: `name:api_key`, `token:github_pat`, `entropy`, `account:name`, `account:prefix`.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(words) => {
                let mut between = ':';
                f.write_str("name")?;
                for word in *words {
                    write!(f, "{between}{word}")?;
                    between = '_';
                }
                Ok(())
            }
            Self::Token(shape) => write!(f, "token:{shape}"),
            Self::Entropy => f.write_str("entropy"),
            Self::AccountName => f.write_str("account:name"),
            Self::AccountPrefix => f.write_str("account:prefix"),
        }
    }
}

/// A secret that was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which rule told it.
    pub rule: Rule,
    /// Where it stood in the event: a JSON Pointer (RFC 6901), cut after 256 bytes.
    pub pointer: String,
    /// What stands there now.
    pub fingerprint: String,
}

/// How many hits of one event are told with their place; all of them are counted.
pub const TOLD_HITS_MAX: usize = 64;

/// The longest pointer of a hit in bytes: keys of nested data have no limit of their own.
const POINTER_BYTES_MAX: usize = 256;

/// What was taken out of one event or text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    told: Vec<Hit>,
    counts: Vec<(Rule, u64)>,
}

impl Hits {
    /// Whether nothing was.
    pub const fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// How many secrets were replaced.
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    /// The first [`TOLD_HITS_MAX`] of them, in the order in which they stood.
    pub fn told(&self) -> &[Hit] {
        &self.told
    }

    /// How many of them each rule told.
    pub fn by_rule(&self) -> impl Iterator<Item = (Rule, u64)> + '_ {
        self.counts.iter().copied()
    }

    pub(super) fn note(&mut self, rule: Rule, at: &Place<'_>, fingerprint: &str) {
        match self.counts.iter_mut().find(|(known, _)| *known == rule) {
            Some((_, count)) => *count += 1,
            None => self.counts.push((rule, 1)),
        }
        if self.told.len() < TOLD_HITS_MAX {
            let mut pointer = at.pointer();
            pointer.truncate(pointer.floor_char_boundary(POINTER_BYTES_MAX));
            self.told.push(Hit {
                rule,
                pointer,
                fingerprint: fingerprint.to_owned(),
            });
        }
    }
}
