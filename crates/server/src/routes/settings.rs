//! `GET /v1/accounts/{account}/settings`, `PATCH /v1/accounts/{account}/settings`.

use std::sync::Arc;

use api::{
    Permission,
    settings::{AccountSettings, AccountSettingsChange},
};
use axum::extract::State;

use crate::{
    admin::{SettingsRequest, described_settings},
    app::App,
    auth::permit::{CanSee, CanWriteAccount},
    control::Settings,
    http::{Problem, extract::Json},
};

/// Reads what an account decides for everybody in it; a viewer gets no more than how events are shown.
#[utoipa::path(get, path = api::path::SETTINGS, operation_id = "settings.read", tag = "settings",
    params(("account" = String, Path, description = "The id of the account.")),
    responses((status = 200, description = "The settings.", body = AccountSettings)))]
pub(crate) async fn read(permit: CanSee) -> axum::Json<AccountSettings> {
    let settings = &permit.account().settings;
    if permit.principal().viewer().is_none() {
        return axum::Json(described_settings(settings));
    }
    // What else an account decides is for its members: whatever is added stays hidden from viewers.
    axum::Json(described_settings(&Settings {
        name: settings.name.clone(),
        time_zone: settings.time_zone.clone(),
        week_start: settings.week_start,
        packs_off: settings.packs_off.clone(),
        column_set: settings.column_set,
        ..Settings::default()
    }))
}

/// Changes what an account decides for everybody in it; what is absent stays.
///
/// Who may view is decided with `members:write` besides, and by nobody whom the change raises or lowers above himself.
#[utoipa::path(patch, path = api::path::SETTINGS, operation_id = "settings.change", tag = "settings",
    params(("account" = String, Path, description = "The id of the account.")),
    request_body = AccountSettingsChange,
    responses((status = 200, description = "The settings as they are now.", body = AccountSettings)))]
pub(crate) async fn change(
    State(app): State<Arc<App>>,
    permit: CanWriteAccount,
    Json(change): Json<AccountSettingsChange>,
) -> Result<axum::Json<AccountSettings>, Problem> {
    if change.viewers.is_some() {
        permit.need(&app, Permission::MembersWrite)?;
    }
    let request = SettingsRequest::try_from(change)?;
    let account = app
        .change_settings(&permit.account().id, request, permit.requester())
        .await
        .map_err(|error| permit.not_done(&app, error))?;
    Ok(axum::Json(described_settings(&account.settings)))
}
