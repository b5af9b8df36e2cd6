//! Values that look random.
//!
//! Passwords that programs make and tokens without a prefix have no name and no shape of their own; what tells them is
//! that letters, capitals and digits alternate as they never do in words, names, numbers and codes.
//! Hexadecimal digits, UUIDs and ULIDs have one case and are never taken for secrets: digests and ids look so.

use std::ops::Range;

/// Shorter runs are too often codes of things.
const LEAST: usize = 24;

/// Longer ones are documents, certificates and pictures.
const MOST: usize = 512;

/// The places of random runs in a value.
pub(super) fn random_runs(text: &str) -> Vec<Range<usize>> {
    // An address or a path is a chain of names; what is secret in it is told by name or shape.
    if text.len() < LEAST || text.contains("://") || text.starts_with(['/', '~', '.']) {
        return Vec::new();
    }
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let mut length = rest.iter().take_while(|byte| in_run(**byte)).count();
        if length > 0 {
            let after = rest.get(length..).unwrap_or_default();
            let padding = after.iter().take_while(|byte| **byte == b'=').count();
            length += padding.min(2);
        }
        if (LEAST..=MOST).contains(&length)
            && is_random(rest.get(..length).unwrap_or_default())
            && !is_explained(text, at, length)
        {
            found.push(at..at + length);
        }
        at += length + 1;
    }
    found
}

const fn in_run(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'_' | b'-')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Small,
    Capital,
    Digit,
    Mark,
}

const fn kind(byte: u8) -> Kind {
    match byte {
        b'a'..=b'z' => Kind::Small,
        b'A'..=b'Z' => Kind::Capital,
        b'0'..=b'9' => Kind::Digit,
        _ => Kind::Mark,
    }
}

/// Whether the characters of a run look as if they had been drawn.
///
/// Of random letters and digits of both cases, 62 in 100 neighbours are of another kind; in names such as
/// `getUserById2` 30 are. Of 24 random ones, more than half are different.
fn is_random(run: &[u8]) -> bool {
    let core = run.trim_ascii_end();
    let length = core.len();
    let mut kinds = [0_usize; 4];
    let mut seen = [0_u8; 128];
    let (mut changes, mut longest, mut part, mut before) = (0, 0, 0, None);
    for byte in core {
        let now = kind(*byte);
        if let Some(count) = kinds.get_mut(now as usize) {
            *count += 1;
        }
        if let Some(count) = seen.get_mut(usize::from(*byte)) {
            *count = count.saturating_add(1);
        }
        changes += usize::from(before.is_some_and(|before| before != now));
        before = Some(now);
        part = if now == Kind::Mark { 0 } else { part + 1 };
        longest = longest.max(part);
    }
    let [small, capital, digit, mark] = kinds;
    let different = seen.iter().filter(|count| **count > 0).count();
    let most_of_one = usize::from(seen.iter().copied().max().unwrap_or_default());
    small >= length / 8
        && capital >= length / 8
        && digit >= 2.max(length / 16)
        && mark <= 2 + length / 12
        && longest >= 16.min(length * 2 / 3)
        && changes * 100 >= (length - 1) * 44
        && bits(&seen, length) * 100.0 >= most_bits(length) * 84.0
        && different >= 14
        && most_of_one <= 2 + length / 8
}

/// Shannon entropy per character.
fn bits(seen: &[u8; 128], length: usize) -> f64 {
    let whole = as_f64(length);
    seen.iter()
        .filter(|count| **count > 0)
        .map(|count| {
            let share = f64::from(*count) / whole;
            -share * share.log2()
        })
        .sum()
}

/// What it can be at most for so many characters of an alphabet of 64.
fn most_bits(length: usize) -> f64 {
    as_f64(length.min(64)).log2()
}

fn as_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// Whether what stands around or in a random run says that it is no secret.
fn is_explained(text: &str, at: usize, length: usize) -> bool {
    let (before, run) = (
        text.get(..at).unwrap_or_default(),
        text.get(at..at + length).unwrap_or_default(),
    );
    // Subresource integrity and fingerprints of SSH keys.
    let tail = before
        .get(before.len().saturating_sub(8)..)
        .unwrap_or_default()
        .trim_end_matches([':', '-', '='])
        .to_ascii_lowercase();
    let names_hash = ["sha256", "sha384", "sha512", "sha1", "md5"]
        .iter()
        .any(|name| {
            let begins = run.get(..name.len());
            tail.ends_with(name) || begins.is_some_and(|begin| begin.eq_ignore_ascii_case(name))
        });
    // The wire format of public SSH keys begins with a length.
    names_hash || run.starts_with("AAAA") || is_typed_id(run) || is_text_in_base64(run)
}

/// `cus_NffrFeUfNV2Hib`: a short word, `_`, and the rest; ids of many products are written so.
///
/// Tokens that are written so have a shape that is known, or a prefix that the account can name.
fn is_typed_id(run: &str) -> bool {
    run.split_once('_').is_some_and(|(word, rest)| {
        (1..=8).contains(&word.len())
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Whether the run is base64 of a text that people or programs can read.
fn is_text_in_base64(run: &str) -> bool {
    let mut text = Vec::with_capacity(run.len());
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in run.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return false,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            text.push((bits >> count & 0xff) as u8);
        }
    }
    std::str::from_utf8(&text)
        .is_ok_and(|text| text.chars().all(|c| !c.is_control() || c.is_whitespace()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_is_random_and_what_is_written_is_not() {
        for random in [
            "q7Zk2mXv9RbT4cWn8LpY3sHd",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEX9AMPq2t",
            "3q2+7w1Zr0Tn5Yp9KcVb8XmL4sDf6GhJ=",
        ] {
            let places = random_runs(random);
            assert_eq!(
                places,
                std::iter::once(0..random.len()).collect::<Vec<_>>(),
                "{random}"
            );
        }
        for written in [
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
            "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e21",
            "01J9ZC3K2VABCDEFGHJKMNPQRS",
            "getUserById2FromDatabaseConnectionPool3",
            "iPhone15ProMax256GBNaturalTitaniumEU",
            "the quick brown fox jumps over the lazy dog 42 times",
            "AAAAC3NzaC1lZDI1NTE5AAAAIJ8q7Zk2mXv9RbT4cWn8LpY3sHd6GfJ5aQ",
            "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8",
            "sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC",
            "cus_NffrFeUfNV2HibQ7Zk2mXv9R",
            "SGVsbG8gd29ybGQsIHRoaXMgaXMgYSBzaG9ydCB0ZXh0IQ==",
            "https://example.com/d/q7Zk2mXv9RbT4cWn8LpY3sHd/edit",
            "/var/lib/app/q7Zk2mXv9RbT4cWn8LpY3sHd",
            "2026-11-21T09:55:19.353Z",
            "eu-central-1/Prod2/Service3/Worker4/Queue5",
        ] {
            assert_eq!(random_runs(written), [], "{written}");
        }
    }
}
