use std::sync::Arc;

use api::account::AccountPage;
use axum::{Json, extract::State};

use super::super::paging::{Page, cut};
use crate::{
    app::App,
    auth::permit::CanListAccounts,
    http::{Problem, extract::Parameters},
};

/// Lists the accounts that the caller may see, in the order of their ids.
///
/// A key for one account sees that account only, a person those of which it is a member.
#[utoipa::path(get, path = api::path::ACCOUNTS, operation_id = "accounts.list", tag = "accounts", params(Page),
    responses((status = 200, description = "A page of accounts.", body = AccountPage)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    permit: CanListAccounts,
    Parameters(page): Parameters<Page>,
) -> Result<Json<AccountPage>, Problem> {
    let (limit, after) = (page.limit()?, page.after()?);
    let after = after.map(|id| id.parse()).transpose();
    let after =
        after.map_err(|_| Problem::parameter("cursor", "this is not a cursor of this list"))?;
    let mut accounts = app.accounts_of(permit.principal(), after.as_ref(), limit + 1);
    let next_cursor = cut(&mut accounts, limit, |account| account.id.to_string());
    let accounts = accounts
        .iter()
        .map(|account| app.describe(account))
        .collect();
    Ok(Json(AccountPage {
        accounts,
        next_cursor,
    }))
}
