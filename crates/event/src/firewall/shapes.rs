//! Tokens that are known by their shape.

/// The characters that may follow the prefix of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// `A` to `Z` and digits.
    Capitals,
    /// Letters and digits.
    Alphanumeric,
    /// Letters, digits, `_`.
    Word,
    /// Letters, digits, `_` and `-` (RFC 4648 section 5).
    Base64Url,
}

/// A kind of token: a prefix that nothing else has, and what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenShape {
    /// What it begins with.
    pub prefix: &'static str,
    /// What its other characters are.
    pub alphabet: Alphabet,
    /// How many of them there are at least.
    pub least: usize,
    /// How many of them there are at most; more of them make it something else.
    pub most: usize,
    /// Whether one of them must be a digit, as random text of this length practically always has one.
    pub needs_digit: bool,
}

const fn shape(prefix: &'static str, alphabet: Alphabet, least: usize) -> TokenShape {
    TokenShape {
        prefix,
        alphabet,
        least,
        most: usize::MAX,
        needs_digit: false,
    }
}

const fn exact(prefix: &'static str, alphabet: Alphabet, length: usize) -> TokenShape {
    TokenShape {
        prefix,
        alphabet,
        least: length,
        most: length,
        needs_digit: false,
    }
}

const fn random(prefix: &'static str, least: usize) -> TokenShape {
    TokenShape {
        prefix,
        alphabet: Alphabet::Base64Url,
        least,
        most: usize::MAX,
        needs_digit: true,
    }
}

/// The tokens that are known by their prefix.
///
/// JSON Web Tokens, private keys in PEM, `Bearer …`, `name=value` with a secret's name and passwords in URLs are known
/// beside them.
pub const TOKEN_SHAPES: &[TokenShape] = &[
    // Annals: API keys and viewer tokens.
    shape("ann_", Alphabet::Alphanumeric, 40),
    shape("anv_", Alphabet::Alphanumeric, 40),
    random("ann_", 20),
    random("anv_", 20),
    // Amazon Web Services: access key ids, lasting and temporary.
    exact("AKIA", Alphabet::Capitals, 16),
    exact("ASIA", Alphabet::Capitals, 16),
    // GitHub: personal, OAuth, user-to-server, server-to-server, refresh, fine-grained.
    shape("ghp_", Alphabet::Word, 30),
    shape("gho_", Alphabet::Word, 30),
    shape("ghu_", Alphabet::Word, 30),
    shape("ghs_", Alphabet::Word, 30),
    shape("ghr_", Alphabet::Word, 30),
    shape("github_pat_", Alphabet::Word, 22),
    // GitLab: personal access.
    shape("glpat-", Alphabet::Base64Url, 20),
    // Slack: bot, user, app, refresh and others.
    shape("xoxb-", Alphabet::Base64Url, 10),
    shape("xoxp-", Alphabet::Base64Url, 10),
    shape("xoxa-", Alphabet::Base64Url, 10),
    shape("xoxe-", Alphabet::Base64Url, 10),
    shape("xoxo-", Alphabet::Base64Url, 10),
    shape("xoxr-", Alphabet::Base64Url, 10),
    shape("xoxs-", Alphabet::Base64Url, 10),
    shape("xapp-", Alphabet::Base64Url, 10),
    // Stripe: secret and restricted keys.
    shape("sk_live_", Alphabet::Alphanumeric, 16),
    shape("rk_live_", Alphabet::Alphanumeric, 16),
    // Standard Webhooks and Stripe: signing secrets.
    random("whsec_", 24),
    // Google: API keys.
    exact("AIza", Alphabet::Base64Url, 35),
    // Model providers.
    random("sk-ant-", 20),
    random("sk-proj-", 20),
    // Package registries.
    exact("npm_", Alphabet::Alphanumeric, 36),
    shape("pypi-AgEI", Alphabet::Base64Url, 50),
];

const fn belongs(byte: u8, alphabet: Alphabet) -> bool {
    match alphabet {
        Alphabet::Capitals => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        Alphabet::Alphanumeric => byte.is_ascii_alphanumeric(),
        Alphabet::Word => byte.is_ascii_alphanumeric() || byte == b'_',
        Alphabet::Base64Url => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
    }
}

impl TokenShape {
    /// The length of the token of this shape that begins the text.
    fn length(&self, text: &[u8]) -> Option<usize> {
        let rest = text.strip_prefix(self.prefix.as_bytes())?;
        let count = rest
            .iter()
            .take_while(|byte| belongs(**byte, self.alphabet))
            .count();
        let tail = rest.get(..count)?;
        let random = !self.needs_digit || tail.iter().any(u8::is_ascii_digit);
        let ends = rest
            .get(count)
            .is_none_or(|byte| !byte.is_ascii_alphanumeric());
        ((self.least..=self.most).contains(&count) && random && ends)
            .then(|| self.prefix.len() + count)
    }
}

/// The first and second letters that tokens have: nearly every word is ruled out by them.
const FIRST_LETTERS: [bool; 256] = letters_at(0);
const SECOND_LETTERS: [bool; 256] = letters_at(1);

#[expect(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler, which checks the bounds"
)]
const fn letters_at(place: usize) -> [bool; 256] {
    let mut letters = [false; 256];
    let mut at = 0;
    while at < TOKEN_SHAPES.len() {
        letters[TOKEN_SHAPES[at].prefix.as_bytes()[place] as usize] = true;
        at += 1;
    }
    letters[JSON_WEB_TOKEN.as_bytes()[place] as usize] = true;
    letters
}

/// Whether a token may begin with these bytes.
pub(super) fn may_begin(text: &[u8]) -> bool {
    let [first, second, ..] = text else {
        return false;
    };
    let among = |letters: &[bool; 256], byte: u8| {
        letters.get(usize::from(byte)).copied().unwrap_or_default()
    };
    among(&FIRST_LETTERS, *first) && among(&SECOND_LETTERS, *second)
}

/// The length of the token that begins the text.
pub(super) fn token_length(text: &[u8]) -> Option<usize> {
    if !may_begin(text) {
        return None;
    }
    TOKEN_SHAPES
        .iter()
        .filter_map(|shape| shape.length(text))
        .max()
        .or_else(|| json_web_token(text))
}

/// Whether the whole text is one token.
pub(super) fn is_token(text: &str) -> bool {
    text.len() >= SHORTEST_TOKEN && token_length(text.as_bytes()) == Some(text.len())
}

/// No token is shorter: `xoxb-` and ten characters.
const SHORTEST_TOKEN: usize = 15;

/// How every JSON Web Token begins: `{"` in base64url.
const JSON_WEB_TOKEN: &str = "eyJ";

/// The length of the JSON Web Token (RFC 7519) that begins the text.
///
/// A signed one (RFC 7515) has three parts, the last empty when it is unsigned; an encrypted one (RFC 7516) five, the
/// second empty when the key was agreed.
fn json_web_token(text: &[u8]) -> Option<usize> {
    if !text.starts_with(JSON_WEB_TOKEN.as_bytes()) {
        return None;
    }
    let mut lengths = [0; 5];
    let mut parts = 0;
    for (length, part) in lengths.iter_mut().zip(text.split(|byte| *byte == b'.')) {
        *length = part
            .iter()
            .take_while(|byte| belongs(**byte, Alphabet::Base64Url))
            .count();
        parts += 1;
        if *length < part.len() {
            break;
        }
    }
    let [header, key_or_payload, vector, cipher_text, tag] = lengths;
    if header < 10 || parts < 3 {
        return None;
    }
    if parts == 5 && vector.min(cipher_text).min(tag) > 0 {
        return Some(header + key_or_payload + vector + cipher_text + tag + 4);
    }
    (key_or_payload >= 4).then_some(header + key_or_payload + vector + 2)
}
