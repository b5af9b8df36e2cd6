//! `DELETE /v1/accounts/{account}/views/{id}`.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
};

use super::changeable;
use crate::{app::App, auth::permit::CanRead, http::Problem};

/// Deletes a view of one's own, or with `accounts:write` a shared one.
#[utoipa::path(delete, path = api::path::VIEW, operation_id = "views.delete", tag = "views",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("id" = String, Path, description = "The id of the view, `view_…`."),
    ),
    responses((status = 204, description = "The view is gone.")))]
pub(crate) async fn delete(
    State(app): State<Arc<App>>,
    permit: CanRead,
    Path((_, id)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let view = changeable(&app, &permit, &id).await?;
    app.delete_view(&permit.account().id, view, permit.requester())
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
