//! How often which values occur.

use std::collections::BTreeMap;

use event::fold;
use index::{Column, Place, ValueCount, ValueCounts};
use jiff::tz::TimeZone;
use serde_json::Value as Json;

use super::Subject;
use super::column::{Value, values};

/// The values of one column, by what makes them equal: the text, and whether it is the JSON of something else.
#[derive(Default)]
pub(super) struct Tally(BTreeMap<(String, bool), Counted>);

#[derive(Default)]
struct Counted {
    count: u64,
    spellings: BTreeMap<String, u64>,
    name: Option<(Place, String)>,
    email: Option<(Place, String)>,
}

impl Tally {
    /// Counts an event once for each distinct value that it has.
    pub(super) fn add(
        &mut self,
        column: &Column,
        subject: &Subject<'_>,
        place: Place,
        zone: &TimeZone,
    ) {
        let mut seen = Vec::new();
        for (identity, spelling) in listed(column, subject, zone) {
            if seen.contains(&identity) {
                continue;
            }
            seen.push(identity.clone());
            let counted = self.0.entry(identity).or_default();
            counted.count += 1;
            *counted.spellings.entry(spelling).or_default() += 1;
            if *column == Column::User {
                let actor = &subject.event.actor;
                keep_newer(&mut counted.name, place, actor.name.as_ref());
                keep_newer(&mut counted.email, place, actor.email.as_ref());
            }
        }
    }

    /// Only what begins with a folded prefix: the value, or the newest name or e-mail address of a user.
    pub(super) fn keep_prefix(&mut self, prefix: &str) {
        let begins = |text: &str| fold(text).starts_with(prefix);
        let newest =
            |told: &Option<(Place, String)>| told.as_ref().is_some_and(|(_, text)| begins(text));
        self.0.retain(|(text, _), counted| {
            begins(text) || newest(&counted.name) || newest(&counted.email)
        });
    }

    /// The most frequent values; equal counts in order of the value.
    pub(super) fn most_frequent(self, size: usize) -> ValueCounts {
        let mut all: Vec<_> = self.0.into_iter().collect();
        all.sort_by(|(a, x), (b, y)| y.count.cmp(&x.count).then_with(|| a.cmp(b)));
        let rest = all.split_off(size.min(all.len()));
        ValueCounts {
            values: all
                .into_iter()
                .map(|((_, json), counted)| counted.shown(json))
                .collect(),
            other: rest.iter().map(|(_, counted)| counted.count).sum(),
        }
    }
}

impl Counted {
    fn shown(self, json: bool) -> ValueCount {
        // Of equally frequent spellings the first in order is shown.
        let most = self.spellings.values().copied().max().unwrap_or_default();
        let spelling = self.spellings.into_iter().find(|(_, count)| *count == most);
        let spelling = spelling.map(|(spelling, _)| spelling).unwrap_or_default();
        let parsed = || serde_json::from_str(&spelling).expect("it was written as JSON");
        ValueCount {
            value: if json {
                parsed()
            } else {
                Json::from(spelling.as_str())
            },
            label: self.name.map_or_else(|| spelling.clone(), |(_, name)| name),
            detail: self.email.map(|(_, email)| email),
            count: self.count,
        }
    }
}

fn keep_newer(known: &mut Option<(Place, String)>, place: Place, told: Option<&String>) {
    if let Some(told) = told
        && known.as_ref().is_none_or(|(newest, _)| *newest < place)
    {
        *known = Some((place, told.clone()));
    }
}

/// The values as lists name them: what makes them equal, and the spelling.
fn listed(
    column: &Column,
    subject: &Subject<'_>,
    zone: &TimeZone,
) -> Vec<((String, bool), String)> {
    let exact = |text: String| ((text.clone(), false), text);
    let json = |text: String| ((text.clone(), true), text);
    if *column == Column::User {
        let actor = &subject.event.actor;
        let key = subject.event.actor_key().map(std::borrow::Cow::into_owned);
        let system = (actor.kind == event::ActorType::System).then(|| "System".to_owned());
        return key
            .or_else(|| actor.name.clone())
            .or(system)
            .map(exact)
            .into_iter()
            .collect();
    }
    let listed = |value: Value| match value {
        Value::Exact(text) | Value::Json(Json::String(text)) => exact(text),
        Value::Folded(text) => ((fold(&text), false), text),
        Value::Address(ip) => exact(ip.to_string()),
        Value::FirstTime(first) => exact(first.as_str().to_owned()),
        Value::Hour(hour) => json(hour.to_string()),
        Value::Weekday(day) => {
            let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
            let days = names
                .iter()
                .zip(jiff::civil::Weekday::Monday.cycle_forward());
            let name = days.into_iter().find(|(_, known)| *known == day);
            exact(name.expect("seven days follow Monday").0.to_string())
        }
        Value::Json(other) => {
            let bytes = event::canonical::to_vec(&other);
            json(String::from_utf8(bytes).expect("JSON is UTF-8"))
        }
    };
    values(column, subject, zone)
        .into_iter()
        .map(listed)
        .collect()
}
