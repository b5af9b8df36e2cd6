//! Criteria as JSON and as text: what is read, what is refused and where, and that writing is the reverse of reading.

mod json;
mod text;

use jiff::civil::Weekday;
use serde_json::{Value, json};

use super::*;
use crate::query::{Column, Criterion, CriterionValue, FirstTime, Operand, Operator};

fn one(column: &str, op: Operator, operand: Operand) -> Criterion {
    let column = column.parse().expect("tests name columns");
    Criterion {
        column,
        op,
        value: CriterionValue::One(operand),
    }
}

fn text_operand(text: &str) -> Operand {
    Operand::Text(text.to_owned())
}

fn address(text: &str) -> Operand {
    Operand::Address(text.parse().expect("tests name addresses"))
}

fn network(text: &str) -> Operand {
    Operand::Network(text.parse().expect("tests name networks"))
}
