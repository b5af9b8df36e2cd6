//! `GET /v1/session`.

use std::sync::Arc;

use api::session::Session;
use axum::{Json, extract::State};

use super::{described, described_viewer};
use crate::{app::App, auth::Visitor};

/// Tells who is signed in, or what a sign-in page has to know.
///
/// It is answered 200 to everybody. Like every use of a session, it puts off its end.
#[utoipa::path(get, path = api::path::SESSION, operation_id = "session.read", tag = "session",
    responses((status = 200, description = "Who is signed in.", body = Session)))]
pub(crate) async fn read(State(app): State<Arc<App>>, visitor: Visitor) -> Json<Session> {
    Json(match &visitor.viewing {
        Some(seat) => described_viewer(&app, visitor.carriage, seat),
        None => described(&app, visitor.carriage, visitor.seat.as_ref()),
    })
}
