//! `GET /v1/accounts/{account}/resources`.

use std::sync::Arc;

use api::resource::{ResourceType, ResourceTypes};
use axum::Json;
use axum::extract::State;
use index::{Column, QueryPart};

use crate::app::App;
use crate::auth::permit::CanRead;
use crate::http::Problem;
use crate::reading::Lens;
use crate::routes::events::{blocking, tell_read};
use crate::search::question::refuse_hidden;

/// Lists the kinds of resources that the account's events were about.
#[utoipa::path(
    get, path = api::path::RESOURCES, operation_id = "resources.types", tag = "resources",
    params(("account" = String, Path, description = "The id of the account.")),
    responses((status = 200, description = "The kinds, in order of their plural.", body = ResourceTypes))
)]
pub(crate) async fn types(
    State(app): State<Arc<App>>,
    permit: CanRead,
) -> Result<Json<ResourceTypes>, Problem> {
    let lens = Lens::of(&app, &permit);
    let part = (String::new(), QueryPart::Column(&Column::TargetType));
    refuse_hidden(&app, &permit, &lens, [part])?;
    tell_read(&app, &permit, "audit_log.view", None);
    let scope = permit.scope();
    blocking(move || {
        let seen = app.index.resource_types(&scope)?;
        let mut types: Vec<ResourceType> = seen
            .into_iter()
            .map(|seen| {
                let plural = lens.catalogue().resource_type(&seen.kind).plural;
                ResourceType {
                    kind: seen.kind,
                    plural,
                    count: seen.count,
                }
            })
            .collect();
        types.sort_by(|a, b| (&a.plural, &a.kind).cmp(&(&b.plural, &b.kind)));
        Ok(Json(ResourceTypes { types }))
    })
    .await
}
