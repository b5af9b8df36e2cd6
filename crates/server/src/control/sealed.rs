//! Secrets that must be read again: encrypted at rest with a key that is no part of the database.
//!
//! ChaCha20-Poly1305 (RFC 8439) under a key for one purpose: HMAC-SHA256 of the purpose under the fingerprint secret of
//! the data directory. A copy of the database alone opens nothing.
//! Stored are one byte for the version, the nonce of 12 random bytes, and the ciphertext with its tag of 16.

use std::fmt;

use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hmac,
};

use crate::randomness::{self, Randomness};

/// What keys are derived from, so that no fingerprint of the firewall is ever one.
const LABEL: &[u8] = b"annals sealed\0";
const VERSION: u8 = 1;

/// Seals and opens the secrets of one purpose. Never shown by `Debug`.
pub(crate) struct Sealer(LessSafeKey);

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer(***)")
    }
}

/// The cipher refused: the text is longer than it can seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret could not be sealed")]
pub struct SealError;

impl Sealer {
    /// The sealer of one purpose; what one purpose sealed no other opens.
    pub(crate) fn new(fingerprint_secret: &[u8; 32], purpose: &str) -> Result<Self, SealError> {
        let mut keyed = hmac::Context::with_key(&hmac::Key::new(
            hmac::HMAC_SHA256,
            fingerprint_secret.as_slice(),
        ));
        keyed.update(LABEL);
        keyed.update(purpose.as_bytes());
        let key = UnboundKey::new(&CHACHA20_POLY1305, keyed.sign().as_ref());
        Ok(Self(LessSafeKey::new(key.map_err(|_| SealError)?)))
    }

    /// Seals a secret of `owner`; under another owner it does not open.
    pub(crate) fn seal(
        &self,
        plain: &[u8],
        owner: &str,
        randomness: &dyn Randomness,
    ) -> Result<Vec<u8>, SealError> {
        let nonce: [u8; NONCE_LEN] = randomness::array(randomness);
        let mut sealed = plain.to_vec();
        self.0
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(owner.as_bytes()),
                &mut sealed,
            )
            .map_err(|_| SealError)?;
        Ok([&[VERSION], nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Self::seal`] sealed for `owner`; `None` when it is damaged, of another owner or of another key.
    pub(crate) fn open(&self, sealed: &[u8], owner: &str) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed
            .strip_prefix(&[VERSION])?
            .split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut text = sealed.to_vec();
        let plain = self
            .0
            .open_in_place(nonce, Aad::from(owner.as_bytes()), &mut text)
            .ok()?;
        Some(plain.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(std::sync::atomic::AtomicU8);

    impl Randomness for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        }
    }

    #[test]
    fn only_the_same_key_purpose_and_owner_open_it() {
        let randomness = Counting(1.into());
        let sealer = Sealer::new(&[7; 32], "second factor").unwrap();
        let secret = b"a secret of twenty..";
        let sealed = sealer.seal(secret, "usr_1", &randomness).unwrap();
        assert_eq!(sealed.len(), 1 + 12 + secret.len() + 16);
        assert!(
            !sealed
                .windows(4)
                .any(|part| secret.windows(4).any(|own| own == part))
        );
        assert_eq!(sealer.open(&sealed, "usr_1").as_deref(), Some(&secret[..]));
        let again = Sealer::new(&[7; 32], "second factor").unwrap();
        assert_eq!(again.open(&sealed, "usr_1").as_deref(), Some(&secret[..]));
        assert_ne!(sealer.seal(secret, "usr_1", &randomness).unwrap(), sealed);

        assert_eq!(sealer.open(&sealed, "usr_2"), None);
        let other_purpose = Sealer::new(&[7; 32], "provider").unwrap();
        assert_eq!(other_purpose.open(&sealed, "usr_1"), None);
        let other_key = Sealer::new(&[8; 32], "second factor").unwrap();
        assert_eq!(other_key.open(&sealed, "usr_1"), None);
        for place in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[place] ^= 1;
            assert_eq!(sealer.open(&damaged, "usr_1"), None, "{place}");
            assert_eq!(sealer.open(&sealed[..place], "usr_1"), None, "{place}");
        }
        assert_eq!(format!("{sealer:?}"), "Sealer(***)");
    }
}
