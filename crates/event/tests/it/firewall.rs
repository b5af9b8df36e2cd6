//! Secrets that must go, and values that look like them and must stay.

mod growth;
mod names;

use event::{Event, Firewall};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Account, ORIGIN};

const LETTERS: &str = "q7Zk2mXv9RbT4cWn8LpY3sHd6GfJ5aQeU1oKxE0iVtBzMy";

/// A text of so many random-looking letters and digits.
fn random(length: usize) -> String {
    LETTERS.chars().cycle().take(length).collect()
}

/// Tokens of every shape; composed here so that none stands in the source.
fn tokens() -> Vec<String> {
    let mut tokens: Vec<String> = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"]
        .map(|p| p.to_owned() + &random(36))
        .into();
    tokens.extend([
        format!("github_{}_{}", "pat", random(40)),
        format!("{}_{}", "ann", random(32)),
        format!("{}_{}", "anv", random(32)),
        format!("{}_{}", "ann", "q".repeat(56)),
        format!("AKIA{}", random(16).to_uppercase()),
        format!("ASIA{}", random(16).to_uppercase()),
        format!("glpat-{}", random(20)),
        format!("xoxb-{}", random(24)),
        format!("xoxp-1234-{}", random(24)),
        format!("sk_{}_{}", "live", random(24)),
        format!("rk_{}_{}", "live", random(24)),
        format!("whsec_{}", random(32)),
        format!("AIza{}", random(35)),
        format!("sk-ant-{}", random(40)),
        format!("npm_{}", random(36)),
        format!("pypi-AgEI{}", random(60)),
        format!("eyJ{}.eyJ{}.{}", random(17), random(40), random(43)),
        format!("eyJ{}.eyJ{}.", random(17), random(40)),
        format!(
            "eyJ{}..{}.{}.{}",
            random(40),
            random(16),
            random(60),
            random(22)
        ),
    ]);
    tokens
}

fn firewall() -> Firewall {
    Firewall::new([7; 32], ORIGIN)
}

fn fingerprint(secret: &str) -> String {
    firewall().fingerprint(secret.as_bytes())
}

fn cleaned(text: &str) -> String {
    let mut text = text.to_owned();
    firewall().clean_text(&mut text);
    text
}

fn accepted(event: Value) -> Event {
    Account::new().accepted(event)
}

#[test]
fn tokens_are_replaced_wherever_they_stand() {
    for token in tokens() {
        let hidden = fingerprint(&token);
        for (before, after) in [
            ("", ""),
            ("used ", " today"),
            ("(", ")"),
            ("key=", "&x=1"),
            ("https://example.com/?k=", "&a=b"),
            ("\"", "\","),
            ("é", "é"),
            ("id:", ", "),
            ("a/", "?b"),
        ] {
            let text = format!("{before}{token}{after}");
            assert_eq!(cleaned(&text), format!("{before}{hidden}{after}"), "{text}");
        }
        assert_eq!(
            cleaned(&format!("{token} {token}")),
            format!("{hidden} {hidden}")
        );
    }
}

#[test]
fn a_token_ends_where_its_sentence_does() {
    for token in tokens().into_iter().filter(|token| !token.ends_with('.')) {
        assert_eq!(
            cleaned(&format!("It was {token}.")),
            format!("It was {}.", fingerprint(&token)),
            "{token}"
        );
        assert_eq!(
            cleaned(&format!("Was it {token}?")),
            format!("Was it {}?", fingerprint(&token)),
            "{token}"
        );
    }
}

#[test]
fn what_only_resembles_a_token_stays() {
    for text in [
        "",
        "Created the role Auditor (EU)",
        "ghp_short",
        "joann_smith_from_the_north_sea_2",
        "ann_marie_smith_from_the_north_sea",
        "eyJust a word",
        "see eyJhbGci.and.so on",
        "AKIA",
        "AKIA0123456789ABCDEFG",
        "AKIA0123456789ABCDEFg",
        "https://example.com/a:b@c",
        "akia0123456789abcdef",
        "xoxb-1",
        "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e21",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "https://example.com/a/b?page=2&size=10#top",
        "https://user@example.com/",
        "mailto:lily@example.com",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0 Safari/537.36",
        "sha256=5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        "token=***",
        "Bearer authentication failed",
        "Basic authentication is off",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
        "secret:0123456789abcdef",
    ] {
        assert_eq!(cleaned(text), text);
    }
}

#[test]
fn secrets_inside_of_texts_are_found() {
    let key = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIBxg\nabc=\n-----END EC PRIVATE KEY-----";
    let opaque = random(32);
    for (text, secret) in [
        (format!("before {key} after"), key.to_owned()),
        (format!("{key}\n"), key.to_owned()),
        (
            "-----BEGIN PRIVATE KEY-----\nMIIE (cut".to_owned(),
            "-----BEGIN PRIVATE KEY-----\nMIIE (cut".to_owned(),
        ),
        (
            format!("curl -H 'Authorization: Bearer {opaque}'"),
            opaque.clone(),
        ),
        (format!("authorization: basic {opaque}"), opaque.clone()),
        (
            format!("https://example.com/?access_token={opaque}&page=2"),
            opaque.clone(),
        ),
        (
            "https://example.com/?page=2&api-key=k7".to_owned(),
            "k7".to_owned(),
        ),
        (
            "psql password=hunter2 host=db".to_owned(),
            "hunter2".to_owned(),
        ),
        ("DB_PASSWORD=hunter2".to_owned(), "hunter2".to_owned()),
        (
            "postgres://app:hunter2@db.internal:5432/main".to_owned(),
            "hunter2".to_owned(),
        ),
        (
            "amqp://app:p4ss:word@mq/".to_owned(),
            "p4ss:word".to_owned(),
        ),
    ] {
        assert_eq!(
            cleaned(&text),
            text.replace(&secret, &fingerprint(&secret)),
            "{text}"
        );
    }
}

#[test]
fn every_text_of_an_event_is_cleaned() {
    let token = format!("ghp_{}", random(36));
    let texts = json!({
        "action": "a.b",
        "event": token, "category": token, "description": token,
        "actor": {"type": "user", "id": token, "name": token, "email": token, "href": token, "metadata": {"k": token}},
        "on_behalf_of": [{"type": "user", "id": token, "name": token, "href": token, "metadata": {"k": [token]}}],
        "targets": [{"type": "t", "id": token, "name": token, "href": token, "metadata": {"k": {"l": token}}}],
        "changes": [{"path": format!("/{token}"), "old": token, "new": {"k": token}}],
        "outcome": {"code": token, "reason": token},
        "context": {"user_agent": token, "location": token, "session_id": token, "request_id": token,
                    "traceparent": token, "source": token},
        "producer": {"name": token, "version": token},
        "metadata": {"k": token},
    });
    let mut account = Account::new();
    account.client.forwarded = Some(token.clone());
    let event = account.accepted(texts);
    let kept = Value::Object(event.to_json()).to_string();
    assert!(!kept.contains(&token), "{kept}");
    assert_eq!(kept.matches(&fingerprint(&token)).count(), 31);
}

#[test]
fn in_what_is_compared_whole_only_tokens_are_replaced() {
    let token = format!("ghp_{}", random(36));
    let (id, kept) = (
        format!("user:{token}"),
        format!("user:{}", fingerprint(&token)),
    );
    let event = accepted(json!({
        "action": "a.b",
        "actor": {"type": "user", "id": id, "email": "password=x@example.com"},
        "targets": [{"type": "t", "id": id}],
        "context": {"session_id": "password=hunter2", "request_id": id},
    }));
    assert_eq!(event.actor.id.as_deref(), Some(&*kept));
    assert_eq!(event.actor.email.as_deref(), Some("password=x@example.com"));
    assert_eq!(event.targets[0].id, kept);
    assert_eq!(
        (
            event.context.session_id.as_deref(),
            event.context.request_id.as_deref()
        ),
        (Some("password=hunter2"), Some(&*kept))
    );
}

#[test]
fn a_type_that_holds_a_token_is_refused() {
    let token = format!("ghp_{}", random(36));
    let targets = json!([{"type": "role", "id": "1"}, {"type": token, "id": "1"}]);
    let sent = json!({"action": "a.b", "targets": targets});
    let problems = Account::new().accept(sent).unwrap_err();
    let [problem] = &problems[..] else {
        panic!("{problems:?}");
    };
    assert_eq!(
        (problem.pointer.as_str(), problem.code),
        ("/targets/1/type", "invalid_type")
    );
    assert!(!problem.message.contains(&token));
}

#[test]
fn one_secret_has_one_fingerprint_in_one_account() {
    let other = Firewall::new([7; 32], "audit.example/a/other").fingerprint(b"hunter2");
    let event = accepted(
        json!({"action": "a.b", "changes": [{"path": "/password", "old": "hunter2", "new": "hunter2"}]}),
    );
    assert_eq!(event.changes[0].old, event.changes[0].new);
    assert_ne!(fingerprint("hunter2"), other);
    assert_ne!(fingerprint("hunter2"), fingerprint("hunter3"));
    assert_eq!(format!("{:?}", firewall()), "Firewall(***)");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_token_never_survives(before in "[ -~]{0,12}[ ,(=/\"é]", after in "[ ,;)\"'é][ -~]{0,12}", which in any::<prop::sample::Index>()) {
        let tokens = tokens();
        let token = &tokens[which.index(tokens.len())];
        let text = cleaned(&format!("{before}{token}{after}"));
        prop_assert!(!text.contains(&token[token.len() - 12..]), "{}", text);
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(text in "[ -~é]{0,60}", token in proptest::option::of(any::<prop::sample::Index>())) {
        let tokens = tokens();
        let token = token.map(|which| tokens[which.index(tokens.len())].clone()).unwrap_or_default();
        let once = cleaned(&format!("{text} {token}"));
        prop_assert_eq!(cleaned(&once), once);
    }

    #[test]
    fn no_text_does_harm(text in any::<String>()) {
        let _cleaned = cleaned(&text);
    }

    #[test]
    fn ordinary_words_stay(words in proptest::collection::vec("[A-Za-zäöü]{1,14}", 0..12)) {
        let text = words.join(" ");
        prop_assert_eq!(cleaned(&text), text);
    }
}
