//! `/v1/session/second_factor`: codes of an app beside the password.

use std::sync::Arc;

use api::sign_in::{
    RecoveryCodes, SecondFactor, SecondFactorCode, SecondFactorEnd, SecondFactorOffer,
    SecondFactorRequest,
};
use axum::{Json as Answer, extract::State, http::StatusCode};

use super::{proving, to_the_end};
use crate::{
    admin::AdminError,
    app::App,
    auth::Oneself,
    control::{ControlError, Used},
    http::{Problem, extract::Json},
};

/// Tells whether the signed-in person has a second factor.
#[utoipa::path(get, path = api::path::SECOND_FACTOR, operation_id = "second_factor.read", tag = "session",
    responses((status = 200, description = "Whether there is one, and how many recovery codes are left.",
        body = SecondFactor)))]
pub(crate) async fn read(
    State(app): State<Arc<App>>,
    oneself: Oneself,
) -> Result<Answer<SecondFactor>, Problem> {
    Ok(Answer(app.second_factor(&oneself.person().id).await?))
}

/// Makes a secret for an authenticator app (RFC 6238: SHA-1, 6 digits, 30 seconds), which is not on yet.
///
/// It is shown now and never again, and ends when another one is made. While a second factor is on, the answer is 409
/// `second_factor_on`.
#[utoipa::path(post, path = api::path::SECOND_FACTOR, operation_id = "second_factor.offer", tag = "session",
    request_body = SecondFactorRequest,
    responses((status = 200, description = "The secret, and the same as a URI.", body = SecondFactorOffer)))]
pub(crate) async fn offer(
    State(app): State<Arc<App>>,
    oneself: Oneself,
    Json(request): Json<SecondFactorRequest>,
) -> Result<Answer<SecondFactorOffer>, Problem> {
    to_the_end(async move {
        proved(&app, &oneself, request.password).await?;
        Ok(Answer(app.offer_second_factor(oneself.person()).await?))
    })
    .await
}

/// Turns the second factor on: the app shows a right code. The recovery codes are shown now and never again.
///
/// A wrong code is 403 `code_wrong`; after five in a row the next one has to wait, 429 with `Retry-After`.
#[utoipa::path(post, path = api::path::SECOND_FACTOR_CONFIRM, operation_id = "second_factor.confirm", tag = "session",
    request_body = SecondFactorCode,
    responses((status = 200, description = "It is on.", body = RecoveryCodes)))]
pub(crate) async fn confirm(
    State(app): State<Arc<App>>,
    oneself: Oneself,
    Json(sent): Json<SecondFactorCode>,
) -> Result<Answer<RecoveryCodes>, Problem> {
    to_the_end(async move {
        let checking = app
            .gate
            .check_first_code(&app, proving(&oneself), &sent.code);
        let step = checking.await?;
        let (person, kept) = (Arc::clone(oneself.person()), Arc::clone(oneself.session()));
        let turned_on = app.turn_on_second_factor(person, step, kept, oneself.requester());
        Ok(Answer(turned_on.await?))
    })
    .await
}

/// Turns the second factor off, with the password and a code.
#[utoipa::path(delete, path = api::path::SECOND_FACTOR, operation_id = "second_factor.remove", tag = "session",
    request_body = SecondFactorEnd,
    responses((status = 204, description = "There is no second factor any more.")))]
pub(crate) async fn remove(
    State(app): State<Arc<App>>,
    oneself: Oneself,
    Json(sent): Json<SecondFactorEnd>,
) -> Result<StatusCode, Problem> {
    to_the_end(async move {
        must_be_on(&app, &oneself)?;
        proved(&app, &oneself, sent.password).await?;
        shown(&app, &oneself, &sent.code).await?;
        let person = Arc::clone(oneself.person());
        app.remove_second_factor(person, oneself.requester())
            .await?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}

/// Replaces the recovery codes, with a code; those of before no longer work. They are shown now and never again.
#[utoipa::path(post, path = api::path::RECOVERY_CODES, operation_id = "second_factor.renew", tag = "session",
    request_body = SecondFactorCode,
    responses((status = 200, description = "The new codes.", body = RecoveryCodes)))]
pub(crate) async fn renew(
    State(app): State<Arc<App>>,
    oneself: Oneself,
    Json(sent): Json<SecondFactorCode>,
) -> Result<Answer<RecoveryCodes>, Problem> {
    to_the_end(async move {
        must_be_on(&app, &oneself)?;
        shown(&app, &oneself, &sent.code).await?;
        let person = Arc::clone(oneself.person());
        let renewed = app.renew_recovery_codes(person, oneself.requester());
        Ok(Answer(renewed.await?))
    })
    .await
}

fn must_be_on(app: &App, oneself: &Oneself) -> Result<(), Problem> {
    let since = app.control.second_factors.since_ms(&oneself.person().id);
    since.map(drop).ok_or(ControlError::NoSecondFactor.into())
}

/// Checks the password, which a person without one does not send.
async fn proved(app: &App, oneself: &Oneself, password: Option<String>) -> Result<(), Problem> {
    if !oneself.person().has_password() {
        return Ok(());
    }
    let missing = || AdminError::Invalid {
        member: "password",
        message: "expected the password of the person".to_owned(),
    };
    let password = password.ok_or_else(missing)?;
    let checking = app.gate.check_password(app, proving(oneself), password);
    checking.await
}

/// Uses up a code; that a recovery code was used is told.
async fn shown(app: &App, oneself: &Oneself, code: &str) -> Result<(), Problem> {
    let used = app.gate.check_code(app, proving(oneself), code).await?;
    if used == Used::RecoveryCode {
        app.recovery_code_used(oneself.person(), &oneself.requester())
            .await;
    }
    Ok(())
}
