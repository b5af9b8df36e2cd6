//! How many requests are worked on at one time, and for how long.

use std::{sync::Arc, time::Duration};

use api::ErrorCode;
use axum::{
    body::{Body, HttpBody},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::Limited;
use tokio::sync::Semaphore;

use super::Problem;
use crate::{
    app::App,
    limits::{CONTROL_BODY_BYTES_MAX, VISITOR_TIMEOUT_S},
    shares::Turn,
};

/// Gives the place of the account back when the request is over, however it ends.
struct EndOf(Turn);

impl Drop for EndOf {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// Wraps every request that does work; health and metrics answer also when the server is full.
pub(crate) async fn admission(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Response {
    let limit_s = app.config.limits.request_timeout_s;
    admit(&app.places, limit_s, request, next).await
}

/// Wraps the requests with which people sign in and set up.
///
/// A stranger's body is read before anything is known about him: he gets places of his own, less time, and a small
/// body, so that he can keep others from signing in for a while, but never from recording and reading.
pub(crate) async fn visitors(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Response {
    let announced = usize::try_from(request.body().size_hint().lower()).unwrap_or(usize::MAX);
    if announced > CONTROL_BODY_BYTES_MAX {
        let detail = format!("the body of this operation may have {CONTROL_BODY_BYTES_MAX} bytes");
        return Problem::new(ErrorCode::TooLarge, detail).into_response();
    }
    let request = request.map(|body| Body::new(Limited::new(body, CONTROL_BODY_BYTES_MAX)));
    let limit_s = VISITOR_TIMEOUT_S.min(app.config.limits.request_timeout_s);
    admit(&app.visitors, limit_s, request, next).await
}

async fn admit(places: &Semaphore, limit_s: u64, mut request: Request, next: Next) -> Response {
    let Ok(_place) = places.try_acquire() else {
        return Problem::new(
            ErrorCode::Overloaded,
            "the server works on as many requests as it takes",
        )
        .into_response();
    };
    // The account is known only inside; its place ends with this one, and also when the answer is given up.
    let turn = Turn::default();
    request.extensions_mut().insert(turn.clone());
    let _ends = EndOf(turn);
    let answer = tokio::time::timeout(Duration::from_secs(limit_s), next.run(request));
    answer.await.unwrap_or_else(|_| {
        let detail =
            format!("no answer within {limit_s} seconds; whether it took effect is not known");
        Problem::new(ErrorCode::Timeout, detail).into_response()
    })
}
