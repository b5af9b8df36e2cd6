//! `GET /v1/session/oidc/{provider}/start`.

use std::sync::Arc;

use api::ErrorCode;
use axum::{
    Extension,
    extract::{Path, RawQuery, State},
    http::{StatusCode, header::SET_COOKIE},
    response::Response,
};

use super::{Failure, callback_of, hashed, page_of, redirect, unguessable};
use crate::{
    app::App,
    audit,
    auth::{Carriage, Visitor, oidc::Pending},
    http::RequestId,
    limits::PENDING_MS,
};

/// Sends the browser to a provider, where the person signs in.
///
/// `next` is a page of the dashboard, below `/ui/`, to which the person comes back; anything else is taken for `/ui/`.
/// What cannot begin leads to `/ui/sign-in?problem=<code>&request=<id>`.
#[utoipa::path(get, path = api::path::SESSION_OIDC_START, operation_id = "session.oidc_start", tag = "session",
    params(("provider" = String, Path, description = "The id of the provider."),
        ("next" = Option<String>, Query, description = "Where the person comes back to.")),
    responses((status = 302, description = "To the provider."), (status = 303, description = "To the sign-in page, with a problem.")))]
pub(crate) async fn start(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Extension(request): Extension<RequestId>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    match begun(&app, &visitor, &id, query.as_deref().unwrap_or_default()).await {
        Ok(response) => response,
        Err(failure) => failure.told(&app, &visitor, &request),
    }
}

async fn begun(app: &App, visitor: &Visitor, id: &str, query: &str) -> Result<Response, Failure> {
    if visitor.carriage == Carriage::Refused {
        return Err(Failure::new(ErrorCode::PlainHttpRefused, None));
    }
    let provider = app.door.provider(id);
    let provider = provider.ok_or(Failure::new(ErrorCode::ProviderNotFound, None))?;
    let next = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "next");
    let next = next.map(|(_, next)| next);
    let (state, browser) = (unguessable(app), unguessable(app));
    let base = app.public_url(visitor.reached_at.as_deref());
    let pending = Pending {
        provider: id.to_owned(),
        nonce: unguessable(app),
        verifier: unguessable(app),
        redirect_uri: format!("{base}{}", callback_of(id)),
        next: page_of(next.as_deref()).to_owned(),
        browser: hashed(&browser),
        network: audit::network(&visitor.client.0),
        at_ms: app.clock.now_ms(),
    };
    let begun = provider.begin(&app.door.fetcher, app.clock.as_ref(), &state, &pending);
    let address = begun.await.map_err(|error| {
        let error = &error as &dyn std::error::Error;
        tracing::warn!(provider = id, error, "a sign-in could not begin");
        Failure::new(ErrorCode::ProviderUnavailable, Some(id))
    })?;
    app.door.pendings.begin(hashed(&state), pending);
    let mut response = redirect(StatusCode::FOUND, &address);
    if let Some(cookie) = visitor.carriage.set_browser(&browser, PENDING_MS / 1_000) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    Ok(response)
}
