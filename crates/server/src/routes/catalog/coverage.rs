//! `GET /v1/accounts/{account}/catalog/coverage`.

use std::sync::Arc;

use api::{HiddenFacet, catalog::CatalogCoverage, search::AsOf};
use axum::{Json, extract::State};
use index::{Query, ScopedQuery};

use crate::{
    app::App,
    auth::permit::CanRead,
    coverage::{HOURS, covered},
    http::Problem,
    routes::events::{blocking, tell_read},
};

/// Compares what is declared with what is recorded: declared and never seen, seen and undeclared, and what came
/// regularly and has stopped.
///
/// `undeclared` and `undeclared_fields` are what the strict mode would refuse.
/// An action is silent when it came in at least eight hours, and the time since its last event is longer than a day,
/// than eight times the usual gap between two such hours, and than one and a half times the longest of them.
/// Deprecated actions and those of the audit log itself are never missed.
#[utoipa::path(get, path = api::path::CATALOG_COVERAGE, operation_id = "catalog.coverage", tag = "catalog",
    params(("account" = String, Path, description = "The id of the account.")),
    responses((status = 200, description = "The coverage.", body = CatalogCoverage)))]
pub(crate) async fn coverage(
    State(app): State<Arc<App>>,
    permit: CanRead,
) -> Result<Json<CatalogCoverage>, Problem> {
    tell_read(&app, &permit, "audit_log.view", None);
    let account = Arc::clone(permit.account());
    // A member who sees only some resources learns nothing of the others.
    let everything = ScopedQuery::new(Query::everything(), permit.scope());
    let hides_metadata = permit.sight().hide.contains(&HiddenFacet::Metadata);
    blocking(move || {
        let now = app.now();
        let as_of = app.index.applied(account.log.get());
        let seen = app.index.actions(&everything, as_of, HOURS)?;
        let catalogue = app.catalogue_of(&account);
        let as_of = AsOf {
            tree_size: as_of.get(),
            at: now.to_string(),
        };
        let mut coverage = covered(&catalogue, &seen, now, as_of);
        if hides_metadata {
            coverage.undeclared_fields.clear();
        }
        Ok(Json(coverage))
    })
    .await
}
