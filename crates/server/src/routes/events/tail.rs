//! `GET /v1/accounts/{account}/events/tail`: by log order, so a late event is never missed.

use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use api::ErrorCode;
use api::search::{AsOf, TailPage};
use axum::extract::{RawQuery, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use index::Scope;
use index::cursor::{ParametersHash, TailCursor};
use ledger::{LogNumber, Stored};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tlog::{EntryKind, LeafIndex};
use tokio::time::Instant;

use super::stream::{self, Outlet};
use super::{blocking, tell_read};
use crate::app::App;
use crate::auth::permit::CanRead;
use crate::control::Account;
use crate::http::Problem;
use crate::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::reading::{self, Checked, Lens, ReadingError};
use crate::search::Asked;
use crate::streams::{StreamPlace, Streamed};

/// The longest wait for the first event; proxies give up on silent connections after a minute.
const WAIT_S_MAX: u64 = 30;

/// How long the wait is when the caller does not say.
const WAIT_S_DEFAULT: u64 = 20;

/// How often a wait looks whether the server is stopping.
const LOOK_UP: Duration = Duration::from_millis(250);

/// How many entries are looked through at a time for the few that somebody sees: some milliseconds of the index.
const STRIDE: u64 = 65_536;

/// Parameters of the tail.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it documents the members that `tail` reads")]
pub(crate) struct TailParameters {
    /// `next_cursor` of the answer before; absent for the beginning of the log, `end` for what comes from now on.
    after: Option<String>,
    /// 1 to 1000 events, 100 when absent.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
    /// How many seconds to wait for the first event, 0 to 30, 20 when absent. Not with `text/event-stream`.
    #[param(minimum = 0, maximum = 30)]
    wait_s: Option<u32>,
}

/// Follows the log in its own order, so that an event that came late is never missed.
///
/// The answer comes as soon as there is an event, or without one when the wait is over; `next_cursor` is always there.
/// With `Accept: text/event-stream` events are sent as they come, each with its cursor as the id.
#[utoipa::path(
    get, path = api::path::EVENTS_TAIL, operation_id = "events.tail", tag = "events",
    params(("account" = String, Path, description = "The id of the account."), TailParameters),
    responses((status = 200, description = "What came.", content(
        (TailPage = "application/json"), (String = "text/event-stream"),
    )))
)]
pub(crate) async fn tail(
    State(app): State<Arc<App>>,
    permit: CanRead,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut asked = Asked::from_query(query.as_deref())?;
    let account = Arc::clone(permit.account());
    let after = asked.text("after")?.unwrap_or_default();
    let limit = asked.number("limit", 1, PAGE_MAX as u64)?;
    let limit = limit
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(PAGE_DEFAULT);
    let wait_s = asked
        .number("wait_s", 0, WAIT_S_MAX)?
        .unwrap_or(WAIT_S_DEFAULT);
    asked.finish()?;
    let parameters = ParametersHash::of_json(account.log.get(), &Map::new());
    // A browser that reconnects sends the id of the last event it got.
    let resumed = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok())
        .map(str::to_owned);
    let next = begin(
        &app,
        &account,
        resumed.as_deref().unwrap_or(&after),
        &parameters,
    )?;
    let place = wants_stream(&headers)
        .then(|| StreamPlace::take(&app, &account.id, Streamed::Tail))
        .transpose()?;
    tell_read(&app, &permit, "audit_log.tail", None);
    let follower = Follower {
        app,
        permit,
        account,
        parameters,
        next,
        limit,
    };
    if let Some(place) = place {
        return Ok(follower.stream(place));
    }
    follower
        .page(Duration::from_secs(wait_s))
        .await
        .map(|(page, _)| axum::Json(page).into_response())
}

fn begin(
    app: &App,
    account: &Account,
    after: &str,
    parameters: &ParametersHash,
) -> Result<LeafIndex, Problem> {
    match after {
        "" => Ok(LeafIndex::FIRST),
        "end" => Ok(LeafIndex::new(app.index.applied(account.log.get()).get())),
        cursor => TailCursor::decode(cursor, parameters)
            .map(|cursor| cursor.next)
            .map_err(|error| {
                Problem::parameter_as(ErrorCode::CursorInvalid, "after", error.to_string())
            }),
    }
}

fn wants_stream(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| {
            accept
                .split(',')
                .any(|range| range.trim().starts_with("text/event-stream"))
        })
}

/// At most `limit` entries of a range; returns the events among them, and the first position that was not looked at.
fn whole(
    app: &App,
    log: LogNumber,
    range: Range<LeafIndex>,
    limit: usize,
) -> Result<(Vec<Checked>, LeafIndex), ReadingError> {
    let count = range.end.get().saturating_sub(range.start.get());
    let count = usize::try_from(count).unwrap_or(limit).min(limit);
    if count == 0 {
        return Ok((Vec::new(), range.start));
    }
    let stored = app
        .ledger
        .read_range(log, range.start, count)
        .map_err(ReadingError::Ledger)?;
    let reached = stored
        .last()
        .map_or(range.start, |last| LeafIndex::new(last.index.get() + 1));
    let is_event = |entry: &Stored| entry.entry.kind == EntryKind::Event && entry.payload.is_some();
    let events = stored.into_iter().filter(is_event).map(reading::check);
    Ok((events.collect::<Result<_, _>>()?, reached))
}

/// As [`whole`], where only some events are seen: the index says which, and only those are read.
fn seen(
    app: &App,
    log: LogNumber,
    scope: &Scope,
    range: Range<LeafIndex>,
    limit: usize,
) -> Result<(Vec<Checked>, LeafIndex), Problem> {
    let stride = range.start.get().saturating_add(STRIDE);
    let end = LeafIndex::new(range.end.get().min(stride).max(range.start.get()));
    let positions = app.index.visible(scope, range.start..end, limit)?;
    let reached = match positions.last() {
        Some(last) if positions.len() == limit => LeafIndex::new(last.get() + 1),
        _ => end,
    };
    Ok((reading::read(&app.ledger, log, &positions)?, reached))
}

struct Follower {
    app: Arc<App>,
    permit: CanRead,
    account: Arc<Account>,
    parameters: ParametersHash,
    next: LeafIndex,
    limit: usize,
}

impl Follower {
    /// What came after the place, once something did or the wait is over; and where to go on.
    async fn page(&self, wait: Duration) -> Result<(Value, LeafIndex), Problem> {
        let deadline = Instant::now() + wait;
        let mut progress = self.app.indexed.clone();
        let mut next = self.next;
        loop {
            progress.mark_unchanged();
            // Only what is indexed is worth a thread: thousands may wait here, most of them for a quiet log.
            let (events, reached) = if self.is_behind(next) {
                self.look(next).await?
            } else {
                (Vec::new(), next)
            };
            if !self.permit.still_holds(&self.app) {
                let detail = "the key or the session ended while the tail was followed";
                return Err(Problem::new(ErrorCode::Unauthenticated, detail));
            }
            next = reached;
            let left = deadline.saturating_duration_since(Instant::now());
            if !events.is_empty() || left.is_zero() || !self.app.is_ready() {
                return Ok((self.answer(&events, next), next));
            }
            if !self.is_behind(next) {
                // Whether something changed or the time was over: the next round looks.
                let _ = tokio::time::timeout(left.min(LOOK_UP), progress.changed()).await;
            }
        }
    }

    /// Whether more is indexed than was looked at.
    fn is_behind(&self, next: LeafIndex) -> bool {
        next.get() < self.app.index.applied(self.account.log.get()).get()
    }

    /// The events from `next` on that are indexed, and the first position that was not looked at.
    async fn look(&self, next: LeafIndex) -> Result<(Vec<Map<String, Value>>, LeafIndex), Problem> {
        let (app, account, limit) = (Arc::clone(&self.app), Arc::clone(&self.account), self.limit);
        // The scope is that of the beginning: when the bearer's reach shrinks, the tail ends. What the catalogue calls
        // sensitive can change meanwhile, so the lens is new.
        let (scope, lens) = (self.permit.scope(), Lens::of(&app, &self.permit));
        blocking(move || {
            let applied = app.index.applied(account.log.get()).get();
            let (entries, reached) = if scope.is_whole() {
                whole(&app, account.log, next..LeafIndex::new(applied), limit)?
            } else {
                seen(
                    &app,
                    account.log,
                    &scope,
                    next..LeafIndex::new(applied),
                    limit,
                )?
            };
            let mut events = Vec::with_capacity(entries.len());
            for event in entries {
                let first_seen = app.index.first_seen(&scope, event.index())?;
                events.push(lens.show(&event, first_seen)?);
            }
            Ok((events, reached))
        })
        .await
    }

    fn answer(&self, events: &[Map<String, Value>], next: LeafIndex) -> Value {
        json!({"events": events, "next_cursor": self.cursor(next), "as_of": AsOf {
            tree_size: self.app.index.applied(self.account.log.get()).get(),
            at: self.app.now().to_string(),
        }})
    }

    fn cursor(&self, next: LeafIndex) -> String {
        TailCursor {
            parameters: self.parameters,
            next,
        }
        .encode()
    }

    /// Sends events as they come, until the reader goes or reads nothing any more, or the server stops.
    fn stream(mut self, place: StreamPlace) -> Response {
        let patience = Duration::from_secs(self.app.config.limits.body_timeout_s);
        let (outlet, body) = stream::body(patience);
        // Each answer that waits for a slow reader is held in memory.
        self.limit = self.limit.min(PAGE_DEFAULT);
        tokio::spawn(async move {
            let _place = place;
            while self.app.is_ready() {
                let page = tokio::select! {
                    () = outlet.closed() => break,
                    page = self.page(Duration::from_secs(WAIT_S_DEFAULT)) => page,
                };
                match page {
                    Ok((page, next)) => {
                        self.next = next;
                        if !self.send(&page, &outlet).await {
                            break;
                        }
                    }
                    Err(_) if !self.permit.still_holds(&self.app) => break,
                    Err(problem) => {
                        problem.log("a tail ended early");
                        break;
                    }
                }
            }
        });
        let mut response = body.into_response();
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        response
            .headers_mut()
            .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    /// Writes a page as server-sent events; a page without events is a comment that keeps the connection alive.
    async fn send(&self, page: &Value, outlet: &Outlet) -> bool {
        let events = page
            .get("events")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let mut text = String::new();
        for event in events {
            let index = event
                .pointer("/integrity/index")
                .and_then(Value::as_u64)
                .unwrap_or_default();
            let cursor = self.cursor(LeafIndex::new(index + 1));
            // Writing into a `String` does not fail.
            let _ = write!(text, "id: {cursor}\nevent: event\ndata: {event}\n\n");
        }
        if events.is_empty() {
            text.push_str(": nothing came\n\n");
        }
        outlet.send(text.into()).await
    }
}
