//! Many events of realistic size and spread, as fast as a machine can take them.

use super::random::{Random, scatter};
use super::stage::timestamp;

const USERS: u64 = 2_000;
const TARGETS: u64 = 5_000;
/// Nouns and verbs make 60 actions.
const NOUNS: [&str; 12] = [
    "agent", "model", "role", "dataset", "invoice", "customer", "ticket", "report", "coupon",
    "policy", "order", "member",
];
const VERBS: [&str; 5] = ["update", "read", "create", "export", "delete"];
const FIRST_NAMES: [&str; 16] = [
    "Lily", "Tomás", "Grace", "Jonas", "Mei", "Arjun", "Sofia", "Kofi", "Inês", "Dmitri", "Aylin",
    "Ruth", "Noor", "Émile", "Priya", "Oskar",
];
const LAST_NAMES: [&str; 16] = [
    "Ari",
    "Quintela",
    "Okafor",
    "Weidmann",
    "Zhou",
    "Bhatt",
    "Lindqvist",
    "Mensah",
    "Carvalho",
    "Halloran",
    "Demir",
    "Abelson",
    "Haddad",
    "Fournier",
    "Raman",
    "Nowak",
];
/// Words that stand in many descriptions, the commonest first.
const COMMON: [&str; 24] = [
    "settings",
    "changed",
    "after",
    "review",
    "request",
    "customer",
    "approved",
    "by",
    "support",
    "monthly",
    "access",
    "sync",
    "quality",
    "region",
    "archive",
    "manual",
    "billing",
    "priority",
    "contract",
    "pilot",
    "schedule",
    "backup",
    "training",
    "inventory",
];
/// One in so many descriptions has a word that hardly any other has.
const RARE_EVERY: u64 = 50;
const RESULTS: [&str; 3] = ["failure", "denied", "error"];

/// Endless made-up events for load: 2,000 people, 60 actions, 5,000 targets, about 500 bytes of JSON each.
#[derive(Debug, Clone)]
pub(crate) struct Load {
    random: Random,
    number: u64,
    at_ms: u64,
    step_ms: u64,
}

impl Load {
    /// Events whose times begin at `begin_ms` and go on by about `step_ms`, never back.
    pub(crate) fn new(seed: u64, begin_ms: u64, step_ms: u64) -> Self {
        Self {
            random: Random::new(seed),
            number: 0,
            at_ms: begin_ms,
            step_ms,
        }
    }

    /// When the event that was written last happened.
    #[cfg(test)]
    pub(crate) const fn at_ms(&self) -> u64 {
        self.at_ms
    }

    /// Appends the next event as one line of JSON, without the line's end.
    pub(crate) fn write(&mut self, into: &mut String) {
        use std::fmt::Write as _;

        let random = &mut self.random;
        self.number += 1;
        self.at_ms += random.below(2 * self.step_ms + 1);
        let user = random.skewed(USERS);
        let noun = pick(&NOUNS, random.skewed(NOUNS.len() as u64));
        let verb = pick(&VERBS, random.skewed(VERBS.len() as u64));
        let target = random.skewed(TARGETS);
        let (first, last) = (pick(&FIRST_NAMES, user), pick(&LAST_NAMES, user / 16));
        let network = scatter(user * 4 + random.skewed(4));
        // Writing to a string cannot fail.
        let _ = write!(
            into,
            r#"{{"id":"{}","action":"{noun}.{verb}","occurred_at":"{}","actor":{{"type":"user","id":"usr_{user}","name":"{first} {last}","email":"user{user}@load.example"}},"targets":[{{"type":"{noun}","id":"{noun}_{target}","name":"{noun} no. {target}"}}]"#,
            uuid(self.at_ms, random),
            timestamp(self.at_ms),
        );
        let _ = write!(
            into,
            r#","context":{{"ip":"198.51.100.{}","user_agent":"Mozilla/5.0 (X11; Linux x86_64) Load/{}","session_id":"ses_{:x}","source":"{}"}}"#,
            network % 254 + 1,
            user % 7,
            scatter(user ^ (self.number >> 12)) >> 20,
            if user.is_multiple_of(9) { "api" } else { "ui" },
        );
        if random.in_thousand(60) {
            let result = pick(&RESULTS, random.below(3));
            let _ = write!(
                into,
                r#","outcome":{{"result":"{result}","code":"E{}"}}"#,
                random.below(12)
            );
        }
        if verb == "update" {
            let version = random.below(90);
            let _ = write!(
                into,
                r#","changes":[{{"path":"/version","old":{version},"new":{}}}]"#,
                version + 1
            );
        }
        into.push_str(r#","description":""#);
        describe(random, into);
        let plan = pick(&["free", "team", "business"], random.skewed(3));
        let _ = write!(
            into,
            r#"","metadata":{{"plan":"{plan}","rows":{}}}}}"#,
            random.skewed(100_000)
        );
    }
}

/// Six to ten words, of which one is rare now and then.
fn describe(random: &mut Random, into: &mut String) {
    let rare = random.below(RARE_EVERY) == 0;
    for word in 0..random.between(6, 10) {
        if word > 0 {
            into.push(' ');
        }
        into.push_str(pick(&COMMON, random.skewed(COMMON.len() as u64)));
    }
    if rare {
        into.push_str(" case-");
        into.push_str(&random.below(1_000_000).to_string());
    }
}

fn uuid(at_ms: u64, random: &mut Random) -> String {
    let (high, low) = (at_ms, random.next());
    let node = random.next() & 0xFFFF_FFFF_FFFF;
    format!(
        "{:08x}-{:04x}-7{:03x}-{:04x}-{node:012x}",
        high >> 16,
        high & 0xFFFF,
        low & 0xFFF,
        0x8000 | (low >> 12 & 0x3FFF)
    )
}

fn pick<'a>(from: &[&'a str], at: u64) -> &'a str {
    let at = usize::try_from(at % from.len() as u64).unwrap_or(0);
    from.get(at).copied().unwrap_or_default()
}
