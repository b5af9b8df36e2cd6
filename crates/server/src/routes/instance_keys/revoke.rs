use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
};

use super::own;
use crate::{app::App, auth::CanOperate, http::Problem};

/// Ends a key of the whole instance; from this answer on it does not work. Revoking a key twice changes nothing.
#[utoipa::path(delete, path = api::path::INSTANCE_KEY, operation_id = "instance_keys.revoke", tag = "keys",
    params(("key" = String, Path, description = "The id of the key, `key_…`.")),
    responses((status = 204, description = "The key does not work any more.")))]
pub(crate) async fn revoke(
    State(app): State<Arc<App>>,
    permit: CanOperate,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let key = own(&app, &id)?;
    app.revoke_key(&key.id, permit.requester()).await?;
    Ok(StatusCode::NO_CONTENT)
}
