//! Keys with which tests sign tokens as an OpenID provider does; made anew in each test.

use data_encoding::BASE64URL_NOPAD;
use ring::{
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};

/// A key on P-256, with the name under which its issuer publishes it.
pub struct IssuerKey {
    /// The name.
    pub kid: String,
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

impl IssuerKey {
    /// A new key.
    ///
    pub fn new(kid: &str) -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random)
            .expect("the system gives random bytes");
        Self {
            kid: kid.to_owned(),
            pair: EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random)
                .expect("a key that was just made"),
            random,
        }
    }

    /// The public half as a JSON Web Key.
    ///
    pub fn jwk(&self) -> Value {
        let (x, y) = self.public().get(1..).expect("a point").split_at(32);
        json!({
            "kty": "EC", "crv": "P-256", "kid": self.kid, "use": "sig",
            "x": BASE64URL_NOPAD.encode(x), "y": BASE64URL_NOPAD.encode(y),
        })
    }

    /// The public half as an uncompressed point.
    pub fn public(&self) -> &[u8] {
        self.pair.public_key().as_ref()
    }

    /// A token with these claims, signed with ES256.
    pub fn sign(&self, claims: &Value) -> String {
        self.sign_with(&json!({"alg": "ES256", "kid": self.kid}), claims)
    }

    /// The same with another header; the signature is that of ES256 whatever the header says.
    ///
    pub fn sign_with(&self, header: &Value, claims: &Value) -> String {
        let signed = parts(header, claims);
        let signature = self
            .pair
            .sign(&self.random, signed.as_bytes())
            .expect("the system gives random bytes");
        format!("{signed}.{}", BASE64URL_NOPAD.encode(signature.as_ref()))
    }
}

/// A token whose signature is a MAC with `secret`, as HS256 makes it.
pub fn sign_with_secret(header: &Value, claims: &Value, secret: &[u8]) -> String {
    let signed = parts(header, claims);
    let mac = hmac::sign(
        &hmac::Key::new(hmac::HMAC_SHA256, secret),
        signed.as_bytes(),
    );
    format!("{signed}.{}", BASE64URL_NOPAD.encode(mac.as_ref()))
}

/// The first two parts of a token, with the dot between them.
pub fn parts(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    format!("{}.{}", part(header), part(claims))
}
