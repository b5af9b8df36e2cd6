//! Members, roles and operators over the administration socket.

use std::sync::Arc;

use api::{
    ErrorCode,
    member::{Member, MemberChange},
    role::{NewRole, Role, Roles},
};
use axum::{
    Json as Answer,
    extract::{Path, State},
    http::StatusCode,
};

use super::CanAdminister;
use crate::{
    admin::{MembershipRequest, RoleRequest},
    app::App,
    control::{AccountId, AccountIdInvalid},
    http::{Problem, extract::Json},
};

fn account_of(text: &str) -> Result<AccountId, Problem> {
    text.parse()
        .map_err(|error: AccountIdInvalid| Problem::parameter("account", error.to_string()))
}

fn member_of(app: &App, account: &AccountId, email: &str) -> Result<String, Problem> {
    app.member_with_email(account, email).ok_or_else(|| {
        let detail = "the account has no member with this address";
        Problem::new(ErrorCode::MemberNotFound, detail)
    })
}

/// Changes what a member is; what is absent stays.
#[utoipa::path(patch, path = api::path::ADMIN_MEMBER, operation_id = "admin.members.change",
    params(("account" = String, Path), ("email" = String, Path)),
    request_body = MemberChange, responses((status = 200, body = Member)))]
pub(crate) async fn change_member(
    State(app): State<Arc<App>>,
    CanAdminister(operator): CanAdminister,
    Path((account, email)): Path<(String, String)>,
    Json(change): Json<MemberChange>,
) -> Result<Answer<Member>, Problem> {
    let account = account_of(&account)?;
    let member = member_of(&app, &account, &email)?;
    let request = MembershipRequest::new(change, app.clock.now_ms())?;
    let changed = app.change_member(&account, &member, request, &operator);
    Ok(Answer(changed.await?))
}

/// Ends a membership; a person without any other one goes.
#[utoipa::path(delete, path = api::path::ADMIN_MEMBER, operation_id = "admin.members.remove",
    params(("account" = String, Path), ("email" = String, Path)), responses((status = 204)))]
pub(crate) async fn remove_member(
    State(app): State<Arc<App>>,
    CanAdminister(operator): CanAdminister,
    Path((account, email)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let account = account_of(&account)?;
    let member = member_of(&app, &account, &email)?;
    app.remove_member(&account, &member, &operator).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a person an operator of the instance.
#[utoipa::path(put, path = api::path::ADMIN_OPERATOR, operation_id = "admin.operators.make",
    params(("email" = String, Path)), responses((status = 204)))]
pub(crate) async fn make_operator(
    State(app): State<Arc<App>>,
    CanAdminister(operator): CanAdminister,
    Path(email): Path<String>,
) -> Result<StatusCode, Problem> {
    app.set_operator(&email, true, &operator).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a person an operator of the instance no longer.
#[utoipa::path(delete, path = api::path::ADMIN_OPERATOR, operation_id = "admin.operators.unmake",
    params(("email" = String, Path)), responses((status = 204)))]
pub(crate) async fn unmake_operator(
    State(app): State<Arc<App>>,
    CanAdminister(operator): CanAdminister,
    Path(email): Path<String>,
) -> Result<StatusCode, Problem> {
    app.set_operator(&email, false, &operator).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists the roles of an account.
#[utoipa::path(get, path = api::path::ADMIN_ROLES, operation_id = "admin.roles.list",
    params(("account" = String, Path)), responses((status = 200, body = Roles)))]
pub(crate) async fn list_roles(
    State(app): State<Arc<App>>,
    _permit: CanAdminister,
    Path(account): Path<String>,
) -> Result<Answer<Roles>, Problem> {
    let roles = app.roles(&account_of(&account)?)?;
    Ok(Answer(Roles { roles }))
}

/// Makes a role of an account's own.
#[utoipa::path(post, path = api::path::ADMIN_ROLES, operation_id = "admin.roles.create",
    params(("account" = String, Path)), request_body = NewRole, responses((status = 201, body = Role)))]
pub(crate) async fn create_role(
    State(app): State<Arc<App>>,
    CanAdminister(operator): CanAdminister,
    Path(account): Path<String>,
    Json(new): Json<NewRole>,
) -> Result<(StatusCode, Answer<Role>), Problem> {
    let (account, request) = (account_of(&account)?, RoleRequest::try_from(new)?);
    let role = app.create_role(&account, request, &operator).await?;
    Ok((StatusCode::CREATED, Answer(role)))
}

/// Deletes a role of an account's own.
#[utoipa::path(delete, path = api::path::ADMIN_ROLE, operation_id = "admin.roles.delete",
    params(("account" = String, Path), ("role" = String, Path)), responses((status = 204)))]
pub(crate) async fn delete_role(
    State(app): State<Arc<App>>,
    CanAdminister(operator): CanAdminister,
    Path((account, role)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let account = account_of(&account)?;
    app.delete_role(&account, &role, &operator).await?;
    Ok(StatusCode::NO_CONTENT)
}
