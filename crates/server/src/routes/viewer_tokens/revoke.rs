use std::sync::Arc;

use api::{ErrorCode, Permission};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};

use crate::{app::App, auth::permit::CanRead, http::Problem};

/// Ends a viewer token, a portal link or its session; from this answer on it does not work.
///
/// One's own, and with `keys:write` that of anybody.
#[utoipa::path(delete, path = api::path::VIEWER_TOKEN, operation_id = "viewer_tokens.revoke", tag = "viewer tokens",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("token" = String, Path, description = "The id of the token, `vwt_…`, or of the link, `plk_…`."),
    ),
    responses((status = 204, description = "The token does not work any more.")))]
pub(crate) async fn revoke(
    State(app): State<Arc<App>>,
    permit: CanRead,
    Path((_, id)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let token = app.viewer_token(&permit.account().id, &id)?;
    let is_own = token.maker.id() == permit.principal().id();
    if !is_own && !permit.reach().may(Permission::KeysWrite) {
        let detail = "the account has no such viewer token";
        return Err(Problem::new(ErrorCode::ViewerTokenNotFound, detail));
    }
    app.revoke_viewer(token, permit.requester()).await?;
    Ok(StatusCode::NO_CONTENT)
}
