//! `POST /v1/session/portal`.

use std::sync::Arc;

use api::{
    ErrorCode,
    session::Session,
    viewer::{PortalCode, ViewerKind},
};
use axum::{
    Json as Answer,
    extract::State,
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
};

use super::described_viewer;
use crate::{
    app::App,
    auth::{Token, TokenKind, ViewerSeat, Visitor},
    http::{Problem, extract::Json},
};

/// Opens a portal link: the answer sets a cookie with which a part of a log can be read.
///
/// The code works once; of several at a time one wins. An unknown, used, revoked or expired one is 404 `link_invalid`.
/// When a person is signed in with the browser, it is 409 `signed_in`, unless `replace` says that this session ends.
#[utoipa::path(post, path = api::path::SESSION_PORTAL, operation_id = "session.portal", tag = "session",
    request_body = PortalCode,
    responses((status = 201, description = "What can be seen now.", body = Session)))]
pub(crate) async fn open(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Json(sent): Json<PortalCode>,
) -> Result<(StatusCode, HeaderMap, Answer<Session>), Problem> {
    visitor.may_sign_in(&app)?;
    let invalid = || {
        let detail = "the link was used, has expired or never was; ask for a new one";
        visitor.refuse(&app, ErrorCode::LinkInvalid, detail)
    };
    let code = Token::parse_as(TokenKind::Link, sent.code.trim());
    let link = code.and_then(|code| {
        let viewers = &app.control.viewers;
        viewers.with_hash(&code.hash(), ViewerKind::Link)
    });
    let link = link.filter(|link| app.viewer_reach(link).is_some());
    let link = link.ok_or_else(invalid)?;
    if visitor.seat.is_some() && !sent.replace.unwrap_or_default() {
        let detail = "a person is signed in with this browser, and the link would end that session";
        return Err(Problem::new(ErrorCode::SignedIn, detail));
    }
    let opened = app.open_portal(link, visitor.client.clone()).await?;
    let (viewer, token) = opened.ok_or_else(invalid)?;
    // The cookie is replaced: what it held before cannot be used any more, so it ends.
    if let Some(seat) = &visitor.seat {
        let (person, session) = (Arc::clone(&seat.person), Arc::clone(&seat.session));
        app.sign_out(person, session, visitor.client.clone())
            .await?;
    }
    if let Some(before) = &visitor.viewing {
        app.close_portal(Arc::clone(&before.viewer), visitor.client.clone())
            .await?;
    }
    let lasts_ms = viewer.expires_ms.saturating_sub(app.clock.now_ms());
    let max_age_s = lasts_ms.div_ceil(1_000).max(1);
    let mut headers = HeaderMap::new();
    if let Some(cookie) = visitor.carriage.set_cookie(&token, max_age_s) {
        headers.insert(SET_COOKIE, cookie);
    }
    let seat = ViewerSeat { viewer, token };
    let answer = described_viewer(&app, visitor.carriage, &seat);
    Ok((StatusCode::CREATED, headers, Answer(answer)))
}
