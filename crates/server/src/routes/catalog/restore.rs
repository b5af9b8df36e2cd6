//! `POST /v1/accounts/{account}/catalog/events/{action}/restore`.

use std::sync::Arc;

use api::catalog::CatalogEvent;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
};

use super::{answered, expected};
use crate::{admin::Decision, app::App, auth::permit::CanWriteCatalog, http::Problem};

/// Says that a deprecated action may be sent again.
#[utoipa::path(post, path = api::path::CATALOG_RESTORE, operation_id = "catalog.restore", tag = "catalog",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("action" = String, Path, description = "The action, `noun.verb`."),
    ),
    responses((status = 200, description = "The action as it is now.", body = CatalogEvent)))]
pub(crate) async fn restore(
    State(app): State<Arc<App>>,
    permit: CanWriteCatalog,
    Path((_, action)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<axum::Json<CatalogEvent>, Problem> {
    let expected = expected(&headers, None)?;
    let account = permit.account();
    app.decide(
        account,
        &action,
        Decision::Restore,
        expected,
        permit.requester(),
    )
    .await?;
    Ok(axum::Json(answered(&app, account, &action)?))
}
