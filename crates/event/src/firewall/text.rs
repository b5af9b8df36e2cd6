//! Finding secrets inside sentences, links and headers.

use std::ops::Range;

use super::names::{self, Naming};
use super::shapes;

/// Shorter runs of characters hold no secret that could be told from a word.
const SHORTEST_RUN: usize = 8;

/// The places of the secrets in a text, in their order, none inside another.
pub(super) fn secrets(text: &str) -> Vec<Range<usize>> {
    let mut found = Found {
        text,
        secrets: Vec::new(),
    };
    if text.len() >= SHORTEST_RUN {
        found.runs();
    }
    found.secrets
}

struct Found<'a> {
    text: &'a str,
    secrets: Vec<Range<usize>>,
}

/// The marks that separate runs, beside spaces, control characters and everything beyond ASCII.
const MARKS: &[u8] = b"\"'`<>()[]{},;|\\";

/// What separates the runs in which secrets stand.
const SEPARATES: [bool; 256] = separating();

#[expect(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler, which checks the bounds"
)]
const fn separating() -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = at <= 0x20 || at >= 0x7f;
        at += 1;
    }
    let mut at = 0;
    while at < MARKS.len() {
        table[MARKS[at] as usize] = true;
        at += 1;
    }
    table
}

fn separates(byte: u8) -> bool {
    SEPARATES.get(usize::from(byte)).copied().unwrap_or(true)
}

impl Found<'_> {
    fn runs(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        let mut before = 0..0;
        while at < bytes.len() {
            let rest = bytes.get(at..).unwrap_or_default();
            let length = rest
                .iter()
                .position(|byte| separates(*byte))
                .unwrap_or(rest.len());
            if length == 0 {
                at += 1;
                continue;
            }
            let run = at..at + length;
            at = run.end;
            if length >= SHORTEST_RUN {
                at = self.run(run.clone(), &before);
            }
            before = run;
        }
    }

    /// Notes the secrets of one run; returns where to go on.
    fn run(&mut self, run: Range<usize>, before: &Range<usize>) -> usize {
        let bytes = self.text.as_bytes();
        if let Some(end) = self.private_key(&run) {
            self.secrets.push(run.start..end);
            return end;
        }
        if self.follows_scheme(&run, before) {
            self.secrets.push(run.clone());
            return run.end;
        }
        let mut at = run.start;
        let mut inside_word = false;
        while at < run.end {
            let rest = bytes.get(at..run.end).unwrap_or_default();
            let Some(&byte) = rest.first() else { break };
            let secret = match byte {
                _ if !inside_word && byte.is_ascii_alphabetic() => {
                    shapes::token_length(rest).map(|length| at..at + length)
                }
                b'=' => self.value_of_name(&run, at),
                b'@' => self.password_in_url(&run, at),
                _ => None,
            };
            inside_word = byte.is_ascii_alphanumeric();
            match secret {
                Some(secret) => {
                    at = secret.end.max(at + 1);
                    inside_word = false;
                    self.note(secret);
                }
                None => at += 1,
            }
        }
        run.end
    }

    /// Notes a secret that may begin before the one that was noted last, then holding it.
    fn note(&mut self, secret: Range<usize>) {
        while self
            .secrets
            .last()
            .is_some_and(|last| last.start >= secret.start)
        {
            self.secrets.pop();
        }
        if self
            .secrets
            .last()
            .is_none_or(|last| last.end <= secret.start)
        {
            self.secrets.push(secret);
        }
    }

    /// The end of the private key in PEM (RFC 7468) that begins with this run.
    fn private_key(&self, run: &Range<usize>) -> Option<usize> {
        let rest = self.text.get(run.start..)?;
        let label = rest.strip_prefix("-----BEGIN ")?.split_once("-----")?.0;
        if label.len() > 40 || !label.ends_with("PRIVATE KEY") {
            return None;
        }
        let end = format!("-----END {label}-----");
        Some(
            rest.find(&end)
                .map_or(self.text.len(), |at| run.start + at + end.len()),
        )
    }

    /// Whether the run is what `Bearer` or `Basic` (RFC 9110 11.1) introduces.
    fn follows_scheme(&self, run: &Range<usize>, before: &Range<usize>) -> bool {
        let scheme = self.text.get(before.clone()).unwrap_or_default();
        let credentials = self.text.get(run.clone()).unwrap_or_default();
        before.end + 1 == run.start
            && (scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("basic"))
            && credentials.len() >= 12
            && credentials
                .bytes()
                .any(|byte| byte.is_ascii_digit() || byte == b'=')
            && !credentials.starts_with(super::FINGERPRINT_PREFIX)
    }

    /// The value of `token=…` whose `=` stands here, to the next `&`.
    fn value_of_name(&self, run: &Range<usize>, equals: usize) -> Option<Range<usize>> {
        let before = self.text.get(run.start..equals)?;
        let name = before.rsplit(['?', '&', '#', '=', ':', '/']).next()?;
        if Naming::of(name) == Naming::Plain {
            return None;
        }
        let rest = self.text.get(equals + 1..run.end)?;
        let value = rest.split('&').next()?;
        (!value.is_empty() && !names::is_harmless(value))
            .then(|| equals + 1..equals + 1 + value.len())
    }

    /// The password of `scheme://user:password@host` whose `@` stands here.
    fn password_in_url(&self, run: &Range<usize>, at_sign: usize) -> Option<Range<usize>> {
        let before = self.text.get(run.start..at_sign)?;
        let authority = before.find("://")? + 3;
        let user_info = before.get(authority..)?;
        let password = authority + user_info.find(':')? + 1;
        let value = before.get(password..)?;
        let is_user_info = !user_info.contains(['/', '?', '#']);
        (is_user_info && !value.is_empty() && !names::is_harmless(value))
            .then(|| run.start + password..at_sign)
    }
}
