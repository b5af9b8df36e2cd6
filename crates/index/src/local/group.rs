//! Adds up counts of values over segments, chooses the most frequent and names them.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use event::fold_cow;
use foldhash::fast::RandomState;
use serde_json::Value;

use super::bits::Bits;
use super::compile::visible;
use super::dictionary::ABSENT;
use super::facet::{user_key, user_key_among};
use super::limits::LOOKED_UP_USERS;
use super::schema::{Dim, actor};
use super::segment::Segment;
use crate::answer::{ValueCount, ValueCounts};
use crate::scope::Scope;

/// The identity of a value: a text, or the canonical JSON of something else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key<'a> {
    text: Cow<'a, str>,
    json: bool,
}

impl<'a> Key<'a> {
    /// The identity of a text.
    pub(crate) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self {
            text: text.into(),
            json: false,
        }
    }

    /// The identity of any other JSON value.
    pub(crate) fn json(text: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            json: true,
        }
    }

    /// Whether the text begins with a folded prefix.
    pub(crate) fn begins_with(&self, prefix: &str) -> bool {
        fold_cow(&self.text).starts_with(prefix)
    }
}

/// How many rows of one segment have a value.
#[derive(Debug)]
pub(crate) struct Counted<'a> {
    /// The value.
    pub(crate) key: Key<'a>,
    /// How it is spelled, where values compare without case.
    pub(crate) spelling: Option<&'a str>,
    /// How many rows.
    pub(crate) count: u64,
}

/// The most frequent values of a column.
#[derive(Debug, Default)]
pub(crate) struct Groups<'a> {
    groups: HashMap<Key<'a>, Group<'a>, RandomState>,
    /// The sum of the counts of all other values.
    other: u64,
}

#[derive(Debug, Default)]
struct Group<'a> {
    count: u64,
    /// The spellings and their counts; none, unless case was ignored.
    spellings: Vec<(&'a str, u64)>,
    name: Option<Newest<'a>>,
    email: Option<Newest<'a>>,
}

/// A text and when it was last seen.
#[derive(Clone, Copy, Debug)]
struct Newest<'a> {
    at: (i64, u64),
    text: &'a str,
}

impl<'a> Groups<'a> {
    /// The `size` most frequent values (of equal ones the first in order) of what segments counted.
    ///
    /// Totals are added up for all values; everything else is found out only for those that are listed.
    pub(crate) fn most_frequent(counted: &[Vec<Counted<'a>>], size: usize) -> Self {
        let most = counted.iter().map(Vec::len).max().unwrap_or(0);
        let mut totals: HashMap<&Key<'a>, u64, RandomState> =
            HashMap::with_capacity_and_hasher(most, RandomState::default());
        for value in counted.iter().flatten() {
            *totals.entry(&value.key).or_default() += value.count;
        }
        let mut ranked: Vec<(&Key<'a>, u64)> = totals.into_iter().collect();
        let mut other = 0;
        if size < ranked.len() {
            if let Some(last) = size.checked_sub(1) {
                ranked.select_nth_unstable_by(last, |a, b| by_rank(*a, *b));
            }
            other = ranked.drain(size..).map(|(_, count)| count).sum();
        }
        let groups = ranked.into_iter().map(|(key, count)| {
            let group = Group {
                count,
                ..Group::default()
            };
            (key.clone(), group)
        });
        let mut groups = Self {
            groups: groups.collect(),
            other,
        };
        groups.spell(counted);
        groups
    }

    fn spell(&mut self, counted: &[Vec<Counted<'a>>]) {
        for value in counted.iter().flatten() {
            let Some(spelling) = value.spelling else {
                continue;
            };
            let Some(group) = self.groups.get_mut(&value.key) else {
                continue;
            };
            match group.spellings.iter_mut().find(|known| known.0 == spelling) {
                Some(known) => known.1 += value.count,
                None => group.spellings.push((spelling, value.count)),
            }
        }
    }

    /// Gives users the newest name and e-mail on the rows of the segments that a scope shows.
    pub(crate) fn name_users(&mut self, segments: &'a [Arc<Segment>], scope: &Scope) {
        for segment in segments {
            if scope.is_whole() {
                self.name_users_of(segment, segment.newest_actor_rows());
                continue;
            }
            let shown = segment.select(&visible(scope, segment), 0..segment.parts().rows());
            self.name_users_of(segment, &segment.newest_actor_rows_among(&shown));
        }
    }

    fn name_users_of(&mut self, segment: &'a Segment, newest_rows: &[u32]) {
        let parts = segment.parts();
        // A page of users is looked up in the texts, so that the others cost nothing; most of them are not.
        let wanted = (self.groups.len() <= LOOKED_UP_USERS).then(|| {
            let mut wanted = Bits::none(parts.strings.len());
            let known = self
                .groups
                .keys()
                .filter_map(|key| parts.strings.find(&key.text));
            known.for_each(|id| wanted.insert(id as usize));
            wanted
        });
        for (code, &row) in (0..).zip(newest_rows) {
            if row == ABSENT {
                continue;
            }
            let key = match &wanted {
                Some(wanted) => user_key_among(parts, code, wanted),
                None => user_key(parts, code),
            };
            let Some(key) = key else {
                continue;
            };
            let Some(group) = self.groups.get_mut(&Key::text(key)) else {
                continue;
            };
            let row = row as usize;
            let at = (parts.occurred_at(row), parts.position(row));
            let newest = |component| {
                let text = parts.text(Dim::Actor, code, component)?;
                Some(Newest { at, text })
            };
            keep_newer(&mut group.name, newest(actor::NAME));
            keep_newer(&mut group.email, newest(actor::EMAIL));
        }
    }

    /// Keeps only the users of whom the id, name or e-mail begins with a folded prefix.
    pub(crate) fn keep_users(&mut self, prefix: &str) {
        let begins = |newest: Option<Newest<'_>>| {
            newest.is_some_and(|newest| fold_cow(newest.text).starts_with(prefix))
        };
        self.groups.retain(|key, group| {
            key.begins_with(prefix) || begins(group.name) || begins(group.email)
        });
    }

    /// Keeps only the `size` most frequent values.
    pub(crate) fn truncate(&mut self, size: usize) {
        let mut ranked: Vec<(Key<'a>, Group<'a>)> = self.groups.drain().collect();
        ranked.sort_unstable_by(|a, b| by_rank((&a.0, a.1.count), (&b.0, b.1.count)));
        self.other += ranked
            .iter()
            .skip(size)
            .map(|(_, group)| group.count)
            .sum::<u64>();
        ranked.truncate(size);
        self.groups.extend(ranked);
    }

    /// The values, most frequent first, equal counts in order of the value.
    pub(crate) fn listed(self) -> ValueCounts {
        let mut ranked: Vec<(Key<'_>, Group<'_>)> = self.groups.into_iter().collect();
        ranked.sort_unstable_by(|a, b| by_rank((&a.0, a.1.count), (&b.0, b.1.count)));
        ValueCounts {
            values: ranked
                .into_iter()
                .map(|(key, group)| group.named(&key))
                .collect(),
            other: self.other,
        }
    }
}

impl Group<'_> {
    fn named(mut self, key: &Key<'_>) -> ValueCount {
        self.spellings
            .sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let spelling = self.spellings.first().map(|first| first.0);
        let spelling = spelling.unwrap_or(key.text.as_ref());
        let value = if key.json {
            // What is stored is canonical JSON, so parsing only fails on a damaged table.
            serde_json::from_str(spelling).unwrap_or(Value::Null)
        } else {
            Value::from(spelling)
        };
        let label = self.name.map_or(spelling, |name| name.text).to_owned();
        ValueCount {
            value,
            label,
            detail: self.email.map(|email| email.text.to_owned()),
            count: self.count,
        }
    }
}

/// The order of lists: most frequent first, then by value.
fn by_rank(a: (&Key<'_>, u64), b: (&Key<'_>, u64)) -> Ordering {
    b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0))
}

fn keep_newer<'a>(known: &mut Option<Newest<'a>>, found: Option<Newest<'a>>) {
    if let Some(found) = found
        && known.is_none_or(|known| found.at > known.at)
    {
        *known = Some(found);
    }
}
