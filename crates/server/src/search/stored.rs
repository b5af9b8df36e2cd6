//! Questions that are stored: checked when they are saved, so that a saved one can be asked or enforced.

use api::search::{Criterion, Filter};
use api::{ErrorCode, ProblemItem, view::ViewQuery};
use event::Timestamp;
use index::{
    Narrowing,
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
    let stored = Stored {
        filter: query.filter.as_ref(),
        refine: query.refine.as_deref(),
        q: query.q.as_deref(),
    };
    if let Err(problems) = stored.parsed("/query", TimeZone::UTC) {
        found.extend(problems);
    }
    if found.is_empty() {
        Ok(())
    } else {
        Err(refusal(found))
    }
}

/// The parts of a stored question that say which events answer it, as they came.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stored<'a> {
    /// The dialog.
    pub(crate) filter: Option<&'a Filter>,
    /// More criteria, always AND.
    pub(crate) refine: Option<&'a [Criterion]>,
    /// Words, phrases and `column:value`.
    pub(crate) q: Option<&'a str>,
}

impl Stored<'_> {
    /// The question as one that every event must answer to be seen; hours and days of the week are read in `zone`.
    ///
    /// Nothing stored is a narrowing that every event passes.
    /// Refused with the places (`/filter`, `/refine`, `/q`) is what the parser of searches refuses.
    pub(crate) fn narrowing(self, zone: TimeZone) -> Result<Narrowing, Problem> {
        self.parsed("", zone).map_err(refusal)
    }

    /// The members in which a token stands: what is stored is shown to others, and kept outside of the log.
    fn secrets(self, at: &str) -> Vec<ProblemItem> {
        let members = [
            ("filter", json!(self.filter)),
            ("refine", json!(self.refine)),
            ("q", json!(self.q)),
        ];
        members
            .into_iter()
            .filter_map(|(name, value)| {
                let rule = event::firewall::find(&value.to_string())?;
                Some(ProblemItem {
                    index: None,
                    pointer: format!("{at}/{name}"),
                    code: "invalid_value".to_owned(),
                    message: format!("a secret stands here ({rule})"),
                })
            })
            .collect()
    }

    fn parsed(self, at: &str, zone: TimeZone) -> Result<Narrowing, Vec<ProblemItem>> {
        let mut found = self.secrets(at);
        let mut note = |problems: Vec<QueryProblem>| found.extend(problems.into_iter().map(item));
        let mut narrowing = Narrowing {
            filter: index::Filter::default(),
            refine: Vec::new(),
            text: index::FreeText::default(),
            zone,
        };
        if let Some(filter) = self.filter {
            match parse::filter(&json!(filter), &format!("{at}/filter")) {
                Ok(filter) => narrowing.filter = filter,
                Err(problems) => note(problems),
            }
        }
        if let Some(refine) = self.refine {
            match parse::criteria(&json!(refine), &format!("{at}/refine")) {
                Ok(refine) => narrowing.refine = refine,
                Err(problems) => note(problems),
            }
        }
        match self.q.map(parse::from_text).transpose() {
            Ok(Some((text, terms))) => {
                narrowing.text = text;
                narrowing.refine.extend(terms);
            }
            Ok(None) => {}
            Err(problem) => found.push(ProblemItem {
                index: None,
                pointer: format!("{at}/q"),
                code: problem.code.to_owned(),
                message: problem.to_string(),
            }),
        }
        if found.is_empty() {
            Ok(narrowing)
        } else {
            Err(found)
        }
    }
}

/// The answer for a question that was not understood.
fn refusal(found: Vec<ProblemItem>) -> Problem {
    let told = found
        .first()
        .map(|first| format!("{}: {}", first.pointer, first.message));
    Problem::new(ErrorCode::InvalidBody, told.unwrap_or_default()).items(found)
}

fn item(problem: QueryProblem) -> ProblemItem {
    ProblemItem {
        index: None,
        pointer: problem.pointer,
        code: problem.code.to_owned(),
        message: problem.message,
    }
}
