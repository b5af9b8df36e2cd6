//! Names that tell a secret.
//!
//! A name is compared by its words, whatever separates them: `apiKey`, `API_KEY` and `x-api-key` end in *api key*.
//! Only the last words count, because they say what the value is: `api_key` is a key, `api_key_name` a name,
//! `password_changed_at` a time, `token_count` a number.

use super::FINGERPRINT_PREFIX;
use super::hit::Rule;
use super::rules::FirewallRules;
use super::words::Words;

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
    &["bot", "key"],
    &["license", "key"],
    &["access", "code"],
    &["pin", "code"],
    &["seed", "phrase"],
    &["mnemonic"],
    &["pgpassword"],
    &["authtoken"],
    &["bearertoken"],
    &["idtoken"],
    &["connectionstring"],
    &["signingkey"],
    &["encryptionkey"],
    &["accountkey"],
    &["sharedaccesskey"],
    &["webhook", "key"],
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
const VALUES_OF_NAMED: &[&str] = &[
    "value", "values", "old", "new", "before", "after", "from", "to", "default",
];

/// Which lengths the last words of secrets' names have, by their last letter: most names are ruled out by a look at it.
const LAST_WORDS: [u32; 256] = {
    let mut lengths = [0; 256];
    add_last_words(&mut lengths, SECRET_NAMES);
    add_last_words(&mut lengths, SECRET_NAMES_IN_PLURAL);
    lengths
};

#[expect(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler, which checks the bounds"
)]
const fn add_last_words(lengths: &mut [u32; 256], names: &[&[&str]]) {
    let mut at = 0;
    while at < names.len() {
        let last = names[at][names[at].len() - 1].as_bytes();
        lengths[last[last.len() - 1] as usize] |= 1 << last.len();
        at += 1;
    }
}

/// What a name tells about its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// Nothing.
    Plain,
    /// Texts are secrets.
    Secrets(Rule),
    /// Texts and numbers are secrets.
    Secret(Rule),
}

impl Naming {
    /// What a name tells by the rules that all accounts have.
    pub(super) fn of(name: &str) -> Self {
        let Some(last) = Words(name).next() else {
            return Self::Plain;
        };
        let letter = last
            .bytes()
            .next_back()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let lengths = LAST_WORDS
            .get(usize::from(letter))
            .copied()
            .unwrap_or_default();
        if last.len() >= 32 || lengths >> last.len() & 1 == 0 {
            return Self::Plain;
        }
        let ending = |endings: &'static [&'static [&'static str]]| {
            endings
                .iter()
                .find(|ending| ends_with(name, last, ending))
                .copied()
        };
        if let Some(words) = ending(SECRET_NAMES) {
            Self::Secret(Rule::Name(words))
        } else if let Some(words) = ending(SECRET_NAMES_IN_PLURAL) {
            Self::Secrets(Rule::Name(words))
        } else {
            Self::Plain
        }
    }

    /// What a name tells in an account.
    pub(super) fn in_account(name: &str, rules: &FirewallRules) -> Self {
        let naming = Self::of(name);
        if rules.has_no_names() {
            return naming;
        }
        if naming == Self::Plain && rules.names_secret(name) {
            return Self::Secret(Rule::AccountName);
        }
        if naming != Self::Plain && rules.allows(name) {
            return Self::Plain;
        }
        naming
    }

    /// What a name tells inside a value of which this is known.
    pub(super) fn inside(self, name: &str, rules: &FirewallRules) -> Self {
        let own = Self::in_account(name, rules);
        if self == Self::Plain || own != Self::Plain {
            return self.stronger(own);
        }
        let describes = Words(name)
            .next()
            .is_some_and(|last| among(DESCRIBING_WORDS, last));
        if describes || rules.allows(name) {
            Self::Plain
        } else {
            self
        }
    }

    /// What the tokens of a JSON Pointer tell, places in arrays passed over.
    pub(super) fn of_pointer(pointer: &str, rules: &FirewallRules) -> Self {
        let tokens = pointer.split('/').skip(1);
        let names = tokens.filter(|token| token.bytes().any(|byte| !byte.is_ascii_digit()));
        names.fold(Self::Plain, |naming, name| naming.inside(name, rules))
    }

    /// The one of both that covers more; the first when they cover the same.
    pub(super) fn stronger(self, other: Self) -> Self {
        let covers = |naming: Self| match naming {
            Self::Plain => 0,
            Self::Secrets(_) => 1,
            Self::Secret(_) => 2,
        };
        if covers(other) > covers(self) {
            other
        } else {
            self
        }
    }
}

/// Words of names whose values look random and are none of a secret: they name, sum up or point.
const EXPLAINING_WORDS: &[&str] = &[
    "id",
    "ids",
    "uid",
    "guid",
    "uuid",
    "ulid",
    "ksuid",
    "hash",
    "hashes",
    "digest",
    "checksum",
    "sum",
    "md5",
    "sha",
    "sha1",
    "sha256",
    "sha384",
    "sha512",
    "integrity",
    "etag",
    "cursor",
    "trace",
    "traceparent",
    "tracestate",
    "span",
    "fingerprint",
    "fingerprints",
    "thumbprint",
    "signature",
    "certificate",
    "cert",
    "public",
    "pem",
    "ref",
    "reference",
    "revision",
    "version",
    "commit",
    "build",
    "url",
    "uri",
    "href",
    "link",
    "path",
    "file",
    "filename",
    "image",
    "arn",
    "address",
    "wallet",
    "number",
    "serial",
    "slug",
    "agent",
    "etags",
    "kid",
    "nonce",
    "salt",
];

/// Whether a name says that its value may look random without being a secret.
pub(super) fn explains_randomness(name: &str) -> bool {
    Words(name).any(|word| among(EXPLAINING_WORDS, word))
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

pub(super) fn is_fingerprint(value: &str) -> bool {
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

/// Whether the name, whose last word is given, ends in these words.
fn ends_with(name: &str, last: &str, ending: &[&str]) -> bool {
    let Some((wanted, before)) = ending.split_last() else {
        return false;
    };
    let mut words = Words(name).skip(1);
    last.eq_ignore_ascii_case(wanted)
        && before.iter().rev().all(|wanted| {
            words
                .next()
                .is_some_and(|word| word.eq_ignore_ascii_case(wanted))
        })
}
