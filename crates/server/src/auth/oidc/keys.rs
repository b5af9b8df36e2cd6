//! The public keys of an issuer (RFC 7517). Pure.

use data_encoding::BASE64URL_NOPAD;
use ring::signature::{RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;
use serde_json::Value;

use super::{Algorithm, algorithm::Check};
use crate::limits::FOREIGN_KEYS_MAX;

/// The keys of an issuer with which signatures can be checked; others in its document are left out.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeySet(Vec<Key>);

/// A public key.
#[derive(Clone, Debug)]
pub(super) struct Key {
    kid: Option<String>,
    /// The only algorithm it is for, when it says so.
    alg: Option<String>,
    material: Material,
}

#[derive(Clone, Debug)]
enum Material {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    Curve { name: String, point: Vec<u8> },
}

/// One entry of the document; unknown members must be ignored (RFC 7517, section 4).
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    used_for: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

impl KeySet {
    /// Reads the document of an issuer; `None` when it is none.
    ///
    /// An entry that is no public key for signatures is left out, as RFC 7517, section 5, demands.
    pub(crate) fn read(document: &Value) -> Option<Self> {
        let entries = document.get("keys")?.as_array()?;
        let keys = entries.iter().take(FOREIGN_KEYS_MAX).filter_map(Key::read);
        Some(Self(keys.collect()))
    }

    /// The key that a token with this header names. Without a name there must be exactly one key that fits
    /// (OpenID Connect Core 1.0, section 10.1).
    pub(super) fn find(&self, kid: Option<&str>, algorithm: Algorithm) -> Option<&Key> {
        let named = |key: &&Key| kid.is_none() || key.kid.as_deref() == kid;
        let mut fitting = self
            .0
            .iter()
            .filter(|key| key.fits(algorithm))
            .filter(named);
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }
}

impl Key {
    fn read(entry: &Value) -> Option<Self> {
        let jwk = Jwk::deserialize(entry).ok()?;
        if jwk.used_for.is_some_and(|used_for| used_for != "sig") {
            return None;
        }
        let bytes = |member: Option<String>| {
            let decoded = BASE64URL_NOPAD.decode(member?.as_bytes()).ok()?;
            (!decoded.is_empty()).then_some(decoded)
        };
        let material = match jwk.kty.as_str() {
            "RSA" => Material::Rsa {
                n: without_zeros(bytes(jwk.n)?),
                e: without_zeros(bytes(jwk.e)?),
            },
            "EC" => {
                // An uncompressed point (SEC 1, section 2.3.3).
                let mut point = vec![4];
                point.extend(bytes(jwk.x)?);
                point.extend(bytes(jwk.y)?);
                Material::Curve {
                    name: jwk.crv?,
                    point,
                }
            }
            "OKP" => Material::Curve {
                name: jwk.crv?,
                point: bytes(jwk.x)?,
            },
            _ => return None,
        };
        Some(Self {
            kid: jwk.kid,
            alg: jwk.alg,
            material,
        })
    }

    /// Whether the key is of the family of the algorithm and not reserved for another one.
    fn fits(&self, algorithm: Algorithm) -> bool {
        let is_free = self
            .alg
            .as_deref()
            .is_none_or(|alg| alg == algorithm.as_str());
        is_free
            && match (&self.material, algorithm.check()) {
                (Material::Rsa { .. }, Check::Rsa(_)) => true,
                (Material::Curve { name, .. }, Check::Curve(curve, _)) => name == curve,
                (Material::Rsa { .. }, Check::Curve(..))
                | (Material::Curve { .. }, Check::Rsa(_)) => false,
            }
    }

    /// Whether the signature of `message` was made with the other half of this key.
    pub(super) fn has_signed(
        &self,
        algorithm: Algorithm,
        message: &[u8],
        signature: &[u8],
    ) -> bool {
        let checked = match (&self.material, algorithm.check()) {
            (Material::Rsa { n, e }, Check::Rsa(parameters)) => {
                RsaPublicKeyComponents { n, e }.verify(parameters, message, signature)
            }
            (Material::Curve { name, point }, Check::Curve(curve, check)) if name == curve => {
                UnparsedPublicKey::new(check, point).verify(message, signature)
            }
            _ => return false,
        };
        checked.is_ok()
    }
}

/// A number without the zeros before it, which some issuers write and the check refuses.
fn without_zeros(number: Vec<u8>) -> Vec<u8> {
    number.into_iter().skip_while(|byte| *byte == 0).collect()
}
