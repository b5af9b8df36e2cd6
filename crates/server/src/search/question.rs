//! What to look for, resolved for one account at one instant.

use api::search::{AsOf, ResolvedRange};
use api::{ErrorCode, ProblemItem};
use event::Timestamp;
use index::cursor::Cursor;
use index::error::QueryProblem;
use index::range::{self, Preset, RangeError, RangeParameters, WeekStart};
use index::{
    Criterion, Filter, FreeText, Query, QueryPart, ResourceId, Scope, ScopedQuery, TimeRange, parse,
};
use jiff::tz::TimeZone;
use serde_json::Value;
use tlog::TreeSize;

use super::{Asked, asked::wrong};
use crate::app::App;
use crate::auth::permit::CanRead;
use crate::control::Account;
use crate::http::Problem;
use crate::reading::Lens;

/// A query that is ready for the index, with what the answer says about it.
pub(crate) struct Question {
    pub(crate) query: ScopedQuery,
    /// The range as the answer repeats it.
    pub(crate) range: ResolvedRange,
    /// The zone of presets, dates, hours and days.
    pub(crate) zone: TimeZone,
    /// The first day of a week.
    pub(crate) week_start: WeekStart,
    /// Only positions below this are looked at.
    pub(crate) as_of: TreeSize,
    /// When it was asked.
    pub(crate) now: Timestamp,
}

impl Question {
    /// Takes the members that say what to look for; with a cursor, range and snapshot are those of page 1.
    ///
    /// Only what the bearer of the permit sees is looked at: its scope narrows the query, and a hidden column is refused.
    pub(crate) fn of(
        asked: &mut Asked,
        app: &App,
        permit: &CanRead,
        lens: &Lens,
        cursor: Option<&Cursor>,
    ) -> Result<Self, Problem> {
        let now = app.now();
        let (account, scope) = (permit.account(), permit.scope());
        let (zone, zone_name) = zone(asked, account)?;
        let week_start = week_start(asked, account)?;
        let applied = app.index.applied(account.log.get());
        let as_of = as_of(asked, applied, cursor)?;
        let (resolved, is_all_time) = time(asked, &zone, week_start, now)?;
        let time = cursor.map_or(resolved, |cursor| cursor.range);
        let (text, terms) = text(asked)?;
        let mut query = Query {
            range: time,
            resource: resource(asked)?,
            text,
            refine: criteria(asked)?,
            filter: filter(asked)?,
            zone: zone.clone(),
        };
        refuse_hidden(app, permit, lens, parts(&query, &terms))?;
        query.refine.extend(terms);
        let range = if is_all_time {
            everything(app, account, &scope, zone_name, now)?
        } else {
            let written = |ns: Option<i64>| {
                ns.and_then(|ns| Timestamp::from_ns(ns).ok())
                    .map(|at| at.to_string())
            };
            ResolvedRange {
                from: written(time.from),
                to: written(time.to),
                tz: zone_name,
            }
        };
        let query = ScopedQuery::new(query, scope);
        Ok(Self {
            query,
            range,
            zone,
            week_start,
            as_of,
            now,
        })
    }

    /// Whether a reader with this lens may ask it.
    pub(crate) fn is_seen_through(&self, lens: &Lens) -> bool {
        // The terms of the search text stand among those of `refine` by now.
        lens.hidden_among(parts(self.query.query(), &[])).is_empty()
    }

    /// How much of the log the answer speaks for.
    pub(crate) fn as_of(&self) -> AsOf {
        AsOf {
            tree_size: self.as_of.get(),
            at: self.now.to_string(),
        }
    }
}

/// The parts of a query that look at events, each with its place in the request; `terms` are those of the search text.
fn parts<'a>(
    query: &'a Query,
    terms: &'a [Criterion],
) -> impl Iterator<Item = (String, QueryPart<'a>)> {
    let column = |one: &'a Criterion| QueryPart::Column(&one.column);
    let numbered = move |of: &'a [Criterion], at: &'static str| {
        let each = of.iter().enumerate();
        each.map(move |(n, one)| (format!("{at}/{n}/column"), column(one)))
    };
    let resource = query.resource.iter().map(|_| QueryPart::Resource);
    let text = (!query.text.is_empty()).then_some(QueryPart::Text);
    resource
        .map(|part| ("/resource".to_owned(), part))
        .chain(text.map(|part| ("/q".to_owned(), part)))
        .chain(terms.iter().map(move |one| ("/q".to_owned(), column(one))))
        .chain(numbered(&query.refine, "/refine"))
        .chain(numbered(&query.filter.criteria, "/filter/criteria"))
}

/// Refuses parts of a question that look at what the bearer does not see, and tells the self-audit.
pub(crate) fn refuse_hidden<'a>(
    app: &App,
    permit: &CanRead,
    lens: &Lens,
    parts: impl IntoIterator<Item = (String, QueryPart<'a>)>,
) -> Result<(), Problem> {
    let hidden = lens.hidden_among(parts);
    match hidden.first() {
        None => Ok(()),
        Some(first) => {
            let detail = first.message.clone();
            let refused = permit.refuse(app, ErrorCode::ColumnHidden, detail);
            Err(refused.items(hidden))
        }
    }
}

fn zone(asked: &mut Asked, account: &Account) -> Result<(TimeZone, String), Problem> {
    let sent = asked.text("tz")?;
    let name = sent
        .or_else(|| account.settings.time_zone.clone())
        .unwrap_or_else(|| "UTC".to_owned());
    let zone = range::zone(&name).map_err(|error| in_range(&error))?;
    Ok((zone, name))
}

fn week_start(asked: &mut Asked, account: &Account) -> Result<WeekStart, Problem> {
    match asked.text("week_start")? {
        Some(name) => WeekStart::from_name(&name).map_err(|error| in_range(&error)),
        None => Ok(match account.settings.week_start.unwrap_or_default() {
            api::account::WeekStart::Mon => WeekStart::Monday,
            api::account::WeekStart::Sun => WeekStart::Sunday,
            api::account::WeekStart::Sat => WeekStart::Saturday,
        }),
    }
}

/// The snapshot: that of page 1, the one asked for, or everything that is indexed now.
fn as_of(
    asked: &mut Asked,
    applied: TreeSize,
    cursor: Option<&Cursor>,
) -> Result<TreeSize, Problem> {
    let sent = asked.number("as_of", 0, u64::MAX)?;
    match (sent, cursor) {
        (Some(size), _) if size > applied.get() => Err(wrong(
            "as_of",
            "not_indexed",
            &format!("is above what is indexed, {applied}"),
        )),
        (Some(size), _) => Ok(TreeSize::new(size)),
        (None, Some(cursor)) => Ok(cursor.tree_size),
        (None, None) => Ok(applied),
    }
}

/// The range, and whether it is the preset without bounds, whose echo says what there is.
fn time(
    asked: &mut Asked,
    zone: &TimeZone,
    week_start: WeekStart,
    now: Timestamp,
) -> Result<(TimeRange, bool), Problem> {
    let (preset, from, to) = (asked.text("range")?, asked.text("from")?, asked.text("to")?);
    let parameters = RangeParameters {
        range: preset.as_deref(),
        from: from.as_deref(),
        to: to.as_deref(),
    };
    let resolved = parameters
        .resolve(zone, week_start, now)
        .map_err(|error| in_range(&error))?;
    Ok((
        resolved,
        preset.as_deref() == Some(Preset::AllTime.as_str()),
    ))
}

/// What *all time* spans: from the account's creation, or the oldest event that is seen, to now, or the newest one.
fn everything(
    app: &App,
    account: &Account,
    scope: &Scope,
    tz: String,
    now: Timestamp,
) -> Result<ResolvedRange, Problem> {
    let created = Timestamp::from_ms(account.created_ms);
    let bounds = app.index.bounds(scope)?;
    let at = |ns: i64| Timestamp::from_ns(ns).unwrap_or(now);
    let oldest = bounds.map_or(created, |bounds| at(bounds.oldest_ns).min(created));
    // The range is half-open, so its end lies after the newest event.
    let newest = bounds.map_or(now, |bounds| {
        at(bounds.newest_ns.saturating_add(1)).max(now)
    });
    Ok(ResolvedRange {
        from: Some(oldest.to_string()),
        to: Some(newest.to_string()),
        tz,
    })
}

fn text(asked: &mut Asked) -> Result<(FreeText, Vec<Criterion>), Problem> {
    let Some(text) = asked.text("q")? else {
        return Ok(Default::default());
    };
    parse::from_text(&text).map_err(|problem| wrong("q", problem.code, &problem.to_string()))
}

fn criteria(asked: &mut Asked) -> Result<Vec<Criterion>, Problem> {
    match asked.value("refine") {
        None => Ok(Vec::new()),
        Some(list) => parse::criteria(list, "/refine").map_err(in_criteria),
    }
}

fn filter(asked: &mut Asked) -> Result<Filter, Problem> {
    match asked.value("filter") {
        None => Ok(Filter::default()),
        Some(sent) => parse::filter(sent, "/filter").map_err(in_criteria),
    }
}

fn resource(asked: &mut Asked) -> Result<Option<ResourceId>, Problem> {
    let Some(text) = asked.text("resource")? else {
        return Ok(None);
    };
    let parsed = text.parse::<ResourceId>();
    parsed
        .map(Some)
        .map_err(|error| wrong("resource", "invalid_value", &error.to_string()))
}

/// The answer for a range, zone, week or interval that was not understood.
pub(crate) fn in_range(error: &RangeError) -> Problem {
    Problem::parameter(error.parameter(), error.to_string())
}

/// The answer for criteria that were not understood.
fn in_criteria(problems: Vec<QueryProblem>) -> Problem {
    let detail = problems
        .first()
        .map(ToString::to_string)
        .unwrap_or_default();
    Problem::new(ErrorCode::InvalidParameter, detail).items(problems.into_iter().map(|problem| {
        ProblemItem {
            index: None,
            pointer: problem.pointer,
            code: problem.code.to_owned(),
            message: problem.message,
        }
    }))
}

/// The column of this name, as the member `pointer` names it.
pub(crate) fn column(name: &Value, pointer: &str) -> Result<index::Column, Problem> {
    let wrong = |message: String| {
        Problem::new(ErrorCode::InvalidParameter, message.clone()).item(ProblemItem {
            index: None,
            pointer: pointer.to_owned(),
            code: index::error::code::UNKNOWN_COLUMN.to_owned(),
            message,
        })
    };
    let name = name
        .as_str()
        .ok_or_else(|| wrong("the name of a column must stand here".to_owned()))?;
    name.parse()
        .map_err(|error: index::error::UnknownColumn| wrong(error.to_string()))
}
