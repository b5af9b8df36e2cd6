use std::sync::Arc;

use api::{
    ErrorCode,
    key::{CreatedKey, NewKey},
};
use axum::{extract::State, http::StatusCode};

use crate::{
    admin::KeyRequest,
    app::App,
    auth::permit::CanWriteKeys,
    http::{Problem, extract::Json},
};

/// Creates a key for an account; its token is in this answer and nowhere else.
///
/// Nobody can give a permission that he lacks.
#[utoipa::path(post, path = api::path::KEYS, operation_id = "keys.create", tag = "keys",
    params(("account" = String, Path, description = "The id of the account.")),
    request_body = NewKey,
    responses((status = 201, description = "The id and the token.", body = CreatedKey)))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    permit: CanWriteKeys,
    Json(new): Json<NewKey>,
) -> Result<(StatusCode, axum::Json<CreatedKey>), Problem> {
    let request = KeyRequest::new(Some(permit.account().id.clone()), new, app.clock.now_ms())?;
    if let Some(permission) = request
        .permissions
        .iter()
        .find(|permission| !permit.reach().may(**permission))
    {
        let detail = format!(
            "{} cannot give {permission}, which it lacks",
            permit.principal().described()
        );
        return Err(permit.refuse(&app, ErrorCode::PermissionMissing, detail));
    }
    let created = app.create_key(request, permit.requester()).await?;
    Ok((StatusCode::CREATED, axum::Json(created)))
}
