//! `/v1/accounts/{account}/invitations`.

use std::sync::Arc;

use api::invitation::{CreatedInvitation, Invitations, NewInvitation};
use axum::{
    Json as Answer,
    extract::{Path, State},
    http::StatusCode,
};

use crate::{
    app::App,
    auth::{ReachedAt, permit::CanWriteMembers},
    http::{Problem, extract::Json},
};

/// Lists the invitations that were not accepted yet.
#[utoipa::path(get, path = api::path::INVITATIONS, operation_id = "invitations.list", tag = "members",
    params(("account" = String, Path, description = "The id of the account.")),
    responses((status = 200, description = "In the order of addresses.", body = Invitations)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    permit: CanWriteMembers,
) -> Result<Answer<Invitations>, Problem> {
    let invitations = app.invitations(&permit.account().id).await?;
    Ok(Answer(Invitations { invitations }))
}

/// Invites somebody: the link, which works once and for seven days, is shown now and never again.
///
/// Nobody gives more than he has: 403 `role_above`. An earlier invitation for the same address ends; a member is 409
/// `member_exists`.
#[utoipa::path(post, path = api::path::INVITATIONS, operation_id = "invitations.create", tag = "members",
    params(("account" = String, Path, description = "The id of the account.")),
    request_body = NewInvitation,
    responses((status = 201, description = "The invitation and its link.", body = CreatedInvitation)))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    permit: CanWriteMembers,
    ReachedAt(reached_at): ReachedAt,
    Json(new): Json<NewInvitation>,
) -> Result<(StatusCode, Answer<CreatedInvitation>), Problem> {
    let url = app.public_url(reached_at.as_deref());
    let invited = app.invite(&permit.account().id, new, url, permit.requester());
    let created = invited.await;
    let created = created.map_err(|error| permit.not_done(&app, error))?;
    Ok((StatusCode::CREATED, Answer(created)))
}

/// Takes an invitation back: its link no longer works.
#[utoipa::path(delete, path = api::path::INVITATION, operation_id = "invitations.revoke", tag = "members",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("invitation" = String, Path, description = "The id of the invitation."),
    ),
    responses((status = 204, description = "It can no longer be accepted.")))]
pub(crate) async fn revoke(
    State(app): State<Arc<App>>,
    permit: CanWriteMembers,
    Path((_, invitation)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    app.revoke_invitation(&permit.account().id, &invitation, permit.requester())
        .await
        .map_err(|error| permit.not_done(&app, error))?;
    Ok(StatusCode::NO_CONTENT)
}
