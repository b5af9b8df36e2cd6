//! What an account adds to the rules that all accounts have.

use super::words::Words;

/// The most names of one kind: a form that can still be read.
pub const NAMES_MAX: usize = 100;

/// The longest name in bytes, as for keys of metadata.
pub const NAME_BYTES_MAX: usize = 64;

/// The most prefixes: each is compared with every word of every text.
pub const PREFIXES_MAX: usize = 20;

/// The shortest prefix: shorter ones begin ordinary words.
pub const PREFIX_BYTES_MIN: usize = 3;

/// The longest prefix in bytes.
pub const PREFIX_BYTES_MAX: usize = 32;

/// How many characters must follow a prefix, one of them a digit, so that it begins a token and no word.
pub(super) const AFTER_PREFIX_MIN: usize = 8;

/// Why a rule was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleProblem {
    /// `names`, `allow` or `prefixes`.
    pub member: &'static str,
    /// Which of them, from 0; `None` when there are too many.
    pub index: Option<usize>,
    /// The rule, in words.
    pub message: String,
}

/// The rules of an account: checked, bounded and ready to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirewallRules {
    names: Vec<String>,
    allow: Vec<String>,
    prefixes: Vec<String>,
    entropy: bool,
    secret_words: Vec<Vec<String>>,
    allowed_words: Vec<Vec<String>>,
}

impl Default for FirewallRules {
    /// No names and prefixes of its own; random values are taken for secrets.
    fn default() -> Self {
        Self {
            names: Vec::new(),
            allow: Vec::new(),
            prefixes: Vec::new(),
            entropy: true,
            secret_words: Vec::new(),
            allowed_words: Vec::new(),
        }
    }
}

impl FirewallRules {
    /// Checks the rules: at most [`NAMES_MAX`] names of secrets, as many names that never are one, at most
    /// [`PREFIXES_MAX`] prefixes of tokens, and whether values that look random are secrets.
    ///
    /// Names are compared by their words, so `dbPin`, `db-pin` and `DB_PIN` are one; repetitions are left out.
    pub fn new(
        names: Vec<String>,
        allow: Vec<String>,
        prefixes: Vec<String>,
        entropy: bool,
    ) -> Result<Self, RuleProblem> {
        let (names, secret_words) = checked_names("names", names)?;
        let (allow, allowed_words) = checked_names("allow", allow)?;
        if let Some(index) = allowed_words
            .iter()
            .position(|words| secret_words.contains(words))
        {
            return Err(RuleProblem {
                member: "allow",
                index: Some(index),
                message: "a name cannot be always and never that of a secret".to_owned(),
            });
        }
        Ok(Self {
            names,
            allow,
            prefixes: checked_prefixes(prefixes)?,
            entropy,
            secret_words,
            allowed_words,
        })
    }

    /// Names of secrets, as they were given.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Names that are never those of secrets, as they were given.
    pub fn allow(&self) -> &[String] {
        &self.allow
    }

    /// What tokens of the account begin with.
    pub fn prefixes(&self) -> &[String] {
        &self.prefixes
    }

    /// Whether values that look random are taken for secrets.
    pub const fn entropy(&self) -> bool {
        self.entropy
    }

    pub(super) const fn has_no_names(&self) -> bool {
        self.names.is_empty() && self.allow.is_empty()
    }

    /// Whether the name ends in the words of a secret's name.
    pub(super) fn names_secret(&self, name: &str) -> bool {
        self.secret_words.iter().any(|wanted| {
            let mut words = Words(name);
            wanted.iter().all(|wanted| {
                words
                    .next()
                    .is_some_and(|word| word.eq_ignore_ascii_case(wanted))
            })
        }) && !self.allows(name)
    }

    /// Whether the whole name is one that never is a secret's.
    pub(super) fn allows(&self, name: &str) -> bool {
        self.allowed_words.iter().any(|wanted| {
            let mut words = Words(name);
            wanted.iter().all(|wanted| {
                words
                    .next()
                    .is_some_and(|word| word.eq_ignore_ascii_case(wanted))
            }) && words.next().is_none()
        })
    }
}

type WordsOfNames = Vec<Vec<String>>;

/// The names without repetitions, and their words from the last to the first.
fn checked_names(
    member: &'static str,
    names: Vec<String>,
) -> Result<(Vec<String>, WordsOfNames), RuleProblem> {
    too_many(member, names.len(), NAMES_MAX)?;
    let (mut kept, mut all) = (Vec::with_capacity(names.len()), WordsOfNames::new());
    for (index, name) in names.into_iter().enumerate() {
        let words: Vec<String> = Words(&name).map(str::to_ascii_lowercase).collect();
        if words.is_empty() || name.len() > NAME_BYTES_MAX || name.chars().any(char::is_control) {
            return Err(RuleProblem {
                member,
                index: Some(index),
                message: format!("a name has a letter or digit and at most {NAME_BYTES_MAX} bytes"),
            });
        }
        if !all.contains(&words) {
            all.push(words);
            kept.push(name);
        }
    }
    Ok((kept, all))
}

fn checked_prefixes(prefixes: Vec<String>) -> Result<Vec<String>, RuleProblem> {
    let member = "prefixes";
    too_many(member, prefixes.len(), PREFIXES_MAX)?;
    let mut kept: Vec<String> = Vec::with_capacity(prefixes.len());
    for (index, prefix) in prefixes.into_iter().enumerate() {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        let is_prefix = (PREFIX_BYTES_MIN..=PREFIX_BYTES_MAX).contains(&prefix.len())
            && prefix.bytes().all(fits)
            && prefix.starts_with(|first: char| first.is_ascii_alphanumeric())
            && !"secret:".starts_with(&*prefix);
        if !is_prefix {
            return Err(RuleProblem {
                member,
                index: Some(index),
                message: format!(
                    "a prefix has {PREFIX_BYTES_MIN} to {PREFIX_BYTES_MAX} letters, digits, `_`, `-` or `.`, \
                     and begins with a letter or digit"
                ),
            });
        }
        if !kept.contains(&prefix) {
            kept.push(prefix);
        }
    }
    Ok(kept)
}

fn too_many(member: &'static str, count: usize, most: usize) -> Result<(), RuleProblem> {
    if count <= most {
        return Ok(());
    }
    Err(RuleProblem {
        member,
        index: None,
        message: format!("at most {most} may stand here"),
    })
}
