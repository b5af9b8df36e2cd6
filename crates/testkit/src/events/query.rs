//! Random questions.

use index::query::{FirstTime, Operand};
use index::{
    Column, Criterion, CriterionValue, Filter, FreeText, Match, Narrowing, Operator, Query,
    ResourceId, Scope, TimeRange, Word,
};
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{instant, json, words};

/// A whole question; most parts of it are mostly left open, so that something is found.
pub fn query() -> impl Strategy<Value = Query> {
    let refine = prop_oneof![3 => Just(Vec::new()), 1 => vec(criterion(), 1..3)];
    let parts = (
        range(),
        option::weighted(0.1, resource()),
        free_text_or_none(),
        refine,
        filter(),
        zone(),
    );
    parts.prop_map(|(range, resource, text, refine, filter, zone)| Query {
        range,
        resource,
        text,
        refine,
        filter,
        zone,
    })
}

/// What a principal may see of a log: all of it, or what passes questions and has one of some first targets.
pub fn scope(log: u32) -> impl Strategy<Value = Scope> {
    let narrowing = (
        free_text_or_none(),
        vec(criterion(), 0..2),
        filter(),
        zone(),
    )
        .prop_map(|(text, refine, filter, zone)| Narrowing {
            filter,
            refine,
            text,
            zone,
        });
    let resources = option::weighted(0.5, vec(resource(), 0..4));
    let narrowed = (vec(narrowing, 0..3), resources).prop_map(move |(questions, resources)| {
        let scope = questions
            .into_iter()
            .fold(Scope::account(log), Scope::narrowed_by);
        match resources {
            Some(resources) => scope.confined_to(resources),
            None => scope,
        }
    });
    prop_oneof![1 => Just(Scope::account(log)), 2 => narrowed]
}

fn resource() -> impl Strategy<Value = ResourceId> {
    (select(words::TARGET_TYPES), select(words::TARGET_IDS)).prop_map(|(kind, id)| ResourceId {
        kind: kind.to_owned(),
        id: id.to_owned(),
    })
}

fn free_text_or_none() -> impl Strategy<Value = FreeText> {
    prop_oneof![3 => Just(FreeText::default()), 1 => free_text()]
}

/// A zone; its clocks change near [`instant`]s, at midnight, by half an hour or by a day.
pub fn zone() -> impl Strategy<Value = TimeZone> {
    let names: &[&str] = &[
        "UTC",
        "America/St_Johns",
        "Pacific/Apia",
        "America/Sao_Paulo",
        "Europe/Berlin",
        "Asia/Beirut",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
    ];
    select(names).prop_map(|name| TimeZone::get(name).expect("the zones are in the IANA database"))
}

/// A range, open or between two instants at which events may occur.
pub fn range() -> impl Strategy<Value = TimeRange> {
    let end = || option::weighted(0.4, instant().prop_map(event::Timestamp::ns));
    (end(), end()).prop_map(|(from, to)| match (from, to) {
        (Some(from), Some(to)) if to < from => TimeRange {
            from: Some(to),
            to: Some(from),
        },
        (from, to) => TimeRange { from, to },
    })
}

/// The dialog.
pub fn filter() -> impl Strategy<Value = Filter> {
    (
        prop_oneof![Just(Match::All), Just(Match::Any)],
        vec(criterion(), 0..4),
    )
        .prop_map(|(matching, criteria)| Filter { matching, criteria })
}

/// Words and phrases as a search text has them: at most the last word is a prefix, and only when no phrase follows.
pub fn free_text() -> impl Strategy<Value = FreeText> {
    let word = select(words::ASKED).prop_map(|text| Word {
        text: text.to_owned(),
        prefix: false,
    });
    let phrase = select(words::PHRASES).prop_map(str::to_owned);
    (vec(word, 0..3), vec(phrase, 0..2), any::<bool>()).prop_map(|(mut words, phrases, prefix)| {
        if let Some(last) = words.last_mut() {
            last.prefix = prefix || phrases.is_empty();
        }
        FreeText { words, phrases }
    })
}

/// A criterion whose operator applies to its column.
pub fn criterion() -> impl Strategy<Value = Criterion> {
    column().prop_flat_map(|column| {
        let applies = |op: &Operator| op.applies_to(&column);
        let operators: Vec<Operator> = Operator::ALL.into_iter().filter(applies).collect();
        (Just(column), select(operators))
            .prop_flat_map(|(column, op)| (value(&column, op), Just(column), Just(op)))
            .prop_map(|(value, column, op)| Criterion { column, op, value })
    })
}

fn column() -> impl Strategy<Value = Column> {
    let mut columns: Vec<Column> = Column::named().collect();
    columns.extend(
        words::KEYS
            .iter()
            .map(|&key| Column::Metadata(key.to_owned())),
    );
    select(columns)
}

fn value(column: &Column, op: Operator) -> BoxedStrategy<CriterionValue> {
    match op {
        Operator::Exists | Operator::NotExists => Just(CriterionValue::Absent).boxed(),
        Operator::In | Operator::Nin => vec(operand(column, op), 0..4)
            .prop_map(CriterionValue::Many)
            .boxed(),
        _ => operand(column, op).prop_map(CriterionValue::One).boxed(),
    }
}

fn operand(column: &Column, op: Operator) -> BoxedStrategy<Operand> {
    if matches!(op, Operator::Contains | Operator::StartsWith) {
        return texts(words::PARTS);
    }
    match column {
        Column::Category => texts(words::CATEGORIES),
        Column::Event => texts(words::EVENTS),
        Column::Action => texts(words::ACTIONS),
        Column::Verb => texts(&["create", " Delete", "READ", "other", "verb"]),
        Column::User => prop_oneof![
            texts(words::USER_IDS),
            texts(words::NAMES),
            texts(words::EMAILS)
        ]
        .boxed(),
        Column::ActorId => prop_oneof![texts(words::USER_IDS), texts(words::EMAILS)].boxed(),
        Column::ActorEmail => texts(words::EMAILS),
        Column::ActorType => texts(&["user", "User", "system", "api_key", "unknown"]),
        Column::TargetType => texts(words::TARGET_TYPES),
        Column::TargetId => texts(words::TARGET_IDS),
        Column::Result => texts(&["success", "Failure ", "DENIED", "error", ""]),
        Column::Source => texts(words::SOURCES),
        Column::RequestId | Column::SessionId => texts(words::REQUEST_IDS),
        Column::Description => texts(words::SENTENCES),
        Column::Ip if op == Operator::InNetwork => select(words::NETWORKS)
            .prop_map(|text| Operand::Network(text.parse().expect("the vocabulary has networks")))
            .boxed(),
        Column::Ip => select(words::ADDRESSES)
            .prop_map(|text| Operand::Address(text.parse().expect("the vocabulary has addresses")))
            .boxed(),
        Column::FirstSeen => select(&FirstTime::ALL[..])
            .prop_map(Operand::FirstTime)
            .boxed(),
        Column::Hour => (0..24_u8).prop_map(Operand::Hour).boxed(),
        Column::Weekday => (1..=7_i8)
            .prop_map(|day| Weekday::from_monday_one_offset(day).expect("a week has seven days"))
            .prop_map(Operand::Weekday)
            .boxed(),
        Column::Metadata(_) => json().prop_map(Operand::Json).boxed(),
    }
}

fn texts(of: &'static [&'static str]) -> BoxedStrategy<Operand> {
    select(of)
        .prop_map(|text| Operand::Text(text.to_owned()))
        .boxed()
}
