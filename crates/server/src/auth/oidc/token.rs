//! Tokens that others have signed (RFC 7515, RFC 7519): taken apart, and checked with the keys of their issuer. Pure.

use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;
use serde_json::Value;

use super::{Algorithm, Claims, KeySet};
use crate::limits::FOREIGN_TOKEN_BYTES_MAX;

/// Why the token of another is not believed; no sentence repeats anything of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TokenError {
    #[error("the token is not a signed one of three parts")]
    Malformed,
    #[error("the token is longer than {FOREIGN_TOKEN_BYTES_MAX} bytes")]
    TooLong,
    #[error("the token is of another type")]
    Type,
    #[error("the token demands an extension")]
    Critical,
    #[error("the token is signed with an algorithm that is not allowed")]
    Algorithm,
    #[error("the issuer has no key to check the token with")]
    UnknownKey,
    #[error("the signature of the token is wrong")]
    Signature,
    #[error("the token is of another issuer")]
    Issuer,
    #[error("the token is for another audience")]
    Audience,
    #[error("the token was issued to another party")]
    Party,
    #[error("the token has expired")]
    Expired,
    #[error("the token is not valid yet")]
    NotYet,
    #[error("the token is older than its issuer may make it")]
    TooOld,
    #[error("the token belongs to another sign-in")]
    Nonce,
    #[error("the token lacks the claim {0}, or it is of the wrong type")]
    Claim(&'static str),
}

/// What a token says about its own signature (RFC 7515, section 4.1); all other members are of no use here.
#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<Value>,
}

/// A token in its parts; nothing in it is to be believed before [`Self::verified`].
#[derive(Debug)]
pub(crate) struct Unverified<'t> {
    algorithm: Algorithm,
    kid: Option<String>,
    /// What is signed: the first two parts and the dot between them.
    signed: &'t str,
    signature: Vec<u8>,
    claims: Claims,
}

/// What a token is for, as far as its type tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An ID token (OpenID Connect Core 1.0, section 2).
    Identity,
    /// An access token (RFC 9068).
    Access,
}

impl Kind {
    /// Whether `typ` fits; a token without one may be of any kind.
    fn has(self, typ: &str) -> bool {
        let typ = typ.to_ascii_lowercase();
        match typ.strip_prefix("application/").unwrap_or(&typ) {
            "jwt" => true,
            "at+jwt" => self == Self::Access,
            _ => false,
        }
    }
}

impl<'t> Unverified<'t> {
    /// Takes a compact token apart.
    pub(crate) fn parse(text: &'t str, kind: Kind) -> Result<Self, TokenError> {
        if text.len() > FOREIGN_TOKEN_BYTES_MAX {
            return Err(TokenError::TooLong);
        }
        let (signed, signature) = text.rsplit_once('.').ok_or(TokenError::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(TokenError::Malformed)?;
        let bytes = |part: &str| {
            let decoded = BASE64URL_NOPAD.decode(part.as_bytes());
            decoded.map_err(|_| TokenError::Malformed)
        };
        let header: Header =
            serde_json::from_slice(&bytes(header)?).map_err(|_| TokenError::Malformed)?;
        if header.crit.is_some() {
            return Err(TokenError::Critical);
        }
        if header.typ.is_some_and(|typ| !kind.has(&typ)) {
            return Err(TokenError::Type);
        }
        let claims = serde_json::from_slice(&bytes(payload)?).map_err(|_| TokenError::Malformed)?;
        Ok(Self {
            algorithm: Algorithm::from_name(&header.alg).ok_or(TokenError::Algorithm)?,
            kid: header.kid,
            signed,
            signature: bytes(signature)?,
            claims: Claims::new(claims),
        })
    }

    /// Who says that it has issued the token: good for choosing whose keys to check it with, and for nothing else.
    pub(crate) fn alleged_issuer(&self) -> Option<&str> {
        self.claims.text("iss")
    }

    /// For whom the token says that it is: good for choosing by which rules it is checked, and for nothing else.
    pub(crate) fn is_allegedly_for(&self, audience: &str) -> bool {
        self.claims.audiences().contains(&audience)
    }

    /// Whether `keys` has no key for this token: the issuer may have a new one.
    pub(crate) fn lacks_key(&self, keys: &KeySet) -> bool {
        keys.find(self.kid.as_deref(), self.algorithm).is_none()
    }

    /// The claims, when the algorithm is one of `allowed` and the signature that of a key of the issuer.
    pub(crate) fn verified(
        self,
        keys: &KeySet,
        allowed: &[Algorithm],
    ) -> Result<Claims, TokenError> {
        if !allowed.contains(&self.algorithm) {
            return Err(TokenError::Algorithm);
        }
        let key = keys
            .find(self.kid.as_deref(), self.algorithm)
            .ok_or(TokenError::UnknownKey)?;
        if key.has_signed(self.algorithm, self.signed.as_bytes(), &self.signature) {
            Ok(self.claims)
        } else {
            Err(TokenError::Signature)
        }
    }
}
