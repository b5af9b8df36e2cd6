//! Random events and questions about them, from vocabularies so small that questions have answers.
//!
//! The texts differ in case, spaces and parts of words; the times lie around changes of clocks and repeat.

mod query;
mod words;

use std::net::IpAddr;

use event::{
    Actor, ActorType, Change, Context, Event, EventId, Outcome, OutcomeResult, Target, Timestamp,
    Verb,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value};

pub use query::{criterion, filter, free_text, query, range, scope, zone};

/// An entry of a log as an index takes it in.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The event.
    pub event: Event,
    /// What kind of change its action is.
    pub verb: Verb,
    /// When it was received, milliseconds since 1970 UTC.
    pub received_ms: u64,
}

impl Applied {
    /// The entry as a row.
    pub const fn row(&self) -> index::Row<'_> {
        index::Row {
            received_ms: self.received_ms,
            event: &self.event,
            verb: self.verb,
        }
    }
}

/// Instants at which the clocks of some zone of [`zone`] change, in seconds since 1970 UTC.
const CHANGES: [i64; 8] = [
    // The 30th of December 2011, which Apia never had.
    1_325_239_200,
    // Midnight of the 4th of November 2018, which Sao Paulo skipped.
    1_541_300_400,
    // The end of summer time in Sao Paulo, at midnight.
    1_550_368_800,
    // Summer time begins and ends in Berlin.
    1_711_846_800,
    1_729_990_800,
    // Summer time begins in Beirut, at midnight.
    1_711_836_000,
    // Summer time ended in St John's at 00:01.
    1_194_143_460,
    // Summer time ends on Lord Howe Island, by half an hour.
    1_712_415_600,
];

const QUARTER_HOUR_NS: i64 = 15 * 60 * 1_000_000_000;

/// Some entries of a log; `None` is an entry that is no event.
pub fn entries(
    count: impl Into<proptest::collection::SizeRange>,
) -> impl Strategy<Value = Vec<Option<Applied>>> {
    vec(option::weighted(0.95, applied()), count)
}

/// An event with what a server tells about it.
pub fn applied() -> impl Strategy<Value = Applied> {
    (event(), select(&Verb::ALL[..]), 0..4_000_000_000_000_u64).prop_map(
        |(event, verb, received_ms)| Applied {
            event,
            verb,
            received_ms,
        },
    )
}

/// When an event occurs: near a change of clocks, mostly at a quarter of an hour, so that many occur together.
pub fn instant() -> impl Strategy<Value = Timestamp> {
    (
        select(&CHANGES[..]),
        prop_oneof![4 => -4_i64..4, 1 => -100_i64..100],
        prop_oneof![9 => Just(0), 1 => 0..1_000_000_000_i64],
    )
        .prop_map(|(change, quarters, ns)| {
            let ns = change * 1_000_000_000 + quarters * QUARTER_HOUR_NS + ns;
            Timestamp::from_ns(ns).expect("the changes lie between 1970 and 2261")
        })
}

/// An event.
pub fn event() -> impl Strategy<Value = Event> {
    let labels = (
        select(words::ACTIONS),
        select(words::EVENTS),
        select(words::CATEGORIES),
    );
    let data = (
        vec(change(), 0..3),
        option::of(select(words::SENTENCES)),
        metadata(),
    );
    let about = (
        vec(target(), 0..4),
        select(&OutcomeResult::ALL[..]),
        context(),
    );
    (any::<[u8; 10]>(), instant(), labels, actor(), about, data).prop_map(
        |(
            random,
            occurred_at,
            (action, event, category),
            actor,
            (targets, result, context),
            data,
        )| {
            let (changes, description, metadata) = data;
            Event {
                id: EventId::v7(occurred_at.ms(), random),
                action: action.to_owned(),
                action_as_sent: None,
                event: event.to_owned(),
                category: category.to_owned(),
                occurred_at,
                outcome: Outcome {
                    result,
                    code: None,
                    reason: None,
                },
                producer: None,
                actor,
                on_behalf_of: Vec::new(),
                targets,
                changes,
                context,
                description: description.map(str::to_owned),
                metadata,
            }
        },
    )
}

fn text(of: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    option::of(select(of).prop_map(str::to_owned))
}

fn actor() -> impl Strategy<Value = Actor> {
    let parts = (
        select(&ActorType::ALL[..]),
        text(words::USER_IDS),
        text(words::NAMES),
        text(words::EMAILS),
    );
    parts.prop_map(|(kind, id, name, email)| Actor {
        kind,
        id,
        name,
        email,
        href: None,
        metadata: Map::new(),
    })
}

fn target() -> impl Strategy<Value = Target> {
    let parts = (
        select(words::TARGET_TYPES),
        select(words::TARGET_IDS),
        text(words::NAMES),
    );
    parts.prop_map(|(kind, id, name)| Target {
        kind: kind.to_owned(),
        id: id.to_owned(),
        name,
        href: None,
        metadata: Map::new(),
    })
}

fn context() -> impl Strategy<Value = Context> {
    let ip = option::of(select(words::ADDRESSES).prop_map(|text| {
        text.parse::<IpAddr>()
            .expect("the vocabulary has addresses")
    }));
    let parts = (
        ip,
        text(words::SOURCES),
        text(words::REQUEST_IDS),
        text(words::REQUEST_IDS),
    );
    parts.prop_map(|(ip, source, request_id, session_id)| Context {
        ip,
        source,
        request_id,
        session_id,
        ..Context::default()
    })
}

fn change() -> impl Strategy<Value = Change> {
    let side = || option::of(json());
    (side(), side()).prop_map(|(old, new)| Change {
        path: "/permissions".to_owned(),
        old,
        new,
    })
}

fn metadata() -> impl Strategy<Value = Map<String, Value>> {
    vec((select(words::KEYS), json()), 0..3).prop_map(|members| {
        members
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    })
}

/// A value as metadata and changes have them.
fn json() -> impl Strategy<Value = Value> {
    select(words::VALUES)
        .prop_map(|text| serde_json::from_str(text).expect("the vocabulary has JSON"))
}
