//! `POST /v1/session`.

use std::sync::Arc;

use api::session::{Session, SignIn};
use axum::extract::State;

use super::{SignedIn, begin, to_the_end};
use crate::{
    app::App,
    auth::{Shown, Visitor},
    http::{Problem, extract::Json},
};

/// Signs a person in: the answer sets a cookie.
///
/// An unknown address and a wrong password are answered alike, 401 `sign_in_failed`. Where the password is right and the
/// person has a second factor, the answer without `code` is 401 `second_factor_needed`, with a wrong one 403 `code_wrong`. After five failures in a row for
/// an address from one network the next one has to wait, 429 with `Retry-After`. The request comes from our own origin
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
    let shown = Shown {
        email: sign_in.email,
        password: sign_in.password,
        code: sign_in.code,
    };
    to_the_end(async move {
        let proved = app.gate.sign_in(&app, shown, &visitor.client).await?;
        begin(&app, proved, "password", &visitor).await
    })
    .await
}
