use std::sync::Arc;

use api::key::{Key, KeyChange};
use axum::extract::{Path, State};

use super::{may_give, own};
use crate::{
    admin::KeyChangeRequest,
    app::App,
    auth::CanOperate,
    http::{Problem, extract::Json},
};

/// Changes the name, the networks or the expiry of a key of the whole instance that works.
#[utoipa::path(patch, path = api::path::INSTANCE_KEY, operation_id = "instance_keys.change", tag = "keys",
    params(("key" = String, Path, description = "The id of the key, `key_…`.")),
    request_body = KeyChange,
    responses((status = 200, description = "The key as it is now.", body = Key)))]
pub(crate) async fn change(
    State(app): State<Arc<App>>,
    permit: CanOperate,
    Path(id): Path<String>,
    Json(change): Json<KeyChange>,
) -> Result<axum::Json<Key>, Problem> {
    let key = own(&app, &id)?;
    may_give(&app, &permit, &key.permissions, &key.reach())?;
    let request = KeyChangeRequest::new(change, app.clock.now_ms())?;
    let changed = app.change_key(&key.id, request, permit.requester()).await?;
    Ok(axum::Json(Key::from(&*changed)))
}
