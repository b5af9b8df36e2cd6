//! `GET /v1/accounts/{account}/views`.

use std::sync::Arc;

use api::view::Views;
use axum::{Json, extract::State};

use super::built_in;
use crate::{app::App, auth::permit::CanRead, control::View, http::Problem};

/// Lists the views that the caller sees: the built-in ones, then the shared ones and its own. Viewers see the built-in ones.
///
/// Who does not see the whole log does not get the shared ones of others, which may name what is not seen.
#[utoipa::path(get, path = api::path::VIEWS, operation_id = "views.list", tag = "views",
    params(("account" = String, Path, description = "The id of the account.")),
    responses((status = 200, description = "The views.", body = Views)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    permit: CanRead,
) -> Result<Json<Views>, Problem> {
    let reader = permit.principal().id();
    if permit.principal().viewer().is_some() {
        // Shared ones are named by members for members.
        let views = built_in::views();
        return Ok(Json(Views { views }));
    }
    let stored = app.control.views.of(&permit.account().id, reader).await?;
    let mut views = built_in::views();
    let shown = |view: &&View| view.maker == reader || permit.reach().sees_all();
    for view in stored.iter().filter(shown) {
        if let Some(described) = view.described(reader) {
            views.push(described);
        } else {
            tracing::error!(view = view.id, "a saved view is damaged");
        }
    }
    Ok(Json(Views { views }))
}
