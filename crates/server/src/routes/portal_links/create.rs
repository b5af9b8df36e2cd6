use std::sync::Arc;

use api::viewer::{CreatedPortalLink, NewPortalLink};
use axum::{extract::State, http::StatusCode};
use event::Timestamp;

use super::super::viewer_tokens::maker;
use crate::{
    admin::ViewerRequest,
    app::App,
    auth::{PublicUrl, permit::CanRead},
    http::{Problem, extract::Json},
};

/// Creates an address that opens the dashboard once, read-only, for somebody who is no member.
///
/// It can be opened for at most 5 minutes, and its session lasts at most an hour. What it shows and who made it counts
/// as for a viewer token. The secret stands behind the `#`, so it reaches no server log.
#[utoipa::path(post, path = api::path::PORTAL_LINKS, operation_id = "portal_links.create", tag = "viewer tokens",
    params(("account" = String, Path, description = "The id of the account.")),
    request_body = NewPortalLink,
    responses((status = 201, description = "The id and the address.", body = CreatedPortalLink)))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    permit: CanRead,
    PublicUrl(public_url): PublicUrl,
    Json(new): Json<NewPortalLink>,
) -> Result<(StatusCode, axum::Json<CreatedPortalLink>), Problem> {
    let mut request = ViewerRequest::link(new, &app.limits)?;
    let maker = maker(&app, &permit, &mut request)?;
    let by = permit.requester();
    let (link, code) = app
        .create_viewer(&permit.account().id, request, maker, by)
        .await?;
    let created = CreatedPortalLink {
        id: link.id.clone(),
        url: format!("{public_url}/ui/portal#code={}", code.reveal()),
        expires_at: Timestamp::from_ms(link.expires_ms).to_string(),
    };
    Ok((StatusCode::CREATED, axum::Json(created)))
}
