//! `DELETE /v1/accounts/{account}/catalog/events/{action}`.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};

use api::Permission;

use super::{expected, is_seen};
use crate::{admin::Decision, app::App, auth::permit::CanWriteCatalog, http::Problem};

/// Takes back a declaration of the account's own, with its other names; its versions stay.
///
/// Once an event of the action was recorded, it is 409 `action_seen`: deprecate it instead.
/// With a sensitive field it needs `audit:read_sensitive`: else 409 `evolution_refused`.
#[utoipa::path(delete, path = api::path::CATALOG_EVENT, operation_id = "catalog.remove", tag = "catalog",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("action" = String, Path, description = "The action, `noun.verb`."),
    ),
    responses((status = 204, description = "The action is no longer declared.")))]
pub(crate) async fn remove(
    State(app): State<Arc<App>>,
    permit: CanWriteCatalog,
    Path((_, action)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    let expected = expected(&headers, None)?;
    let account = permit.account();
    let decision = Decision::Remove {
        seen: is_seen(&app, account, &action).await?,
        may_reveal: permit.reach().may(Permission::AuditReadSensitive),
    };
    app.decide(account, &action, decision, expected, permit.requester())
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
