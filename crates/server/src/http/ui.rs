//! The dashboard: its files, and its one page for every other path below `/ui/`.

use std::{borrow::Cow, sync::Arc};

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{
            ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY,
            CONTENT_TYPE, VARY,
        },
    },
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use dashboard::{Asset, Nonce};

use crate::{app::App, randomness};

/// The routes of the dashboard; they are not part of the API, so the OpenAPI document does not know them.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(enter))
        .route("/ui", get(enter))
        .route("/ui/", get(home))
        .route("/ui/{*path}", get(any))
}

/// `GET /`, `GET /ui`.
async fn enter() -> Redirect {
    Redirect::temporary("/ui/")
}

/// `GET /ui/`.
async fn home(State(app): State<Arc<App>>) -> Response {
    page(&app)
}

/// `GET /ui/{path}`: a file when the last part of the path has a dot and there is one, else the page.
async fn any(
    State(app): State<Arc<App>>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Response {
    match dashboard::asset(&path, accepts_brotli(&headers)) {
        Some(asset) => file(asset),
        // A hashed name of another build is gone; the page in its place would be run as a script.
        None if path.starts_with("assets/") => StatusCode::NOT_FOUND.into_response(),
        None => page(&app),
    }
}

fn file(asset: Asset) -> Response {
    let caching = if asset.immutable {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=3600"
    };
    let headers = [
        (CONTENT_TYPE, asset.content_type),
        (CACHE_CONTROL, caching),
        (VARY, "Accept-Encoding"),
    ];
    let mut response = (headers, bytes_of(asset.bytes)).into_response();
    if let Some(encoding) = asset.encoding {
        let value = HeaderValue::from_static(encoding);
        response.headers_mut().insert(CONTENT_ENCODING, value);
    }
    response
}

/// Embedded bytes as a body, without a copy where they are part of the binary.
pub(super) fn bytes_of(embedded: Cow<'static, [u8]>) -> Bytes {
    match embedded {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    }
}

fn page(app: &App) -> Response {
    let nonce = Nonce::new(randomness::array(app.randomness.as_ref()));
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (CONTENT_SECURITY_POLICY, dashboard::policy(&nonce)),
    ];
    (headers, dashboard::page(&nonce)).into_response()
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|item| {
            let mut parts = item.split(';').map(str::trim);
            let named = parts
                .next()
                .is_some_and(|name| name.eq_ignore_ascii_case("br"));
            named && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0"))
        })
}
