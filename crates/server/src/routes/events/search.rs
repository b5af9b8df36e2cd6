//! `POST /v1/accounts/{account}/events/search`.

use std::sync::Arc;

use api::search::{EventPage, PagedSearch};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::list;
use crate::app::App;
use crate::auth::permit::CanRead;
use crate::http::Problem;
use crate::http::body::RequestBody;
use crate::search::Asked;

/// Lists events like `events.list`, with the same parameters as JSON.
#[utoipa::path(
    post, path = api::path::EVENTS_SEARCH, operation_id = "events.search", tag = "events",
    params(("account" = String, Path, description = "The id of the account.")),
    request_body = Option<PagedSearch>,
    responses((status = 200, description = "A page of events.", content(
        (EventPage = "application/json"), (String = "application/x-ndjson"),
    )))
)]
pub(crate) async fn search(
    State(app): State<Arc<App>>,
    permit: CanRead,
    headers: HeaderMap,
    body: RequestBody,
) -> Result<Response, Problem> {
    list::answer(app, permit, Asked::from_body(&body)?, &headers).await
}
