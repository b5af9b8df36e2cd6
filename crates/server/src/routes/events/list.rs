//! `GET /v1/accounts/{account}/events`.

use std::sync::Arc;

use api::search::EventPage;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header::ACCEPT};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{blocking, lines::Lines, tell_read};
use crate::app::App;
use crate::auth::permit::CanRead;
use crate::http::Problem;
use crate::search::Asked;
use crate::search::listing::Listing;
use crate::streams::{StreamPlace, Streamed};

/// Parameters of a listing, as they stand in a query string.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it documents the members that `Listing` reads")]
pub(crate) struct ListParameters {
    /// A preset; `last_30_days` when neither it nor `from` nor `to` is there.
    range: Option<String>,
    /// The first instant (RFC 3339), or a date in `tz`.
    from: Option<String>,
    /// The instant after the last one (RFC 3339), or a date in `tz` whose end is meant.
    to: Option<String>,
    /// An IANA zone; the account's when absent, else UTC.
    tz: Option<String>,
    /// The dialog as JSON: `{"match": "all" | "any", "criteria": [{"column", "op", "value"}]}`.
    filter: Option<String>,
    /// More criteria as a JSON list, always AND.
    refine: Option<String>,
    /// Words (AND), `"phrases"`, `column:value` and `-column:value`.
    q: Option<String>,
    /// `type:id`, the log of one resource.
    resource: Option<String>,
    /// `mon`, `sun` or `sat`; the account's when absent.
    week_start: Option<String>,
    /// `desc` (newest first, the default) or `asc`.
    order: Option<String>,
    /// True for the exact total of the filtered set.
    count: Option<bool>,
    /// A `tree_size` of an earlier answer: only entries below it.
    as_of: Option<u64>,
    /// 1 to 1000 events, 100 when absent.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
    /// `next_cursor` of the page before, with the same parameters.
    cursor: Option<String>,
}

/// Lists events, newest first.
///
/// A listing is a snapshot: later pages show only what the first could have shown.
/// With `Accept: application/x-ndjson` the whole result is streamed, one event per line; the last line is
/// `{"end":{"count","as_of"}}`, and without it the result is incomplete: the reader took nothing for too long, may not
/// look any more, or the log cannot be read.
#[utoipa::path(
    get, path = api::path::EVENTS, operation_id = "events.list", tag = "events",
    params(("account" = String, Path, description = "The id of the account."), ListParameters),
    responses((status = 200, description = "A page of events.", content(
        (EventPage = "application/json"), (String = "application/x-ndjson"),
    )))
)]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    permit: CanRead,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    answer(app, permit, Asked::from_query(query.as_deref())?, &headers).await
}

/// Answers a listing as a page or as a stream, and tells the self-audit.
pub(crate) async fn answer(
    app: Arc<App>,
    permit: CanRead,
    asked: Asked,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let narrowed = asked.narrowed();
    let listing = Listing::of(asked, &app, &permit)?;
    let action = if narrowed.is_some() {
        "audit_log.search"
    } else {
        "audit_log.view"
    };
    let account = Arc::clone(permit.account());
    if wants_lines(headers) {
        let place = StreamPlace::take(&app, &account.id, Streamed::Listing)?;
        tell_read(&app, &permit, action, narrowed);
        return Ok(Lines::new(app, permit, listing, place).answer());
    }
    tell_read(&app, &permit, action, narrowed);
    let page = blocking(move || listing.answer(&app, &account)).await?;
    Ok(axum::Json(page).into_response())
}

fn wants_lines(headers: &HeaderMap) -> bool {
    let accept = headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    accept
        .split(',')
        .any(|range| range.split(';').next().unwrap_or_default().trim() == "application/x-ndjson")
}
