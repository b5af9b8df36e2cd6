use std::sync::Arc;

use api::key::{Key, KeyPage};
use axum::{Json, extract::State};

use super::super::paging::{Page, cut};
use crate::{
    app::App,
    auth::CanOperate,
    http::{Problem, extract::Parameters},
};

/// Lists the keys of the whole instance, oldest first, the revoked and expired ones included.
///
/// It is for people who operate the instance, as are all operations on these keys.
#[utoipa::path(get, path = api::path::INSTANCE_KEYS, operation_id = "instance_keys.list", tag = "keys", params(Page),
    responses((status = 200, description = "A page of keys.", body = KeyPage)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    _permit: CanOperate,
    Parameters(page): Parameters<Page>,
) -> Result<Json<KeyPage>, Problem> {
    let (limit, after) = (page.limit()?, page.after()?);
    let mut keys = app.instance_keys(after.as_deref(), limit + 1);
    let next_cursor = cut(&mut keys, limit, |key| key.id.clone());
    Ok(Json(KeyPage {
        keys: keys.iter().map(|key| Key::from(&**key)).collect(),
        next_cursor,
    }))
}
