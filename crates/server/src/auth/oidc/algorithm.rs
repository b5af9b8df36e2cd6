use ring::signature::{self, RsaParameters, VerificationAlgorithm};
use serde::Deserialize;

/// A signature that the tokens of others may have (RFC 7518, section 3.1; RFC 8037).
///
/// There is no `none`, and nothing that is checked with a shared secret: what is not here does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
pub enum Algorithm {
    /// RSA PKCS#1 v1.5 with SHA-256.
    RS256,
    /// RSA PKCS#1 v1.5 with SHA-384.
    RS384,
    /// RSA PKCS#1 v1.5 with SHA-512.
    RS512,
    /// RSA-PSS with SHA-256.
    PS256,
    /// RSA-PSS with SHA-384.
    PS384,
    /// RSA-PSS with SHA-512.
    PS512,
    /// ECDSA on P-256 with SHA-256.
    ES256,
    /// ECDSA on P-384 with SHA-384.
    ES384,
    /// Ed25519.
    #[serde(rename = "EdDSA")]
    EdDsa,
}

/// How the signature of an algorithm is checked.
pub(super) enum Check {
    /// With the modulus and the exponent of a key of 2048 to 8192 bits.
    Rsa(&'static RsaParameters),
    /// With a point on this curve, as JSON Web Keys name it.
    Curve(&'static str, &'static dyn VerificationAlgorithm),
}

impl Algorithm {
    /// Every algorithm.
    pub const ALL: [Self; 9] = [
        Self::RS256,
        Self::RS384,
        Self::RS512,
        Self::PS256,
        Self::PS384,
        Self::PS512,
        Self::ES256,
        Self::ES384,
        Self::EdDsa,
    ];

    /// The name in the header of a token.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RS256 => "RS256",
            Self::RS384 => "RS384",
            Self::RS512 => "RS512",
            Self::PS256 => "PS256",
            Self::PS384 => "PS384",
            Self::PS512 => "PS512",
            Self::ES256 => "ES256",
            Self::ES384 => "ES384",
            Self::EdDsa => "EdDSA",
        }
    }

    /// The algorithm with this name; names are compared exactly (RFC 7515, section 4.1.1).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == name)
    }

    pub(super) fn check(self) -> Check {
        match self {
            Self::RS256 => Check::Rsa(&signature::RSA_PKCS1_2048_8192_SHA256),
            Self::RS384 => Check::Rsa(&signature::RSA_PKCS1_2048_8192_SHA384),
            Self::RS512 => Check::Rsa(&signature::RSA_PKCS1_2048_8192_SHA512),
            Self::PS256 => Check::Rsa(&signature::RSA_PSS_2048_8192_SHA256),
            Self::PS384 => Check::Rsa(&signature::RSA_PSS_2048_8192_SHA384),
            Self::PS512 => Check::Rsa(&signature::RSA_PSS_2048_8192_SHA512),
            Self::ES256 => Check::Curve("P-256", &signature::ECDSA_P256_SHA256_FIXED),
            Self::ES384 => Check::Curve("P-384", &signature::ECDSA_P384_SHA384_FIXED),
            Self::EdDsa => Check::Curve("Ed25519", &signature::ED25519),
        }
    }
}
