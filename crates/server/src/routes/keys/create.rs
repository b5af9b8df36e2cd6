use std::sync::Arc;

use api::key::{CreatedKey, NewKey};
use axum::{extract::State, http::StatusCode};

use super::may_give;
use crate::{
    admin::KeyRequest,
    app::App,
    auth::permit::CanWriteKeys,
    http::{Problem, extract::Json},
};

/// Creates a key for an account; its token is in this answer and nowhere else.
///
/// Nobody can give a permission that he lacks, nor show what is hidden from him, nor anything that lasts longer or works
/// from elsewhere than his own rights: the 403 says the latest end. An account has at most 1000 working keys.
#[utoipa::path(post, path = api::path::KEYS, operation_id = "keys.create", tag = "keys",
    params(("account" = String, Path, description = "The id of the account.")),
    request_body = NewKey,
    responses((status = 201, description = "The id and the token.", body = CreatedKey)))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    permit: CanWriteKeys,
    Json(new): Json<NewKey>,
) -> Result<(StatusCode, axum::Json<CreatedKey>), Problem> {
    let request = KeyRequest::new(Some(permit.account().id.clone()), new, app.clock.now_ms())?;
    may_give(&app, &permit, &request.permissions, &request.reach())?;
    let created = app.create_key(request, permit.requester()).await;
    let created = created.map_err(|error| permit.not_done(&app, error))?;
    Ok((StatusCode::CREATED, axum::Json(created)))
}
