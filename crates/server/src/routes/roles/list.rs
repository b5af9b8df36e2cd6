use std::sync::Arc;

use api::role::Roles;
use axum::{Json, extract::State};

use crate::{app::App, auth::permit::CanSee, http::Problem};

/// Lists the roles of an account: the built-in ones, the most powerful first, then its own by name.
#[utoipa::path(get, path = api::path::ROLES, operation_id = "roles.list", tag = "members",
    params(("account" = String, Path, description = "The id of the account.")),
    responses((status = 200, description = "All roles.", body = Roles)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    permit: CanSee,
) -> Result<Json<Roles>, Problem> {
    let roles = app.roles(&permit.account().id)?;
    Ok(Json(Roles { roles }))
}
