//! Adds up counts of values over segments and names the values.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use event::fold;
use foldhash::fast::FixedState;
use serde_json::Value;

use super::facet::user_key;
use super::schema::{Dim, actor};
use super::segment::Segment;
use crate::answer::{ValueCount, ValueCounts};

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

/// The counts of values, by their identity.
#[derive(Debug, Default)]
pub(crate) struct Groups<'a> {
    groups: HashMap<Key<'a>, Group<'a>, FixedState>,
    /// The sum of the counts of values that were not kept.
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
    /// Adds what one segment counted.
    pub(crate) fn add(&mut self, counts: impl IntoIterator<Item = Counted<'a>>) {
        for counted in counts {
            let group = self.groups.entry(counted.key).or_default();
            group.count += counted.count;
            let Some(spelling) = counted.spelling else {
                continue;
            };
            match group.spellings.iter_mut().find(|known| known.0 == spelling) {
                Some(known) => known.1 += counted.count,
                None => group.spellings.push((spelling, counted.count)),
            }
        }
    }

    /// Gives users the newest name and e-mail that the segments know.
    pub(crate) fn name_users(&mut self, segments: &'a [Arc<Segment>]) {
        for segment in segments {
            self.name_users_of(segment);
        }
    }

    fn name_users_of(&mut self, segment: &'a Segment) {
        let parts = segment.parts();
        for (code, &row) in (0..).zip(segment.newest_actor_rows()) {
            let Some(group) =
                user_key(parts, code).and_then(|key| self.groups.get_mut(&Key::text(key)))
            else {
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

    /// Keeps only the values of which the text, name or e-mail begins with a folded prefix.
    pub(crate) fn keep_prefix(&mut self, prefix: &str) {
        if prefix.is_empty() {
            return;
        }
        let begins = |text: &str| fold(text).starts_with(prefix);
        self.groups.retain(|key, group| {
            begins(&key.text)
                || group.name.is_some_and(|name| begins(name.text))
                || group.email.is_some_and(|email| begins(email.text))
        });
    }

    /// Keeps only the `size` most frequent values, of equal ones the first in order.
    pub(crate) fn keep_most_frequent(&mut self, size: usize) {
        if size >= self.groups.len() {
            return;
        }
        let mut ranked: Vec<(Key<'a>, Group<'a>)> = self.groups.drain().collect();
        if size > 0 {
            ranked.select_nth_unstable_by(size - 1, by_rank);
        }
        self.other += ranked
            .drain(size..)
            .map(|(_, group)| group.count)
            .sum::<u64>();
        self.groups.extend(ranked);
    }

    /// The values, most frequent first, equal counts in order of the value.
    pub(crate) fn listed(self) -> ValueCounts {
        let mut ranked: Vec<(Key<'_>, Group<'_>)> = self.groups.into_iter().collect();
        ranked.sort_unstable_by(by_rank);
        ValueCounts {
            values: ranked
                .into_iter()
                .map(|(key, group)| group.named(key))
                .collect(),
            other: self.other,
        }
    }
}

impl Group<'_> {
    fn named(mut self, key: Key<'_>) -> ValueCount {
        self.spellings
            .sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let spelling = self
            .spellings
            .first()
            .map_or(key.text.as_ref(), |first| first.0);
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
fn by_rank(a: &(Key<'_>, Group<'_>), b: &(Key<'_>, Group<'_>)) -> Ordering {
    b.1.count.cmp(&a.1.count).then_with(|| a.0.cmp(&b.0))
}

fn keep_newer<'a>(known: &mut Option<Newest<'a>>, found: Option<Newest<'a>>) {
    if let Some(found) = found
        && known.is_none_or(|known| found.at > known.at)
    {
        *known = Some(found);
    }
}
