use std::sync::Arc;

use api::{
    Permission,
    viewer::{ViewerToken, ViewerTokens},
};
use axum::{Json, extract::State};

use super::super::paging::{Page, cut};
use crate::{
    app::App,
    auth::permit::CanRead,
    http::{Problem, extract::Parameters},
};

/// Lists the viewer tokens, portal links and their sessions that work, oldest first.
///
/// Whoever has `keys:write` and sees the whole log sees all of them, everybody else those of one's own: what a token
/// shows may name what the caller does not see.
#[utoipa::path(get, path = api::path::VIEWER_TOKENS, operation_id = "viewer_tokens.list", tag = "viewer tokens",
    params(("account" = String, Path, description = "The id of the account."), Page),
    responses((status = 200, description = "A page of viewer tokens.", body = ViewerTokens)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    permit: CanRead,
    Parameters(page): Parameters<Page>,
) -> Result<Json<ViewerTokens>, Problem> {
    let (limit, after) = (page.limit()?, page.after()?);
    let all = permit.reach().may(Permission::KeysWrite) && permit.reach().sees_all();
    let maker = (!all).then(|| permit.principal().id());
    let account = &permit.account().id;
    let mut tokens = app.viewers(account, maker, after.as_deref(), limit + 1);
    let next_cursor = cut(&mut tokens, limit, |token| token.id.clone());
    let tokens = tokens.iter().map(|token| ViewerToken::from(&**token));
    Ok(Json(ViewerTokens {
        viewer_tokens: tokens.collect(),
        next_cursor,
    }))
}
