use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
};

use crate::{app::App, auth::permit::CanWriteMembers, http::Problem};

/// Deletes a role of the account's own that nobody has and no invitation or setting names, else 409 `role_in_use`.
#[utoipa::path(delete, path = api::path::ROLE, operation_id = "roles.delete", tag = "members",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("role" = String, Path, description = "The id of the role, `role_…`."),
    ),
    responses((status = 204, description = "The role is gone.")))]
pub(crate) async fn delete(
    State(app): State<Arc<App>>,
    permit: CanWriteMembers,
    Path((_, role)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    app.delete_role(&permit.account().id, &role, permit.requester())
        .await
        .map_err(|error| permit.not_done(&app, error))?;
    Ok(StatusCode::NO_CONTENT)
}
