//! Codes of six digits that change every 30 seconds (RFC 6238 with SHA-1), as all authenticator apps make them.

use std::fmt::Write;

use std::fmt;

use data_encoding::BASE32_NOPAD;
use ring::hmac;
use subtle::ConstantTimeEq;

use crate::randomness::{self, Randomness};

/// 160 bits, as RFC 4226 section 4 recommends.
const SECRET_BYTES: usize = 20;
const STEP_MS: u64 = 30_000;
const DIGITS: usize = 6;
/// How many steps a clock may be off, in both directions.
const WINDOW: u64 = 1;

/// The secret that an app and the server share. Never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct TotpSecret([u8; SECRET_BYTES]);

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(***)")
    }
}

impl TotpSecret {
    /// A new secret.
    pub(crate) fn mint(randomness: &dyn Randomness) -> Self {
        Self(randomness::array(randomness))
    }

    /// The secret of stored bytes; `None` when there are too few or too many.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The bytes, to be sealed.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret as people type it, to be shown once.
    pub(crate) fn reveal(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// What the picture for an app says, to be shown once: the secret, who it is for and whose it is.
    pub(crate) fn uri(&self, issuer: &str, owner: &str) -> String {
        let (issuer, owner) = (encoded(issuer), encoded(owner));
        format!(
            "otpauth://totp/{issuer}:{owner}?secret={}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period=30",
            self.reveal()
        )
    }

    /// The step of the clock to which a code belongs: the present one or its neighbours; `None` for a wrong code.
    pub(crate) fn step_of(&self, code: &str, now_ms: u64) -> Option<u64> {
        let now = now_ms / STEP_MS;
        let mut found = None;
        // All are compared, whichever is right, and the earliest wins: the later ones can still be used.
        for step in (now.saturating_sub(WINDOW)..=now + WINDOW).rev() {
            if bool::from(self.code(step).as_bytes().ct_eq(code.as_bytes())) {
                found = Some(step);
            }
        }
        found
    }

    /// The code of a step (RFC 4226 section 5.3).
    fn code(&self, step: u64) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let tag = tag.as_ref();
        let from = usize::from(tag.last().copied().unwrap_or_default() & 0xf);
        let four = tag.get(from..from + 4).unwrap_or_default();
        let number = four
            .iter()
            .fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
    }
}

/// Percent-encoded as RFC 3986 section 2 says, all but unreserved characters.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a `String` does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_the_rfc() -> TotpSecret {
        TotpSecret::of_bytes(b"12345678901234567890").unwrap()
    }

    /// RFC 6238, appendix B: the last six of its eight digits.
    #[test]
    fn the_vectors_of_the_rfc() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(of_the_rfc().code(seconds / 30), code);
            let step = of_the_rfc().step_of(code, seconds * 1_000);
            assert_eq!(step, Some(seconds / 30));
        }
    }

    #[test]
    fn the_step_before_and_after_are_accepted_and_no_others() {
        let now_ms = 59_000;
        let secret = of_the_rfc();
        for (step, is_accepted) in [(0, true), (1, true), (2, true), (3, false), (4, false)] {
            let found = secret.step_of(&secret.code(step), now_ms);
            assert_eq!(found, is_accepted.then_some(step), "{step}");
        }
        for code in ["", "28708", "2870822", "287083", "+87082", "２８７０８２"] {
            assert_eq!(secret.step_of(code, now_ms), None, "{code}");
        }
        assert_eq!(
            secret.step_of("755224", 0),
            Some(0),
            "the clock's beginning"
        );
    }

    #[test]
    fn the_uri_names_issuer_and_owner() {
        assert_eq!(
            of_the_rfc().uri("Annals log.example", "lily+a@example.com"),
            "otpauth://totp/Annals%20log.example:lily%2Ba%40example.com\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Annals%20log.example\
             &algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(format!("{:?}", of_the_rfc()), "TotpSecret(***)");
    }
}
