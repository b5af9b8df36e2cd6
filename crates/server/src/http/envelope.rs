//! The outermost layer: everything that every answer has, whatever made it.
//!
//! It names the request, resolves the client's address, turns refusals into problems, answers OPTIONS, adds the
//! security headers, counts, and writes the one line of the log.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Instant};

use api::ErrorCode;
use axum::{
    body::HttpBody,
    extract::{MatchedPath, Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version,
        header::{
            CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, REFERRER_POLICY,
            STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
        },
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;

use super::{Client, Peer, Problem, RequestId, problem::finish, request_id::X_REQUEST_ID};
use crate::{
    app::App,
    audit::{Failed, Failure},
    auth::Announced,
    client_address,
    control::AccountId,
};

/// Wraps every request to the router.
pub(crate) async fn envelope(
    State(app): State<Arc<App>>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let request_id = RequestId::of(request.headers(), app.randomness.as_ref());
    let method = request.method().clone();
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map(MatchedPath::as_str);
    let route: Arc<str> = path.unwrap_or("unmatched").into();
    let account = account_of(request.uri().path());
    if let Some(Peer(peer)) = request.extensions().get::<Peer>().copied() {
        let trusted = &app.config.listen.trusted_proxies;
        let address = client_address::resolve(peer.ip(), request.headers(), trusted);
        request.extensions_mut().insert(Client(Arc::new(address)));
    }
    request.extensions_mut().insert(request_id.clone());
    let announced = Announced::default();
    request.extensions_mut().insert(announced.clone());
    let _in_flight = app.metrics.request_started();
    let carries_body = request.version() <= Version::HTTP_11 && !request.body().is_end_stream();
    // A panic is a defect of one handler; its connection and all other requests go on.
    let response = AssertUnwindSafe(next.run(request))
        .catch_unwind()
        .await
        .unwrap_or_else(|_| {
            app.audit.failed(defect(&route, app.clock.now_ms()));
            let detail = "the request id finds the cause in the server's log";
            Problem::new(ErrorCode::Internal, detail).into_response()
        });
    let response = if method == Method::OPTIONS {
        options(response)
    } else {
        response
    };
    if let Some(damage) = response
        .extensions()
        .get::<Problem>()
        .and_then(Problem::damage)
    {
        app.found_altered(account, damage.index, damage.reason.clone());
    }
    let mut response = finish(response, &request_id);
    add_headers(&app, response.headers_mut(), &request_id);
    announced.write(response.headers_mut());
    let status = response.status();
    if carries_body && is_before_the_body(status) {
        response
            .headers_mut()
            .insert(CONNECTION, HeaderValue::from_static("close"));
    }
    let elapsed = started.elapsed();
    app.metrics
        .request_finished(&method, &route, status, elapsed);
    tracing::info!(
        request_id = request_id.as_str(),
        method = method.as_str(),
        route = &*route,
        status = status.as_u16(),
        duration_us = u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX),
        "request"
    );
    response
}

/// That a request of this route met a defect.
fn defect(route: &str, at_ms: u64) -> Failed {
    Failed {
        account: AccountId::reserved(),
        what: Failure::Defect {
            route: route.to_owned(),
        },
        at_ms,
    }
}

/// The account that the path names, else the reserved one; whether it exists is not asked.
fn account_of(path: &str) -> AccountId {
    let named = path
        .strip_prefix("/v1/accounts/")
        .and_then(|rest| rest.split('/').next());
    named
        .and_then(|named| named.parse().ok())
        .unwrap_or_else(AccountId::reserved)
}

/// Whether a request with this answer may have been refused before its body was read.
///
/// The connection then ends with the answer, and a client that knows does not send its next request into it.
fn is_before_the_body(status: StatusCode) -> bool {
    matches!(status.as_u16(), 401 | 403 | 404 | 405 | 408 | 413 | 503)
}

/// OPTIONS of a path that exists tells its methods (RFC 9110, section 9.3.7); the router adds `Allow` to this answer.
fn options(response: Response) -> Response {
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        StatusCode::NO_CONTENT.into_response()
    } else {
        response
    }
}

fn add_headers(app: &App, headers: &mut HeaderMap, request_id: &RequestId) {
    headers.insert(X_REQUEST_ID, request_id.header());
    let mut default = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    default(X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(X_FRAME_OPTIONS, "DENY");
    default(REFERRER_POLICY, "no-referrer");
    default(
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    );
    default(CACHE_CONTROL, "no-store");
    if app.config.tls.cert.is_some() {
        default(STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}
