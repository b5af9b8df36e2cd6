//! Passwords of people: Argon2id (RFC 9106), kept in the PHC string format, hashed by two threads at most.

use std::{fmt, sync::Arc};

use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::BASE64_NOPAD;
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

use crate::{
    limits::{HASHINGS_MAX, HASHINGS_WAITING_MAX, PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN},
    randomness::{self, Randomness},
};

/// 19 MiB, two passes, one lane: the first recommendation of OWASP for Argon2id.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;
const TAG_BYTES: usize = 32;
/// The salt against which the password for an unknown address is hashed, so that it takes as long.
const NOBODYS_SALT: [u8; SALT_BYTES] = *b"nobody is known.";
/// 80 random bits: nobody guesses them over a network.
const MADE_UP_BYTES: usize = 10;

/// A password as somebody typed it. Never shown by `Debug`.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// A password that may be set; else a sentence that says what may.
    pub fn new(text: String) -> Result<Self, String> {
        if text.chars().count() < PASSWORD_CHARS_MIN || text.len() > PASSWORD_BYTES_MAX {
            return Err(format!(
                "expected at least {PASSWORD_CHARS_MIN} characters and at most {PASSWORD_BYTES_MAX} bytes"
            ));
        }
        Ok(Self(text))
    }

    /// A password that somebody tries, whatever it is.
    pub(crate) fn tried(text: String) -> Self {
        Self(text)
    }

    /// A password of 16 random characters in four groups.
    pub fn made_up(randomness: &dyn Randomness) -> Self {
        Self(readable(randomness))
    }

    /// The password itself, to be handed to its owner once.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// 80 random bits as four groups of four characters that can be typed.
pub(crate) fn readable(randomness: &dyn Randomness) -> String {
    let bytes: [u8; MADE_UP_BYTES] = randomness::array(randomness);
    let letters = data_encoding::BASE32_NOPAD
        .encode(&bytes)
        .to_ascii_lowercase();
    let groups: Vec<&str> = (0..letters.len())
        .step_by(4)
        .filter_map(|from| letters.get(from..from + 4))
        .collect();
    groups.join("-")
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(***)")
    }
}

/// What the database keeps of a password. Never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PasswordHash {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: Vec<u8>,
    tag: Vec<u8>,
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(***)")
    }
}

impl PasswordHash {
    /// Reads what [`Self::to_phc`] writes; `None` when the text is damaged.
    pub(crate) fn of_phc(text: &str) -> Option<Self> {
        let mut parts = text.split('$');
        let kind = (parts.next()?, parts.next()?, parts.next()?);
        if kind != ("", "argon2id", "v=19") {
            return None;
        }
        let mut costs = parts.next()?.split(',');
        let mut cost = |name: &str| -> Option<u32> {
            let (known, value) = costs.next()?.split_once('=')?;
            (known == name).then_some(value)?.parse().ok()
        };
        let (memory_kib, passes, lanes) = (cost("m")?, cost("t")?, cost("p")?);
        let salt = BASE64_NOPAD.decode(parts.next()?.as_bytes()).ok()?;
        let tag = BASE64_NOPAD.decode(parts.next()?.as_bytes()).ok()?;
        let is_whole = parts.next().is_none() && tag.len() == TAG_BYTES;
        is_whole.then_some(Self {
            memory_kib,
            passes,
            lanes,
            salt,
            tag,
        })
    }

    /// The hash with its costs and salt in the PHC string format.
    pub(crate) fn to_phc(&self) -> String {
        format!(
            "$argon2id$v=19$m={},t={},p={}${}${}",
            self.memory_kib,
            self.passes,
            self.lanes,
            BASE64_NOPAD.encode(&self.salt),
            BASE64_NOPAD.encode(&self.tag)
        )
    }

    /// Hashes a password. Blocks for tens of milliseconds and takes 19 MiB.
    fn of(password: &Password, salt: [u8; SALT_BYTES]) -> Result<Self, HashError> {
        let mut hash = Self {
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            lanes: LANES,
            salt: salt.to_vec(),
            tag: Vec::new(),
        };
        hash.tag = hash.tag_of(password)?;
        Ok(hash)
    }

    /// Whether this is the hash of the password. Blocks as [`Self::of`] does.
    fn is_of(&self, password: &Password) -> Result<bool, HashError> {
        Ok(bool::from(self.tag_of(password)?.ct_eq(&self.tag)))
    }

    fn tag_of(&self, password: &Password) -> Result<Vec<u8>, HashError> {
        let costs = Params::new(self.memory_kib, self.passes, self.lanes, Some(TAG_BYTES));
        let argon2 = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            costs.map_err(HashError::Hash)?,
        );
        let mut tag = vec![0; TAG_BYTES];
        argon2
            .hash_password_into(password.0.as_bytes(), &self.salt, &mut tag)
            .map_err(HashError::Hash)?;
        Ok(tag)
    }
}

/// Why a password was not hashed.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// So many are waiting that another one would wait too long.
    #[error("too many passwords are being checked")]
    Busy,
    /// The function itself refused, as it does for costs that are damaged.
    #[error("hash a password: {0}")]
    Hash(argon2::Error),
    /// The thread met a defect.
    #[error("the hashing of a password ended early")]
    Panicked(#[source] tokio::task::JoinError),
}

/// Hashes passwords beside the requests: two at a time, a few more wait, and the rest is put off.
#[derive(Debug)]
pub(crate) struct Hasher {
    working: Arc<Semaphore>,
    waiting: Semaphore,
}

impl Default for Hasher {
    fn default() -> Self {
        Self {
            working: Arc::new(Semaphore::new(HASHINGS_MAX)),
            waiting: Semaphore::new(HASHINGS_WAITING_MAX),
        }
    }
}

impl Hasher {
    /// The hash of a new password.
    pub(crate) async fn hash(
        &self,
        password: Password,
        randomness: &dyn Randomness,
    ) -> Result<PasswordHash, HashError> {
        let salt = randomness::array(randomness);
        self.work(move || PasswordHash::of(&password, salt)).await
    }

    /// Whether the password is the one of `known`; without one the answer is no, and takes as long.
    pub(crate) async fn is_right(
        &self,
        known: Option<PasswordHash>,
        password: Password,
    ) -> Result<bool, HashError> {
        self.work(move || match known {
            Some(known) => known.is_of(&password),
            None => PasswordHash::of(&password, NOBODYS_SALT).map(|_| false),
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HashError> {
        let _queued = self.waiting.try_acquire().map_err(|_| HashError::Busy)?;
        let working = Arc::clone(&self.working).acquire_owned().await;
        let done = tokio::task::spawn_blocking(move || {
            // Held by the thread, which goes on when nobody waits for it any more.
            let _working = working;
            work()
        });
        done.await.map_err(HashError::Panicked)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(text: &str) -> Password {
        Password::tried(text.to_owned())
    }

    #[test]
    fn a_hash_reads_back_and_knows_its_password_only() {
        let hash = PasswordHash::of(&tried("correct horse battery"), [7; SALT_BYTES]).unwrap();
        let text = hash.to_phc();
        assert!(
            text.starts_with("$argon2id$v=19$m=19456,t=2,p=1$BwcHBwcHBwcHBwcHBwcHBw$"),
            "{text}"
        );
        let read = PasswordHash::of_phc(&text).unwrap();
        assert_eq!(read, hash);
        assert!(read.is_of(&tried("correct horse battery")).unwrap());
        assert!(!read.is_of(&tried("correct horse batterz")).unwrap());
        assert!(!read.is_of(&tried("")).unwrap());
        for damaged in [
            "",
            "$argon2id$v=19",
            &text[1..],
            &text[..text.len() - 1],
            &format!("{text}$"),
        ] {
            assert!(PasswordHash::of_phc(damaged).is_none(), "{damaged}");
        }
    }

    #[test]
    fn passwords_are_long_and_not_too_long() {
        for (text, is_good) in [
            ("a".repeat(11), false),
            ("a".repeat(12), true),
            ("ä".repeat(12), true),
            ("a".repeat(256), true),
            ("ä".repeat(129), false),
        ] {
            assert_eq!(Password::new(text.clone()).is_ok(), is_good, "{text}");
        }
    }

    #[test]
    fn a_password_does_not_show_itself() {
        assert_eq!(format!("{:?}", tried("hunter2")), "Password(***)");
    }
}
