use std::sync::Arc;

use api::key::{CreatedKey, NewKey};
use axum::{extract::State, http::StatusCode};

use super::may_give;
use crate::{
    admin::KeyRequest,
    app::App,
    auth::CanOperate,
    http::{Problem, extract::Json},
};

/// Creates a key for the whole instance; its token is in this answer and nowhere else.
///
/// Operators can give `events:write`, `catalog:write`, `keys:write`, `accounts:write` and `accounts:create_on_append`:
/// none of them shows what is in accounts. Any other is 403 `permission_missing`.
#[utoipa::path(post, path = api::path::INSTANCE_KEYS, operation_id = "instance_keys.create", tag = "keys",
    request_body = NewKey,
    responses((status = 201, description = "The id and the token.", body = CreatedKey)))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    permit: CanOperate,
    Json(new): Json<NewKey>,
) -> Result<(StatusCode, axum::Json<CreatedKey>), Problem> {
    let request = KeyRequest::new(None, new, app.clock.now_ms())?;
    may_give(&app, &permit, &request.permissions, &request.reach())?;
    let created = app.create_key(request, permit.requester()).await?;
    Ok((StatusCode::CREATED, axum::Json(created)))
}
