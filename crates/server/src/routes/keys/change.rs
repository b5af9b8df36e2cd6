use std::sync::Arc;

use api::key::{Key, KeyChange};
use axum::extract::{Path, State};

use super::{may_give, own};
use crate::{
    admin::KeyChangeRequest,
    app::App,
    auth::permit::CanWriteKeys,
    http::{Problem, extract::Json},
};

/// Changes the name, the networks or the expiry of a key that works; what it may do never changes.
///
/// It takes everything that the key may do, and gives no later end and no other networks than whoever asks has. A key that has ended is 409 `key_ended`; the expiry of one that was replaced
/// is 409 `key_replaced`.
#[utoipa::path(patch, path = api::path::KEY, operation_id = "keys.change", tag = "keys",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("key" = String, Path, description = "The id of the key, `key_…`."),
    ),
    request_body = KeyChange,
    responses((status = 200, description = "The key as it is now.", body = Key)))]
pub(crate) async fn change(
    State(app): State<Arc<App>>,
    permit: CanWriteKeys,
    Path((_, id)): Path<(String, String)>,
    Json(change): Json<KeyChange>,
) -> Result<axum::Json<Key>, Problem> {
    let key = own(&app, &permit, &id)?;
    may_give(&app, &permit, &key.permissions, &key.reach())?;
    let request = KeyChangeRequest::new(change, app.clock.now_ms())?;
    let changed = app.change_key(&key.id, request, permit.requester());
    let changed = changed
        .await
        .map_err(|error| permit.not_done(&app, error))?;
    Ok(axum::Json(Key::from(&*changed)))
}
