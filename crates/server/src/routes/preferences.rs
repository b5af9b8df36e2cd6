//! `GET /v1/accounts/{account}/preferences`, `PUT /v1/accounts/{account}/preferences`.

use std::sync::Arc;

use api::{ErrorCode, preferences::Preferences};
use axum::extract::State;

use super::events::tell_read;
use crate::{
    admin::PreferencesRequest,
    app::App,
    auth::{Principal, permit::CanRead},
    control::Person,
    http::{Problem, extract::Json},
};

/// Reads what the signed-in person prefers in an account. A key has no preferences, 403 `session_needed`.
///
/// A viewer gets what its token says about columns and the time zone.
#[utoipa::path(get, path = api::path::PREFERENCES, operation_id = "preferences.read", tag = "settings",
    params(("account" = String, Path, description = "The id of the account.")),
    responses((status = 200, description = "The preferences.", body = Preferences)))]
pub(crate) async fn read(
    State(app): State<Arc<App>>,
    permit: CanRead,
) -> Result<axum::Json<Preferences>, Problem> {
    if let Some(token) = permit.principal().viewer() {
        let display = token.grant.display.clone();
        return Ok(axum::Json(Preferences {
            time_zone: display.time_zone,
            columns: display.columns,
            ..Preferences::unchosen()
        }));
    }
    let person = person(&app, &permit)?;
    let stored = app
        .control
        .preferences
        .of(&person.id, &permit.account().id)
        .await?;
    // What is damaged is chosen anew.
    let chosen = stored.and_then(|text| serde_json::from_str(&text).ok());
    Ok(axum::Json(chosen.unwrap_or_else(Preferences::unchosen)))
}

/// Replaces what the signed-in person prefers in an account. A key has no preferences, 403 `session_needed`.
#[utoipa::path(put, path = api::path::PREFERENCES, operation_id = "preferences.replace", tag = "settings",
    params(("account" = String, Path, description = "The id of the account.")),
    request_body = Preferences,
    responses((status = 200, description = "The preferences as they are now.", body = Preferences)))]
pub(crate) async fn replace(
    State(app): State<Arc<App>>,
    permit: CanRead,
    Json(chosen): Json<Preferences>,
) -> Result<axum::Json<Preferences>, Problem> {
    let person = person(&app, &permit)?;
    let request = PreferencesRequest::try_from(chosen)?;
    app.control
        .preferences
        .put(&person.id, &permit.account().id, &request.text())
        .await?;
    // Once a minute with a count, like a read: columns are moved many times in a row.
    tell_read(&app, &permit, "audit_log.preferences_update", None);
    Ok(axum::Json(request.0))
}

fn person<'a>(app: &App, permit: &'a CanRead) -> Result<&'a Person, Problem> {
    match permit.principal() {
        Principal::Person(person) => Ok(person),
        Principal::Key(_)
        | Principal::AccessToken(_)
        | Principal::Viewer(_)
        | Principal::Operator => {
            let detail = "preferences are those of a signed-in person".to_owned();
            Err(permit.refuse(app, ErrorCode::SessionNeeded, detail))
        }
    }
}
