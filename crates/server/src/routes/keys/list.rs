use std::sync::Arc;

use api::key::{Key, KeyPage};
use axum::{Json, extract::State};

use super::super::paging::{Page, cut};
use crate::{
    app::App,
    auth::permit::CanWriteKeys,
    http::{Problem, extract::Parameters},
};

/// Lists the keys of an account, oldest first, the revoked and expired ones included.
#[utoipa::path(get, path = api::path::KEYS, operation_id = "keys.list", tag = "keys",
    params(("account" = String, Path, description = "The id of the account."), Page),
    responses((status = 200, description = "A page of keys.", body = KeyPage)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    permit: CanWriteKeys,
    Parameters(page): Parameters<Page>,
) -> Result<Json<KeyPage>, Problem> {
    let (limit, after) = (page.limit()?, page.after()?);
    let mut keys = app.keys(Some(&permit.account().id), after.as_deref(), limit + 1);
    let next_cursor = cut(&mut keys, limit, |key| key.id.clone());
    Ok(Json(KeyPage {
        keys: keys.iter().map(|key| Key::from(&**key)).collect(),
        next_cursor,
    }))
}
