use std::sync::Arc;

use api::member::{Member, MemberChange};
use axum::extract::{Path, State};

use crate::{
    admin::MembershipRequest,
    app::App,
    auth::permit::CanWriteMembers,
    http::{Problem, extract::Json},
};

/// Changes what a member is, at once; what is absent stays.
///
/// Nobody changes a member who reaches further than himself, or gives more than he has: 403 `role_above`.
/// The last owner stays one: 409 `last_owner`.
#[utoipa::path(patch, path = api::path::MEMBER, operation_id = "members.change", tag = "members",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("member" = String, Path, description = "The id of the person, `usr_…`."),
    ),
    request_body = MemberChange,
    responses((status = 200, description = "The member as it is now.", body = Member)))]
pub(crate) async fn change(
    State(app): State<Arc<App>>,
    permit: CanWriteMembers,
    Path((_, member)): Path<(String, String)>,
    Json(change): Json<MemberChange>,
) -> Result<axum::Json<Member>, Problem> {
    let request = MembershipRequest::new(change, app.clock.now_ms())?;
    let changed = app
        .change_member(&permit.account().id, &member, request, permit.requester())
        .await;
    let member = changed.map_err(|error| permit.not_done(&app, error))?;
    Ok(axum::Json(member))
}
