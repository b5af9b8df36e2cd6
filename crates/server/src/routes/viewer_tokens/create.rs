use std::sync::Arc;

use api::viewer::{CreatedViewerToken, NewViewerToken};
use axum::{extract::State, http::StatusCode};
use event::Timestamp;

use super::maker;
use crate::{
    admin::ViewerRequest,
    app::App,
    auth::permit::CanRead,
    http::{Problem, extract::Json},
};

/// Creates a token with which somebody sees a part of the log for at most 15 minutes; it is in this answer only.
///
/// The bearer sees no more than its maker at any moment, and of that only what answers `filter`, `refine`, `q` and
/// `resource`. The token ends with its time, when it is revoked, and with its maker. What is viewed with it is recorded
/// as done by `actor`. The scope `export` takes `audit:export`. An account has at most 10,000 tokens.
#[utoipa::path(post, path = api::path::VIEWER_TOKENS, operation_id = "viewer_tokens.create", tag = "viewer tokens",
    params(("account" = String, Path, description = "The id of the account.")),
    request_body = NewViewerToken,
    responses((status = 201, description = "The id and the token.", body = CreatedViewerToken)))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    permit: CanRead,
    Json(new): Json<NewViewerToken>,
) -> Result<(StatusCode, axum::Json<CreatedViewerToken>), Problem> {
    let mut request = ViewerRequest::token(new, &app.limits)?;
    let maker = maker(&app, &permit, &mut request)?;
    let by = permit.requester();
    let (token, secret) = app
        .create_viewer(&permit.account().id, request, maker, by)
        .await?;
    let created = CreatedViewerToken {
        id: token.id.clone(),
        token: secret.reveal().to_owned(),
        expires_at: Timestamp::from_ms(token.expires_ms).to_string(),
    };
    Ok((StatusCode::CREATED, axum::Json(created)))
}
