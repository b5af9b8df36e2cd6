//! `GET /v1/setup`, `POST /v1/setup`.

use std::sync::Arc;

use api::{
    ErrorCode,
    session::{Session, Setup, SetupState},
};
use axum::{extract::State, http::StatusCode};

use super::{begin, to_the_end};
use crate::{
    admin::OwnerRequest,
    app::App,
    auth::{Proved, Visitor},
    http::{Problem, extract::Json},
};

/// Tells whether the instance has no owner yet.
#[utoipa::path(get, path = api::path::SETUP, operation_id = "setup.read", tag = "session",
    responses((status = 200, description = "Whether setup is needed.", body = SetupState)))]
pub(crate) async fn read(State(app): State<Arc<App>>) -> axum::Json<SetupState> {
    axum::Json(SetupState {
        needed: app.needs_owner(),
    })
}

/// Makes the first owner with the code that the server printed at its start, and signs that person in.
///
/// The owner owns all accounts that exist now, and may create more. A wrong code is 403 `setup_code_wrong`, and has to
/// wait after five in a row; once there is an owner every code is 409 `setup_done`.
#[utoipa::path(post, path = api::path::SETUP, operation_id = "setup.create", tag = "session",
    request_body = Setup,
    responses((status = 201, description = "The owner, signed in.", body = Session)))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Json(setup): Json<Setup>,
) -> Result<impl axum::response::IntoResponse, Problem> {
    visitor.may_sign_in(&app)?;
    let done = || Problem::new(ErrorCode::SetupDone, "the instance has an owner");
    if !app.needs_owner() {
        return Err(done());
    }
    app.gate
        .check_setup_code(&app, &setup.code, &visitor.client)?;
    let request = OwnerRequest::try_from(setup.owner)?;
    let alone = Arc::clone(&app.gate.setting_up).lock_owned().await;
    if !app.needs_owner() {
        return Err(done());
    }
    to_the_end(async move {
        let person = app.set_up(request, visitor.client.clone(), alone).await?;
        app.gate.retire_setup_code();
        let proved = Proved {
            person,
            second_factor: None,
        };
        let (headers, session) = begin(&app, proved, "setup", &visitor).await?;
        Ok((StatusCode::CREATED, headers, session))
    })
    .await
}
