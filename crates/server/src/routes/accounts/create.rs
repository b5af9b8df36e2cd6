use std::sync::Arc;

use api::account::{Account, NewAccount};
use axum::{
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::IntoResponse,
};

use crate::{
    admin::AccountRequest,
    app::App,
    auth::permit::CanCreateAccount,
    http::{Problem, extract::Json},
};

/// Creates an account with an empty log.
///
/// Needs a key of the instance with `accounts:write`. An id that exists, also in other case, is 409.
#[utoipa::path(post, path = api::path::ACCOUNTS, operation_id = "accounts.create", tag = "accounts",
    request_body = NewAccount,
    responses((status = 201, description = "The new account.", body = Account)))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    permit: CanCreateAccount,
    Json(new): Json<NewAccount>,
) -> Result<impl IntoResponse, Problem> {
    let account = app
        .create_account(AccountRequest::try_from(new)?, permit.requester())
        .await?;
    let location = api::path::ACCOUNT.replace("{account}", account.id.as_str());
    Ok((
        StatusCode::CREATED,
        [(LOCATION, location)],
        axum::Json(app.describe(&account)),
    ))
}
