//! `GET /metrics`.

use std::sync::Arc;

use api::ErrorCode;
use axum::{extract::State, http::header::CONTENT_TYPE, response::IntoResponse};

use crate::{app::App, http::Problem};

/// Metrics in the OpenMetrics text format, without account names.
#[utoipa::path(get, path = api::path::METRICS, operation_id = "metrics", tag = "operations",
    responses((status = 200, description = "The metrics.", content_type = "application/openmetrics-text", body = String)))]
pub(crate) async fn metrics(State(app): State<Arc<App>>) -> Result<impl IntoResponse, Problem> {
    let text = app
        .metrics
        .to_text()
        .map_err(|error| Problem::caused_by(ErrorCode::Internal, &error))?;
    Ok((
        [(
            CONTENT_TYPE,
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
        )],
        text,
    ))
}
