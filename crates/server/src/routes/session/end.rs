//! `DELETE /v1/session`.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
};

use crate::{app::App, auth::Visitor, http::Problem};

/// Signs the person out: the session ends on the server, and the cookie goes.
///
/// Without a session there is nothing to end, and the answer is the same.
#[utoipa::path(delete, path = api::path::SESSION, operation_id = "session.end", tag = "session",
    responses((status = 204, description = "Nobody is signed in any more.")))]
pub(crate) async fn end(
    State(app): State<Arc<App>>,
    visitor: Visitor,
) -> Result<(StatusCode, HeaderMap), Problem> {
    visitor.may_sign_out(&app)?;
    if let Some(seat) = &visitor.seat {
        let (person, session) = (Arc::clone(&seat.person), Arc::clone(&seat.session));
        app.sign_out(person, session, visitor.client.clone())
            .await?;
    }
    if let Some(seat) = &visitor.viewing {
        app.close_portal(Arc::clone(&seat.viewer), visitor.client.clone())
            .await?;
    }
    let mut headers = HeaderMap::new();
    if let Some(cookie) = visitor.carriage.remove_cookie() {
        headers.insert(SET_COOKIE, cookie);
    }
    Ok((StatusCode::NO_CONTENT, headers))
}
