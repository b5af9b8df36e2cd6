//! `POST /v1/session`.

use std::sync::Arc;

use api::session::{Session, SignIn};
use axum::extract::State;

use super::{SignedIn, begin};
use crate::{
    app::App,
    auth::Visitor,
    http::{Problem, extract::Json},
};

/// Signs a person in: the answer sets a cookie.
///
/// An unknown address and a wrong password are answered alike, 401 `sign_in_failed`. After five failures in a row for
/// an address or from a network the next one has to wait, 429 with `Retry-After`. The request comes from our own origin
/// (`Sec-Fetch-Site` or `Origin`), and over HTTPS, on the machine itself, or where the operator allowed plain HTTP.
#[utoipa::path(post, path = api::path::SESSION, operation_id = "session.create", tag = "session",
    request_body = SignIn,
    responses((status = 200, description = "Who is signed in now.", body = Session)))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Json(sign_in): Json<SignIn>,
) -> Result<SignedIn, Problem> {
    visitor.may_sign_in(&app)?;
    let SignIn { email, password } = sign_in;
    let person = app
        .gate
        .sign_in(&app, &email, password, &visitor.client)
        .await?;
    begin(&app, person, &visitor).await
}
