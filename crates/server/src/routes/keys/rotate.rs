use std::sync::Arc;

use api::key::{KeyRotation, RotatedKey};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};

use super::{may_give, own};
use crate::{
    app::App,
    auth::permit::CanWriteKeys,
    http::{Problem, extract::Json},
};

/// Replaces a key by another with the same rights; the token of the new one is in this answer and nowhere else.
///
/// The replaced key works beside it for `overlap_minutes`, but never longer than it would have; the new one expires
/// when the replaced one would have. It takes everything that the key may do, as long as it works and from where. A key that has ended is 409 `key_ended`,
/// one whose successor works 409 `key_replaced`.
#[utoipa::path(post, path = api::path::KEY_ROTATE, operation_id = "keys.rotate", tag = "keys",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("key" = String, Path, description = "The id of the key, `key_…`."),
    ),
    request_body = KeyRotation,
    responses((status = 201, description = "The new key with its token.", body = RotatedKey)))]
pub(crate) async fn rotate(
    State(app): State<Arc<App>>,
    permit: CanWriteKeys,
    Path((_, id)): Path<(String, String)>,
    Json(rotation): Json<KeyRotation>,
) -> Result<(StatusCode, axum::Json<RotatedKey>), Problem> {
    let key = own(&app, &permit, &id)?;
    may_give(&app, &permit, &key.permissions, &key.reach())?;
    let by = permit.requester();
    let rotated = app.rotate_key(&key.id, rotation.try_into()?, by).await;
    let rotated = rotated.map_err(|error| permit.not_done(&app, error))?;
    Ok((StatusCode::CREATED, axum::Json(rotated)))
}
