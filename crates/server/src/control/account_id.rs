use std::{fmt, str::FromStr, sync::Arc};

/// The account in which what concerns the instance itself is recorded.
pub const RESERVED: &str = "annals";

/// The longest account id in bytes.
const BYTES_MAX: usize = 128;

/// The id of an account: `^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$`, compared exactly.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(Arc<str>);

/// A text that is no account id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "an account id is 1 to 128 letters, digits, '.', '_', ':' or '-', the first a letter or digit"
)]
pub struct AccountIdInvalid;

impl AccountId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two ids may not have in common: the id in lower case.
    pub(crate) fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// Whether this is the account of the instance itself.
    pub fn is_reserved(&self) -> bool {
        self.as_str() == RESERVED
    }

    /// The account of the instance itself.
    pub fn reserved() -> Self {
        Self(RESERVED.into())
    }
}

impl FromStr for AccountId {
    type Err = AccountIdInvalid;

    fn from_str(text: &str) -> Result<Self, AccountIdInvalid> {
        let body = |byte: &u8| byte.is_ascii_alphanumeric() || b"._:-".contains(byte);
        let first = text
            .as_bytes()
            .first()
            .is_some_and(u8::is_ascii_alphanumeric);
        if first && text.len() <= BYTES_MAX && text.as_bytes().iter().all(body) {
            Ok(Self(text.into()))
        } else {
            Err(AccountIdInvalid)
        }
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
