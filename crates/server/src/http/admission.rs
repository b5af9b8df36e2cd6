//! How many requests are worked on at one time, and for how long.

use std::{sync::Arc, time::Duration};

use api::ErrorCode;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::Problem;
use crate::app::App;

/// Wraps every request that does work; health and metrics answer also when the server is full.
pub(crate) async fn admission(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Response {
    let Ok(_place) = app.places.try_acquire() else {
        return Problem::new(
            ErrorCode::Overloaded,
            "the server works on as many requests as it takes",
        )
        .into_response();
    };
    let limit_s = app.config.limits.request_timeout_s;
    let answer = tokio::time::timeout(Duration::from_secs(limit_s), next.run(request));
    answer.await.unwrap_or_else(|_| {
        let detail =
            format!("no answer within {limit_s} seconds; whether it took effect is not known");
        Problem::new(ErrorCode::Timeout, detail).into_response()
    })
}
