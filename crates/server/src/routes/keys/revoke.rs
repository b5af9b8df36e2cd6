use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
};

use super::own;
use crate::{app::App, auth::permit::CanWriteKeys, http::Problem};

/// Ends a key of the account; from this answer on it does not work.
///
/// Revoking a key twice changes nothing.
#[utoipa::path(delete, path = api::path::KEY, operation_id = "keys.revoke", tag = "keys",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("key" = String, Path, description = "The id of the key, `key_…`."),
    ),
    responses((status = 204, description = "The key does not work any more.")))]
pub(crate) async fn revoke(
    State(app): State<Arc<App>>,
    permit: CanWriteKeys,
    Path((_, id)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let key = own(&app, &permit, &id)?;
    app.revoke_key(&key.id, permit.requester()).await?;
    Ok(StatusCode::NO_CONTENT)
}
