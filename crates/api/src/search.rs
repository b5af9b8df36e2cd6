//! Questions about events and their answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::event::Event;

/// One comparison of a column with a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// The column: `category`, `event`, `action`, `verb`, `user`, `actor_id`, `actor_email`, `actor_type`,
    /// `target_type`, `target_id`, `result`, `ip`, `source`, `request_id`, `session_id`, `description`,
    /// `first_seen`, `hour`, `weekday` or `metadata.<key>`.
    pub column: String,
    /// The operator: `eq`, `ne`, `in`, `nin`, `contains`, `starts_with`, `exists`, `not_exists`, `in_network`.
    pub op: String,
    /// The value; a list for `in` and `nin`, absent for `exists` and `not_exists`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
}

/// A flat list of criteria with one operator for all of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// `all` (AND) or `any` (OR).
    #[serde(rename = "match")]
    pub matching: String,
    /// The criteria; none match everything.
    pub criteria: Vec<Criterion>,
}

/// What to look for: scope AND range AND resource AND q AND refine AND filter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Search {
    /// A preset: `all_time`, `today`, `yesterday`, `this_week`, `this_month`, `last_month`, `last_30_days` (default),
    /// `last_90_days`, `this_year`, `last_year`, `last_hour`, `last_24_hours`. Not together with `from` or `to`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<String>,
    /// The first instant (RFC 3339), or a date in `tz`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The instant after the last one (RFC 3339), or a date in `tz` whose end is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// An IANA zone for presets, dates and days; the account's when absent, else UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tz: Option<String>,
    /// The dialog: one operator for all its criteria.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Filter>,
    /// More criteria, always AND.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refine: Vec<Criterion>,
    /// Words (AND), `"phrases"`, `column:value` and `-column:value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// `type:id`, the log of one resource.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// `mon`, `sun` or `sat`; the account's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub week_start: Option<String>,
    /// A `tree_size` of an earlier answer: only entries below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<u64>,
}

/// A search with what a page of it needs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PagedSearch {
    /// What to look for.
    #[serde(flatten)]
    pub search: Search,
    /// `desc` (newest first, the default) or `asc`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// True for the exact total of the filtered set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<bool>,
    /// 1 to 1000 events, 100 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before, with the same parameters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// A search whose matching events are counted by the values of columns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FacetsSearch {
    /// What to look for.
    #[serde(flatten)]
    pub search: Search,
    /// The columns, 1 to 20.
    pub columns: Vec<String>,
    /// How many values of each are listed, 1 to 100, 10 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u32>,
}

/// A search whose matching events are counted over time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HistogramSearch {
    /// What to look for.
    #[serde(flatten)]
    pub search: Search,
    /// The length of a bucket: `minute`, `5_minutes`, `15_minutes`, `30_minutes`, `hour`, `3_hours`, `6_hours`,
    /// `12_hours`, `day`, `week`, `month`, `3_months` or `year`. Not together with `buckets`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<String>,
    /// At most so many buckets, 60 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buckets: Option<u32>,
    /// A column; each bucket then tells its count by value, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split_by: Option<String>,
}

/// The half-open range that was searched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ResolvedRange {
    /// The first instant, UTC; null when there is no lower end.
    pub from: Option<String>,
    /// The instant after the last one, UTC; null when there is no upper end.
    pub to: Option<String>,
    /// The zone in which it was resolved.
    pub tz: String,
}

/// How much of the log an answer speaks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AsOf {
    /// How many entries of the log had been indexed.
    pub tree_size: u64,
    /// When, UTC.
    pub at: String,
}

/// A page of events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EventPage {
    /// The events in the order asked for.
    pub events: Vec<Event>,
    /// The cursor of the next page; null at the end.
    pub next_cursor: Option<String>,
    /// The range that was searched.
    pub range: ResolvedRange,
    /// The exact total of the filtered set, when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// How much of the log this speaks for.
    pub as_of: AsOf,
}

/// What came into the log after a place, in log order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TailPage {
    /// The events in log order.
    pub events: Vec<Event>,
    /// Where to go on; returned also when nothing came.
    pub next_cursor: String,
    /// How much of the log this speaks for.
    pub as_of: AsOf,
}

/// One value of a column and how many events have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ValueCount {
    /// The value to filter by.
    pub value: Value,
    /// What to show for it.
    pub label: String,
    /// More about it, such as the e-mail of a user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// How many events, exactly.
    pub count: u64,
}

/// The most frequent values of one column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ColumnCounts {
    /// Most frequent first.
    pub values: Vec<ValueCount>,
    /// How many events have values that are not listed.
    pub other: u64,
}

/// The answer to `events/facets`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ValueCounts {
    /// By column as asked for.
    pub facets: BTreeMap<String, ColumnCounts>,
    /// How much of the log this speaks for.
    pub as_of: AsOf,
}

/// One bar of a histogram.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Bucket {
    /// Its first instant, UTC.
    pub from: String,
    /// The instant after its last one, UTC.
    pub to: String,
    /// How many events.
    pub count: u64,
    /// The same by the value of `split_by`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by: BTreeMap<String, u64>,
}

/// The answer to `events/histogram`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Histogram {
    /// The length of a bucket, one of those that may be asked for.
    pub interval: String,
    /// The zone in which days begin.
    pub tz: String,
    /// In order of time, the empty ones included.
    pub buckets: Vec<Bucket>,
    /// How much of the log this speaks for.
    pub as_of: AsOf,
}

/// The answer to `values`: what a dropdown offers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ColumnValues {
    /// Most frequent first.
    pub values: Vec<ValueCount>,
}
