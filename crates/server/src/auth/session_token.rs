//! The token of a session: what the cookie holds, and what a write must carry beside it.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::randomness::{self, Randomness};

/// What the tokens of sessions begin with, so that they are recognised where they must not be.
const PREFIX: &str = "ans_";
const SECRET_BYTES: usize = 32;
const LENGTH: usize = 56;

/// A well-formed token, which may or may not be that of a session. Never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SessionToken(String);

impl SessionToken {
    /// A new token with 256 random bits.
    pub(crate) fn mint(randomness: &dyn Randomness) -> Self {
        let secret: [u8; SECRET_BYTES] = randomness::array(randomness);
        let letters = BASE32_NOPAD.encode(&secret).to_ascii_lowercase();
        Self(format!("{PREFIX}{letters}"))
    }

    /// Reads the value of a cookie; `None` for anything that no session ever had.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let letters = text.strip_prefix(PREFIX)?;
        let plain = |byte: u8| byte.is_ascii_lowercase() || (b'2'..=b'7').contains(&byte);
        (text.len() == LENGTH && letters.bytes().all(plain)).then(|| Self(text.to_owned()))
    }

    /// What the database keeps: a plain hash, because 256 random bits cannot be guessed.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// What every write of the session carries in `X-Annals-CSRF`; the token does not follow from it.
    pub(crate) fn csrf(&self) -> String {
        let digest = Sha256::new()
            .chain_update("annals csrf\n")
            .chain_update(&self.0)
            .finalize();
        BASE32_NOPAD.encode(&digest).to_ascii_lowercase()
    }

    /// Whether `sent` is [`Self::csrf`], compared in constant time.
    pub(crate) fn has_csrf(&self, sent: &[u8]) -> bool {
        bool::from(self.csrf().as_bytes().ct_eq(sent))
    }

    /// The token itself, for the cookie.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sevens;

    impl Randomness for Sevens {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    #[test]
    fn a_token_reads_back_and_nothing_else_does() {
        let token = SessionToken::mint(&Sevens);
        assert_eq!(token.reveal().len(), LENGTH);
        assert_eq!(SessionToken::parse(token.reveal()), Some(token.clone()));
        let upper = token.reveal().to_ascii_uppercase();
        let quoted = format!("\"{}\"", token.reveal());
        for text in ["", "ans_", &upper, &quoted, &token.reveal()[..55], "ann_x"] {
            assert_eq!(SessionToken::parse(text), None, "{text}");
        }
        assert_eq!(format!("{token:?}"), "SessionToken(***)");
    }

    #[test]
    fn the_csrf_belongs_to_the_token() {
        let token = SessionToken::mint(&Sevens);
        let csrf = token.csrf();
        assert!(token.has_csrf(csrf.as_bytes()));
        assert!(!token.has_csrf(b"") && !token.has_csrf(&csrf.as_bytes()[1..]));
        assert!(!token.reveal().contains(&csrf) && !csrf.contains(&token.reveal()[4..]));
    }
}
