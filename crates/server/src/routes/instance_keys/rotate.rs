use std::sync::Arc;

use api::key::{KeyRotation, RotatedKey};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};

use super::{may_give, own};
use crate::{
    app::App,
    auth::CanOperate,
    http::{Problem, extract::Json},
};

/// Replaces a key of the whole instance by another with the same rights; see `keys.rotate`.
#[utoipa::path(post, path = api::path::INSTANCE_KEY_ROTATE, operation_id = "instance_keys.rotate", tag = "keys",
    params(("key" = String, Path, description = "The id of the key, `key_…`.")),
    request_body = KeyRotation,
    responses((status = 201, description = "The new key with its token.", body = RotatedKey)))]
pub(crate) async fn rotate(
    State(app): State<Arc<App>>,
    permit: CanOperate,
    Path(id): Path<String>,
    Json(rotation): Json<KeyRotation>,
) -> Result<(StatusCode, axum::Json<RotatedKey>), Problem> {
    let key = own(&app, &id)?;
    may_give(&app, &permit, &key.permissions, &key.reach())?;
    let by = permit.requester();
    let rotated = app.rotate_key(&key.id, rotation.try_into()?, by).await?;
    Ok((StatusCode::CREATED, axum::Json(rotated)))
}
