//! `PUT /v1/session/password`.

use std::sync::Arc;

use api::{ErrorCode, sign_in::PasswordChange};
use axum::{extract::State, http::StatusCode};

use super::{proving, to_the_end};
use crate::{
    admin::checked_password,
    app::App,
    auth::Oneself,
    http::{Problem, extract::Json},
};

/// Changes the password of the signed-in person; its other sessions end.
///
/// A wrong password is 403 `password_wrong` and counts as a failed sign-in. A person without a password is 403
/// `password_wrong`, too: it gets one by a link.
#[utoipa::path(put, path = api::path::PASSWORD, operation_id = "session.password", tag = "session",
    request_body = PasswordChange,
    responses((status = 204, description = "The password is another one.")))]
pub(crate) async fn change(
    State(app): State<Arc<App>>,
    oneself: Oneself,
    Json(change): Json<PasswordChange>,
) -> Result<StatusCode, Problem> {
    let new = checked_password("new", change.new)?;
    if !oneself.person().has_password() {
        let detail = "the person has no password; a link sets one";
        return Err(Problem::new(ErrorCode::PasswordWrong, detail));
    }
    to_the_end(async move {
        let gate = &app.gate;
        gate.check_password(&app, proving(&oneself), change.current)
            .await?;
        let (person, kept) = (Arc::clone(oneself.person()), Arc::clone(oneself.session()));
        app.change_password(person, new, kept, oneself.requester())
            .await?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
