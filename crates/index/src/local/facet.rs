//! How many selected rows have which value of a column.

use std::borrow::Cow;
use std::ops::Range;

use jiff::tz::TimeZone;

use super::bits::{Bits, Ones};
use super::clock::{ALL_HOURS, ALL_WEEKDAYS, Clock};
use super::dictionary::ABSENT;
use super::field::Standing;
use super::group::{Counted, Key};
use super::parts::Parts;
use super::schema::{Dim, actor, metadata};
use super::segment::{Segment, Selection};
use super::tally::Tally;

/// The names of the days of the week, Monday first.
pub(crate) const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The hours of the day as JSON numbers.
pub(crate) const HOURS: [&str; 24] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    "17", "18", "19", "20", "21", "22", "23",
];

/// Counts the values of one column in one segment.
pub(crate) struct ValueCounter<'a> {
    segment: &'a Segment,
    standing: Standing<'a>,
    zone: &'a TimeZone,
    tally: Tally,
}

impl<'a> ValueCounter<'a> {
    /// A counter of the values of a column.
    pub(crate) fn new(segment: &'a Segment, standing: Standing<'a>, zone: &'a TimeZone) -> Self {
        let distinct = match &standing {
            Standing::Field(field) => segment.parts().column(field.dim).distinct(),
            Standing::User => segment.parts().column(Dim::Actor).distinct(),
            Standing::Metadata(_) => segment.parts().column(Dim::Metadata).distinct(),
            Standing::FirstSeen => 2,
            Standing::Hour => HOURS.len(),
            Standing::Weekday => WEEKDAYS.len(),
        };
        Self {
            segment,
            standing,
            zone,
            tally: Tally::new(distinct),
        }
    }

    /// Counts the selected rows among `rows` by those values that are to be kept; a value may come more than once.
    pub(crate) fn count(
        &mut self,
        selection: &Selection,
        rows: &Range<usize>,
        keep: impl Fn(&Key<'_>) -> bool,
    ) -> Vec<Counted<'a>> {
        let parts = self.segment.parts();
        match &self.standing {
            Standing::Field(field) => {
                let column = parts.column(field.dim);
                self.tally.count(column, Some(field.text), selection, rows);
            }
            Standing::User => {
                let column = parts.column(Dim::Actor);
                self.tally.count(column, None, selection, rows);
            }
            Standing::Metadata(_) => {
                let column = parts.column(Dim::Metadata);
                self.tally.count(column, None, selection, rows);
            }
            Standing::FirstSeen => count_flags(parts, selection, rows, &mut self.tally),
            Standing::Hour => self.count_clock(selection, rows, |(hour, _)| hour),
            Standing::Weekday => self.count_clock(selection, rows, |(_, weekday)| weekday),
        }
        let standing = &self.standing;
        self.tally
            .drain()
            .filter_map(|(code, count)| {
                let (key, spelling) = value_of(parts, standing, code)?;
                keep(&key).then_some(Counted {
                    key,
                    spelling,
                    count,
                })
            })
            .collect()
    }

    fn count_clock(
        &mut self,
        selection: &Selection,
        rows: &Range<usize>,
        unit: impl Fn((u32, u32)) -> u32,
    ) {
        let parts = self.segment.parts();
        let (oldest, newest) = match rows.end.checked_sub(1) {
            Some(last) if last >= rows.start => {
                (parts.occurred_at(rows.start), parts.occurred_at(last))
            }
            _ => return,
        };
        let clock = Clock::new(self.zone, oldest, newest, ALL_HOURS, ALL_WEEKDAYS);
        let mut hand = clock.at_time_of(Some(&oldest));
        for (word, bits) in selection.words_in(rows) {
            for bit in Ones(bits) {
                let ns = parts.occurred_at(word * 64 + bit);
                self.tally.add(unit(hand.read(ns)));
            }
        }
    }
}

fn count_flags(parts: &Parts, selection: &Selection, rows: &Range<usize>, tally: &mut Tally) {
    for (word, bits) in selection.words_in(rows) {
        for bit in Ones(bits) {
            let flags = parts.first_seen(word * 64 + bit);
            if flags.action {
                tally.add(0);
            }
            if flags.network {
                tally.add(1);
            }
        }
    }
}

/// What a code stands for: the key under which equal values are counted, and how it is spelled where that differs.
fn value_of<'a>(
    parts: &'a Parts,
    standing: &Standing<'_>,
    code: u32,
) -> Option<(Key<'a>, Option<&'a str>)> {
    let at = code as usize;
    match standing {
        Standing::Field(field) if field.dim.width().is_none() => {
            let text = parts.own_text(field.dim, code)?;
            Some((Key::text(Cow::Owned(text)), None))
        }
        Standing::Field(field) => {
            let text = parts.text(field.dim, code, field.text)?;
            match field.folded {
                Some(folded) => {
                    let key = parts.text(field.dim, code, folded)?;
                    Some((Key::text(key), Some(text)))
                }
                None => Some((Key::text(text), None)),
            }
        }
        Standing::User => user_key(parts, code).map(|key| (Key::text(key), None)),
        Standing::Metadata(wanted) => {
            if parts.text(Dim::Metadata, code, metadata::KEY) != Some(*wanted) {
                return None;
            }
            let text = parts.text(Dim::Metadata, code, metadata::TEXT);
            let json = || parts.text(Dim::Metadata, code, metadata::JSON);
            let key = text.map(Key::text).or_else(|| json().map(Key::json))?;
            Some((key, None))
        }
        Standing::FirstSeen => ["action", "network"]
            .get(at)
            .map(|&name| (Key::text(name), None)),
        Standing::Hour => HOURS.get(at).map(|&hour| (Key::json(hour), None)),
        Standing::Weekday => WEEKDAYS.get(at).map(|&day| (Key::text(day), None)),
    }
}

/// What stands for a user in lists: the id (or the e-mail instead of one), else the name, else *System*.
pub(crate) fn user_key(parts: &Parts, code: u32) -> Option<&str> {
    let text = |component| parts.text(Dim::Actor, code, component);
    text(actor::ID)
        .or_else(|| text(actor::NAME))
        .or_else(|| (text(actor::TYPE) == Some(super::SYSTEM_TYPE)).then_some(super::SYSTEM_NAME))
}

/// As [`user_key`], only for those of which the id or name is one of `wanted`, and for *System*.
pub(crate) fn user_key_among<'a>(parts: &'a Parts, code: u32, wanted: &Bits) -> Option<&'a str> {
    let column = parts.column(Dim::Actor);
    let [id, name] = [actor::ID, actor::NAME].map(|at| column.component(code, at));
    let key = if id == ABSENT { name } else { id };
    (key == ABSENT || wanted.contains(key as usize))
        .then(|| user_key(parts, code))
        .flatten()
}
