//! The question: one tree for the dialog, the URL, the search text, saved views, exports, streams and alerts.
//!
//! A query matches an event when its range AND resource AND free text AND refinements AND filter do.
//! The filter is flat on purpose: one [`Match`] for all of its criteria, and a criterion is never a group.

mod column;
mod criterion;
mod free_text;
mod operator;
mod part;
mod resource;

use jiff::tz::TimeZone;
use serde_json::Value;

pub use column::Column;
pub(crate) use column::METADATA;
pub(crate) use criterion::WEEKDAYS;
pub use criterion::{Criterion, CriterionValue, FirstTime, Operand};
pub use free_text::{FreeText, Word};
pub use operator::Operator;
pub use part::QueryPart;
pub use resource::ResourceId;

/// Instants from the first on and before the second, in nanoseconds since 1970 UTC; no end where there is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TimeRange {
    /// The first instant.
    pub from: Option<i64>,
    /// The instant after the last one.
    pub to: Option<i64>,
}

impl TimeRange {
    /// Every instant.
    pub const ALL: Self = Self {
        from: None,
        to: None,
    };

    /// Whether an instant lies in the range.
    pub fn contains(self, ns: i64) -> bool {
        self.from.is_none_or(|from| from <= ns) && self.to.is_none_or(|to| ns < to)
    }
}

/// Whether all criteria must hold, or one is enough.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Match {
    /// Every criterion holds (AND).
    #[default]
    All,
    /// Some criterion holds (OR).
    Any,
}

impl Match {
    /// The name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
        }
    }
}

/// The dialog: criteria of which all, or any, must hold; without criteria it matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// How the criteria are combined.
    pub matching: Match,
    /// The criteria.
    pub criteria: Vec<Criterion>,
}

impl Filter {
    /// The filter as it stands in JSON, `{"match", "criteria"}`; [`crate::parse::filter`] reads it back.
    pub fn to_json(&self) -> Value {
        let criteria = self.criteria.iter().map(Criterion::to_json).collect();
        let members = [
            ("match", Value::from(self.matching.as_str())),
            ("criteria", Value::Array(criteria)),
        ];
        members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}

/// A whole question about the events of one log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// When the event occurred.
    pub range: TimeRange,
    /// A target that the event must have.
    pub resource: Option<ResourceId>,
    /// Words that must occur in the texts of the event.
    pub text: FreeText,
    /// Criteria that must all hold.
    pub refine: Vec<Criterion>,
    /// The dialog.
    pub filter: Filter,
    /// The zone in which [`Column::Hour`] and [`Column::Weekday`] are read.
    pub zone: TimeZone,
}

impl Query {
    /// The question that every event answers; hours are those of UTC.
    pub const fn everything() -> Self {
        Self {
            range: TimeRange::ALL,
            resource: None,
            text: FreeText {
                words: Vec::new(),
                phrases: Vec::new(),
            },
            refine: Vec::new(),
            filter: Filter {
                matching: Match::All,
                criteria: Vec::new(),
            },
            zone: TimeZone::UTC,
        }
    }

    /// The columns that refinements and filter compare, in order, repeated where they are.
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        self.refine
            .iter()
            .chain(&self.filter.criteria)
            .map(|criterion| &criterion.column)
    }
}

impl Default for Query {
    fn default() -> Self {
        Self::everything()
    }
}
