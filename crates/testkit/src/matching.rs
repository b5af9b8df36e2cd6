//! What a question means, written straight from the contract and event by event: the oracle of every index.
//!
//! It shares the tree of the query, the folding of names and the split into words with the index, and nothing else.

mod actions;
mod column;
mod free_text;
mod naive;
mod narrowed;
mod values;

use event::Verb;
use index::{
    Criterion, CriterionValue, Filter, FirstSeen, Match, Operand, Operator, Query, ResourceId, Row,
};

pub use naive::NaiveIndex;

/// What is compared: an event and what was told or found out about it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The event.
    pub event: &'a event::Event,
    /// What kind of change its action is.
    pub verb: Verb,
    /// When it was received, milliseconds since 1970 UTC; no column compares it.
    pub received_ms: u64,
    /// What it did for the first time in its log.
    pub first_seen: FirstSeen,
}

impl<'a> Subject<'a> {
    /// A row, and what it did for the first time.
    pub const fn new(row: &Row<'a>, first_seen: FirstSeen) -> Self {
        Self {
            event: row.event,
            verb: row.verb,
            received_ms: row.received_ms,
            first_seen,
        }
    }
}

/// Whether an event belongs to the answer of a query: range AND resource AND text AND refinements AND filter.
pub fn matches(query: &Query, subject: &Subject<'_>) -> bool {
    let holds = |criterion: &Criterion| criterion_holds(query, criterion, subject);
    let Filter { matching, criteria } = &query.filter;
    query.range.contains(subject.event.occurred_at.ns())
        && query
            .resource
            .as_ref()
            .is_none_or(|resource| is_about(subject, resource))
        && free_text::matches(&query.text, subject.event)
        && query.refine.iter().all(holds)
        && match matching {
            Match::All => criteria.iter().all(holds),
            Match::Any => criteria.is_empty() || criteria.iter().any(holds),
        }
}

fn is_about(subject: &Subject<'_>, resource: &ResourceId) -> bool {
    let mut targets = subject.event.targets.iter();
    targets.any(|target| target.kind == resource.kind && target.id == resource.id)
}

fn criterion_holds(query: &Query, criterion: &Criterion, subject: &Subject<'_>) -> bool {
    let values = column::values(&criterion.column, subject, &query.zone);
    let some = |test: &dyn Fn(&column::Value) -> bool| values.iter().any(test);
    let one = || match &criterion.value {
        CriterionValue::One(operand) => operand,
        other => panic!(
            "`{}` compares with one value, not with {other:?}",
            criterion.op
        ),
    };
    let many = || match &criterion.value {
        CriterionValue::Many(operands) => operands,
        other => panic!(
            "`{}` compares with a list, not with {other:?}",
            criterion.op
        ),
    };
    let equals_one_of = |value: &column::Value| many().iter().any(|operand| value.equals(operand));
    let text = || match one() {
        Operand::Text(text) => event::fold(text),
        other => panic!(
            "`{}` compares with a text, not with {other:?}",
            criterion.op
        ),
    };
    match criterion.op {
        Operator::Eq => some(&|value| value.equals(one())),
        Operator::Ne => !some(&|value| value.equals(one())),
        Operator::In => some(&equals_one_of),
        Operator::Nin => !some(&equals_one_of),
        Operator::Contains => some(&|value| value.text().is_some_and(|it| it.contains(&text()))),
        Operator::StartsWith => {
            some(&|value| value.text().is_some_and(|it| it.starts_with(&text())))
        }
        Operator::Exists => !values.is_empty(),
        Operator::NotExists => values.is_empty(),
        Operator::InNetwork => some(&|value| value.is_in(one())),
    }
}
