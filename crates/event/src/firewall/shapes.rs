//! Tokens that are known by their shape.

mod marked;
mod table;

pub(super) use marked::marked;
pub use table::TOKEN_SHAPES;

/// The characters that may follow the prefix of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// `a` to `f` and digits.
    Hex,
    /// `a` to `f`, digits, `-`.
    Hyphenated,
    /// `A` to `Z` and digits.
    Capitals,
    /// `a` to `z` and digits.
    Lower,
    /// Letters and digits.
    Alphanumeric,
    /// Letters, digits, `_`.
    Word,
    /// Letters, digits, `_` and `-` (RFC 4648 section 5).
    Base64Url,
    /// The same and `.`, which is none of it at the end.
    Dotted,
    /// Letters, digits, `+`, `/`, `=`, `_` and `-`.
    Base64,
    /// Letters, digits and `%`.
    Encoded,
}

/// What random text of the length practically always has, and a name rarely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: the prefix alone tells enough.
    Nothing,
    /// A digit among the first 64 characters.
    Digit,
    /// A digit, a capital and a small letter among them.
    Mixed,
}

/// A kind of token: a prefix that nothing else has, and what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenShape {
    /// What it is called; several shapes of one issuer may share it.
    pub rule: &'static str,
    /// What it begins with.
    pub prefix: &'static str,
    /// What its other characters are.
    pub alphabet: Alphabet,
    /// How many of them there are at least.
    pub least: usize,
    /// How many of them there are at most; more of them make it something else.
    pub most: usize,
    /// What must be among them.
    pub needs: Needs,
}

/// How many characters decide whether a tail looks random: bounds the work on texts made to be slow.
const LOOKED_AT: usize = 64;

pub(super) const fn belongs(byte: u8, alphabet: Alphabet) -> bool {
    match alphabet {
        Alphabet::Hex => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        Alphabet::Hyphenated => matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'),
        Alphabet::Capitals => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        Alphabet::Lower => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
        Alphabet::Alphanumeric => byte.is_ascii_alphanumeric(),
        Alphabet::Word => byte.is_ascii_alphanumeric() || byte == b'_',
        Alphabet::Base64Url => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
        Alphabet::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'),
        Alphabet::Base64 => {
            byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-')
        }
        Alphabet::Encoded => byte.is_ascii_alphanumeric() || byte == b'%',
    }
}

impl TokenShape {
    /// The length of the token of this shape that begins the text.
    fn length(&self, text: &[u8]) -> Option<usize> {
        let rest = text.strip_prefix(self.prefix.as_bytes())?;
        if !self.needs.are_met(rest, self.alphabet) {
            return None;
        }
        let looked_at = self.most.saturating_add(2).min(rest.len());
        let mut count = rest
            .get(..looked_at)?
            .iter()
            .take_while(|byte| belongs(**byte, self.alphabet))
            .count();
        while self.alphabet == Alphabet::Dotted && count > 0 && rest.get(count - 1) == Some(&b'.') {
            count -= 1;
        }
        let ends = rest
            .get(count)
            .is_none_or(|byte| !byte.is_ascii_alphanumeric());
        ((self.least..=self.most).contains(&count) && ends).then(|| self.prefix.len() + count)
    }
}

impl Needs {
    fn are_met(self, tail: &[u8], alphabet: Alphabet) -> bool {
        if self == Self::Nothing {
            return true;
        }
        let looked_at = tail
            .iter()
            .take(LOOKED_AT)
            .take_while(|byte| belongs(**byte, alphabet));
        let (mut digit, mut capital, mut small) = (false, false, false);
        for byte in looked_at {
            digit |= byte.is_ascii_digit();
            capital |= byte.is_ascii_uppercase();
            small |= byte.is_ascii_lowercase();
        }
        digit && (self == Self::Digit || (capital && small))
    }
}

/// How many bits tell the first three bytes of tokens apart: nearly every word is ruled out by one look.
const BEGINNINGS: usize = 8_192;

const fn beginning(first: u8, second: u8, third: u8) -> usize {
    (first as usize ^ (second as usize) << 3 ^ (third as usize) << 6) % BEGINNINGS
}

const TOKENS_BEGIN: [u64; BEGINNINGS / 64] = beginnings();

#[expect(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler, which checks the bounds"
)]
const fn beginnings() -> [u64; BEGINNINGS / 64] {
    let mut bits = [0; BEGINNINGS / 64];
    let mut at = 0;
    while at < TOKEN_SHAPES.len() {
        let prefix = TOKEN_SHAPES[at].prefix.as_bytes();
        let mut third = 0;
        // A prefix of two letters goes on with anything.
        while third < 128 {
            if prefix.len() == 2 || prefix[2] == third {
                let bit = beginning(prefix[0], prefix[1], third);
                bits[bit / 64] |= 1 << (bit % 64);
            }
            third += 1;
        }
        at += 1;
    }
    let token = JSON_WEB_TOKEN.as_bytes();
    let bit = beginning(token[0], token[1], token[2]);
    bits[bit / 64] |= 1 << (bit % 64);
    bits
}

/// Whether a token may begin with these bytes.
fn may_begin(text: &[u8]) -> bool {
    let [first, second, third, ..] = text else {
        return false;
    };
    let bit = beginning(*first, *second, *third);
    let bits = TOKENS_BEGIN.get(bit / 64).copied().unwrap_or_default();
    bits >> (bit % 64) & 1 == 1
}

/// The length of the token that begins the text, and what it is called.
pub(super) fn token(text: &[u8]) -> Option<(usize, &'static str)> {
    if text.len() < SHORTEST_TOKEN || !may_begin(text) {
        return None;
    }
    let known = TOKEN_SHAPES
        .iter()
        .filter_map(|shape| Some((shape.length(text)?, shape.prefix.len(), shape.rule)));
    // The longest, then the one whose prefix tells most.
    known.max().map(|(length, _, rule)| (length, rule))
}

/// No token is shorter: `xoxb-` and ten characters.
const SHORTEST_TOKEN: usize = 15;

/// How every JSON Web Token begins: `{"` in base64url.
pub(super) const JSON_WEB_TOKEN: &str = "eyJ";

/// What the beginning of a JSON Web Token turned out to be.
pub(super) enum WebToken {
    /// One of this length.
    Whole(usize),
    /// None, and nothing that begins inside so many bytes is one.
    None(usize),
}

/// Looks at what begins with [`JSON_WEB_TOKEN`] (RFC 7519).
///
/// A signed one (RFC 7515) has three parts, the last empty when it is unsigned; an encrypted one (RFC 7516) five, the
/// second empty when the key was agreed.
pub(super) fn json_web_token(text: &[u8]) -> WebToken {
    let mut lengths = [0; 5];
    let mut parts = 0;
    let mut rest = text;
    for length in &mut lengths {
        *length = rest
            .iter()
            .take_while(|byte| belongs(**byte, Alphabet::Base64Url))
            .count();
        parts += 1;
        let Some((b'.', after)) = rest.get(*length..).and_then(<[u8]>::split_first) else {
            break;
        };
        rest = after;
    }
    let [header, key_or_payload, vector, cipher_text, tag] = lengths;
    if header < 10 || parts < 3 {
        return WebToken::None(header);
    }
    if parts == 5 && vector.min(cipher_text).min(tag) > 0 {
        return WebToken::Whole(header + key_or_payload + vector + cipher_text + tag + 4);
    }
    if key_or_payload >= 4 {
        WebToken::Whole(header + key_or_payload + vector + 2)
    } else {
        WebToken::None(header)
    }
}
