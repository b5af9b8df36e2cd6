use std::sync::Arc;

use api::role::{NewRole, Role};
use axum::{extract::State, http::StatusCode};

use crate::{
    admin::RoleRequest,
    app::App,
    auth::permit::CanWriteMembers,
    http::{Problem, extract::Json},
};

/// Makes a role of the account's own.
///
/// Nobody can make one that reaches further than himself: 403 `role_above`.
#[utoipa::path(post, path = api::path::ROLES, operation_id = "roles.create", tag = "members",
    params(("account" = String, Path, description = "The id of the account.")),
    request_body = NewRole,
    responses((status = 201, description = "The role.", body = Role)))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    permit: CanWriteMembers,
    Json(new): Json<NewRole>,
) -> Result<(StatusCode, axum::Json<Role>), Problem> {
    let request = RoleRequest::try_from(new)?;
    let made = app
        .create_role(&permit.account().id, request, permit.requester())
        .await;
    let role = made.map_err(|error| permit.not_done(&app, error))?;
    Ok((StatusCode::CREATED, axum::Json(role)))
}
