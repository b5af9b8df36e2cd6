//! How a member proves who it is: those who may let it in again.

use std::sync::Arc;

use api::sign_in::OneTimeLink;
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};

use crate::{
    app::App,
    auth::{ReachedAt, permit::CanWriteMembers},
    control::Person,
    http::Problem,
};

/// Makes a link with which a member chooses a new password: it works once, for an hour, and is shown now only.
///
/// Who asks has `members:write` in every account of that person and is outranked in none, else 403 `role_above`; the
/// link works as long as that is so. Who signs in with a provider that speaks for its address is 409 `provider_needed`.
#[utoipa::path(post, path = api::path::MEMBER_RESET_LINK, operation_id = "members.reset_link", tag = "members",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("member" = String, Path, description = "The id of the person, `usr_…`."),
    ),
    responses((status = 201, description = "The link.", body = OneTimeLink)))]
pub(crate) async fn reset_link(
    State(app): State<Arc<App>>,
    permit: CanWriteMembers,
    ReachedAt(reached_at): ReachedAt,
    Path((_, member)): Path<(String, String)>,
) -> Result<(StatusCode, Json<OneTimeLink>), Problem> {
    let person = lettable(&app, &permit, &member)?;
    let url = app.public_url(reached_at.as_deref());
    let made = app.make_reset_link(person, &url, permit.requester()).await;
    let link = made.map_err(|error| permit.not_done(&app, error))?;
    Ok((StatusCode::CREATED, Json(link)))
}

/// Ends all sessions of a member. Who asks must be allowed to make a link to a new password, else 403 `role_above`.
#[utoipa::path(delete, path = api::path::MEMBER_SESSIONS, operation_id = "members.sessions_end", tag = "members",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("member" = String, Path, description = "The id of the person, `usr_…`."),
    ),
    responses((status = 204, description = "The person is signed in nowhere.")))]
pub(crate) async fn end_sessions(
    State(app): State<Arc<App>>,
    permit: CanWriteMembers,
    Path((_, member)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let person = lettable(&app, &permit, &member)?;
    app.end_all_sessions(person, permit.requester()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes the second factor of a member away. Who asks must be allowed to make a link to a new password, else 403
/// `role_above`.
#[utoipa::path(delete, path = api::path::MEMBER_SECOND_FACTOR, operation_id = "members.second_factor_remove",
    tag = "members",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("member" = String, Path, description = "The id of the person, `usr_…`."),
    ),
    responses((status = 204, description = "The person signs in without one.")))]
pub(crate) async fn remove_second_factor(
    State(app): State<Arc<App>>,
    permit: CanWriteMembers,
    Path((_, member)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let person = lettable(&app, &permit, &member)?;
    app.remove_second_factor(person, permit.requester()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The member, when whoever asks may let it in again.
fn lettable(app: &App, permit: &CanWriteMembers, member: &str) -> Result<Arc<Person>, Problem> {
    let found = app.may_let_in(permit.principal(), &permit.account().id, member);
    found.map_err(|error| permit.not_done(app, error))
}
