//! A repeatable stream of events that looks like the log of a product with many customers' people.

use std::net::{IpAddr, Ipv4Addr};

use event::{Actor, ActorType, Context, Event, EventId, Outcome, OutcomeResult, Target, Timestamp};
use serde_json::{Map, Value};

/// The first instant: 2026-01-01T00:00:00Z.
pub(crate) const BEGIN_NS: i64 = 1_767_225_600_000_000_000;
/// The mean distance between events: a million of them fill half a year.
pub(crate) const STEP_NS: i64 = 15_552_000_000_000_000 / 1_000_000;

const NOUNS: [(&str, &str); 12] = [
    ("role", "Roles"),
    ("user", "User Management"),
    ("agent", "Agents"),
    ("model", "Models"),
    ("integration", "Integrations"),
    ("dataset", "Dataset"),
    ("guardrail", "Guardrails"),
    ("experiment", "Playground"),
    ("inbox", "Inboxes"),
    ("team", "Teams"),
    ("setting", "Settings"),
    ("session", "Login/Logout"),
];
const VERBS: [&str; 6] = ["create", "update", "delete", "view", "export", "assign"];
const ADJECTIVES: [&str; 16] = [
    "quiet", "amber", "northern", "rapid", "hollow", "silver", "gentle", "broken", "eastern",
    "scarlet", "frozen", "patient", "distant", "narrow", "golden", "hidden",
];
const THINGS: [&str; 16] = [
    "harbour", "meadow", "lantern", "bridge", "orchard", "compass", "ledger", "glacier",
    "workshop", "archive", "beacon", "quarry", "tunnel", "garden", "station", "canyon",
];

/// A xorshift generator: repeatable and fast.
pub(crate) struct Draw(u64);

impl Draw {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 11) % end
    }

    /// A number below `end`, small ones much more often.
    pub(crate) fn skewed(&mut self, end: u64) -> u64 {
        let narrowed = self.below(end) + 1;
        self.below(narrowed)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let at = self.below(from.len() as u64);
        usize::try_from(at)
            .ok()
            .and_then(|at| from.get(at).copied())
            .unwrap_or_default()
    }
}

/// The event with a number.
pub(crate) fn event(draw: &mut Draw, number: u64) -> Event {
    let (noun, category) = NOUNS
        .get(usize::try_from(draw.skewed(12)).unwrap_or(0))
        .copied()
        .unwrap_or(("role", "Roles"));
    let verb = draw.pick(&VERBS);
    let user = draw.skewed(20_000);
    let thing = draw.skewed(50_000);
    // A thing keeps its name.
    let mut naming = Draw::new(thing.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let name = format!(
        "{} {} {thing}",
        naming.pick(&ADJECTIVES),
        naming.pick(&THINGS)
    );
    let late = if draw.below(100) == 0 {
        draw.below(3_600_000_000_000)
    } else {
        0
    };
    let at =
        BEGIN_NS + i64::try_from(number).unwrap_or(0) * STEP_NS - i64::try_from(late).unwrap_or(0);
    let (a, b) = (draw.next(), draw.next());
    let mut metadata = Map::new();
    metadata.insert(format!("{noun}_id"), Value::from(format!("{noun}_{thing}")));
    metadata.insert(
        "region".into(),
        Value::from(draw.pick(&["eu-west", "us-east", "ap-south"])),
    );
    metadata.insert("attempt".into(), Value::from(draw.below(5)));
    Event {
        id: EventId::v7(number, [0; 10]),
        action: format!("{noun}.{verb}"),
        action_as_sent: None,
        event: format!("{noun} {verb}"),
        category: category.to_owned(),
        occurred_at: Timestamp::from_ns(at).unwrap_or(Timestamp::MIN),
        outcome: Outcome {
            result: if draw.below(20) == 0 {
                OutcomeResult::Failure
            } else {
                OutcomeResult::Success
            },
            ..Outcome::default()
        },
        producer: None,
        actor: Actor {
            kind: ActorType::User,
            id: Some(format!("usr_{user}")),
            name: Some(format!("Lily Ari {user}")),
            email: Some(format!("lily.{user}@example.com")),
            ..Actor::default()
        },
        on_behalf_of: Vec::new(),
        targets: vec![Target {
            kind: noun.to_owned(),
            id: format!("{noun}_{thing}"),
            name: Some(name.clone()),
            ..Target::default()
        }],
        changes: Vec::new(),
        context: Context {
            ip: Some(IpAddr::V4(Ipv4Addr::from(
                0x0a00_0000 + u32::try_from(user).unwrap_or(0) * 3,
            ))),
            session_id: Some(format!("sess_{user}_{}", number / 50_000)),
            request_id: Some(format!(
                "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
                a >> 32,
                a & 0xffff,
                (a >> 16) & 0xfff,
                b >> 52,
                b & 0xffff_ffff_ffff
            )),
            source: Some(draw.pick(&["ui", "api", "mcp"]).to_owned()),
            ..Context::default()
        },
        description: Some(format!("{verb} of the {noun} {name} by Lily Ari {user}")),
        metadata,
    }
}
