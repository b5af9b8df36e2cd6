use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use testkit::issuer_key::{IssuerKey, parts, sign_with_secret};

use super::{Algorithm, Claims, Expected, KeySet, Kind, TokenError, Unverified};

const ISSUER: &str = "https://login.example";
const CLIENT: &str = "annals";
const NONCE: &str = "n-1";
const NOW_S: u64 = 1_790_000_000;

fn key_set(keys: &[Value]) -> KeySet {
    KeySet::read(&json!({ "keys": keys })).unwrap()
}

/// The claims of a good ID token, with some of them changed; `null` takes one away.
fn claims(change: &Value) -> Value {
    let mut claims = json!({
        "iss": ISSUER, "aud": CLIENT, "sub": "1", "nonce": NONCE,
        "iat": NOW_S - 5, "exp": NOW_S + 300,
    });
    let members = claims.as_object_mut().unwrap();
    for (name, value) in change.as_object().unwrap() {
        if value.is_null() {
            members.remove(name);
        } else {
            members.insert(name.clone(), value.clone());
        }
    }
    claims
}

fn verified(token: &str, keys: &KeySet, allowed: &[Algorithm]) -> Result<Claims, TokenError> {
    Unverified::parse(token, Kind::Identity)?.verified(keys, allowed)
}

fn identity(claims: &Value) -> Result<(), TokenError> {
    let Value::Object(claims) = claims.clone() else {
        panic!("not an object")
    };
    let expected = Expected {
        issuer: ISSUER,
        audience: CLIENT,
        now_s: NOW_S,
    };
    Claims::new(claims).check_identity(&expected, NONCE)
}

/// RFC 7515, appendix A.2.
#[test]
fn the_rsa_token_of_the_standard_is_right() {
    let key = json!({"kty": "RSA", "e": "AQAB", "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"});
    let token = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    let keys = key_set(std::slice::from_ref(&key));
    let claims = verified(token, &keys, &Algorithm::ALL).unwrap();
    assert_eq!(claims.text("iss"), Some("joe"));
    let other = token.replace("eyJpc3MiOiJqb2Ui", "eyJpc3MiOiJqb2Yi");
    assert_eq!(
        verified(&other, &keys, &Algorithm::ALL).unwrap_err(),
        TokenError::Signature
    );
    assert_eq!(
        verified(token, &keys, &[Algorithm::ES256]).unwrap_err(),
        TokenError::Algorithm
    );

    // The same key with a zero before its modulus, as some issuers write it, and reserved for another algorithm.
    let n = BASE64URL_NOPAD
        .decode(key["n"].as_str().unwrap().as_bytes())
        .unwrap();
    let mut padded = key.clone();
    padded["n"] = json!(BASE64URL_NOPAD.encode(&[vec![0], n].concat()));
    assert!(verified(token, &key_set(&[padded]), &Algorithm::ALL).is_ok());
    let mut reserved = key;
    reserved["alg"] = json!("PS256");
    let refused = verified(token, &key_set(&[reserved]), &Algorithm::ALL);
    assert_eq!(refused.unwrap_err(), TokenError::UnknownKey);
}

/// RFC 8037, appendix A.4; its payload is no object, so that only the signature can be looked at.
#[test]
fn the_ed25519_signature_of_the_standard_is_right() {
    let key =
        json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
    let keys = key_set(&[key]);
    let signature = BASE64URL_NOPAD
        .decode(b"hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")
        .unwrap();
    let message = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    let key = keys.find(None, Algorithm::EdDsa).unwrap();
    assert!(key.has_signed(Algorithm::EdDsa, message, &signature));
    assert!(!key.has_signed(Algorithm::EdDsa, &message[1..], &signature));
    assert!(!key.has_signed(Algorithm::ES256, message, &signature));
}

#[test]
fn only_the_holder_of_the_key_signs() {
    let key = IssuerKey::new("k1");
    let keys = key_set(&[key.jwk()]);
    let claims = claims(&json!({}));
    let refused = |token: &str| verified(token, &keys, &Algorithm::ALL).unwrap_err();
    assert!(verified(&key.sign(&claims), &keys, &Algorithm::ALL).is_ok());

    let other = IssuerKey::new("k1");
    assert_eq!(refused(&other.sign(&claims)), TokenError::Signature);
    assert_eq!(
        refused(&IssuerKey::new("k2").sign(&claims)),
        TokenError::UnknownKey
    );
    // The header cannot bring its own key.
    let header = json!({"alg": "ES256", "kid": "k1", "jwk": other.jwk(), "jku": "https://evil.example", "x5c": []});
    assert_eq!(
        refused(&other.sign_with(&header, &claims)),
        TokenError::Signature
    );

    for alg in [
        "none", "None", "NONE", "", "HS256", "HS512", "es256", "RS1", "ES256K",
    ] {
        let header = json!({"alg": alg, "kid": "k1"});
        assert_eq!(
            refused(&key.sign_with(&header, &claims)),
            TokenError::Algorithm,
            "{alg}"
        );
        assert_eq!(
            refused(&format!("{}.", parts(&header, &claims))),
            TokenError::Algorithm
        );
    }
    // The public key as the secret of a MAC, in every form in which it may lie around.
    let jwk = key.jwk();
    let point = key.public().to_vec();
    for secret in [
        point,
        jwk.to_string().into_bytes(),
        jwk["x"].to_string().into_bytes(),
    ] {
        let header = json!({"alg": "HS256", "kid": "k1"});
        assert_eq!(
            refused(&sign_with_secret(&header, &claims, &secret)),
            TokenError::Algorithm
        );
        let header = json!({"alg": "ES256", "kid": "k1"});
        assert_eq!(
            refused(&sign_with_secret(&header, &claims, &secret)),
            TokenError::Signature
        );
    }
    // An algorithm of another family finds no key.
    let header = json!({"alg": "RS256", "kid": "k1"});
    assert_eq!(
        refused(&key.sign_with(&header, &claims)),
        TokenError::UnknownKey
    );
    // A signature that is missing or all zeros (CVE-2022-21449).
    let signed = parts(&json!({"alg": "ES256", "kid": "k1"}), &claims);
    assert_eq!(refused(&format!("{signed}.")), TokenError::Signature);
    let zeros = BASE64URL_NOPAD.encode(&[0; 64]);
    assert_eq!(refused(&format!("{signed}.{zeros}")), TokenError::Signature);
}

#[test]
fn what_is_no_token_is_refused() {
    let key = IssuerKey::new("k1");
    let good = key.sign(&claims(&json!({})));
    let parsed = |text: &str| Unverified::parse(text, Kind::Identity).map(|_| ());
    for text in [
        "",
        "..",
        "a.b.c",
        "ann_abc",
        &good.replacen('.', "", 1),
        &format!("{good}="),
        &format!("{good}.{good}"),
        &format!(" {good}"),
        &key.sign(&json!([])),
        &key.sign_with(&json!("ES256"), &claims(&json!({}))),
        &key.sign_with(&json!({"kid": "k1"}), &claims(&json!({}))),
    ] {
        assert_eq!(parsed(text), Err(TokenError::Malformed), "{text}");
    }
    assert_eq!(parsed(&"a".repeat(65 * 1024)), Err(TokenError::TooLong));
    let with = |member: &str, value: Value| {
        let mut header = json!({"alg": "ES256", "kid": "k1"});
        header[member] = value;
        key.sign_with(&header, &claims(&json!({})))
    };
    assert_eq!(
        parsed(&with("crit", json!(["b64"]))),
        Err(TokenError::Critical)
    );
    assert_eq!(
        parsed(&with("typ", json!("logout+jwt"))),
        Err(TokenError::Type)
    );
    let access = with("typ", json!("at+jwt"));
    assert_eq!(parsed(&access), Err(TokenError::Type));
    assert!(Unverified::parse(&access, Kind::Access).is_ok());
    assert!(parsed(&with("typ", json!("JWT"))).is_ok());
}

#[test]
fn a_token_without_a_key_name_needs_the_only_key() {
    let (one, two) = (IssuerKey::new("k1"), IssuerKey::new("k2"));
    let token = one.sign_with(&json!({"alg": "ES256"}), &claims(&json!({})));
    assert!(verified(&token, &key_set(&[one.jwk()]), &Algorithm::ALL).is_ok());
    let both = key_set(&[one.jwk(), two.jwk()]);
    assert_eq!(
        verified(&token, &both, &Algorithm::ALL).unwrap_err(),
        TokenError::UnknownKey
    );
    let mut for_secrets = one.jwk();
    for_secrets["use"] = json!("enc");
    let keys = key_set(&[
        for_secrets,
        json!({"kty": "oct", "k": "AAAA", "kid": "k1"}),
        json!(7),
    ]);
    assert_eq!(
        verified(&token, &keys, &Algorithm::ALL).unwrap_err(),
        TokenError::UnknownKey
    );
}

#[test]
fn an_id_token_is_for_us_from_its_issuer_now_and_for_this_sign_in() {
    for (change, outcome) in [
        (json!({}), Ok(())),
        (json!({"aud": [CLIENT]}), Ok(())),
        (json!({"aud": [CLIENT, "other"], "azp": CLIENT}), Ok(())),
        (json!({"azp": CLIENT}), Ok(())),
        (json!({"exp": NOW_S - 59}), Ok(())),
        (json!({"nbf": NOW_S + 60, "iat": NOW_S + 60}), Ok(())),
        (json!({"exp": 1_790_000_000.5}), Ok(())),
        (
            json!({"iss": "https://login.example/"}),
            Err(TokenError::Issuer),
        ),
        (
            json!({"iss": "https://evil.example"}),
            Err(TokenError::Issuer),
        ),
        (json!({"iss": null}), Err(TokenError::Issuer)),
        (json!({"aud": "other"}), Err(TokenError::Audience)),
        (
            json!({"aud": ["other", "annals2"]}),
            Err(TokenError::Audience),
        ),
        (json!({"aud": null}), Err(TokenError::Audience)),
        (json!({"aud": {"annals": true}}), Err(TokenError::Audience)),
        (json!({"aud": [CLIENT, "other"]}), Err(TokenError::Party)),
        (
            json!({"aud": [CLIENT, "other"], "azp": "other"}),
            Err(TokenError::Party),
        ),
        (json!({"azp": "other"}), Err(TokenError::Party)),
        (json!({"azp": [CLIENT]}), Err(TokenError::Party)),
        (json!({"exp": NOW_S - 60}), Err(TokenError::Expired)),
        (json!({"exp": null}), Err(TokenError::Claim("exp"))),
        (json!({"exp": "9999999999"}), Err(TokenError::Claim("exp"))),
        (json!({"exp": -1}), Err(TokenError::Claim("exp"))),
        (json!({"iat": NOW_S + 61}), Err(TokenError::NotYet)),
        (json!({"nbf": NOW_S + 61}), Err(TokenError::NotYet)),
        (json!({"iat": null}), Err(TokenError::Claim("iat"))),
        (json!({"nonce": "n-2"}), Err(TokenError::Nonce)),
        (json!({"nonce": null}), Err(TokenError::Nonce)),
        (json!({"sub": ""}), Err(TokenError::Claim("sub"))),
        (json!({"sub": 7}), Err(TokenError::Claim("sub"))),
    ] {
        assert_eq!(identity(&claims(&change)), outcome, "{change}");
    }
}

#[test]
fn an_address_is_verified_by_whoever_names_it() {
    let claims = |claims: Value| match claims {
        Value::Object(claims) => Claims::new(claims),
        _ => panic!("not an object"),
    };
    for (token, more, is_verified) in [
        (
            json!({"email_verified": true}),
            json!({"email": "a@b.example"}),
            false,
        ),
        (
            json!({"email": "a@b.example"}),
            json!({"email": "c@b.example", "email_verified": true}),
            false,
        ),
        (
            json!({"email": "a@b.example"}),
            json!({"email_verified": true}),
            false,
        ),
        (
            json!({"email": "a@b.example"}),
            json!({"email": "a@b.example", "email_verified": true}),
            true,
        ),
        (
            json!({}),
            json!({"email": "a@b.example", "email_verified": true}),
            true,
        ),
        (
            json!({"email": "a@b.example", "email_verified": true}),
            json!({"email": "c@b.example"}),
            true,
        ),
    ] {
        let mut whole = claims(token.clone());
        whole.complete(claims(more.clone()));
        assert_eq!(whole.flag("email_verified"), is_verified, "{token} {more}");
    }
}

#[test]
fn an_access_token_may_not_be_older_than_the_operator_allows() {
    let check = |change: &Value| {
        let Value::Object(claims) = claims(change) else {
            panic!("not an object")
        };
        let expected = Expected {
            issuer: ISSUER,
            audience: CLIENT,
            now_s: NOW_S,
        };
        Claims::new(claims).check_access(&expected, 600)
    };
    assert_eq!(check(&json!({"nonce": null})), Ok(()));
    assert_eq!(check(&json!({"iat": NOW_S - 659})), Ok(()));
    assert_eq!(
        check(&json!({"iat": NOW_S - 660, "exp": NOW_S + 86_400})),
        Err(TokenError::TooOld)
    );
    assert_eq!(check(&json!({"aud": "other"})), Err(TokenError::Audience));
    assert_eq!(check(&json!({"exp": NOW_S - 60})), Err(TokenError::Expired));
}
