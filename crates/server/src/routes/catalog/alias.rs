//! `PUT /v1/accounts/{account}/catalog/aliases/{alias}`, `DELETE /v1/accounts/{account}/catalog/aliases/{alias}`.

use std::sync::Arc;

use api::catalog::{CatalogAlias, CatalogEvent};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};

use super::{answered, expected};
use crate::{
    admin::{CatalogueRefusal, Decision, Outcome},
    app::App,
    auth::permit::CanWriteCatalog,
    http::{Problem, extract::Json},
};

/// Gives an action another name: from now on events of that name are recorded as the action, with the name that was
/// sent beside it.
///
/// What was recorded before stays as it is. `If-Match` names the version of the action.
#[utoipa::path(put, path = api::path::CATALOG_ALIAS, operation_id = "catalog.alias", tag = "catalog",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("alias" = String, Path, description = "The other name, `noun.verb`."),
    ),
    request_body = CatalogAlias,
    responses(
        (status = 201, description = "The action has the name.", body = CatalogEvent),
        (status = 200, description = "The action had it already.", body = CatalogEvent),
    ))]
pub(crate) async fn set(
    State(app): State<Arc<App>>,
    permit: CanWriteCatalog,
    Path((_, alias)): Path<(String, String)>,
    headers: HeaderMap,
    Json(sent): Json<CatalogAlias>,
) -> Result<(StatusCode, axum::Json<CatalogEvent>), Problem> {
    let expected = expected(&headers, None)?;
    let (account, action) = (permit.account(), &sent.action);
    let decision = Decision::Name(alias);
    let outcome = app
        .decide(account, action, decision, expected, permit.requester())
        .await?;
    let status = match outcome {
        Outcome::New => StatusCode::CREATED,
        Outcome::Known => StatusCode::OK,
    };
    Ok((status, axum::Json(answered(&app, account, action)?)))
}

/// Takes another name from the action that has it: events of that name are recorded under it again.
///
/// Names that a pack gives are turned off with the pack.
#[utoipa::path(delete, path = api::path::CATALOG_ALIAS, operation_id = "catalog.unalias", tag = "catalog",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("alias" = String, Path, description = "The other name, `noun.verb`."),
    ),
    responses((status = 204, description = "The name stands for itself.")))]
pub(crate) async fn remove(
    State(app): State<Arc<App>>,
    permit: CanWriteCatalog,
    Path((_, alias)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    let expected = expected(&headers, None)?;
    let account = permit.account();
    let own = app.control.decisions.of(&account.id);
    let named = own
        .iter()
        .find(|(_, decided)| decided.aliases.contains(&alias));
    let Some((action, _)) = named else {
        let detail = "the account gave no action this other name".to_owned();
        return Err(CatalogueRefusal::NoSuchAlias(detail).into());
    };
    let decision = Decision::Unname(alias);
    app.decide(account, action, decision, expected, permit.requester())
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
