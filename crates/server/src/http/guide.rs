//! The guide: the pages behind every *Learn more* of the dashboard.

use std::sync::Arc;

use axum::{
    Router,
    extract::Path,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use dashboard::guide;

use crate::app::App;

/// The routes of the guide; like the dashboard they are not part of the API.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/docs/guide", get(enter))
        .route("/docs/guide/", get(async || page("")))
        .route("/docs/guide/{page}", get(named))
        .route("/docs/guide/images/{file}", get(image))
}

async fn enter() -> Redirect {
    Redirect::permanent(guide::ROOT)
}

async fn named(Path(name): Path<String>) -> Response {
    page(&name)
}

fn page(name: &str) -> Response {
    let Some(page) = guide::page(name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, guide::policy()),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, page.html).into_response()
}

async fn image(Path(file): Path<String>) -> Response {
    let Some(bytes) = guide::image(&file) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (CONTENT_TYPE, "image/png"),
        (CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, super::ui::bytes_of(bytes)).into_response()
}
