//! What to look for, resolved for one account at one instant.

use api::search::{AsOf, ResolvedRange};
use api::{ErrorCode, ProblemItem};
use event::Timestamp;
use index::cursor::Cursor;
use index::error::QueryProblem;
use index::range::{self, Preset, RangeError, RangeParameters, WeekStart};
use index::{Criterion, Filter, FreeText, Query, ResourceId, Scope, ScopedQuery, TimeRange, parse};
use jiff::tz::TimeZone;
use serde_json::Value;
use tlog::TreeSize;

use super::{Asked, asked::wrong};
use crate::app::App;
use crate::control::Account;
use crate::http::Problem;

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
    pub(crate) fn of(
        asked: &mut Asked,
        app: &App,
        account: &Account,
        cursor: Option<&Cursor>,
    ) -> Result<Self, Problem> {
        let now = app.now();
        let (zone, zone_name) = zone(asked, account)?;
        let week_start = week_start(asked, account)?;
        let applied = app.index.applied(account.log.get());
        let as_of = as_of(asked, applied, cursor)?;
        let (resolved, is_all_time) = time(asked, &zone, week_start, now)?;
        let time = cursor.map_or(resolved, |cursor| cursor.range);
        let (text, terms) = text(asked)?;
        let mut refine = criteria(asked)?;
        refine.extend(terms);
        let query = Query {
            range: time,
            resource: resource(asked)?,
            text,
            refine,
            filter: filter(asked)?,
            zone: zone.clone(),
        };
        let range = if is_all_time {
            everything(app, account, zone_name, now)?
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
        let query = ScopedQuery::new(query, Scope::account(account.log.get()));
        Ok(Self {
            query,
            range,
            zone,
            week_start,
            as_of,
            now,
        })
    }

    /// How much of the log the answer speaks for.
    pub(crate) fn as_of(&self) -> AsOf {
        AsOf {
            tree_size: self.as_of.get(),
            at: self.now.to_string(),
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

/// What *all time* spans: from the account's creation, or its oldest event, to now, or its newest event.
fn everything(
    app: &App,
    account: &Account,
    tz: String,
    now: Timestamp,
) -> Result<ResolvedRange, Problem> {
    let created = Timestamp::from_ms(account.created_ms);
    let bounds = app.index.bounds(account.log.get())?;
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
