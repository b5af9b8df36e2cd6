//! Adds up counts of values over segments and names the values.

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key<'a> {
    text: &'a str,
    json: bool,
}

impl<'a> Key<'a> {
    /// The identity of a text.
    pub(crate) const fn text(text: &'a str) -> Self {
        Self { text, json: false }
    }

    /// The identity of any other JSON value.
    pub(crate) const fn json(text: &'a str) -> Self {
        Self { text, json: true }
    }
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
    /// The first spelling and its count.
    spelling: (&'a str, u64),
    /// The others and theirs; none, unless case was ignored.
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
    pub(crate) fn add(&mut self, counts: impl IntoIterator<Item = (Key<'a>, &'a str, u64)>) {
        for (key, spelling, count) in counts {
            let group = self.groups.entry(key).or_default();
            if group.count == 0 {
                group.spelling = (spelling, 0);
            }
            group.count += count;
            let mut known = std::iter::once(&mut group.spelling).chain(&mut group.spellings);
            match known.find(|known| known.0 == spelling) {
                Some(known) => known.1 += count,
                None => group.spellings.push((spelling, count)),
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
            begins(key.text)
                || group.name.is_some_and(|name| begins(name.text))
                || group.email.is_some_and(|email| begins(email.text))
        });
    }

    /// Keeps only the `size` most frequent values, of equal ones the first in order.
    pub(crate) fn keep_most_frequent(&mut self, size: usize) {
        if size >= self.groups.len() {
            return;
        }
        let mut ranks: Vec<(u64, Key<'a>)> = self
            .groups
            .iter()
            .map(|(&key, group)| (group.count, key))
            .collect();
        if size > 0 {
            ranks.select_nth_unstable_by(size - 1, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        }
        for (count, key) in ranks.drain(size..) {
            self.groups.remove(&key);
            self.other += count;
        }
    }

    /// The values, most frequent first, equal counts in order of the value.
    pub(crate) fn listed(self) -> ValueCounts {
        let mut ranked: Vec<(Key<'_>, Group<'_>)> = self.groups.into_iter().collect();
        ranked.sort_unstable_by(|a, b| b.1.count.cmp(&a.1.count).then(a.0.cmp(&b.0)));
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
        self.spellings.push(self.spelling);
        self.spellings
            .sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let spelling = self.spellings.first().map_or(key.text, |first| first.0);
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

fn keep_newer<'a>(known: &mut Option<Newest<'a>>, found: Option<Newest<'a>>) {
    if let Some(found) = found
        && known.is_none_or(|known| found.at > known.at)
    {
        *known = Some(found);
    }
}
