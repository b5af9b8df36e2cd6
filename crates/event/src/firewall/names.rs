//! Names that tell a secret.
//!
//! A name is compared by its words, whatever separates them: `apiKey`, `API_KEY` and `x-api-key` end in *api key*.
//! Only the last words count, because they say what the value is: `api_key` is a key, `api_key_name` a name,
//! `password_changed_at` a time, `token_count` a number.

use super::FINGERPRINT_PREFIX;

/// What a secret's name ends in; each entry is a sequence of words.
pub const SECRET_NAMES: &[&[&str]] = &[
    &["password"],
    &["passwd"],
    &["pwd"],
    &["passphrase"],
    &["passcode"],
    &["secret"],
    &["token"],
    &["jwt"],
    &["bearer"],
    &["authorization"],
    &["cookie"],
    &["credential"],
    &["otp"],
    &["cvv"],
    &["cvc"],
    &["apikey"],
    &["privatekey"],
    &["secretkey"],
    &["accesskey"],
    &["clientsecret"],
    &["accesstoken"],
    &["refreshtoken"],
    &["authtoken"],
    &["sessiontoken"],
    &["api", "key"],
    &["private", "key"],
    &["secret", "key"],
    &["access", "key"],
    &["account", "key"],
    &["auth", "key"],
    &["signing", "key"],
    &["encryption", "key"],
    &["master", "key"],
    &["service", "key"],
    &["session", "key"],
    &["shared", "key"],
    &["password", "hash"],
    &["password", "digest"],
    &["recovery", "code"],
    &["backup", "code"],
    &["connection", "string"],
    &["client", "assertion"],
];

/// What the name of several secrets ends in: texts under it are secrets, numbers are counts and stay.
pub const SECRET_NAMES_IN_PLURAL: &[&[&str]] = &[
    &["passwords"],
    &["secrets"],
    &["tokens"],
    &["cookies"],
    &["credentials"],
    &["api", "keys"],
    &["private", "keys"],
    &["access", "keys"],
    &["recovery", "codes"],
    &["backup", "codes"],
];

/// Last words of what only describes a secret when it stands inside one: `token: {"id": …, "expires_at": …}`.
pub const DESCRIBING_WORDS: &[&str] = &[
    "id",
    "name",
    "label",
    "description",
    "type",
    "kind",
    "status",
    "state",
    "scope",
    "scopes",
    "role",
    "permissions",
    "owner",
    "user",
    "email",
    "count",
    "length",
    "strength",
    "age",
    "at",
    "on",
    "by",
    "created",
    "updated",
    "expires",
    "expiry",
    "policy",
    "algorithm",
    "version",
    "prefix",
    "fingerprint",
];

/// Values that tell that there is, was or must be a secret, and not which.
pub const HARMLESS_VALUES: &[&str] = &[
    "true",
    "false",
    "yes",
    "no",
    "none",
    "null",
    "set",
    "unset",
    "changed",
    "unchanged",
    "redacted",
    "hidden",
    "masked",
    "filtered",
    "removed",
    "expired",
    "revoked",
    "required",
    "optional",
    "enabled",
    "disabled",
];

/// Members that hold the value of what a sibling names.
const VALUES_OF_NAMED: &[&str] = &["value", "old", "new", "before", "after", "default"];

/// What a name tells about its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Naming {
    /// Nothing.
    Plain,
    /// Texts are secrets.
    Secrets,
    /// Texts and numbers are secrets.
    Secret,
}

impl Naming {
    pub(super) fn of(name: &str) -> Self {
        let ends_in = |endings: &[&[&str]]| endings.iter().any(|ending| ends_with(name, ending));
        if ends_in(SECRET_NAMES) {
            Self::Secret
        } else if ends_in(SECRET_NAMES_IN_PLURAL) {
            Self::Secrets
        } else {
            Self::Plain
        }
    }

    /// What a name tells inside a value of which this is known.
    pub(super) fn inside(self, name: &str) -> Self {
        match (self, Self::of(name)) {
            (outer, Self::Plain) if outer != Self::Plain => {
                let describes = Words(name)
                    .next()
                    .is_some_and(|last| among(DESCRIBING_WORDS, last));
                if describes { Self::Plain } else { outer }
            }
            (outer, own) => outer.max(own),
        }
    }

    /// What the tokens of a JSON Pointer tell, places in arrays passed over.
    pub(super) fn of_pointer(pointer: &str) -> Self {
        let tokens = pointer.split('/').skip(1);
        let names = tokens.filter(|token| token.bytes().any(|byte| !byte.is_ascii_digit()));
        names.fold(Self::Plain, Self::inside)
    }
}

/// Whether the member holds the value of what its siblings `name` or `key` name.
pub(super) fn is_value_of_named(key: &str) -> bool {
    among(VALUES_OF_NAMED, key)
}

/// Whether a value under a secret's name is none: empty, masked, a fingerprint, or one of [`HARMLESS_VALUES`].
pub(super) fn is_harmless(value: &str) -> bool {
    let bare = value.trim_matches(['[', ']', '<', '>', '(', ')', '{', '}']);
    let masked = value
        .chars()
        .all(|c| matches!(c, '*' | '•' | '·' | '.' | '…' | ' ' | '-'));
    masked || among(HARMLESS_VALUES, bare) || is_fingerprint(value)
}

fn is_fingerprint(value: &str) -> bool {
    value
        .strip_prefix(FINGERPRINT_PREFIX)
        .is_some_and(|digits| {
            digits.len() == 16
                && digits
                    .bytes()
                    .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        })
}

fn among(list: &[&str], text: &str) -> bool {
    list.iter().any(|entry| entry.eq_ignore_ascii_case(text))
}

fn ends_with(name: &str, ending: &[&str]) -> bool {
    let mut words = Words(name);
    ending.iter().rev().all(|wanted| {
        words
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case(wanted))
    })
}

/// The words of a name, from its end.
struct Words<'a>(&'a str);

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let name = self.0.trim_end_matches(|c: char| !c.is_alphanumeric());
        let mut begin = name.len();
        let mut after: Option<char> = None;
        let mut last: Option<char> = None;
        for (at, c) in name.char_indices().rev() {
            let separates = !c.is_alphanumeric();
            // `apiKey` has a word before the capital; `APIKey` before the last capital.
            let ends_here = after.is_some_and(|next| {
                (c.is_lowercase() || c.is_ascii_digit()) && next.is_uppercase()
                    || c.is_uppercase()
                        && next.is_uppercase()
                        && last.is_some_and(char::is_lowercase)
            });
            if separates || ends_here {
                break;
            }
            begin = at;
            last = after;
            after = Some(c);
        }
        let (rest, word) = name.split_at_checked(begin)?;
        self.0 = rest;
        (!word.is_empty()).then_some(word)
    }
}
