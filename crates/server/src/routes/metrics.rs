//! `GET /metrics`.

use std::sync::Arc;

use api::ErrorCode;
use axum::{extract::State, http::header::CONTENT_TYPE, response::IntoResponse};
use ledger::LogInfo;

use crate::{app::App, http::Problem, metrics::Sizes};

/// Metrics in the OpenMetrics text format, without account names.
#[utoipa::path(get, path = api::path::METRICS, operation_id = "metrics", tag = "operations",
    responses((status = 200, description = "The metrics.", content_type = "application/openmetrics-text", body = String)))]
pub(crate) async fn metrics(State(app): State<Arc<App>>) -> Result<impl IntoResponse, Problem> {
    let text = app
        .metrics
        .to_text(sizes(&app))
        .map_err(|error| Problem::caused_by(ErrorCode::Internal, &error))?;
    Ok((
        [(
            CONTENT_TYPE,
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
        )],
        text,
    ))
}

fn sizes(app: &App) -> Sizes {
    let logs = app.ledger.logs();
    let behind = |log: &LogInfo| {
        let applied = app.index.applied(log.number.get());
        log.size.get().saturating_sub(applied.get())
    };
    Sizes {
        accounts: u64::try_from(logs.len()).unwrap_or(u64::MAX),
        entries: logs.iter().map(|log| log.size.get()).sum(),
        behind: logs.iter().map(behind).sum(),
        is_broken: app.ledger.poisoned().borrow().is_some(),
    }
}
