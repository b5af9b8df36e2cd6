//! `PUT /v1/accounts/{account}/catalog/events/{action}`.

use std::sync::Arc;

use api::{
    Permission,
    catalog::{CatalogDeclaration, CatalogEvent},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};

use super::{answered, expected, is_seen};
use crate::{
    admin::{Decision, Outcome},
    app::App,
    auth::permit::CanWriteCatalog,
    http::{Problem, extract::Json},
};

/// Declares an action of the account's own, or changes its declaration.
///
/// Once an event of it was recorded, verb and target type stay, and a field keeps its key, type and place; fields can be
/// added, and a field can become sensitive: else 409 `evolution_refused`, which names each member.
/// A name that has a meaning already is 409 `action_taken`, one that the audit log itself uses 409 `action_reserved`.
/// With `version`, or `If-Match: "3"`, a change in between is 409 `version_conflict`.
#[utoipa::path(put, path = api::path::CATALOG_EVENT, operation_id = "catalog.declare", tag = "catalog",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("action" = String, Path, description = "The action, `noun.verb`."),
    ),
    request_body = CatalogDeclaration,
    responses(
        (status = 201, description = "The action is declared.", body = CatalogEvent),
        (status = 200, description = "The declaration as it is now.", body = CatalogEvent),
    ))]
pub(crate) async fn declare(
    State(app): State<Arc<App>>,
    permit: CanWriteCatalog,
    Path((_, action)): Path<(String, String)>,
    headers: HeaderMap,
    Json(sent): Json<CatalogDeclaration>,
) -> Result<(StatusCode, axum::Json<CatalogEvent>), Problem> {
    let expected = expected(&headers, sent.version)?;
    let account = permit.account();
    let decision = Decision::Declare {
        seen: is_seen(&app, account, &action).await?,
        may_reveal: permit.reach().may(Permission::AuditReadSensitive),
        sent: Box::new(sent),
    };
    let outcome = app
        .decide(account, &action, decision, expected, permit.requester())
        .await?;
    let status = match outcome {
        Outcome::New => StatusCode::CREATED,
        Outcome::Known => StatusCode::OK,
    };
    Ok((status, axum::Json(answered(&app, account, &action)?)))
}
