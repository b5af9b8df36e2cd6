//! Secrets that are told by the name they stand under.

use serde_json::{Value, json};

use super::{accepted, fingerprint};

/// The metadata of an event that was sent with these.
fn metadata(metadata: &Value) -> Value {
    Value::Object(accepted(json!({"action": "a.b", "metadata": metadata})).metadata)
}

#[test]
fn values_under_the_name_of_a_secret_are_replaced() {
    for name in [
        "password",
        "Password",
        "PASSWORD",
        "user_password",
        "userPassword",
        "new-password",
        "passwd",
        "pwd",
        "secret",
        "client_secret",
        "clientSecret",
        "SECRET_KEY",
        "token",
        "accessToken",
        "access_token",
        "x-auth-token",
        "apiKey",
        "api_key",
        "API-KEY",
        "APIKey",
        "DBPassword",
        "apikey",
        "X-Api-Key",
        "private_key",
        "privateKey",
        "aws.secret.access.key",
        "Authorization",
        "Proxy-Authorization",
        "cookie",
        "Set-Cookie",
        "sessionCookie",
        "passphrase",
        "credential",
        "connection_string",
        "recovery_code",
        "one_time_otp",
        "password_hash",
        "jwt",
        "signing_key",
    ] {
        assert_eq!(
            metadata(&json!({name: "hunter2"})),
            json!({name: fingerprint("hunter2")})
        );
        assert_eq!(
            metadata(&json!({name: 4711})),
            json!({name: fingerprint("4711")}),
            "{name}"
        );
        assert_eq!(
            metadata(&json!({name: ["a1", {"x": "a2"}]})),
            json!({name: [fingerprint("a1"), {"x": fingerprint("a2")}]})
        );
    }
}

#[test]
fn values_that_only_describe_a_secret_stay() {
    for harmless in [
        json!({"api_key_name": "deploy", "token_id": "tok_7", "password_changed_at": "2026-11-21T09:55:19Z"}),
        json!({"token_count": 12, "max_tokens": 4096, "tokens": 7, "secret_version": "3", "cookie_policy": "strict"}),
        json!({"password_policy": "12 characters", "secret_name": "db", "tokenizer": "bpe", "keyboard": "de", "key": "k"}),
        json!({"api_key_id": "ak_1", "Token Name": "ci", "public_key": "MIIB", "primary_key": "id", "key_id": "1"}),
        json!({"password": true, "token": null, "secret": "", "api_key": "********", "cookie": "[REDACTED]"}),
        json!({"password": "changed", "token": "expired", "secret": "••••", "credential": "revoked"}),
        json!({"token": {"id": "tok_7", "name": "ci", "created_at": "2026", "scopes": ["read"]}}),
        json!({"secretary": "Ann", "tokenised": "yes", "passwordless": "yes", "authorization_code_flow": "pkce"}),
        json!({"password": "secret:0123456789abcdef"}),
    ] {
        assert_eq!(metadata(&harmless), harmless);
    }
}

#[test]
fn secrets_in_the_depth_are_found() {
    let hidden = fingerprint("hunter2");
    for (sent, kept) in [
        (
            json!({"smtp": {"host": "mx", "password": "hunter2"}}),
            json!({"smtp": {"host": "mx", "password": hidden}}),
        ),
        (
            json!({"headers": [{"name": "Authorization", "value": "hunter2"}]}),
            json!({"headers": [{"name": "Authorization", "value": hidden}]}),
        ),
        (
            json!({"env": [{"key": "DB_PASSWORD", "value": "hunter2"}]}),
            json!({"env": [{"key": "DB_PASSWORD", "value": hidden}]}),
        ),
        (
            json!({"env": [{"key": "DB_HOST", "value": "hunter2"}]}),
            json!({"env": [{"key": "DB_HOST", "value": "hunter2"}]}),
        ),
        (
            json!({"password": {"old": "hunter2", "length": 7}}),
            json!({"password": {"old": hidden, "length": 7}}),
        ),
        (json!({"tokens": ["hunter2"]}), json!({"tokens": [hidden]})),
        (
            json!({"credentials": {"user": "app", "password": "hunter2"}}),
            json!({"credentials": {"user": "app", "password": hidden}}),
        ),
    ] {
        assert_eq!(metadata(&sent), kept);
    }
}

#[test]
fn a_path_tells_what_changed() {
    let hidden = fingerprint("hunter2");
    for (path, is_secret) in [
        ("/password", true),
        ("/smtp/password", true),
        ("/tokens/0", true),
        ("/users/3/apiKey", true),
        ("/token/value", true),
        ("/token/name", false),
        ("/name", false),
        ("/permissions/0", false),
        ("", false),
    ] {
        let change = json!({"path": path, "old": "hunter2", "new": "hunter2"});
        let event = accepted(json!({"action": "a.b", "changes": [change]}));
        let expected = if is_secret {
            json!(hidden)
        } else {
            json!("hunter2")
        };
        assert_eq!(
            (event.changes[0].old.as_ref(), event.changes[0].new.as_ref()),
            (Some(&expected), Some(&expected)),
            "{path}"
        );
    }
}
