//! `GET /v1/accounts/{account}/catalog/events/{action}/versions`.

use std::sync::Arc;

use api::catalog::{CatalogDecider, CatalogVersion, CatalogVersions};
use axum::{
    Json,
    extract::{Path, State},
};
use event::Timestamp;

use crate::{
    admin::{described_declaration, described_deprecation, unknown_action},
    app::App,
    auth::permit::CanSee,
    control::Version,
    http::Problem,
};

/// Lists what the account decided about an action, newest first: who, when, and what is in force since then.
///
/// The list is empty for an action of a pack about which the account decided nothing.
#[utoipa::path(get, path = api::path::CATALOG_VERSIONS, operation_id = "catalog.versions", tag = "catalog",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("action" = String, Path, description = "The action, `noun.verb`."),
    ),
    responses((status = 200, description = "The versions.", body = CatalogVersions)))]
pub(crate) async fn versions(
    State(app): State<Arc<App>>,
    permit: CanSee,
    Path((_, action)): Path<(String, String)>,
) -> Result<Json<CatalogVersions>, Problem> {
    let account = permit.account();
    let versions = app.control.decisions.history(&account.id, &action).await?;
    let catalogue = app.catalogue_of(account);
    if versions.is_empty() && catalogue.get(&action).is_none() {
        return Err(unknown_action(&action, &catalogue).into());
    }
    Ok(Json(CatalogVersions {
        versions: versions.into_iter().map(described).collect(),
    }))
}

fn described(version: Version) -> CatalogVersion {
    let (id, name) = version.by;
    CatalogVersion {
        version: version.number,
        at: Timestamp::from_ms(version.changed_ms).to_string(),
        by: CatalogDecider { id, name },
        change: version.change,
        declaration: described_declaration(&version.own),
        deprecated: version.own.deprecated.as_ref().map(described_deprecation),
        aliases: version.own.aliases,
    }
}
