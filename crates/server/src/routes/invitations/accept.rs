//! `POST /v1/invitations/read`, `POST /v1/invitations/accept`.

use std::sync::Arc;

use api::{
    invitation::{InvitationAcceptance, InvitationRead},
    session::Session,
    sign_in::LinkCode,
};
use axum::{
    Json as Answer,
    extract::State,
    http::{HeaderMap, StatusCode},
};

use crate::{
    admin::{Invited, NewPerson},
    app::App,
    auth::{Proved, Visitor},
    http::{Problem, extract::Json},
    routes::{
        password_resets::link_refused,
        session::{begin, seated, to_the_end},
    },
};

/// Tells what an invitation is about; the link stays as it is.
///
/// An unknown, used, revoked or expired one is 404 `link_invalid`.
#[utoipa::path(post, path = api::path::INVITATIONS_READ, operation_id = "invitations.read", tag = "session",
    request_body = LinkCode,
    responses((status = 200, description = "What it is about.", body = InvitationRead)))]
pub(crate) async fn read(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Json(sent): Json<LinkCode>,
) -> Result<Answer<InvitationRead>, Problem> {
    visitor.may_sign_in(&app)?;
    let read = app.read_invitation(&sent.code).await;
    Ok(Answer(
        read.map_err(|error| link_refused(&app, &visitor, error))?,
    ))
}

/// Accepts an invitation, once.
///
/// Somebody new sends a name and a password and is signed in. A person who is known must be signed in as the address of
/// the invitation, else 409 `sign_in_first`, and stays so.
#[utoipa::path(post, path = api::path::INVITATIONS_ACCEPT, operation_id = "invitations.accept", tag = "session",
    request_body = InvitationAcceptance,
    responses((status = 201, description = "The member, signed in.", body = Session)))]
pub(crate) async fn accept(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Json(sent): Json<InvitationAcceptance>,
) -> Result<(StatusCode, HeaderMap, Answer<Session>), Problem> {
    visitor.may_sign_in(&app)?;
    // Another site must not make a signed-in person accept.
    visitor.may_sign_out(&app)?;
    let InvitationAcceptance {
        code,
        name,
        password,
    } = sent;
    let invited = match (&visitor.seat, name, password) {
        (_, name, password) if name.is_some() || password.is_some() => {
            Invited::New(NewPerson::new(name, password)?)
        }
        (Some(seat), ..) => Invited::SignedIn(Arc::clone(&seat.person)),
        (None, ..) => Invited::Nobody,
    };
    to_the_end(async move {
        let is_new = matches!(invited, Invited::New(_));
        let accepting = app.accept_invitation(&code, invited, visitor.client.clone());
        let accepted = accepting.await;
        let person = accepted.map_err(|error| link_refused(&app, &visitor, error))?;
        if !is_new && let Some(seat) = &visitor.seat {
            let session = seated(&app, &visitor, seat, person);
            return Ok((StatusCode::CREATED, HeaderMap::new(), Answer(session)));
        }
        let proved = Proved {
            person,
            second_factor: None,
        };
        let (headers, session) = begin(&app, proved, "invitation", &visitor).await?;
        Ok((StatusCode::CREATED, headers, session))
    })
    .await
}
