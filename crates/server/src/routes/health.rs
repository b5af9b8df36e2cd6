//! `GET /healthz`, `GET /readyz`.

use std::sync::Arc;

use api::{ErrorCode, health::Health};
use axum::{Json, extract::State};

use crate::{app::App, http::Problem};

fn health(app: &App) -> Json<Health> {
    Json(Health {
        status: "ok".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        instance: app.name().to_owned(),
    })
}

/// Answers as long as the process lives.
#[utoipa::path(get, path = api::path::HEALTHZ, operation_id = "healthz", tag = "operations",
    responses((status = 200, description = "The process lives.", body = Health)))]
pub(crate) async fn healthz(State(app): State<Arc<App>>) -> Json<Health> {
    health(&app)
}

/// Answers 200 when the server takes requests, and 503 when it is stopping or cannot store.
#[utoipa::path(get, path = api::path::READYZ, operation_id = "readyz", tag = "operations",
    responses((status = 200, description = "The server takes requests.", body = Health)))]
pub(crate) async fn readyz(State(app): State<Arc<App>>) -> Result<Json<Health>, Problem> {
    if app.is_ready() {
        Ok(health(&app))
    } else {
        Err(Problem::new(ErrorCode::NotReady, "the server is stopping"))
    }
}
