//! Which values an event has in a column.

use std::net::IpAddr;

use event::{ActorType, fold};
use index::query::{Column, FirstTime, Operand};
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use serde_json::Value as Json;

use super::Subject;

/// One value of an event, with the way in which it is compared.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A text that is compared exactly.
    Exact(String),
    /// A text that is compared without case and surrounding spaces.
    Folded(String),
    /// An address.
    Address(IpAddr),
    /// Something that happened for the first time.
    FirstTime(FirstTime),
    /// An hour of the day.
    Hour(u8),
    /// A day of the week.
    Weekday(Weekday),
    /// Something of the metadata.
    Json(Json),
}

impl Value {
    pub(super) fn equals(&self, operand: &Operand) -> bool {
        match (self, operand) {
            (Self::Exact(text), Operand::Text(wanted)) => text == wanted,
            (Self::Folded(text), Operand::Text(wanted)) => fold(text) == fold(wanted),
            (Self::Address(ip), Operand::Address(wanted)) => ip == wanted,
            (Self::FirstTime(first), Operand::FirstTime(wanted)) => first == wanted,
            (Self::Hour(hour), Operand::Hour(wanted)) => hour == wanted,
            (Self::Weekday(day), Operand::Weekday(wanted)) => day == wanted,
            (Self::Json(json), Operand::Json(wanted)) => same(json, wanted),
            _ => panic!("{self:?} is not compared with {operand:?}"),
        }
    }

    /// The text in which `contains` and `starts_with` look.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Exact(text) | Self::Folded(text) | Self::Json(Json::String(text)) => {
                Some(fold(text))
            }
            _ => None,
        }
    }

    pub(super) fn is_in(&self, operand: &Operand) -> bool {
        match (self, operand) {
            (Self::Address(ip), Operand::Network(network)) => network.contains(ip),
            _ => panic!("{self:?} is not compared with {operand:?}"),
        }
    }
}

/// The values of a column, in the zone of the query; none where it is absent.
pub(super) fn values(column: &Column, subject: &Subject<'_>, zone: &TimeZone) -> Vec<Value> {
    let event = subject.event;
    let (actor, context) = (&event.actor, &event.context);
    let exact = |text: &str| vec![Value::Exact(text.to_owned())];
    let folded = |text: &str| vec![Value::Folded(text.to_owned())];
    let some_exact = |text: &Option<String>| text.as_deref().map_or(vec![], exact);
    let some_folded = |text: &Option<String>| text.as_deref().map_or(vec![], folded);
    let each_target = |part: fn(&event::Target) -> &String| {
        event
            .targets
            .iter()
            .map(|target| Value::Exact(part(target).clone()))
            .collect()
    };
    match column {
        Column::Category => folded(&event.category),
        Column::Event => folded(&event.event),
        Column::Action => exact(&event.action),
        Column::Verb => folded(subject.verb.as_str()),
        Column::User => {
            let mut values = values(&Column::ActorId, subject, zone);
            values.extend(some_folded(&actor.email));
            values.extend(some_folded(&actor.name));
            if actor.kind == ActorType::System {
                values.push(Value::Folded("System".to_owned()));
            }
            values
        }
        Column::ActorId => match (&actor.id, &actor.email) {
            (Some(id), _) => exact(id),
            (None, Some(email)) if actor.kind == ActorType::User => exact(&email.to_lowercase()),
            _ => vec![],
        },
        Column::ActorEmail => some_folded(&actor.email),
        Column::ActorType => exact(actor.kind.as_str()),
        Column::TargetType => each_target(|target| &target.kind),
        Column::TargetId => each_target(|target| &target.id),
        Column::Result => folded(event.outcome.result.as_str()),
        Column::Ip => context.ip.map(Value::Address).into_iter().collect(),
        Column::Source => some_folded(&context.source),
        Column::RequestId => some_exact(&context.request_id),
        Column::SessionId => some_exact(&context.session_id),
        Column::Description => some_exact(&event.description),
        Column::FirstSeen => {
            let flags = [
                (subject.first_seen.action, FirstTime::Action),
                (subject.first_seen.network, FirstTime::Network),
            ];
            flags
                .into_iter()
                .filter(|(set, _)| *set)
                .map(|(_, first)| Value::FirstTime(first))
                .collect()
        }
        Column::Hour => {
            let hour = local(event.occurred_at, zone).hour();
            vec![Value::Hour(
                u8::try_from(hour).expect("an hour is never negative"),
            )]
        }
        Column::Weekday => vec![Value::Weekday(local(event.occurred_at, zone).weekday())],
        Column::Metadata(key) => event
            .metadata
            .get(key)
            .cloned()
            .map(Value::Json)
            .into_iter()
            .collect(),
    }
}

fn local(instant: event::Timestamp, zone: &TimeZone) -> jiff::civil::DateTime {
    let instant = jiff::Timestamp::from_nanosecond(i128::from(instant.ns()));
    zone.to_datetime(instant.expect("events occur between 1970 and 2261"))
}

/// Whether two JSON values have the same type and value; numbers have the same value when their doubles do.
fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => a.as_f64() == b.as_f64(),
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}
