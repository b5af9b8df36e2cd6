//! One made-up secret for every format that the firewall knows.

use event::firewall::{Alphabet, Needs, SECRET_NAMES, SECRET_NAMES_IN_PLURAL, TOKEN_SHAPES};

use crate::seed::Seed;

/// A secret, how it is written, and which rule has to find it.
#[derive(Clone, Debug)]
pub struct Secret {
    /// The id of the rule, `token:github_pat`.
    pub rule: String,
    /// What must not be kept.
    pub value: String,
    /// What is sent: the secret with what belongs to it, such as `Bearer` or an address around it.
    pub written: String,
}

impl Secret {
    fn token(rule: &str, value: String) -> Self {
        Self {
            rule: format!("token:{rule}"),
            written: value.clone(),
            value,
        }
    }

    fn within(rule: &str, value: String, written: impl FnOnce(&str) -> String) -> Self {
        Self {
            rule: format!("token:{rule}"),
            written: written(&value),
            value,
        }
    }

    /// Whether it stands in nothing: what is written is the secret.
    pub fn is_bare(&self) -> bool {
        self.value == self.written
    }
}

const HEX: &str = "0123456789abcdef";
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
const CAPITALS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const ALPHANUMERIC: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

fn drawn(seed: &mut Seed, alphabet: &str, length: usize) -> String {
    let letters = alphabet.as_bytes();
    (0..length)
        .map(|_| char::from(*seed.pick(letters)))
        .collect()
}

/// Letters and digits of both cases, at least one of each kind among them.
fn mixed(seed: &mut Seed, length: usize) -> String {
    drawn(seed, ALPHANUMERIC, length - 3) + "a7Q"
}

/// The characters of a shape behind its prefix.
fn tail(seed: &mut Seed, alphabet: Alphabet, length: usize, needs: Needs) -> String {
    let letters = match alphabet {
        Alphabet::Hex | Alphabet::Hyphenated => HEX,
        Alphabet::Capitals => CAPITALS,
        Alphabet::Lower => LOWER,
        _ => ALPHANUMERIC,
    };
    let begin = match needs {
        Needs::Nothing => "",
        Needs::Digit => "7",
        Needs::Mixed => "7aQ",
    };
    begin.to_owned() + &drawn(seed, letters, length - begin.len())
}

/// A secret of every format: all prefixes, and what is known beside them.
pub fn formats() -> Vec<Secret> {
    let mut seed = Seed::new(4);
    let mut all: Vec<Secret> = TOKEN_SHAPES
        .iter()
        .map(|shape| {
            let length = shape.least.max(shape.most.min(shape.least + 3));
            let tail = tail(&mut seed, shape.alphabet, length, shape.needs);
            Secret::token(shape.rule, format!("{}{tail}", shape.prefix))
        })
        .collect();
    all.extend(web_tokens(&mut seed));
    all.extend(keys(&mut seed));
    all.extend(marked(&mut seed));
    all.extend(addresses(&mut seed));
    all.extend(headers(&mut seed));
    all
}

fn web_tokens(seed: &mut Seed) -> Vec<Secret> {
    let mut part = |length| mixed(seed, length);
    vec![
        Secret::token(
            "jwt",
            format!("eyJ{}.eyJ{}.{}", part(33), part(90), part(43)),
        ),
        Secret::token("jwt", format!("eyJ{}.eyJ{}.", part(20), part(60))),
        Secret::token(
            "jwt",
            format!(
                "eyJ{}.{}.{}.{}.{}",
                part(40),
                part(64),
                part(16),
                part(80),
                part(22)
            ),
        ),
        Secret::token(
            "jwt",
            format!("eyJ{}..{}.{}.{}", part(40), part(16), part(60), part(22)),
        ),
    ]
}

fn keys(seed: &mut Seed) -> Vec<Secret> {
    let labels = [
        "PRIVATE KEY",
        "RSA PRIVATE KEY",
        "EC PRIVATE KEY",
        "DSA PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "PGP PRIVATE KEY BLOCK",
    ];
    labels
        .into_iter()
        .enumerate()
        .map(|(place, label)| {
            let (line, secret) = (mixed(seed, 64), mixed(seed, 64));
            // Some are pasted with their line breaks escaped.
            let end = if place % 2 == 0 { "\n" } else { "\\n" };
            Secret::within("private_key", secret, |secret| {
                format!("-----BEGIN {label}-----{end}{line}{end}{secret}{end}-----END {label}-----")
            })
        })
        .collect()
}

fn marked(seed: &mut Seed) -> Vec<Secret> {
    let mut all = vec![
        Secret::token("telegram", format!("7104998213:AA{}", mixed(seed, 33))),
        Secret::token(
            "discord_bot",
            format!("M{}.{}.{}", mixed(seed, 23), "G7aQx2", mixed(seed, 27)),
        ),
        Secret::token(
            "terraform",
            format!("{}.atlasv1.{}", mixed(seed, 14), mixed(seed, 67)),
        ),
        Secret::token("mailchimp", format!("{}-us12", drawn(seed, HEX, 32))),
        Secret::token("azure_secret", format!("a7Q8Q~{}", mixed(seed, 34))),
        Secret::token(
            "azure_key",
            format!("{}+ASt{}==", mixed(seed, 76), mixed(seed, 6)),
        ),
    ];
    let id = format!("AKIA{}", drawn(seed, CAPITALS, 16));
    let beside = format!("{}/{}", mixed(seed, 20), mixed(seed, 19));
    all.push(Secret::within("aws_secret_key", beside, |secret| {
        format!("{id} {secret}")
    }));
    all
}

fn addresses(seed: &mut Seed) -> Vec<Secret> {
    let webhooks = [
        (
            "slack_webhook",
            "https://hooks.slack.com/services/T0AAAAAAA/B0AAAAAAA/",
        ),
        (
            "discord_webhook",
            "https://discord.com/api/webhooks/1043874120938471234/",
        ),
        (
            "teams_webhook",
            "https://example.webhook.office.com/webhookb2/",
        ),
        (
            "zapier_webhook",
            "https://hooks.zapier.com/hooks/catch/1234567/",
        ),
    ];
    let databases = [
        "postgres://app:*@db.internal:5432/main",
        "postgresql+asyncpg://app:*@db.internal/main?sslmode=require",
        "mysql://root:*@127.0.0.1/shop",
        "mongodb+srv://app:*@cluster0.example.net/main",
        "redis://:*@cache.internal:6379/0",
        "amqps://guest:*@mq.internal/vhost",
        "https://deploy:*@git.example.com/acme/app.git",
        "ftp://backup:*@files.example.com/",
        "ldap://cn=admin:*@ldap.example.com",
        "smtp://mailer:*@smtp.example.com:587",
    ];
    let signed = [
        (
            "azure_signature",
            "https://acme.blob.core.windows.net/c/b?sv=2024-11-04&se=2026-12-01&sr=b&sp=r&sig=*",
        ),
        (
            "aws_signature",
            "https://b.s3.amazonaws.com/k?X-Amz-Expires=300&X-Amz-Signature=*",
        ),
        (
            "google_signature",
            "https://storage.googleapis.com/b/o?X-Goog-Signature=*&x=1",
        ),
    ];
    let mut all = Vec::new();
    for (rule, address) in webhooks {
        let secret = mixed(seed, 36);
        all.push(Secret::within(rule, secret, |secret| {
            format!("{address}{secret}")
        }));
    }
    for address in databases {
        let secret = mixed(seed, 18);
        all.push(Secret::within("url_password", secret, |secret| {
            address.replace('*', secret)
        }));
    }
    for (rule, address) in signed {
        let secret = mixed(seed, 43);
        all.push(Secret::within(rule, secret, |secret| {
            address.replace('*', secret)
        }));
    }
    all
}

fn headers(seed: &mut Seed) -> Vec<Secret> {
    let written = [
        ("token:authorization", "Authorization: Bearer *"),
        ("token:authorization", "curl -H 'authorization: bearer *'"),
        ("token:authorization", "Proxy-Authorization: Basic *"),
        ("name:authorization", "Authorization: SSWS *"),
        ("name:api_key", "X-Api-Key: *"),
        ("name:token", "X-Auth-Token: * "),
        ("name:cookie", "Cookie: theme=dark; session=*; x=1"),
        ("name:cookie", "Set-Cookie: sid=*; Path=/; HttpOnly"),
        ("name:password", "mysqldump --password * --all"),
        ("name:token", "deploy --token=* --now"),
        ("name:password", "export DB_PASSWORD='*'"),
        ("name:pwd", "Server=db;User Id=sa;Pwd=*;Encrypt=true"),
        ("name:account_key", "AccountName=acme;AccountKey=*;Suffix=x"),
        ("name:access_key", "Endpoint=sb://x/;SharedAccessKey=*"),
        ("name:secret", "grant_type=x&client_secret=*&scope=y"),
        ("name:token", "https://example.com/#access_token=*&state=1"),
        ("name:password", r#"{"user":"app","password":"*"}"#),
        ("name:secret", r#"{\"secret\":\"*\"}"#),
        ("name:api_key", "api_key = *"),
        ("name:private_key", "private_key: '*'"),
    ];
    written
        .into_iter()
        .map(|(rule, written)| {
            let value = mixed(seed, 22);
            let written = written.replace('*', &value);
            Secret {
                rule: rule.to_owned(),
                value,
                written,
            }
        })
        .collect()
}

/// A made-up value under every name that tells a secret, each in several spellings: `(rule, name, value)`.
pub fn named() -> Vec<(String, String, String)> {
    let mut seed = Seed::new(5);
    let capital = |word: &&str| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    };
    let mut all = Vec::new();
    for words in SECRET_NAMES.iter().chain(SECRET_NAMES_IN_PLURAL) {
        let rule = format!("name:{}", words.join("_"));
        let camel = words.iter().map(capital).collect::<String>();
        for name in [
            words.join("_"),
            words.join("-").to_uppercase(),
            format!("db{camel}"),
            format!("x.{}", words.join(" ")),
        ] {
            // One case and no digits: neither its shape nor how random it looks tells anything.
            let value = drawn(&mut seed, "abcdefghijklmnopqrstuvwxyz", 18);
            all.push((rule.clone(), name, value));
        }
    }
    all
}
