//! How criteria compare.

use std::fmt;

use crate::query::Column;

/// How a column is compared with the value of a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Some value of the event equals the value.
    Eq,
    /// No value of the event equals the value; true where the event has none.
    Ne,
    /// Some value of the event equals one of the values.
    In,
    /// No value of the event equals any of the values; true where the event has none.
    Nin,
    /// Some value of the event has the text inside, without case.
    Contains,
    /// Some value of the event begins with the text, without case.
    StartsWith,
    /// The event has a value.
    Exists,
    /// The event has no value.
    NotExists,
    /// The address of the event lies in the network.
    InNetwork,
}

impl Operator {
    /// Every operator, in the order of the contract.
    pub const ALL: [Self; 9] = [
        Self::Eq,
        Self::Ne,
        Self::In,
        Self::Nin,
        Self::Contains,
        Self::StartsWith,
        Self::Exists,
        Self::NotExists,
        Self::InNetwork,
    ];

    /// The name in filters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::In => "in",
            Self::Nin => "nin",
            Self::Contains => "contains",
            Self::StartsWith => "starts_with",
            Self::Exists => "exists",
            Self::NotExists => "not_exists",
            Self::InNetwork => "in_network",
        }
    }

    /// The operator of this name, exactly as [`Operator::as_str`] writes it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|op| op.as_str() == name)
    }

    /// Whether the operator can compare the column.
    ///
    /// `contains` and `starts_with` need text (of the metadata, the string values are compared), `in_network` an
    /// address; everything else compares every column.
    pub const fn applies_to(self, column: &Column) -> bool {
        match self {
            Self::Eq | Self::Ne | Self::In | Self::Nin | Self::Exists | Self::NotExists => true,
            Self::Contains | Self::StartsWith => !matches!(
                column,
                Column::Ip | Column::FirstSeen | Column::Hour | Column::Weekday
            ),
            Self::InNetwork => matches!(column, Column::Ip),
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
