//! Filters and criteria as JSON.

use serde_json::{Map, Value};

use super::value::{self, Refusal};
use crate::error::{QueryProblem, code, shown};
use crate::limits::{CRITERIA, OPERANDS};
use crate::query::{Column, Criterion, CriterionValue, Filter, Match, Operator};

/// What is wrong so far; reading goes on, so that everything is told at once.
struct Reader {
    problems: Vec<QueryProblem>,
}

/// Reads a filter, `{"match": "all"|"any", "criteria": [..]}`, that stands at `pointer` (RFC 6901) of its document.
pub fn filter(value: &Value, pointer: &str) -> Result<Filter, Vec<QueryProblem>> {
    Reader::read(|reader| reader.filter(value, pointer))
}

/// Reads a list of criteria (`refine`) that stands at `pointer` (RFC 6901) of its document.
pub fn criteria(value: &Value, pointer: &str) -> Result<Vec<Criterion>, Vec<QueryProblem>> {
    Reader::read(|reader| Some(reader.criteria(value, pointer)))
}

/// Reads one criterion, `{"column", "op", "value"}`, that stands at `pointer` (RFC 6901) of its document.
///
/// `value` is a list for `in` and `nin`, and must be absent (or null) for `exists` and `not_exists`.
pub fn criterion(value: &Value, pointer: &str) -> Result<Criterion, Vec<QueryProblem>> {
    Reader::read(|reader| reader.criterion(value, pointer))
}

impl Reader {
    fn read<T>(read: impl FnOnce(&mut Self) -> Option<T>) -> Result<T, Vec<QueryProblem>> {
        let mut reader = Self {
            problems: Vec::new(),
        };
        match read(&mut reader) {
            Some(value) if reader.problems.is_empty() => Ok(value),
            _ => Err(reader.problems),
        }
    }

    fn problem(&mut self, pointer: String, code: &'static str, message: impl Into<String>) {
        self.problems.push(QueryProblem {
            pointer,
            code,
            message: message.into(),
        });
    }

    fn filter(&mut self, value: &Value, pointer: &str) -> Option<Filter> {
        let members = self.object(value, pointer)?;
        self.only(members, pointer, &["match", "criteria"]);
        let matching = match self.text(members, pointer, "match")? {
            "all" => Some(Match::All),
            "any" => Some(Match::Any),
            _ => {
                let message = "`match` is `all` or `any`";
                self.problem(format!("{pointer}/match"), code::UNKNOWN_VALUE, message);
                None
            }
        };
        let Some(criteria) = members.get("criteria") else {
            self.required(pointer, "criteria");
            return None;
        };
        let criteria = self.criteria(criteria, &format!("{pointer}/criteria"));
        Some(Filter {
            matching: matching?,
            criteria,
        })
    }

    fn criteria(&mut self, value: &Value, pointer: &str) -> Vec<Criterion> {
        let Value::Array(elements) = value else {
            self.problem(
                pointer.to_owned(),
                code::WRONG_TYPE,
                "a list of criteria must stand here",
            );
            return Vec::new();
        };
        if elements.len() > CRITERIA {
            let message = format!("at most {CRITERIA} criteria may stand here");
            self.problem(pointer.to_owned(), code::TOO_MANY, message);
            return Vec::new();
        }
        let read = |(index, element)| self.criterion(element, &format!("{pointer}/{index}"));
        elements.iter().enumerate().filter_map(read).collect()
    }

    fn criterion(&mut self, value: &Value, pointer: &str) -> Option<Criterion> {
        let members = self.object(value, pointer)?;
        if members.contains_key("criteria") || members.contains_key("match") {
            let message = "a criterion cannot be a group: one `match` holds for the whole list";
            self.problem(pointer.to_owned(), code::NESTED_GROUP, message);
            return None;
        }
        self.only(members, pointer, &["column", "op", "value"]);
        let column = self.column(members, pointer);
        let op = self.operator(members, pointer);
        let (column, op) = (column?, op?);
        if !op.applies_to(&column) {
            let message = format!(
                "`{op}` cannot compare the column `{}`",
                shown(&column.name())
            );
            self.problem(
                format!("{pointer}/op"),
                code::OPERATOR_DOES_NOT_APPLY,
                message,
            );
            return None;
        }
        let value = self.value(&column, op, members, pointer)?;
        Some(Criterion { column, op, value })
    }

    fn column(&mut self, members: &Map<String, Value>, pointer: &str) -> Option<Column> {
        let name = self.text(members, pointer, "column")?;
        match name.parse() {
            Ok(column) => Some(column),
            Err(unknown) => {
                let message = value::column_message(&unknown);
                self.problem(format!("{pointer}/column"), code::UNKNOWN_COLUMN, message);
                None
            }
        }
    }

    fn operator(&mut self, members: &Map<String, Value>, pointer: &str) -> Option<Operator> {
        let name = self.text(members, pointer, "op")?;
        let op = Operator::from_name(name);
        if op.is_none() {
            let known = Operator::ALL.map(Operator::as_str).join(", ");
            let message = format!(
                "there is no operator `{}`; the operators are {known}",
                shown(name)
            );
            self.problem(format!("{pointer}/op"), code::UNKNOWN_OPERATOR, message);
        }
        op
    }

    fn value(
        &mut self,
        column: &Column,
        op: Operator,
        members: &Map<String, Value>,
        pointer: &str,
    ) -> Option<CriterionValue> {
        let sent = members.get("value");
        let at = format!("{pointer}/value");
        match op {
            Operator::Exists | Operator::NotExists => {
                if sent.is_some_and(|value| !value.is_null()) {
                    self.problem(
                        at,
                        code::UNEXPECTED_VALUE,
                        format!("`{op}` compares with no value"),
                    );
                    return None;
                }
                return Some(CriterionValue::Absent);
            }
            Operator::In | Operator::Nin => {}
            _ => {
                let Some(sent) = sent else {
                    self.required(pointer, "value");
                    return None;
                };
                return match value::operand(column, op, sent) {
                    Ok(operand) => Some(CriterionValue::One(operand)),
                    Err(refusal) => self.refuse(at, refusal),
                };
            }
        }
        let Some(Value::Array(elements)) = sent else {
            self.problem(
                at,
                code::WRONG_TYPE,
                format!("`{op}` compares with a list of values"),
            );
            return None;
        };
        if elements.len() > OPERANDS {
            self.problem(
                at,
                code::TOO_MANY,
                format!("at most {OPERANDS} values may stand here"),
            );
            return None;
        }
        let mut operands = Vec::with_capacity(elements.len());
        for (index, element) in elements.iter().enumerate() {
            match value::operand(column, op, element) {
                Ok(operand) => operands.push(operand),
                Err(refusal) => return self.refuse(format!("{at}/{index}"), refusal),
            }
        }
        Some(CriterionValue::Many(operands))
    }

    fn refuse<T>(&mut self, pointer: String, refusal: Refusal) -> Option<T> {
        self.problem(pointer, refusal.code, refusal.message);
        None
    }

    fn object<'v>(&mut self, value: &'v Value, pointer: &str) -> Option<&'v Map<String, Value>> {
        let members = value.as_object();
        if members.is_none() {
            self.problem(
                pointer.to_owned(),
                code::WRONG_TYPE,
                "an object must stand here",
            );
        }
        members
    }

    fn text<'v>(
        &mut self,
        members: &'v Map<String, Value>,
        pointer: &str,
        name: &str,
    ) -> Option<&'v str> {
        match members.get(name) {
            Some(Value::String(text)) => Some(text),
            Some(_) => {
                self.problem(
                    format!("{pointer}/{name}"),
                    code::WRONG_TYPE,
                    "a string must stand here",
                );
                None
            }
            None => {
                self.required(pointer, name);
                None
            }
        }
    }

    fn required(&mut self, pointer: &str, name: &str) {
        self.problem(
            format!("{pointer}/{name}"),
            code::REQUIRED,
            format!("`{name}` must be there"),
        );
    }

    fn only(&mut self, members: &Map<String, Value>, pointer: &str, known: &[&str]) {
        for name in members
            .keys()
            .filter(|name| !known.contains(&name.as_str()))
        {
            let token = name.replace('~', "~0").replace('/', "~1");
            let message = format!(
                "no member `{}` is known here, only {}",
                shown(name),
                known.join(", ")
            );
            self.problem(format!("{pointer}/{token}"), code::UNKNOWN_FIELD, message);
        }
    }
}
