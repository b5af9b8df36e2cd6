//! `GET /v1/session/providers`.

use std::sync::Arc;

use api::session::{Provider, SignInWays};
use axum::{Json, extract::State};
use serde::Deserialize;

use crate::{
    app::App,
    http::{Problem, extract::Parameters},
};

/// Who wants to sign in.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// The e-mail address that was typed.
    email: Option<String>,
}

/// Tells with which providers the person with an address may sign in: those that are for everybody, and those of the
/// domain of the address.
///
/// The answer is the same whether anybody has this address.
#[utoipa::path(get, path = api::path::SESSION_PROVIDERS, operation_id = "session.providers", tag = "session",
    params(Asked),
    responses((status = 200, description = "How one may sign in.", body = SignInWays)))]
pub(crate) async fn providers(
    State(app): State<Arc<App>>,
    Parameters(asked): Parameters<Asked>,
) -> Result<Json<SignInWays>, Problem> {
    Ok(Json(SignInWays {
        providers: offered(&app, asked.email.as_deref()),
        password: true,
    }))
}

/// The providers for whoever types this address, or nothing.
pub(crate) fn offered(app: &App, email: Option<&str>) -> Vec<Provider> {
    let offered = app.door.offered(email);
    let offered = offered.map(|provider| Provider {
        id: provider.id.clone(),
        name: provider.name.clone(),
    });
    offered.collect()
}
