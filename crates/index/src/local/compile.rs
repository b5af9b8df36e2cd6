//! Turns a query into a condition on the codes of one segment.

use std::collections::BTreeSet;
use std::net::IpAddr;

use jiff::tz::TimeZone;
use serde_json::Value;

use super::bits::Bits;
use super::build::canonical_json;
use super::clock::{ALL_HOURS, ALL_WEEKDAYS, Clock};
use super::dictionary::ABSENT;
use super::field::{Field, Standing};
use super::parts::{ACTION_FLAG, NETWORK_FLAG, Parts};
use super::pattern::{Matcher, Pattern};
use super::predicate::Predicate;
use super::schema::{Dim, actor, metadata, target};
use super::segment::Segment;
use super::text::{candidates, free_text};
use super::{SYSTEM_NAME, SYSTEM_TYPE};
use crate::query::{Column, Criterion, Filter, FirstTime, Match, Operand, Operator, ResourceId};
use crate::scope::{Scope, ScopedQuery};

/// The condition of everything in a question but its range of time, among positions below `as_of`.
pub(crate) fn compile(asked: &ScopedQuery, segment: &Segment, as_of: u64) -> Predicate {
    let (query, parts) = (asked.query(), segment.parts());
    let mut all = vec![snapshot(parts, as_of)];
    all.extend(shown(asked.scope(), segment));
    all.extend(query.resource.as_ref().map(|id| resource(parts, id)));
    all.extend(free_text(segment, &query.text));
    all.extend(criteria(segment, &query.refine, &query.zone));
    all.extend(dialog(segment, &query.filter, &query.zone));
    Predicate::all(all)
}

/// The condition of the rows that a scope shows.
pub(crate) fn visible(scope: &Scope, segment: &Segment) -> Predicate {
    Predicate::all(shown(scope, segment).collect())
}

/// The conditions that a row must satisfy to be shown at all.
fn shown<'a>(scope: &'a Scope, segment: &'a Segment) -> impl Iterator<Item = Predicate> {
    let resources = scope.resources();
    let first = resources.map(|resources| first_among(segment.parts(), resources));
    let questions = scope.questions().iter().flat_map(|question| {
        let mut all = free_text(segment, &question.text);
        all.extend(criteria(segment, &question.refine, &question.zone));
        all.extend(dialog(segment, &question.filter, &question.zone));
        all
    });
    first.into_iter().chain(questions)
}

/// The first target is one of `resources`.
fn first_among(parts: &Parts, resources: &BTreeSet<ResourceId>) -> Predicate {
    let find = |resource: &ResourceId| {
        Some((
            parts.strings.find(&resource.kind)?,
            parts.strings.find(&resource.id)?,
        ))
    };
    let wanted: BTreeSet<(u32, u32)> = resources.iter().filter_map(find).collect();
    if wanted.is_empty() {
        return Predicate::Constant(false);
    }
    let accepted = accepted(parts, Dim::Target, |tuple| {
        wanted.contains(&(component(tuple, target::TYPE), component(tuple, target::ID)))
    });
    if accepted.count() == 0 {
        return Predicate::Constant(false);
    }
    Predicate::FirstCode(Dim::Target, accepted)
}

fn criteria<'a>(
    segment: &'a Segment,
    criteria: &'a [Criterion],
    zone: &'a TimeZone,
) -> impl Iterator<Item = Predicate> {
    criteria.iter().map(|one| criterion(segment, one, zone))
}

fn dialog(segment: &Segment, filter: &Filter, zone: &TimeZone) -> Option<Predicate> {
    if filter.criteria.is_empty() {
        return None;
    }
    let criteria = criteria(segment, &filter.criteria, zone).collect();
    Some(match filter.matching {
        Match::All => Predicate::all(criteria),
        Match::Any => Predicate::any(criteria),
    })
}

fn snapshot(parts: &Parts, as_of: u64) -> Predicate {
    if as_of >= parts.next {
        return Predicate::Constant(true);
    }
    match as_of.checked_sub(parts.first).map(u32::try_from) {
        Some(Ok(offset)) if offset > 0 => Predicate::Before(offset),
        _ => Predicate::Constant(false),
    }
}

fn resource(parts: &Parts, resource: &ResourceId) -> Predicate {
    let (Some(kind), Some(id)) = (
        parts.strings.find(&resource.kind),
        parts.strings.find(&resource.id),
    ) else {
        return Predicate::Constant(false);
    };
    accept(parts, Dim::Target, |tuple| {
        component(tuple, target::TYPE) == kind && component(tuple, target::ID) == id
    })
}

fn criterion(segment: &Segment, criterion: &Criterion, zone: &TimeZone) -> Predicate {
    let parts = segment.parts();
    let positive = match criterion.op {
        Operator::Exists | Operator::NotExists => exists(parts, &criterion.column),
        _ => some_value(segment, criterion, zone),
    };
    match criterion.op {
        Operator::Ne | Operator::Nin | Operator::NotExists => positive.negate(),
        _ => positive,
    }
}

/// Some value of the column compares as asked, where `ne` and `nin` are read as `eq` and `in`.
fn some_value(segment: &Segment, criterion: &Criterion, zone: &TimeZone) -> Predicate {
    let parts = segment.parts();
    let operands = criterion.value.operands();
    if criterion.op == Operator::InNetwork {
        return in_networks(parts, operands);
    }
    let standing = Standing::of(&criterion.column);
    if let Some(pattern) = Pattern::of(criterion.op) {
        let matchers = texts_of(operands).map(|text| pattern.matcher(text));
        return Predicate::any(
            matchers
                .map(|matcher| matches_pattern(segment, &standing, matcher))
                .collect(),
        );
    }
    match standing {
        Standing::Field(field) => field_equals(parts, field, operands),
        Standing::User => user_equals(parts, operands),
        Standing::Metadata(key) => json_equals(parts, key, operands),
        Standing::FirstSeen => flags(operands),
        Standing::Hour => {
            let hours = operands.iter().fold(0, |mask, operand| match operand {
                Operand::Hour(hour) => mask | 1_u32.checked_shl((*hour).into()).unwrap_or(0),
                _ => mask,
            });
            clock(parts, zone, hours & ALL_HOURS, ALL_WEEKDAYS)
        }
        Standing::Weekday => {
            let days = operands.iter().fold(0, |mask, operand| match operand {
                Operand::Weekday(day) => mask | 1 << day.to_monday_zero_offset(),
                _ => mask,
            });
            clock(parts, zone, ALL_HOURS, days)
        }
    }
}

fn texts_of(operands: &[Operand]) -> impl Iterator<Item = &str> {
    operands.iter().filter_map(|operand| match operand {
        Operand::Text(text) => Some(text.as_str()),
        _ => None,
    })
}

fn in_networks(parts: &Parts, operands: &[Operand]) -> Predicate {
    accept(parts, Dim::Ip, |tuple| {
        let text = parts.strings.get(component(tuple, 0));
        text.parse::<IpAddr>().is_ok_and(|address| {
            operands.iter().any(|operand| match operand {
                Operand::Network(network) => network.contains(&address),
                _ => false,
            })
        })
    })
}

fn matches_pattern(segment: &Segment, standing: &Standing<'_>, mut matcher: Matcher) -> Predicate {
    let parts = segment.parts();
    match standing {
        Standing::Field(field) if field.dim.width().is_none() => {
            let Some(candidates) = candidates(segment, field.dim, matcher.wanted()) else {
                return accept_texts(parts, field.dim, |text| matcher.matches(text));
            };
            let first = parts.first_searched(field.dim) as usize;
            accept_some_texts(parts, field.dim, &candidates, first, |text| {
                matcher.matches(text)
            })
        }
        Standing::Field(field) => accept(parts, field.dim, |tuple| {
            let text = component(tuple, field.text);
            text != ABSENT && matcher.matches(parts.strings.get(text))
        }),
        Standing::User => user_matches(parts, matcher),
        Standing::Metadata(key) => match parts.strings.find(key) {
            Some(key) => accept(parts, Dim::Metadata, |tuple| {
                let text = component(tuple, metadata::TEXT);
                component(tuple, metadata::KEY) == key
                    && text != ABSENT
                    && matcher.matches(parts.strings.get(text))
            }),
            None => Predicate::Constant(false),
        },
        Standing::FirstSeen | Standing::Hour | Standing::Weekday => Predicate::Constant(false),
    }
}

fn field_equals(parts: &Parts, field: Field, operands: &[Operand]) -> Predicate {
    if let Some(texts) = parts.column(field.dim).dictionary.texts() {
        let mut accepted = Bits::none(parts.column(field.dim).distinct());
        for at in texts_of(operands).filter_map(|text| texts.find(text)) {
            accepted.insert(at + 1);
        }
        return Predicate::codes(field.dim, accepted, parts);
    }
    let find = |operand: &Operand| match operand {
        Operand::Text(text) if field.folded.is_some() => parts.strings.find(&event::fold(text)),
        Operand::Text(text) => parts.strings.find(text),
        Operand::Address(address) => parts.strings.find(&address.to_string()),
        _ => None,
    };
    let ids: Vec<u32> = operands.iter().filter_map(find).collect();
    let at = field.folded.unwrap_or(field.text);
    accept(parts, field.dim, |tuple| {
        ids.contains(&component(tuple, at))
    })
}

fn user_equals(parts: &Parts, operands: &[Operand]) -> Predicate {
    let exact: Vec<u32> = texts_of(operands)
        .filter_map(|text| parts.strings.find(text))
        .collect();
    let folded: Vec<String> = texts_of(operands).map(event::fold).collect();
    let system = folded.contains(&event::fold(SYSTEM_NAME));
    let system = parts.strings.find(SYSTEM_TYPE).filter(|_| system);
    let folded: Vec<u32> = folded
        .iter()
        .filter_map(|text| parts.strings.find(text))
        .collect();
    accept(parts, Dim::Actor, |tuple| {
        exact.contains(&component(tuple, actor::ID))
            || folded.contains(&component(tuple, actor::EMAIL_FOLDED))
            || folded.contains(&component(tuple, actor::NAME_FOLDED))
            || Some(component(tuple, actor::TYPE)) == system
    })
}

fn user_matches(parts: &Parts, mut matcher: Matcher) -> Predicate {
    let system = matcher.matches(SYSTEM_NAME);
    let system = parts.strings.find(SYSTEM_TYPE).filter(|_| system);
    accept(parts, Dim::Actor, |tuple| {
        Some(component(tuple, actor::TYPE)) == system
            || [actor::ID, actor::EMAIL, actor::NAME].iter().any(|&at| {
                let text = component(tuple, at);
                text != ABSENT && matcher.matches(parts.strings.get(text))
            })
    })
}

fn json_equals(parts: &Parts, key: &str, operands: &[Operand]) -> Predicate {
    let Some(key) = parts.strings.find(key) else {
        return Predicate::Constant(false);
    };
    let find = |operand: &Operand| match operand {
        Operand::Json(Value::String(text)) | Operand::Text(text) => {
            Some((metadata::TEXT, parts.strings.find(text)?))
        }
        Operand::Json(value) => Some((metadata::JSON, parts.strings.find(&canonical_json(value))?)),
        _ => None,
    };
    let values: Vec<(usize, u32)> = operands.iter().filter_map(find).collect();
    accept(parts, Dim::Metadata, |tuple| {
        component(tuple, metadata::KEY) == key
            && values.iter().any(|&(at, id)| component(tuple, at) == id)
    })
}

fn flags(operands: &[Operand]) -> Predicate {
    Predicate::Flags(operands.iter().fold(0, |mask, operand| match operand {
        Operand::FirstTime(FirstTime::Action) => mask | ACTION_FLAG,
        Operand::FirstTime(FirstTime::Network) => mask | NETWORK_FLAG,
        _ => mask,
    }))
}

fn exists(parts: &Parts, column: &Column) -> Predicate {
    match Standing::of(column) {
        Standing::Field(field) if field.dim.width().is_none() => {
            accept_texts(parts, field.dim, |_| true)
        }
        Standing::Field(field) => accept(parts, field.dim, |tuple| {
            component(tuple, field.text) != ABSENT
        }),
        Standing::User => {
            let system = parts.strings.find(SYSTEM_TYPE);
            accept(parts, Dim::Actor, |tuple| {
                Some(component(tuple, actor::TYPE)) == system
                    || [actor::ID, actor::EMAIL, actor::NAME]
                        .iter()
                        .any(|&at| component(tuple, at) != ABSENT)
            })
        }
        Standing::Metadata(key) => match parts.strings.find(key) {
            Some(key) => accept(parts, Dim::Metadata, |tuple| {
                component(tuple, metadata::KEY) == key
            }),
            None => Predicate::Constant(false),
        },
        Standing::FirstSeen => Predicate::Flags(ACTION_FLAG | NETWORK_FLAG),
        Standing::Hour | Standing::Weekday => Predicate::Constant(true),
    }
}

fn clock(parts: &Parts, zone: &TimeZone, hours: u32, weekdays: u8) -> Predicate {
    let (Some(&oldest), Some(&newest)) = (parts.occurred.first(), parts.occurred.last()) else {
        return Predicate::Constant(false);
    };
    Predicate::Clock(Clock::new(zone, oldest, newest, hours, weekdays))
}

/// The rows of which some tuple in a column passes a test.
fn accept(parts: &Parts, dim: Dim, test: impl FnMut(&[u32]) -> bool) -> Predicate {
    Predicate::codes(dim, accepted(parts, dim, test), parts)
}

/// The codes of a column of which the tuple passes a test.
fn accepted(parts: &Parts, dim: Dim, mut test: impl FnMut(&[u32]) -> bool) -> Bits {
    let dictionary = &parts.column(dim).dictionary;
    let mut accepted = Bits::none(dictionary.distinct());
    for (code, tuple) in dictionary.tuples().enumerate() {
        if test(tuple) {
            accepted.insert(code);
        }
    }
    accepted
}

/// The rows of which the text in a column that has its own passes a test.
fn accept_texts(parts: &Parts, dim: Dim, mut test: impl FnMut(&str) -> bool) -> Predicate {
    let column = parts.column(dim);
    let mut accepted = Bits::none(column.distinct());
    if let Some(texts) = column.dictionary.texts() {
        texts.for_each(|at, text| {
            if test(text) {
                accepted.insert(at + 1);
            }
        });
    }
    Predicate::codes(dim, accepted, parts)
}

/// As [`accept_texts`], but only the candidates are tested, whose numbers count from `first`.
fn accept_some_texts(
    parts: &Parts,
    dim: Dim,
    candidates: &Bits,
    first: usize,
    mut test: impl FnMut(&str) -> bool,
) -> Predicate {
    let column = parts.column(dim);
    let mut accepted = Bits::none(column.distinct());
    if let Some(texts) = column.dictionary.texts() {
        texts.for_some(candidates, first, |at, text| {
            if test(text) {
                accepted.insert(at + 1);
            }
        });
    }
    Predicate::codes(dim, accepted, parts)
}

fn component(tuple: &[u32], at: usize) -> u32 {
    tuple.get(at).copied().unwrap_or(ABSENT)
}
