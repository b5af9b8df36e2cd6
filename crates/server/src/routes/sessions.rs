//! `/v1/sessions`: where the signed-in person is signed in.

use std::sync::Arc;

use api::sign_in::{OwnSession, OwnSessions};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use event::Timestamp;

use crate::{app::App, auth::Oneself, http::Problem};

/// Lists the sessions of the signed-in person, the one that was used last first.
#[utoipa::path(get, path = api::path::SESSIONS, operation_id = "sessions.list", tag = "session",
    responses((status = 200, description = "The sessions.", body = OwnSessions)))]
pub(crate) async fn list(State(app): State<Arc<App>>, oneself: Oneself) -> Json<OwnSessions> {
    let time = |ms: u64| Timestamp::from_ms(ms).to_string();
    let (lifetime, now_ms) = (app.config.sessions.lifetime(), app.clock.now_ms());
    let mut own = app.control.sessions.of(&oneself.person().id);
    own.retain(|session| now_ms < session.expires_ms(lifetime));
    own.sort_by(|a, b| (b.used_ms(), &b.id).cmp(&(a.used_ms(), &a.id)));
    let sessions = own.iter().map(|session| OwnSession {
        id: session.id.clone(),
        created_at: time(session.created_ms),
        last_used_at: time(session.used_ms()),
        expires_at: time(session.expires_ms(lifetime)),
        ip: session.origin.ip.clone(),
        user_agent: session.origin.user_agent.clone(),
        method: session.origin.method.clone(),
        current: session.id == oneself.session().id,
    });
    Json(OwnSessions {
        sessions: sessions.collect(),
    })
}

/// Ends one session of the signed-in person, which may be the one that asks.
///
/// A session of somebody else is 404 `session_not_found`, like one that does not exist.
#[utoipa::path(delete, path = api::path::ONE_SESSION, operation_id = "sessions.end", tag = "session",
    params(("session" = String, Path, description = "The id of the session.")),
    responses((status = 204, description = "It no longer works.")))]
pub(crate) async fn end(
    State(app): State<Arc<App>>,
    oneself: Oneself,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let person = Arc::clone(oneself.person());
    app.end_session(person, &id, oneself.requester()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends all sessions of the signed-in person but the one that asks.
#[utoipa::path(delete, path = api::path::SESSIONS, operation_id = "sessions.end_others", tag = "session",
    responses((status = 204, description = "No other one works.")))]
pub(crate) async fn end_others(
    State(app): State<Arc<App>>,
    oneself: Oneself,
) -> Result<StatusCode, Problem> {
    let (person, kept) = (Arc::clone(oneself.person()), Arc::clone(oneself.session()));
    app.end_sessions(person, Some(kept), oneself.requester())
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
