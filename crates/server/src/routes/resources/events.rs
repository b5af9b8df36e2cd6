//! `GET /v1/accounts/{account}/resources/{type}/{id}/events`.

use std::sync::Arc;

use api::search::EventPage;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::app::App;
use crate::auth::permit::CanRead;
use crate::http::Problem;
use crate::routes::events::list::{self, ListParameters};
use crate::search::Asked;

/// Lists the log of one resource: every event that has it among its targets.
#[utoipa::path(
    get, path = api::path::RESOURCE_EVENTS, operation_id = "resources.events", tag = "resources",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("type" = String, Path, description = "The kind of resource, such as `agent`."),
        ("id" = String, Path, description = "The id of the resource."),
        ListParameters,
    ),
    responses((status = 200, description = "A page of events.", body = EventPage))
)]
pub(crate) async fn events(
    State(app): State<Arc<App>>,
    permit: CanRead,
    Path((_, kind, id)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut asked = Asked::from_query(query.as_deref())?;
    asked.set("resource", format!("{kind}:{id}").into())?;
    list::answer(app, permit, asked, &headers).await
}
