//! The token of an API key, a viewer or a link: a prefix and 56 characters that carry 256 random bits and a checksum.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

use crate::randomness::{self, Randomness};

/// What a token is for, by what it begins with, so that it is recognised in logs and repositories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// An API key.
    Key,
    /// A viewer token.
    Viewer,
    /// The code of a portal link.
    Link,
}

impl TokenKind {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Key => "ann_",
            Self::Viewer => "anv_",
            Self::Link => "anl_",
        }
    }
}

const SECRET_BYTES: usize = 32;
const CHECKSUM_BYTES: usize = 3;
/// Characters of every prefix.
const PREFIX_CHARS: usize = 4;
/// Characters shown in lists: enough to tell keys apart, and 40 of 256 bits.
const SHOWN_CHARS: usize = 8;

/// A well-formed token, which may or may not be that of a key. Never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

impl Token {
    /// A new token of a key.
    pub(crate) fn mint(randomness: &dyn Randomness) -> Self {
        Self::mint_as(TokenKind::Key, randomness)
    }

    /// A new token.
    pub(crate) fn mint_as(kind: TokenKind, randomness: &dyn Randomness) -> Self {
        let secret: [u8; SECRET_BYTES] = randomness::array(randomness);
        let mut bytes = secret.to_vec();
        bytes.extend_from_slice(&checksum(kind, &secret));
        let letters = BASE32_NOPAD.encode(&bytes).to_ascii_lowercase();
        Self(format!("{}{letters}", kind.prefix()))
    }

    /// Reads the token of a key.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::parse_as(TokenKind::Key, text)
    }

    /// Reads a token; `None` for anything mistyped, cut off or made up, which then costs no look-up.
    pub(crate) fn parse_as(kind: TokenKind, text: &str) -> Option<Self> {
        let body = text.strip_prefix(kind.prefix())?;
        if body.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let bytes = BASE32_NOPAD
            .decode(body.to_ascii_uppercase().as_bytes())
            .ok()?;
        let (secret, check) = bytes.split_at_checked(SECRET_BYTES)?;
        (check == checksum(kind, secret)).then(|| Self(text.to_owned()))
    }

    /// What the database keeps: a plain hash, because 256 random bits cannot be guessed.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// The first characters, to tell keys apart.
    pub(crate) fn shown(&self) -> String {
        self.0.chars().take(PREFIX_CHARS + SHOWN_CHARS).collect()
    }

    /// The token itself, to be handed to its owner once.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

fn checksum(kind: TokenKind, secret: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let digest = Sha256::new()
        .chain_update(kind.prefix())
        .chain_update(secret)
        .finalize();
    std::array::from_fn(|n| digest.get(n).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting;

    impl Randomness for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            for (value, byte) in (0..).zip(bytes) {
                *byte = value;
            }
        }
    }

    #[test]
    fn a_token_reads_back_and_no_changed_one_does() {
        let token = Token::mint(&Counting);
        assert_eq!(token.reveal().len(), 60);
        assert_eq!(Token::parse(token.reveal()), Some(token.clone()));
        for place in 4..token.reveal().len() {
            let mut typo = token.reveal().to_owned().into_bytes();
            typo[place] = if typo[place] == b'a' { b'b' } else { b'a' };
            assert_eq!(
                Token::parse(std::str::from_utf8(&typo).unwrap()),
                None,
                "{place}"
            );
        }
    }

    #[test]
    fn a_token_is_of_one_kind() {
        let kinds = [TokenKind::Key, TokenKind::Viewer, TokenKind::Link];
        for kind in kinds {
            let token = Token::mint_as(kind, &Counting);
            for other in kinds {
                let read = Token::parse_as(other, token.reveal()).is_some();
                assert_eq!(read, other == kind);
                let renamed = format!("{}{}", other.prefix(), &token.reveal()[4..]);
                assert_eq!(Token::parse_as(other, &renamed).is_some(), other == kind);
            }
        }
    }

    #[test]
    fn other_texts_are_no_tokens() {
        let token = Token::mint(&Counting);
        let upper = token.reveal().to_ascii_uppercase();
        let body_upper = format!("ann_{}", token.reveal()[4..].to_ascii_uppercase());
        let longer = format!("{}a", token.reveal());
        let shorter = &token.reveal()[..59];
        for text in [
            "",
            "ann_",
            "anv_x",
            "ann_ä",
            &upper,
            &body_upper,
            &longer,
            shorter,
            &token.reveal()[4..],
        ] {
            assert_eq!(Token::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_token_does_not_show_itself() {
        let token = Token::mint(&Counting);
        assert_eq!(format!("{token:?}"), "Token(***)");
        assert_eq!(token.shown(), &token.reveal()[..12]);
    }
}
