use std::sync::Arc;

use api::account::Account;
use axum::{Json, extract::State};

use crate::{app::App, auth::permit::CanSee};

/// Reads an account: its name, its settings and the origin of its log.
#[utoipa::path(get, path = api::path::ACCOUNT, operation_id = "accounts.read", tag = "accounts",
    params(("account" = String, Path, description = "The id of the account.")),
    responses((status = 200, description = "The account.", body = Account)))]
pub(crate) async fn read(State(app): State<Arc<App>>, permit: CanSee) -> Json<Account> {
    Json(app.describe(permit.account()))
}
