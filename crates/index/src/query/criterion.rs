//! One comparison.

use std::net::IpAddr;

use ipnet::IpNet;
use jiff::civil::Weekday;
use serde_json::{Map, Value};

use crate::query::{Column, Operator};

/// One comparison of a column with a value.
///
/// The parsers of [`crate::parse`] make only those whose operator applies to the column and whose value has the shape
/// that both demand; see [`CriterionValue`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// What is compared.
    pub column: Column,
    /// How.
    pub op: Operator,
    /// With what.
    pub value: CriterionValue,
}

/// The right side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CriterionValue {
    /// Nothing: for `exists` and `not_exists`.
    Absent,
    /// One operand: for `eq`, `ne`, `contains`, `starts_with`, `in_network`.
    One(Operand),
    /// Any number of operands: for `in` and `nin`.
    Many(Vec<Operand>),
}

/// One value to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A text as sent, neither folded nor trimmed: for the columns of text, and for `contains` and `starts_with`.
    Text(String),
    /// Any JSON value: for `metadata.<key>` with `eq`, `ne`, `in`, `nin`.
    Json(Value),
    /// An address in its canonical form (IPv4 is never written as IPv6): for `ip`.
    Address(IpAddr),
    /// A network in its canonical form, without host bits: for `in_network`.
    Network(IpNet),
    /// What happened for the first time: for `first_seen`.
    FirstTime(FirstTime),
    /// An hour of the day, 0 to 23: for `hour`.
    Hour(u8),
    /// A day of the week: for `weekday`.
    Weekday(Weekday),
}

/// What can happen for the first time in a log, decided in log order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FirstTime {
    /// This user did this action.
    Action,
    /// This user came from this network (the /24 of an IPv4, the /48 of an IPv6 address).
    Network,
}

impl FirstTime {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Action, Self::Network];

    /// The name in filters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::Network => "network",
        }
    }
}

/// The names of the days of the week in filters, Monday first.
pub(crate) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

impl CriterionValue {
    /// All operands, none for [`CriterionValue::Absent`].
    pub fn operands(&self) -> &[Operand] {
        match self {
            Self::Absent => &[],
            Self::One(operand) => std::slice::from_ref(operand),
            Self::Many(operands) => operands,
        }
    }
}

impl Operand {
    /// The value as it stands in JSON.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Text(text) => Value::from(text.as_str()),
            Self::Json(value) => value.clone(),
            Self::Address(address) => Value::from(address.to_string()),
            Self::Network(network) => Value::from(network.to_string()),
            Self::FirstTime(first) => Value::from(first.as_str()),
            Self::Hour(hour) => Value::from(*hour),
            Self::Weekday(weekday) => {
                let named = WEEKDAYS.iter().find(|(_, day)| day == weekday);
                Value::from(named.map_or("", |(name, _)| name))
            }
        }
    }
}

impl Criterion {
    /// The criterion as it stands in JSON, `{"column", "op", "value"}`; [`crate::parse::criterion`] reads it back.
    pub fn to_json(&self) -> Value {
        let mut members = Map::new();
        members.insert("column".to_owned(), Value::from(self.column.name()));
        members.insert("op".to_owned(), Value::from(self.op.as_str()));
        let value = match &self.value {
            CriterionValue::Absent => None,
            CriterionValue::One(operand) => Some(operand.to_json()),
            CriterionValue::Many(operands) => Some(operands.iter().map(Operand::to_json).collect()),
        };
        if let Some(value) = value {
            members.insert("value".to_owned(), value);
        }
        Value::Object(members)
    }
}
