use std::sync::Arc;

use api::Permission;
use axum::{
    extract::{Path, State},
    http::StatusCode,
};

use crate::{app::App, auth::permit::CanSee, http::Problem};

/// Ends a membership: that of another with `members:write`, one's own without.
///
/// The keys that the person made stay. Nobody removes a member who reaches further than himself: 403 `role_above`.
/// The last owner stays: 409 `last_owner`.
#[utoipa::path(delete, path = api::path::MEMBER, operation_id = "members.remove", tag = "members",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("member" = String, Path, description = "The id of the person, `usr_…`."),
    ),
    responses((status = 204, description = "The person is no longer a member.")))]
pub(crate) async fn remove(
    State(app): State<Arc<App>>,
    permit: CanSee,
    Path((_, member)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    if permit.principal().id() != member {
        permit.need(&app, Permission::MembersWrite)?;
    }
    app.remove_member(&permit.account().id, &member, permit.requester())
        .await
        .map_err(|error| permit.not_done(&app, error))?;
    Ok(StatusCode::NO_CONTENT)
}
