//! One-time links: invitations and new passwords.
//!
//! A link is 256 random bits that are shown once; the database keeps a hash that is bound to what the link is for.
//! Whoever follows it takes it out of the database in the transaction that does what it promises: of many at once exactly
//! one succeeds, and a crash in between leaves the link as it was.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};
use sqlx::{SqliteConnection, SqlitePool};

use super::{ControlError, signed, unsigned};
use crate::randomness::{self, Randomness};

/// What the secrets of links begin with, so that they are recognised where they must not be.
const PREFIX: &str = "anl_";
const SECRET_BYTES: usize = 32;
const LENGTH: usize = 56;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkKind {
    /// To become a member of an account; the subject is an invitation.
    Invitation,
    /// To choose a new password; the subject is a person.
    Reset,
}

impl LinkKind {
    /// The kind as the database has it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }

    /// The page of the dashboard that the link opens.
    const fn page(self) -> &'static str {
        self.as_str()
    }
}

/// The secret of a link, as it stands behind `#code=`. Never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct LinkSecret(String);

impl fmt::Debug for LinkSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkSecret(***)")
    }
}

impl LinkSecret {
    /// A new secret with 256 random bits.
    pub(crate) fn mint(randomness: &dyn Randomness) -> Self {
        let secret: [u8; SECRET_BYTES] = randomness::array(randomness);
        let letters = BASE32_NOPAD.encode(&secret).to_ascii_lowercase();
        Self(format!("{PREFIX}{letters}"))
    }

    /// Reads what somebody sends; `None` for anything that no link ever had.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let letters = text.strip_prefix(PREFIX)?;
        let plain = |byte: u8| byte.is_ascii_lowercase() || (b'2'..=b'7').contains(&byte);
        (text.len() == LENGTH && letters.bytes().all(plain)).then(|| Self(text.to_owned()))
    }

    /// The link itself, to be shown once. The secret stands in the fragment, which browsers send to nobody.
    pub(crate) fn link(&self, kind: LinkKind, public_url: &str) -> String {
        let base = public_url.trim_end_matches('/');
        format!("{base}/ui/{}#code={}", kind.page(), self.0)
    }

    fn hash(&self, kind: LinkKind) -> [u8; 32] {
        let digest = Sha256::new()
            .chain_update("annals link\n")
            .chain_update(kind.as_str())
            .chain_update("\n")
            .chain_update(&self.0);
        digest.finalize().into()
    }
}

/// A link that is to be made.
#[derive(Clone, Debug)]
pub(crate) struct NewLink<'a> {
    pub(crate) kind: LinkKind,
    /// The id of what it opens; links to the same that were made before end.
    pub(crate) subject: &'a str,
    /// The id of whoever makes it.
    pub(crate) maker: &'a str,
    pub(crate) secret: &'a LinkSecret,
    pub(crate) now_ms: u64,
    pub(crate) expires_ms: u64,
}

/// A link that somebody follows: what is wanted, with which secret, and when.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) kind: LinkKind,
    pub(crate) secret: LinkSecret,
    pub(crate) now_ms: u64,
}

/// A link that works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// The id of what it opens.
    pub(crate) subject: String,
    /// The id of whoever made it.
    pub(crate) maker: String,
    /// When it stops working, in milliseconds since 1970 UTC.
    pub(crate) expires_ms: u64,
}

/// All links that may still be followed.
#[derive(Debug)]
pub(crate) struct Links {
    pool: SqlitePool,
}

impl Links {
    pub(super) fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }

    /// Stores a link in the place of those to the same subject.
    pub(crate) async fn make(&self, new: NewLink<'_>) -> Result<(), ControlError> {
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        Self::make_in(&mut transaction, new).await?;
        transaction.commit().await.map_err(failed)
    }

    /// As [`Self::make`], inside a transaction that stores its subject, too.
    pub(crate) async fn make_in(
        connection: &mut SqliteConnection,
        new: NewLink<'_>,
    ) -> Result<(), ControlError> {
        Self::end_in(connection, new.kind, new.subject).await?;
        sqlx::query(
            "INSERT INTO links (secret_hash, kind, subject, maker, created_ms, expires_ms) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(new.secret.hash(new.kind).as_slice())
        .bind(new.kind.as_str())
        .bind(new.subject)
        .bind(new.maker)
        .bind(signed(new.now_ms))
        .bind(signed(new.expires_ms))
        .execute(connection)
        .await
        .map(drop)
        .map_err(failed)
    }

    /// The link of a secret, which stays as it is; [`ControlError::LinkInvalid`] when it does not work.
    pub(crate) async fn find(&self, claim: &Claim) -> Result<Link, ControlError> {
        let row: Option<(String, String, i64)> = sqlx::query_as(
            "SELECT subject, maker, expires_ms FROM links WHERE secret_hash = ? AND kind = ? AND expires_ms > ?",
        )
        .bind(claim.secret.hash(claim.kind).as_slice())
        .bind(claim.kind.as_str())
        .bind(signed(claim.now_ms))
        .fetch_optional(&self.pool)
        .await
        .map_err(|source| ControlError::Load {
            what: "links",
            source,
        })?;
        link(row)
    }

    /// Takes a link, which works never again once the transaction is done; [`ControlError::LinkInvalid`] when it does
    /// not work, as for the second of two who follow it at once.
    pub(crate) async fn take(
        connection: &mut SqliteConnection,
        claim: &Claim,
    ) -> Result<Link, ControlError> {
        let row: Option<(String, String, i64)> = sqlx::query_as(
            "DELETE FROM links WHERE secret_hash = ? AND kind = ? AND expires_ms > ? \
             RETURNING subject, maker, expires_ms",
        )
        .bind(claim.secret.hash(claim.kind).as_slice())
        .bind(claim.kind.as_str())
        .bind(signed(claim.now_ms))
        .fetch_optional(connection)
        .await
        .map_err(failed)?;
        link(row)
    }

    /// Ends the links to a subject, inside a transaction.
    pub(crate) async fn end_in(
        connection: &mut SqliteConnection,
        kind: LinkKind,
        subject: &str,
    ) -> Result<(), ControlError> {
        sqlx::query("DELETE FROM links WHERE kind = ? AND subject = ?")
            .bind(kind.as_str())
            .bind(subject)
            .execute(connection)
            .await
            .map(drop)
            .map_err(failed)
    }

    /// Removes what has expired.
    pub(crate) async fn tidy(&self, now_ms: u64) -> Result<(), ControlError> {
        sqlx::query("DELETE FROM links WHERE expires_ms <= ?")
            .bind(signed(now_ms))
            .execute(&self.pool)
            .await
            .map(drop)
            .map_err(failed)
    }
}

fn link(row: Option<(String, String, i64)>) -> Result<Link, ControlError> {
    let (subject, maker, expires_ms) = row.ok_or(ControlError::LinkInvalid)?;
    let expires_ms = unsigned(expires_ms).ok_or(ControlError::LinkInvalid)?;
    Ok(Link {
        subject,
        maker,
        expires_ms,
    })
}

fn failed(source: sqlx::Error) -> ControlError {
    ControlError::Store {
        what: "a link",
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::control::Control;

    struct Sevens;

    impl Randomness for Sevens {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    #[test]
    fn a_secret_reads_back_and_is_bound_to_its_purpose() {
        let secret = LinkSecret::mint(&Sevens);
        let link = secret.link(LinkKind::Reset, "https://audit.example.com/");
        let code = link
            .strip_prefix("https://audit.example.com/ui/reset#code=")
            .unwrap();
        assert_eq!(LinkSecret::parse(code), Some(secret.clone()));
        assert_eq!(format!("{secret:?}"), "LinkSecret(***)");
        for text in ["", "anl_", &code[1..], &code.to_uppercase(), "ann_x"] {
            assert_eq!(LinkSecret::parse(text), None, "{text}");
        }
        assert_ne!(
            secret.hash(LinkKind::Reset),
            secret.hash(LinkKind::Invitation)
        );
    }

    #[tokio::test]
    async fn a_link_works_once_until_it_expires_and_for_its_purpose_only() {
        let dir = tempfile::tempdir().unwrap();
        let control = Control::create(dir.path()).await.unwrap();
        let secret = LinkSecret::mint(&Sevens);
        let claim = |kind, now_ms| Claim {
            kind,
            secret: secret.clone(),
            now_ms,
        };
        let new = NewLink {
            kind: LinkKind::Reset,
            subject: "usr_1",
            maker: "usr_2",
            secret: &secret,
            now_ms: 1,
            expires_ms: 10,
        };
        control.links.make(new.clone()).await.unwrap();
        let found = control.links.find(&claim(LinkKind::Reset, 9)).await;
        let found = found.unwrap();
        assert_eq!((&*found.subject, &*found.maker), ("usr_1", "usr_2"));
        for wrong in [claim(LinkKind::Reset, 10), claim(LinkKind::Invitation, 9)] {
            let mut transaction = control.pool.begin().await.unwrap();
            let taken = Links::take(&mut transaction, &wrong).await;
            assert!(matches!(taken, Err(ControlError::LinkInvalid)));
        }
        {
            let mut transaction = control.pool.begin().await.unwrap();
            let taken = Links::take(&mut transaction, &claim(LinkKind::Reset, 9)).await;
            assert_eq!(taken.unwrap().expires_ms, 10);
            // Rolled back: what the link promised was not done.
        }
        let mut transaction = control.pool.begin().await.unwrap();
        let first = Links::take(&mut transaction, &claim(LinkKind::Reset, 9)).await;
        let second = Links::take(&mut transaction, &claim(LinkKind::Reset, 9)).await;
        assert!(first.is_ok() && matches!(second, Err(ControlError::LinkInvalid)));
        transaction.commit().await.unwrap();

        control.links.make(new).await.unwrap();
        control.links.tidy(10).await.unwrap();
        let gone = control.links.find(&claim(LinkKind::Reset, 9)).await;
        assert!(matches!(gone, Err(ControlError::LinkInvalid)));
    }
}
