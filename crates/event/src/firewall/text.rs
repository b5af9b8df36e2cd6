//! Finding secrets inside sentences, links and headers.

use std::ops::Range;

use super::hit::Rule;
use super::names::{self, Naming};
use super::pairs;
use super::rules::{AFTER_PREFIX_MIN, FirewallRules};
use super::shapes::{self, WebToken};

/// Shorter runs of characters hold no secret that could be told from a word.
const SHORTEST_RUN: usize = 8;

/// A secret and the rule that tells it.
pub(super) type Secret = (Range<usize>, Rule);

/// The places of the secrets in a text, in their order, none inside another.
pub(super) fn secrets(text: &str, rules: &FirewallRules) -> Vec<Secret> {
    let mut found = Found::in_text(text, rules);
    if text.len() >= SHORTEST_RUN {
        found.runs(true);
        pairs::note(text, rules, &mut found.secrets);
        found.keys_beside_ids();
    }
    apart(found.secrets)
}

/// The places of tokens alone, for ids and names: what stands in pairs or after a scheme is part of them.
pub(super) fn tokens(text: &str, rules: &FirewallRules) -> Vec<Secret> {
    let mut found = Found::in_text(text, rules);
    if text.len() >= SHORTEST_RUN {
        found.runs(false);
    }
    apart(found.secrets)
}

/// The secrets in their order, those that meet made one.
pub(super) fn apart(mut secrets: Vec<Secret>) -> Vec<Secret> {
    if secrets.len() < 2 {
        return secrets;
    }
    secrets.sort_by_key(|(place, rule)| (place.start, rule.kind() != "token"));
    let mut apart: Vec<Secret> = Vec::with_capacity(secrets.len());
    for (place, rule) in secrets {
        match apart.last_mut() {
            Some((last, _)) if last.end > place.start => last.end = last.end.max(place.end),
            _ => apart.push((place, rule)),
        }
    }
    apart
}

struct Found<'a> {
    text: &'a str,
    rules: &'a FirewallRules,
    secrets: Vec<Secret>,
    /// No JSON Web Token begins before this place.
    no_web_token_before: usize,
    has_aws_id: bool,
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

pub(super) fn separates(byte: u8) -> bool {
    SEPARATES.get(usize::from(byte)).copied().unwrap_or(true)
}

impl<'a> Found<'a> {
    const fn in_text(text: &'a str, rules: &'a FirewallRules) -> Self {
        Self {
            text,
            rules,
            secrets: Vec::new(),
            no_web_token_before: 0,
            has_aws_id: false,
        }
    }

    fn runs(&mut self, all: bool) {
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
            if all && self.follows_flag(&run, &before) {
                // The name of the flag is looked at only here, so its value may be as short as it likes.
            } else if length >= SHORTEST_RUN {
                at = self.run(run.clone(), &before, all);
            }
            before = run;
        }
    }

    /// Notes the secrets of one run; returns where to go on.
    fn run(&mut self, run: Range<usize>, before: &Range<usize>, all: bool) -> usize {
        let bytes = self.text.as_bytes();
        if all && self.follows_scheme(&run, before) {
            self.secrets
                .push((run.clone(), Rule::Token("authorization")));
            return run.end;
        }
        let mut at = run.start;
        let mut inside_word = false;
        let mut user_info = None;
        while at < run.end {
            let rest = bytes.get(at..run.end).unwrap_or_default();
            let Some(&byte) = rest.first() else { break };
            if byte.is_ascii_alphanumeric() {
                if !inside_word && let Some((length, rule)) = self.token(rest, at) {
                    self.has_aws_id |= rule == Rule::Token("aws_access_key");
                    self.secrets.push((at..at + length, rule));
                    at += length;
                    continue;
                }
                inside_word = true;
                at += 1;
                continue;
            }
            inside_word = false;
            if byte == b'-'
                && let Some(end) = self.private_key(at)
            {
                self.secrets.push((at..end, Rule::Token("private_key")));
                return end;
            }
            match byte {
                b':' if rest.starts_with(b"://") => user_info = Some(UserInfo::at(at + 3)),
                b'/' | b'?' | b'#' if user_info.is_some_and(|known| at >= known.begin) => {
                    user_info = None;
                }
                b'@' if all => {
                    if let Some(user_info) = &mut user_info {
                        self.password(user_info, at);
                    }
                }
                _ => {}
            }
            if let Some((place, rule)) =
                shapes::marked(bytes.get(run.clone()).unwrap_or_default(), at - run.start)
            {
                let place = run.start + place.start..run.start + place.end;
                at = place.end.max(at + 1);
                self.secrets.push((place, Rule::Token(rule)));
            } else {
                at += 1;
            }
        }
        run.end
    }

    /// The token that begins here, at the beginning of a word.
    fn token(&mut self, rest: &[u8], at: usize) -> Option<(usize, Rule)> {
        if let Some((length, rule)) = shapes::token(rest) {
            return Some((length, Rule::Token(rule)));
        }
        if at >= self.no_web_token_before && rest.starts_with(shapes::JSON_WEB_TOKEN.as_bytes()) {
            match shapes::json_web_token(rest) {
                WebToken::Whole(length) => return Some((length, Rule::Token("jwt"))),
                WebToken::None(length) => self.no_web_token_before = at + length,
            }
        }
        let own = self
            .rules
            .prefixes()
            .iter()
            .filter_map(|prefix| after_prefix(rest, prefix.as_bytes()))
            .max()?;
        Some((own, Rule::AccountPrefix))
    }

    /// The end of the private key (PEM of RFC 7468, PGP) that begins here.
    fn private_key(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let from_label = rest.strip_prefix("-----BEGIN ")?;
        let label = from_label
            .get(..from_label.floor_char_boundary(64))?
            .split_once("-----")?
            .0;
        if !label.ends_with("PRIVATE KEY") && !label.ends_with("PRIVATE KEY BLOCK") {
            return None;
        }
        let end = format!("-----END {label}-----");
        Some(
            rest.find(&end)
                .map_or(self.text.len(), |begin| at + begin + end.len()),
        )
    }

    /// Whether the run is what `Bearer` or `Basic` (RFC 9110 11.1) introduces.
    fn follows_scheme(&self, run: &Range<usize>, before: &Range<usize>) -> bool {
        let scheme = self.text.get(before.clone()).unwrap_or_default();
        let credentials = self.text.get(run.clone()).unwrap_or_default();
        let scheme = scheme.rsplit([':', '=']).next().unwrap_or_default();
        before.end + 1 == run.start
            && (scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("basic"))
            && credentials.len() >= 12
            && credentials
                .bytes()
                .any(|byte| byte.is_ascii_digit() || byte == b'=')
            && !names::is_fingerprint(credentials)
    }

    /// Notes the run as the value of `--password …`, when it is one.
    fn follows_flag(&mut self, run: &Range<usize>, before: &Range<usize>) -> bool {
        let flag = self.text.get(before.clone()).unwrap_or_default();
        if before.end + 1 != run.start || !flag.starts_with("--") {
            return false;
        }
        let value = self.text.get(run.clone()).unwrap_or_default();
        let naming = Naming::in_account(flag, self.rules);
        let (Naming::Secret(rule) | Naming::Secrets(rule)) = naming else {
            return false;
        };
        let is_value = !value.starts_with('-') && !names::is_harmless(value);
        if is_value {
            self.secrets.push((run.clone(), rule));
        }
        is_value
    }

    /// Notes the password of `scheme://user:password@host` whose `@` stands at this place, or makes it longer.
    fn password(&mut self, user_info: &mut UserInfo, at_sign: usize) {
        if user_info.password.is_none() {
            let unread = self.text.get(user_info.read_until..at_sign);
            let colon = unread.and_then(|unread| unread.find(':'));
            user_info.password = colon.map(|colon| user_info.read_until + colon + 1);
            user_info.read_until = at_sign;
        }
        let Some(password) = user_info.password else {
            return;
        };
        let noted = user_info
            .noted
            .and_then(|noted| self.secrets.get_mut(noted));
        if let Some((place, _)) = noted {
            place.end = at_sign;
            return;
        }
        let value = self.text.get(password..at_sign).unwrap_or_default();
        // Nothing harmless has an `@`, so what was harmless before one is read once only.
        let is_first = !value.is_empty() && !user_info.is_read;
        user_info.is_read = true;
        if value.is_empty() || is_first && names::is_harmless(value) {
            return;
        }
        user_info.noted = Some(self.secrets.len());
        self.secrets
            .push((password..at_sign, Rule::Token("url_password")));
    }

    /// Notes secret keys of AWS, 40 characters of base64, in a text that has the id of one.
    fn keys_beside_ids(&mut self) {
        if !self.has_aws_id {
            return;
        }
        let may_stand = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let rest = bytes.get(at..).unwrap_or_default();
            let length = rest.iter().take_while(|byte| may_stand(**byte)).count();
            let part = rest.get(..length).unwrap_or_default();
            let is_key = length == 40
                && part.iter().any(u8::is_ascii_digit)
                && part.iter().any(u8::is_ascii_uppercase)
                && part.iter().any(u8::is_ascii_lowercase);
            if is_key {
                self.secrets
                    .push((at..at + length, Rule::Token("aws_secret_key")));
            }
            at += length + 1;
        }
    }
}

/// What stands before the host of an address, as far as it was read.
#[derive(Clone, Copy)]
struct UserInfo {
    begin: usize,
    /// No colon stands before this place.
    read_until: usize,
    /// Where the password begins, behind the first colon.
    password: Option<usize>,
    /// Whether the password up to the first `@` was looked at.
    is_read: bool,
    /// Which of the secrets is the password.
    noted: Option<usize>,
}

impl UserInfo {
    const fn at(begin: usize) -> Self {
        Self {
            begin,
            read_until: begin,
            password: None,
            is_read: false,
            noted: None,
        }
    }
}

/// The length of the token that begins with a prefix of the account.
fn after_prefix(text: &[u8], prefix: &[u8]) -> Option<usize> {
    let rest = text.strip_prefix(prefix)?;
    let in_token = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    // The end is looked for only behind a prefix that begins a token: a run may be made of prefixes.
    let mut start = rest.iter().take(256).take_while(|byte| in_token(byte));
    if !start.any(u8::is_ascii_digit) {
        return None;
    }
    let count = rest.iter().take_while(|byte| in_token(byte)).count();
    (count >= AFTER_PREFIX_MIN).then(|| prefix.len() + count)
}
