//! `POST /v1/accounts/{account}/events/histogram`.

use std::sync::Arc;

use api::search::{Bucket, Histogram, HistogramSearch};
use axum::Json;
use axum::extract::State;
use event::Timestamp;
use index::range::{Interval, Width, buckets};
use index::{Column, QueryPart};

use super::{blocking, tell_read};
use crate::app::App;
use crate::auth::permit::CanRead;
use crate::http::Problem;
use crate::http::body::RequestBody;
use crate::reading::Lens;
use crate::search::asked::wrong;
use crate::search::question::{column, in_range, refuse_hidden};
use crate::search::{Asked, Question};

/// How many buckets there are at most when the caller does not say: one screen of bars.
const BUCKETS_DEFAULT: usize = 60;

/// Counts the events that a search finds over time, empty buckets included.
///
/// Buckets begin where hours, days, weeks, months or years begin in `tz`.
#[utoipa::path(
    post, path = api::path::EVENTS_HISTOGRAM, operation_id = "events.histogram", tag = "events",
    params(("account" = String, Path, description = "The id of the account.")),
    request_body = Option<HistogramSearch>,
    responses((status = 200, description = "The buckets in order of time.", body = Histogram))
)]
pub(crate) async fn histogram(
    State(app): State<Arc<App>>,
    permit: CanRead,
    body: RequestBody,
) -> Result<Json<Histogram>, Problem> {
    let mut asked = Asked::from_body(&body)?;
    let narrowed = asked.narrowed();
    let width = width(&mut asked)?;
    let split_by = asked
        .value("split_by")
        .cloned()
        .map(|name| column(&name, "/split_by"))
        .transpose()?;
    let lens = Lens::of(&app, &permit);
    let question = Question::of(&mut asked, &app, &permit, &lens, None)?;
    asked.finish()?;
    let split = split_by.as_ref().map(QueryPart::Column);
    let parts = split.map(|part| ("/split_by".to_owned(), part));
    refuse_hidden(&app, &permit, &lens, parts)?;
    tell_read(&app, &permit, "audit_log.view", narrowed);
    blocking(move || {
        let bounds = app.index.bounds(question.query.scope())?;
        count(&app, &question, width, split_by.as_ref(), bounds).map(Json)
    })
    .await
}

fn width(asked: &mut Asked) -> Result<Width, Problem> {
    let interval = asked.text("interval")?;
    let most = asked.number("buckets", 1, index::limits::BUCKETS as u64)?;
    match (interval, most) {
        (Some(_), Some(_)) => Err(wrong(
            "interval",
            "with_buckets",
            "cannot stand together with `buckets`",
        )),
        (Some(name), None) => Interval::from_name(&name)
            .map(Width::Interval)
            .map_err(|error| in_range(&error)),
        (None, most) => Ok(Width::AtMost(
            most.and_then(|most| usize::try_from(most).ok())
                .unwrap_or(BUCKETS_DEFAULT),
        )),
    }
}

/// An open end of the range is where the oldest or newest event is that is seen.
fn count(
    app: &App,
    question: &Question,
    width: Width,
    split_by: Option<&Column>,
    bounds: Option<index::Bounds>,
) -> Result<Histogram, Problem> {
    let range = question.query.query().range;
    let oldest = bounds.map_or(question.now.ns(), |bounds| {
        bounds.oldest_ns.min(question.now.ns())
    });
    let newest = bounds.map_or(question.now.ns(), |bounds| {
        bounds.newest_ns.max(question.now.ns())
    });
    let from = range.from.unwrap_or(oldest);
    let to = range.to.unwrap_or(newest.saturating_add(1)).max(from);
    let cut = buckets(from, to, width, &question.zone, question.week_start)
        .map_err(|error| in_range(&error))?;
    let counted = app.index.histogram(
        &question.query,
        question.as_of,
        &cut.boundaries_ns,
        split_by,
    )?;
    let written = |ns: i64| Timestamp::from_ns(ns).unwrap_or(Timestamp::MAX).to_string();
    let buckets = cut
        .boundaries_ns
        .iter()
        .zip(cut.boundaries_ns.iter().skip(1))
        .zip(counted.buckets)
        .map(|((from, to), bucket)| Bucket {
            from: written(*from),
            to: written(*to),
            count: bucket.count,
            by: bucket.by.into_iter().collect(),
        })
        .collect();
    Ok(Histogram {
        interval: cut.interval.as_str().to_owned(),
        tz: question.range.tz.clone(),
        buckets,
        as_of: question.as_of(),
    })
}
