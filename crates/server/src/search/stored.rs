//! Searches that are stored: checked when they are saved, so that a saved one can be asked.

use api::{ErrorCode, ProblemItem, view::ViewQuery};
use event::Timestamp;
use index::{
    error::QueryProblem,
    parse,
    range::{RangeParameters, WeekStart},
};
use jiff::tz::TimeZone;
use serde_json::json;

use crate::http::Problem;

/// Refuses a query that the parser of searches refuses, with the place inside the member `query`.
pub(crate) fn check(query: &ViewQuery, now: Timestamp) -> Result<(), Problem> {
    let mut found = Vec::new();
    // Whether ends and presets fit together does not depend on the zone in which they are resolved.
    let resolved = RangeParameters {
        range: query.range.as_deref(),
        from: query.from.as_deref(),
        to: query.to.as_deref(),
    }
    .resolve(&TimeZone::UTC, WeekStart::Monday, now);
    if let Err(error) = resolved {
        found.push(ProblemItem {
            index: None,
            pointer: format!("/query/{}", error.parameter()),
            code: "invalid_value".to_owned(),
            message: error.to_string(),
        });
    }
    if let Some(filter) = &query.filter
        && let Err(problems) = parse::filter(&json!(filter), "/query/filter")
    {
        found.extend(problems.into_iter().map(item));
    }
    if let Some(refine) = &query.refine
        && let Err(problems) = parse::criteria(&json!(refine), "/query/refine")
    {
        found.extend(problems.into_iter().map(item));
    }
    if let Some(text) = &query.q
        && let Err(problem) = parse::from_text(text)
    {
        found.push(ProblemItem {
            index: None,
            pointer: "/query/q".to_owned(),
            code: problem.code.to_owned(),
            message: problem.to_string(),
        });
    }
    match found.first() {
        None => Ok(()),
        Some(first) => {
            let detail = format!("{}: {}", first.pointer, first.message);
            Err(Problem::new(ErrorCode::InvalidBody, detail).items(found))
        }
    }
}

fn item(problem: QueryProblem) -> ProblemItem {
    ProblemItem {
        index: None,
        pointer: problem.pointer,
        code: problem.code.to_owned(),
        message: problem.message,
    }
}
