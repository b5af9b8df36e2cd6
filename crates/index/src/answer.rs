//! What goes into an index and what it answers: rows in, positions and counts out.

use event::{Event, Verb};
use serde_json::Value;
use tlog::{LeafIndex, TreeSize};

/// One event as the index takes it in.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// When it was received, milliseconds since 1970 UTC.
    pub received_ms: u64,
    /// The event.
    pub event: &'a Event,
    /// What kind of change its action is, by the catalogue of the account.
    pub verb: Verb,
}

/// What an event did for the first time in its log, decided in log order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FirstSeen {
    /// The user had never done this action before.
    pub action: bool,
    /// The user had never come from this network (the /24 of an IPv4, the /48 of an IPv6 address) before.
    pub network: bool,
}

impl FirstSeen {
    /// The names of the flags that are set, in the order `action`, `network`.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        [(self.action, "action"), (self.network, "network")]
            .into_iter()
            .filter_map(|(set, name)| set.then_some(name))
    }
}

/// The place of an event in a listing: by time, and among equal times by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// When it occurred, nanoseconds since 1970 UTC.
    pub occurred_at_ns: i64,
    /// Its position in the log.
    pub index: LeafIndex,
}

/// The direction of a listing; ties in time are ordered by position in the same direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Newest first.
    #[default]
    Desc,
    /// Oldest first.
    Asc,
}

/// Which part of the matching events a search lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// How many hits at most.
    pub limit: usize,
    /// The direction.
    pub order: Order,
    /// Only what comes after this place in the direction of `order`; `None` is the first page.
    pub after: Option<Place>,
    /// Only positions below this size: the snapshot of page 1.
    pub as_of: TreeSize,
    /// Whether the exact total of the matching events (of all pages) is wanted.
    pub count: bool,
}

/// One matching event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its position in the log.
    pub index: LeafIndex,
    /// When it occurred, nanoseconds since 1970 UTC.
    pub occurred_at_ns: i64,
    /// What it did for the first time.
    pub first_seen: FirstSeen,
}

impl Hit {
    /// Where it stands in a listing.
    pub const fn place(&self) -> Place {
        Place {
            occurred_at_ns: self.occurred_at_ns,
            index: self.index,
        }
    }
}

/// One page of a listing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchPage {
    /// The hits in the order asked for.
    pub hits: Vec<Hit>,
    /// The `after` of the next page; `None` when this is the last.
    pub next: Option<Place>,
    /// The exact total over all pages, when it was asked for.
    pub total: Option<u64>,
}

/// One value of a column and how many events have it.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueCount {
    /// The value to filter by: a string, except for `metadata.<key>` (any JSON value) and `hour` (a number).
    pub value: Value,
    /// What to show for it; for `user` the newest name.
    pub label: String,
    /// More about it; for `user` the newest e-mail.
    pub detail: Option<String>,
    /// How many events, exactly.
    pub count: u64,
}

/// The most frequent values of one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValueCounts {
    /// Most frequent first, equal counts in order of the value.
    pub values: Vec<ValueCount>,
    /// The sum of the counts of all values that are not listed.
    pub other: u64,
}

/// How many events fall between two boundaries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    /// How many events.
    pub count: u64,
    /// The same by the value of the split column, most frequent first; events without a value are in none.
    pub by: Vec<(String, u64)>,
}

/// Events over time: one bucket between each two neighbouring boundaries, empty ones included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// In order of time; one less than there were boundaries.
    pub buckets: Vec<Bucket>,
}

/// Which resources a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResourceRequest<'a> {
    /// The target type.
    pub kind: &'a str,
    /// Only resources whose id or newest name begins with this (case-insensitive).
    pub prefix: &'a str,
    /// Only resources after this id.
    pub after: Option<&'a str>,
    /// How many resources at most.
    pub limit: usize,
    /// Whether names are compared with the prefix and answered; `false` when the one who asks may not see them.
    pub named: bool,
}

/// A kind of resource that events were about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceType {
    /// The target type, such as `agent`.
    pub kind: String,
    /// How many different ids of it were seen.
    pub count: u64,
}

/// A resource that events were about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Its stable id.
    pub id: String,
    /// The name on its newest event that carried one.
    pub name: Option<String>,
    /// When its first event occurred, nanoseconds since 1970 UTC.
    pub first_at_ns: i64,
    /// When its last event occurred, nanoseconds since 1970 UTC.
    pub last_at_ns: i64,
    /// How many events were about it.
    pub count: u64,
    /// Whether its last event was a delete whose first target it is.
    pub deleted: bool,
}

/// What was recorded of one action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActionSeen {
    /// The action.
    pub action: String,
    /// How many events.
    pub count: u64,
    /// When the first of them occurred, nanoseconds since 1970 UTC.
    pub first_at_ns: i64,
    /// When the last of them occurred, nanoseconds since 1970 UTC.
    pub last_at_ns: i64,
    /// The newest hours in which it came, counted from 1970 UTC, newest first, each once.
    pub hours: Vec<i64>,
    /// The keys of their metadata and how many of them have each, in order of the key.
    pub keys: Vec<(String, u64)>,
}

/// The time between which the events of a log occurred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The oldest, nanoseconds since 1970 UTC.
    pub oldest_ns: i64,
    /// The newest, nanoseconds since 1970 UTC.
    pub newest_ns: i64,
}
