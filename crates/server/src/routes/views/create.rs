//! `POST /v1/accounts/{account}/views`.

use std::sync::Arc;

use api::view::{NewView, View};
use axum::{extract::State, http::StatusCode};

use super::{answered, ensure_may_share};
use crate::{
    admin::ViewRequest,
    app::App,
    auth::permit::CanRead,
    http::{Problem, extract::Json},
    search::stored,
};

/// Saves a view; a shared one needs `accounts:write`.
///
/// The query is checked as a search is. A name that one of the caller's views has is 409 `name_taken`; a caller has at
/// most 200 views in an account, and an account 200 shared ones.
#[utoipa::path(post, path = api::path::VIEWS, operation_id = "views.create", tag = "views",
    params(("account" = String, Path, description = "The id of the account.")),
    request_body = NewView,
    responses((status = 201, description = "The new view.", body = View)))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    permit: CanRead,
    Json(new): Json<NewView>,
) -> Result<(StatusCode, axum::Json<View>), Problem> {
    stored::check(&new.query, app.now())?;
    let request = ViewRequest::try_from(new)?;
    if request.shared == Some(true) {
        ensure_may_share(&app, &permit)?;
    }
    let made = app
        .create_view(&permit.account().id, request, permit.requester())
        .await?;
    Ok((StatusCode::CREATED, axum::Json(answered(&permit, &made)?)))
}
