//! Events: recording, finding, counting, following.

mod append;
mod facets;
mod histogram;
mod lines;
pub(crate) mod list;
mod read;
mod search;
mod stream;
mod tail;
mod values;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

pub(crate) use append::wait_indexed;

use crate::app::App;
use crate::audit::notice;
use crate::auth::permit::CanRead;
use crate::http::Problem;
use crate::routes::resources;

/// The routes of events and of what is derived from them.
pub(crate) fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(append::append, list::list))
        .routes(routes!(search::search))
        .routes(routes!(facets::facets))
        .routes(routes!(histogram::histogram))
        .routes(routes!(tail::tail))
        .routes(routes!(read::read))
        .routes(routes!(values::values))
        .routes(routes!(resources::types::types))
        .routes(routes!(resources::list::list))
        .routes(routes!(resources::events::events))
}

/// Does something that reads the index and the disk on a thread that may block.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Problem::caused_by(api::ErrorCode::Internal, &error))?
}

/// Tells the self-audit that the bearer read the account; `query` is what the answer was narrowed down to.
pub(crate) fn tell_read(app: &App, permit: &CanRead, action: &'static str, query: Option<String>) {
    app.audit.read(notice::Read {
        account: permit.account().id.clone(),
        principal: permit.principal().clone(),
        client: permit.client().clone(),
        operation: Arc::clone(permit.operation()),
        action,
        query,
        at_ms: app.clock.now_ms(),
    });
}
