//! `PATCH /v1/accounts/{account}/views/{id}`.

use std::sync::Arc;

use api::view::{View, ViewChange};
use axum::extract::{Path, State};

use super::{answered, changeable, ensure_may_share};
use crate::{
    admin::ViewRequest,
    app::App,
    auth::permit::CanRead,
    http::{Problem, extract::Json},
    search::stored,
};

/// Changes a view of one's own, or with `accounts:write` a shared one; what is absent stays.
#[utoipa::path(patch, path = api::path::VIEW, operation_id = "views.change", tag = "views",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("id" = String, Path, description = "The id of the view, `view_…`."),
    ),
    request_body = ViewChange,
    responses((status = 200, description = "The view as it is now.", body = View)))]
pub(crate) async fn change(
    State(app): State<Arc<App>>,
    permit: CanRead,
    Path((_, id)): Path<(String, String)>,
    Json(change): Json<ViewChange>,
) -> Result<axum::Json<View>, Problem> {
    if let Some(query) = &change.query {
        stored::check(query, app.now())?;
    }
    let request = ViewRequest::try_from(change)?;
    let view = changeable(&app, &permit, &id).await?;
    if request.shared == Some(true) {
        ensure_may_share(&app, &permit)?;
    }
    let changed = app
        .change_view(&permit.account().id, &view.id, request, permit.requester())
        .await?;
    Ok(axum::Json(answered(&permit, &changed)?))
}
