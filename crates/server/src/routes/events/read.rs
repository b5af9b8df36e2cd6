//! `GET /v1/accounts/{account}/events/{event}`.

use std::sync::Arc;

use api::ErrorCode;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use event::EventId;
use tlog::LeafIndex;

use super::{blocking, tell_read};
use crate::app::App;
use crate::auth::permit::CanRead;
use crate::http::Problem;
use crate::reading::{self, Lens};

/// Reads one event.
#[utoipa::path(
    get, path = api::path::EVENT, operation_id = "events.read", tag = "events",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("event" = String, Path, description = "The id of the event."),
    ),
    responses((status = 200, description = "The event.", body = api::event::Event))
)]
pub(crate) async fn read(
    State(app): State<Arc<App>>,
    permit: CanRead,
    Path((_, event)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let unknown = || {
        Problem::new(
            ErrorCode::EventNotFound,
            "the account has no event with this id",
        )
    };
    let id: EventId = event.parse().map_err(|_| unknown())?;
    tell_read(&app, &permit, "audit_log.view", None);
    let account = Arc::clone(permit.account());
    let (scope, lens) = (permit.scope(), Lens::of(&app, &permit));
    let shown = blocking(move || {
        let origin = app.origin(&account.id);
        let key = event::dedup_key(&app.ledger.secrets().dedup, &origin, &id);
        let found = app
            .ledger
            .find(account.log, &key)
            .map_err(reading::ReadingError::Ledger)?;
        // Who sees only some events waits for the index in any case, so that an event which is there but not seen is
        // answered as late as one that is not there; and nothing of it is read before.
        let sees = app.index.sees(&scope, found.unwrap_or(LeafIndex::FIRST))?;
        let Some(position) = found.filter(|_| sees) else {
            return Ok(None);
        };
        let first_seen = app.index.first_seen(&scope, position)?;
        let events = reading::read(&app.ledger, account.log, &[position])?;
        let shown = events.first().map(|event| lens.show(event, first_seen));
        Ok(shown.transpose()?)
    })
    .await?;
    shown
        .map(|event| axum::Json(event).into_response())
        .ok_or_else(unknown)
}
