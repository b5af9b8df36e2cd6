use std::sync::Arc;

use api::member::Members;
use axum::{Json, extract::State};

use crate::{app::App, auth::permit::CanWriteMembers};

/// Lists the members of an account by their addresses, those whose membership has ended included.
#[utoipa::path(get, path = api::path::MEMBERS, operation_id = "members.list", tag = "members",
    params(("account" = String, Path, description = "The id of the account.")),
    responses((status = 200, description = "All members.", body = Members)))]
pub(crate) async fn list(State(app): State<Arc<App>>, permit: CanWriteMembers) -> Json<Members> {
    Json(Members {
        members: app.members(Some(&permit.account().id)),
    })
}
