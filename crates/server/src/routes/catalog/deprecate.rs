//! `POST /v1/accounts/{account}/catalog/events/{action}/deprecate`.

use std::sync::Arc;

use api::catalog::{CatalogDeprecation, CatalogEvent};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
};

use super::{answered, expected};
use crate::{
    admin::Decision,
    app::App,
    auth::permit::CanWriteCatalog,
    http::{Problem, extract::Json},
};

/// Says that an action should no longer be sent, of the account's own or of a pack; events of it are accepted as before.
///
/// Asked again, it changes the note and what replaces the action, and the day since when it is deprecated stays.
#[utoipa::path(post, path = api::path::CATALOG_DEPRECATE, operation_id = "catalog.deprecate", tag = "catalog",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("action" = String, Path, description = "The action, `noun.verb`."),
    ),
    request_body = CatalogDeprecation,
    responses((status = 200, description = "The action as it is now.", body = CatalogEvent)))]
pub(crate) async fn deprecate(
    State(app): State<Arc<App>>,
    permit: CanWriteCatalog,
    Path((_, action)): Path<(String, String)>,
    headers: HeaderMap,
    Json(sent): Json<CatalogDeprecation>,
) -> Result<axum::Json<CatalogEvent>, Problem> {
    let expected = expected(&headers, None)?;
    let account = permit.account();
    let decision = Decision::Deprecate(sent);
    app.decide(account, &action, decision, expected, permit.requester())
        .await?;
    Ok(axum::Json(answered(&app, account, &action)?))
}
