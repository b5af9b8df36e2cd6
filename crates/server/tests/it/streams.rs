//! Answers that are written while they are read: how many there are, and when they end.

use std::{future::Future, time::Duration};

use axum::{
    body::Body,
    http::{Request, header::AUTHORIZATION},
};
use http_body_util::BodyExt;
use serde_json::{Value, json};

use crate::harness::{Answer, Tested};

const EVENTS: &str = "/v1/accounts/acme/events?range=all_time";

/// How many events the log has: together more than waits for a reader at one time.
const RECORDED: usize = 200;

/// A server with a log that is longer than what it holds for a slow reader.
async fn filled() -> Tested {
    // A body that nobody reads is given up after a second.
    let tested = Tested::with(|config| config.limits.body_timeout_s = 1).await;
    tested.account("acme").await;
    let event = json!({"action": "role.create", "description": "x".repeat(8_000)});
    crate::readings::record(&tested, Value::Array(vec![event; RECORDED])).await;
    tested
}

fn asked(path: &str, token: &str, accept: &str) -> Request<Body> {
    Request::get(path)
        .header(AUTHORIZATION, format!("Bearer {token}"))
        .header("accept", accept)
        .body(Body::empty())
        .unwrap()
}

/// An answer whose body is not read.
async fn unread(tested: &Tested, token: &str) -> axum::response::Response {
    let asked = asked(EVENTS, token, "application/x-ndjson");
    let answer = tower::ServiceExt::oneshot(tested.server.router(), asked).await;
    answer.unwrap()
}

async fn refused(response: axum::response::Response) -> Answer {
    let (parts, body) = response.into_parts();
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body: body.collect().await.unwrap().to_bytes(),
    }
}

async fn in_time<T>(work: impl Future<Output = T>) -> T {
    let limit = Duration::from_mins(1);
    tokio::time::timeout(limit, work).await.unwrap()
}

/// The lines of what is left of a body.
async fn lines(body: Body) -> Vec<Value> {
    let bytes = in_time(body.collect()).await.unwrap().to_bytes();
    let lines = bytes.split(|byte| *byte == b'\n');
    let lines = lines.filter(|line| !line.is_empty());
    lines
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect()
}

#[tokio::test]
async fn a_body_that_nobody_reads_gives_its_place_back() {
    let tested = filled().await;
    let token = tested.key(Some("acme"), &["audit:read"]).await;
    let mut stuck = Vec::new();
    for _ in 0..16 {
        let answer = unread(&tested, &token).await;
        assert_eq!(answer.status(), 200);
        stuck.push(answer);
    }
    refused(unread(&tested, &token).await)
        .await
        .assert_problem(503, "overloaded");
    // Pages are answered still, and another account streams.
    assert_eq!(tested.get(EVENTS, &token).await.status, 200);
    let calm = tested.key(None, &["audit:read"]).await;
    tested.account("globex").await;
    let path = "/v1/accounts/globex/events?range=all_time";
    let other = asked(path, &calm, "application/x-ndjson");
    assert_eq!(tested.send(other).await.status, 200);
    // All bodies are held, and none is read: what was taken comes back by time alone.
    let answer = in_time(async {
        loop {
            let answer = unread(&tested, &token).await;
            if answer.status() == 200 {
                break answer;
            }
            tokio::task::yield_now().await;
        }
    })
    .await;
    let whole = lines(answer.into_body()).await;
    assert!(whole.last().unwrap()["end"]["count"].as_u64() >= Some(RECORDED as u64));
    // A place came back, so that one at least was given up, and says by its missing end that it is not whole. The
    // others may have had time left when they were read.
    let mut given_up = 0;
    for answer in stuck {
        let cut = lines(answer.into_body()).await;
        if cut.iter().all(|line| line["end"].is_null()) {
            assert!(cut.len() < RECORDED);
            given_up += 1;
        }
    }
    assert!(given_up > 0);
}

#[tokio::test]
async fn a_stream_ends_with_the_rights_of_who_reads_it() {
    let tested = filled().await;
    let new = json!({"account": "acme", "name": "test", "permissions": ["audit:read"]});
    let key = tested.key_with(new).await;
    let mut body = unread(&tested, &key.token).await.into_body();
    let first = in_time(body.frame()).await.unwrap().unwrap();
    assert!(!first.into_data().unwrap().is_empty());
    let path = format!("/admin/keys/{}", key.id);
    let revoked = tested
        .administer(axum::http::Method::DELETE, &path, None)
        .await;
    assert!(revoked.status < 300, "{revoked:?}");
    let rest = lines(body).await;
    assert!(rest.len() < RECORDED / 2, "{}", rest.len());
    assert!(rest.iter().all(|line| line["end"].is_null()), "{rest:?}");
}

#[tokio::test]
async fn an_account_follows_with_as_many_tails_as_it_gets() {
    let tested = filled().await;
    let token = tested.key(Some("acme"), &["audit:read"]).await;
    let path = "/v1/accounts/acme/events/tail?after=end";
    let tail = || {
        let asked = asked(path, &token, "text/event-stream");
        tower::ServiceExt::oneshot(tested.server.router(), asked)
    };
    let mut open = Vec::new();
    for _ in 0..256 {
        let answer = tail().await.unwrap();
        assert_eq!(answer.status(), 200);
        open.push(answer);
    }
    refused(tail().await.unwrap())
        .await
        .assert_problem(503, "overloaded");
    // Whoever goes makes room.
    open.clear();
    in_time(async {
        while tail().await.unwrap().status() != 200 {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
