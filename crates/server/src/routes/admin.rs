//! What the administration socket serves: whoever can open it owns the files, and may do everything.

use std::sync::Arc;

use api::{
    ErrorCode,
    account::{Account, AccountPage, NewAccount},
    admin::{AddedMember, NewAdminKey, NewAdminMember},
    key::{CreatedKey, Key, KeyChange, KeyPage, KeyRotation, RotatedKey},
    member::Members,
};
use axum::{
    Json as Answer,
    extract::{FromRequestParts, Path, Request, State},
    http::{StatusCode, request::Parts},
    middleware::Next,
    response::Response,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::paging::{Page, cut};
use crate::{
    admin::{AccountRequest, KeyChangeRequest, KeyRequest, MemberRequest},
    app::App,
    auth::Principal,
    control::{AccountId, AccountIdInvalid},
    http::{
        Problem,
        extract::{Json, Parameters},
    },
};

pub(crate) mod people;

/// Marks every request of the administration socket as the operator's.
pub(crate) async fn as_operator(mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(Principal::Operator);
    next.run(request).await
}

/// The proof that a request came through the administration socket.
#[derive(Debug)]
pub(crate) struct CanAdminister(Principal);

impl CanAdminister {
    /// Who asks.
    pub(super) fn operator(&self) -> &Principal {
        &self.0
    }
}

impl FromRequestParts<Arc<App>> for CanAdminister {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Problem> {
        match parts.extensions.get::<Principal>() {
            Some(Principal::Operator) => Ok(Self(Principal::Operator)),
            _ => Err(Problem::new(ErrorCode::NotFound, "nothing is served here")),
        }
    }
}

/// Which keys or members are listed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Of {
    /// Those of this account only.
    account: Option<String>,
}

impl Of {
    fn account(self) -> Result<Option<AccountId>, Problem> {
        let account = self.account.map(|id| id.parse()).transpose();
        account.map_err(|error: AccountIdInvalid| Problem::parameter("account", error.to_string()))
    }
}

/// Lists all accounts.
#[utoipa::path(get, path = api::path::ADMIN_ACCOUNTS, operation_id = "admin.accounts.list", params(Page),
    responses((status = 200, body = AccountPage)))]
pub(crate) async fn list_accounts(
    State(app): State<Arc<App>>,
    _permit: CanAdminister,
    Parameters(page): Parameters<Page>,
) -> Result<Answer<AccountPage>, Problem> {
    let (limit, after) = (page.limit()?, page.after()?.and_then(|id| id.parse().ok()));
    let mut accounts = app.accounts(after.as_ref(), limit + 1);
    let next_cursor = cut(&mut accounts, limit, |account| account.id.to_string());
    Ok(Answer(AccountPage {
        accounts: accounts
            .iter()
            .map(|account| app.describe(account))
            .collect(),
        next_cursor,
    }))
}

/// Creates an account.
#[utoipa::path(post, path = api::path::ADMIN_ACCOUNTS, operation_id = "admin.accounts.create",
    request_body = NewAccount, responses((status = 201, body = Account)))]
pub(crate) async fn create_account(
    State(app): State<Arc<App>>,
    CanAdminister(operator): CanAdminister,
    Json(new): Json<NewAccount>,
) -> Result<(StatusCode, Answer<Account>), Problem> {
    let account = app
        .create_account(AccountRequest::try_from(new)?, &operator)
        .await?;
    Ok((StatusCode::CREATED, Answer(app.describe(&account))))
}

/// Lists keys, oldest first: all of them at once, because this is asked by people on the machine.
#[utoipa::path(get, path = api::path::ADMIN_KEYS, operation_id = "admin.keys.list", params(Of),
    responses((status = 200, body = KeyPage)))]
pub(crate) async fn list_keys(
    State(app): State<Arc<App>>,
    _permit: CanAdminister,
    Parameters(of): Parameters<Of>,
) -> Result<Answer<KeyPage>, Problem> {
    let account = of.account()?;
    let keys = app.keys(account.as_ref(), None, usize::MAX);
    Ok(Answer(KeyPage {
        keys: keys.iter().map(|key| Key::from(&**key)).collect(),
        next_cursor: None,
    }))
}

/// Creates a key, and its account when there is none.
#[utoipa::path(post, path = api::path::ADMIN_KEYS, operation_id = "admin.keys.create",
    request_body = NewAdminKey, responses((status = 201, body = CreatedKey)))]
pub(crate) async fn create_key(
    State(app): State<Arc<App>>,
    CanAdminister(operator): CanAdminister,
    Json(new): Json<NewAdminKey>,
) -> Result<(StatusCode, Answer<CreatedKey>), Problem> {
    let request = KeyRequest::of_admin(new, app.clock.now_ms())?;
    Ok((
        StatusCode::CREATED,
        Answer(app.create_key(request, &operator).await?),
    ))
}

/// Changes a key.
#[utoipa::path(patch, path = api::path::ADMIN_KEY, operation_id = "admin.keys.change", params(("key" = String, Path)),
    request_body = KeyChange, responses((status = 200, body = Key)))]
pub(crate) async fn change_key(
    State(app): State<Arc<App>>,
    CanAdminister(operator): CanAdminister,
    Path(id): Path<String>,
    Json(change): Json<KeyChange>,
) -> Result<Answer<Key>, Problem> {
    let request = KeyChangeRequest::new(change, app.clock.now_ms())?;
    let changed = app.change_key(&id, request, &operator).await?;
    Ok(Answer(Key::from(&*changed)))
}

/// Replaces a key by another with the same rights.
#[utoipa::path(post, path = api::path::ADMIN_KEY_ROTATE, operation_id = "admin.keys.rotate",
    params(("key" = String, Path)), request_body = KeyRotation, responses((status = 201, body = RotatedKey)))]
pub(crate) async fn rotate_key(
    State(app): State<Arc<App>>,
    CanAdminister(operator): CanAdminister,
    Path(id): Path<String>,
    Json(rotation): Json<KeyRotation>,
) -> Result<(StatusCode, Answer<RotatedKey>), Problem> {
    let rotated = app.rotate_key(&id, rotation.try_into()?, &operator).await?;
    Ok((StatusCode::CREATED, Answer(rotated)))
}

/// Ends a key.
#[utoipa::path(delete, path = api::path::ADMIN_KEY, operation_id = "admin.keys.revoke",
    params(("key" = String, Path)), responses((status = 204)))]
pub(crate) async fn revoke_key(
    State(app): State<Arc<App>>,
    CanAdminister(operator): CanAdminister,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    app.revoke_key(&id, &operator).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists the people who are members of accounts, all of them at once.
#[utoipa::path(get, path = api::path::ADMIN_MEMBERS, operation_id = "admin.members.list", params(Of),
    responses((status = 200, body = Members)))]
pub(crate) async fn list_members(
    State(app): State<Arc<App>>,
    _permit: CanAdminister,
    Parameters(of): Parameters<Of>,
) -> Result<Answer<Members>, Problem> {
    let account = of.account()?;
    Ok(Answer(Members {
        members: app.members(account.as_ref()),
    }))
}

/// Makes a person a member of an account, and makes the person when it is not known yet.
#[utoipa::path(post, path = api::path::ADMIN_MEMBERS, operation_id = "admin.members.add",
    request_body = NewAdminMember, responses((status = 201, body = AddedMember)))]
pub(crate) async fn add_member(
    State(app): State<Arc<App>>,
    CanAdminister(operator): CanAdminister,
    Json(new): Json<NewAdminMember>,
) -> Result<(StatusCode, Answer<AddedMember>), Problem> {
    let request = MemberRequest::new(new, app.clock.now_ms())?;
    let added = app.add_member(request, &operator).await?;
    app.gate.retire_setup_code();
    Ok((StatusCode::CREATED, Answer(added)))
}
