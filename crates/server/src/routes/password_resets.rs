//! `/v1/password_resets`: a new password by a link that somebody made for a person.

use std::sync::Arc;

use api::{
    ErrorCode,
    sign_in::{LinkCode, NewPassword, PasswordReset},
};
use axum::{Json as Answer, extract::State, http::StatusCode};
use event::Timestamp;

use super::session::to_the_end;
use crate::{
    admin::{AdminError, checked_password},
    app::App,
    auth::Visitor,
    control::ControlError,
    http::{Problem, extract::Json},
};

/// Tells for whom a link to a new password is; the link stays as it is.
///
/// An unknown, used, ended or expired one is 404 `link_invalid`.
#[utoipa::path(post, path = api::path::PASSWORD_RESETS_READ, operation_id = "password_resets.read", tag = "session",
    request_body = LinkCode,
    responses((status = 200, description = "For whom it is.", body = PasswordReset)))]
pub(crate) async fn read(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Json(sent): Json<LinkCode>,
) -> Result<Answer<PasswordReset>, Problem> {
    visitor.may_sign_in(&app)?;
    let found = app.person_of_reset(&sent.code).await;
    let (_, person, expires_ms) = found.map_err(|error| link_refused(&app, &visitor, error))?;
    Ok(Answer(PasswordReset {
        email: person.email.clone(),
        expires_at: Timestamp::from_ms(expires_ms).to_string(),
    }))
}

/// Sets a new password by a link, which works once.
///
/// All sessions of the person end; the second factor stays. Nobody is signed in by it.
#[utoipa::path(post, path = api::path::PASSWORD_RESETS_ACCEPT, operation_id = "password_resets.accept",
    tag = "session", request_body = NewPassword,
    responses((status = 204, description = "The password is set.")))]
pub(crate) async fn accept(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Json(sent): Json<NewPassword>,
) -> Result<StatusCode, Problem> {
    visitor.may_sign_in(&app)?;
    let new = checked_password("password", sent.password)?;
    to_the_end(async move {
        let refused = |error| link_refused(&app, &visitor, error);
        // Before the password is hashed: whoever has no link costs no hash.
        let (claim, person, _) = app.person_of_reset(&sent.code).await.map_err(refused)?;
        let client = visitor.client.clone();
        let reset = app.reset_password(claim, person, new, client);
        reset.await.map_err(refused)?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}

/// A link that does not work is told to the self-audit; everything else is answered as it is.
pub(super) fn link_refused(app: &App, visitor: &Visitor, error: AdminError) -> Problem {
    match error {
        AdminError::Control(invalid @ ControlError::LinkInvalid) => {
            visitor.refuse(app, ErrorCode::LinkInvalid, &invalid.to_string())
        }
        other => other.into(),
    }
}
