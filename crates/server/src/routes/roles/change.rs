use std::sync::Arc;

use api::role::{Role, RoleChange};
use axum::extract::{Path, State};

use crate::{
    admin::RoleRequest,
    app::App,
    auth::permit::CanWriteMembers,
    http::{Problem, extract::Json},
};

/// Changes a role, for everybody who has it and at once; of a built-in role only the name.
///
/// Nobody can change a role that reaches further than himself, before or after: 403 `role_above`.
#[utoipa::path(patch, path = api::path::ROLE, operation_id = "roles.change", tag = "members",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("role" = String, Path, description = "The id of the role: `role_…`, or that of a built-in one."),
    ),
    request_body = RoleChange,
    responses((status = 200, description = "The role as it is now.", body = Role)))]
pub(crate) async fn change(
    State(app): State<Arc<App>>,
    permit: CanWriteMembers,
    Path((_, role)): Path<(String, String)>,
    Json(change): Json<RoleChange>,
) -> Result<axum::Json<Role>, Problem> {
    let request = RoleRequest::try_from(change)?;
    let changed = app
        .change_role(&permit.account().id, &role, request, permit.requester())
        .await;
    let role = changed.map_err(|error| permit.not_done(&app, error))?;
    Ok(axum::Json(role))
}
