//! Tokens without a prefix that are known by a mark inside them, or by the address they stand in.

use std::ops::Range;

use super::{Alphabet, belongs};
use crate::firewall::names::is_fingerprint;

/// A token around a mark.
pub(in crate::firewall) type Marked = (Range<usize>, &'static str);

/// The token whose mark stands at `at` of the run.
pub(in crate::firewall) fn marked(run: &[u8], at: usize) -> Option<Marked> {
    match run.get(at)? {
        b':' => telegram(run, at).or_else(|| webhook(run, at)),
        b'~' => azure_secret(run, at),
        b'+' => azure_key(run, at),
        b'.' => discord(run, at).or_else(|| terraform(run, at)),
        b'-' => mailchimp(run, at),
        _ => None,
    }
}

fn forward(run: &[u8], from: usize, alphabet: Alphabet, most: usize) -> usize {
    let rest = run.get(from..).unwrap_or_default();
    rest.iter()
        .take(most)
        .take_while(|byte| belongs(**byte, alphabet))
        .count()
}

fn backward(run: &[u8], to: usize, alphabet: Alphabet, most: usize) -> usize {
    let before = run.get(..to).unwrap_or_default();
    before
        .iter()
        .rev()
        .take(most)
        .take_while(|byte| belongs(**byte, alphabet))
        .count()
}

fn has_all(part: &[u8]) -> bool {
    part.iter().any(u8::is_ascii_digit)
        && part.iter().any(u8::is_ascii_uppercase)
        && part.iter().any(u8::is_ascii_lowercase)
}

/// A bot of Telegram: its number, a colon, `AA` and 33 characters.
fn telegram(run: &[u8], colon: usize) -> Option<Marked> {
    let before = run.get(..colon)?;
    let digits = before
        .iter()
        .rev()
        .take(12)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let rest = run.get(colon + 1..)?;
    let length = forward(run, colon + 1, Alphabet::Base64Url, 36);
    ((7..=11).contains(&digits) && rest.starts_with(b"AA") && length == 35)
        .then(|| (colon - digits..colon + 36, "telegram"))
}

/// Addresses whose path is the secret, after the scheme and the names in front of the host.
const WEBHOOKS: &[(&str, &str)] = &[
    ("hooks.slack.com/services/", "slack_webhook"),
    ("hooks.slack.com/workflows/", "slack_webhook"),
    ("hooks.slack.com/triggers/", "slack_webhook"),
    ("discord.com/api/webhooks/", "discord_webhook"),
    ("discordapp.com/api/webhooks/", "discord_webhook"),
    (".webhook.office.com/webhookb2/", "teams_webhook"),
    ("outlook.office.com/webhook/", "teams_webhook"),
    ("hooks.zapier.com/hooks/catch/", "zapier_webhook"),
];

/// The path of `https://hooks…/` whose colon stands here.
fn webhook(run: &[u8], colon: usize) -> Option<Marked> {
    let address = run.get(colon..)?.strip_prefix(b"://")?;
    let host = address.iter().take(128).position(|byte| *byte == b'/')?;
    for (place, rule) in WEBHOOKS {
        let begin = if place.starts_with('.') {
            let name = place.bytes().skip(1).position(|byte| byte == b'/')? + 1;
            host.checked_sub(name)
        } else {
            Some(0)
        };
        let Some(begin) = begin else { continue };
        let rest = address.get(begin..)?;
        if rest.starts_with(place.as_bytes()) {
            let secret = colon + 3 + begin + place.len();
            let length = run
                .get(secret..)?
                .iter()
                .take_while(|byte| !matches!(byte, b'?' | b'#'))
                .count();
            let told = std::str::from_utf8(run.get(secret..secret + length)?).ok()?;
            return (length >= 16 && !is_fingerprint(told))
                .then_some((secret..secret + length, *rule));
        }
    }
    None
}

/// A client secret of Entra: three characters, a digit, `Q~` and 31 to 34 characters.
fn azure_secret(run: &[u8], tilde: usize) -> Option<Marked> {
    let begin = tilde.checked_sub(5)?;
    let head = run.get(begin..tilde)?;
    let may_stand = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'~' | b'.');
    let is_head = head.get(..3)?.iter().all(may_stand)
        && head.get(3)?.is_ascii_digit()
        && head.get(4) == Some(&b'Q');
    let tail = run.get(tilde + 1..)?;
    let length = tail
        .iter()
        .take(40)
        .take_while(|byte| may_stand(byte) || **byte == b'-')
        .count();
    (is_head && (31..=34).contains(&length)).then(|| (begin..tilde + 1 + length, "azure_secret"))
}

/// A key of an Azure service: base64 with the mark of the service, and padding.
fn azure_key(run: &[u8], plus: usize) -> Option<Marked> {
    let rest = run.get(plus..)?;
    let known = [b"+ASt", b"+ASb", b"+AEh", b"+ARm", b"+AIo"];
    if !known.iter().any(|mark| rest.starts_with(*mark)) {
        return None;
    }
    let before = backward(run, plus, Alphabet::Base64, 120);
    let length = forward(run, plus, Alphabet::Base64, 120);
    let token = run.get(plus - before..plus + length)?;
    let is_key = before >= 20 && token.ends_with(b"=") && token.len() <= 120 && has_all(token);
    is_key.then(|| (plus - before..plus + length, "azure_key"))
}

/// A bot of Discord: its id in base64, a time, a check.
fn discord(run: &[u8], dot: usize) -> Option<Marked> {
    if run.len() < 58 {
        return None;
    }
    let before = backward(run, dot, Alphabet::Base64Url, 30);
    let middle = forward(run, dot + 1, Alphabet::Base64Url, 8);
    let second = dot + 1 + middle;
    if !(23..=28).contains(&before) || middle != 6 || run.get(second) != Some(&b'.') {
        return None;
    }
    let last = forward(run, second + 1, Alphabet::Base64Url, 40);
    let id = run.get(dot - before..dot)?;
    let is_bot = matches!(id.first(), Some(b'M' | b'N' | b'O')) && has_all(id);
    (is_bot && (27..=38).contains(&last)).then(|| (dot - before..second + 1 + last, "discord_bot"))
}

/// A token of HCP Terraform: fourteen characters, `.atlasv1.` and at least sixty.
fn terraform(run: &[u8], dot: usize) -> Option<Marked> {
    let mark = b".atlasv1.";
    if !run.get(dot..)?.starts_with(mark) {
        return None;
    }
    let before = backward(run, dot, Alphabet::Alphanumeric, 15);
    let last = forward(run, dot + mark.len(), Alphabet::Base64Url, 90);
    (before == 14 && last >= 60).then(|| (dot - before..dot + mark.len() + last, "terraform"))
}

/// A key of Mailchimp: 32 hexadecimal digits and a data centre.
fn mailchimp(run: &[u8], hyphen: usize) -> Option<Marked> {
    let centre = run.get(hyphen..)?.strip_prefix(b"-us")?;
    let digits = centre
        .iter()
        .take(3)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let goes_on = centre
        .get(digits)
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    let before = backward(run, hyphen, Alphabet::Hex, 33);
    (before == 32 && (1..=2).contains(&digits) && !goes_on)
        .then(|| (hyphen - before..hyphen + 3 + digits, "mailchimp"))
}
