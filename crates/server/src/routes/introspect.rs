//! `GET /v1/auth/introspect`.

use std::sync::Arc;

use api::{
    key::{CredentialKind, Introspection},
    viewer::ViewerKind,
};
use axum::{Json, extract::State};
use event::Timestamp;

use crate::{
    app::App,
    auth::{Asking, Principal, Reach},
};

/// Tells who asks, what that one may do, and until when.
///
/// It answers keys, viewer tokens, access tokens and sessions. The permissions of a person with several accounts stand
/// in `/v1/session`.
#[utoipa::path(get, path = api::path::INTROSPECT, operation_id = "auth.introspect", tag = "keys",
    responses((status = 200, description = "Who asks.", body = Introspection)))]
pub(crate) async fn introspect(State(app): State<Arc<App>>, asking: Asking) -> Json<Introspection> {
    let principal = &asking.principal;
    let account = principal.only_account();
    let in_account = account.and_then(|account| app.reach(principal, account));
    let (kind, expires_ms, reach) = match principal {
        Principal::Key(key) => (CredentialKind::Key, key.expires_ms, Some(key.reach())),
        Principal::AccessToken(token) => {
            // What it may do differs by account; what it may in its only one is told.
            let kind = CredentialKind::AccessToken;
            (kind, Some(token.expires_ms), in_account)
        }
        Principal::Person(_) => {
            let expires_ms = asking.session_expires_ms(&app);
            (CredentialKind::Session, expires_ms, in_account)
        }
        Principal::Viewer(token) => {
            let kind = match token.kind {
                ViewerKind::Session => CredentialKind::Session,
                ViewerKind::Token | ViewerKind::Link => CredentialKind::ViewerToken,
            };
            (kind, Some(token.expires_ms), in_account)
        }
        Principal::Operator => (CredentialKind::Session, None, Some(Reach::everything())),
    };
    let reach = reach.unwrap_or_default();
    Json(Introspection {
        kind,
        id: principal.id().to_owned(),
        name: principal.name().to_owned(),
        account: account.map(ToString::to_string),
        permissions: reach.permissions(),
        hide: reach.sight().hide.into_iter().collect(),
        expires_at: expires_ms.map(|ms| Timestamp::from_ms(ms).to_string()),
        display: principal.viewer().map(|token| token.grant.display.clone()),
    })
}
