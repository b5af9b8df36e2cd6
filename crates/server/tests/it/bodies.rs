//! Request bodies: what is read, and what is refused before anybody looks inside.

use std::io::Write;

use axum::{
    body::{Body, Bytes},
    http::{Request, header::AUTHORIZATION},
};
use futures_util::stream;

use crate::harness::{Answer, Tested};

const BODY: &str = r#"{"id":"acme"}"#;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

async fn create(
    tested: &Tested,
    token: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Answer {
    let mut request =
        Request::post("/v1/accounts").header(AUTHORIZATION, format!("Bearer {token}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    tested.send(request.body(body.into()).unwrap()).await
}

#[tokio::test]
async fn bodies_may_be_compressed() {
    for (coding, body) in [
        ("identity", BODY.as_bytes().to_vec()),
        ("gzip", gzip(BODY.as_bytes())),
        ("zstd", zstd::encode_all(BODY.as_bytes(), 3).unwrap()),
    ] {
        let tested = Tested::new().await;
        let token = tested.key(None, &["accounts:write"]).await;
        let headers = [
            ("content-type", "application/json; charset=utf-8"),
            ("content-encoding", coding),
        ];
        let answer = create(&tested, &token, &headers, body).await;
        assert_eq!(answer.status, 201, "{coding} {answer:?}");
    }
}

/// Headers, body, and the refusal they get.
type Case<'a> = (&'a [(&'a str, &'a str)], Vec<u8>, u16, &'a str);

#[tokio::test]
async fn bodies_that_cannot_be_read_are_refused() {
    let tested = Tested::with(|config| config.limits.body_bytes_max = 100_000).await;
    let token = tested.key(None, &["accounts:write"]).await;
    let json = ("content-type", "application/json");
    let bomb = gzip(&vec![b' '; 10_000_000]);
    assert!(bomb.len() < 100_000);
    let cut = gzip(BODY.as_bytes())[..10].to_vec();
    let large = vec![b' '; 100_001];
    let above_control = vec![b' '; 65_537];
    let cases: [Case<'_>; 13] = [
        (&[], BODY.into(), 415, "unsupported_media_type"),
        (
            &[("content-type", "text/plain")],
            BODY.into(),
            415,
            "unsupported_media_type",
        ),
        (
            &[json, ("content-encoding", "br")],
            BODY.into(),
            415,
            "encoding_unsupported",
        ),
        (
            &[json, ("content-encoding", "gzip, gzip")],
            BODY.into(),
            415,
            "encoding_unsupported",
        ),
        (
            &[
                json,
                ("content-encoding", "gzip"),
                ("content-encoding", "zstd"),
            ],
            BODY.into(),
            415,
            "encoding_unsupported",
        ),
        (
            &[json, ("content-encoding", "gzip")],
            BODY.into(),
            400,
            "compression_invalid",
        ),
        (
            &[json, ("content-encoding", "gzip")],
            cut,
            400,
            "compression_invalid",
        ),
        (
            &[json, ("content-encoding", "gzip")],
            bomb,
            413,
            "too_large",
        ),
        (&[json], large, 413, "too_large"),
        (&[json], above_control, 413, "too_large"),
        (&[json], vec![], 400, "invalid_body"),
        (&[json], b"{\"id\":".to_vec(), 400, "invalid_body"),
        (&[json], b"{\"id\":\"\xff\"}".to_vec(), 400, "invalid_body"),
    ];
    for (headers, body, status, code) in cases {
        create(&tested, &token, headers, body)
            .await
            .assert_problem(status, code);
    }
}

#[tokio::test]
async fn a_member_given_twice_is_refused_with_its_place() {
    let tested = Tested::new().await;
    let token = tested.key(None, &["accounts:write"]).await;
    let headers = [("content-type", "application/json")];
    let answer = create(&tested, &token, &headers, r#"{"id":"a","id":"b"}"#).await;
    answer.assert_problem_at(400, "invalid_body", "/id");
}

#[tokio::test]
async fn a_declared_length_above_the_limit_is_refused_unread() {
    let tested = Tested::new().await;
    let token = tested.key(None, &["accounts:write"]).await;
    let never = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
    let headers = [
        ("content-type", "application/json"),
        ("content-length", "16777217"),
    ];
    create(&tested, &token, &headers, never)
        .await
        .assert_problem(413, "too_large");
}

#[tokio::test]
async fn a_body_that_does_not_come_is_given_up() {
    let tested = Tested::with(|config| config.limits.body_timeout_s = 1).await;
    let token = tested.key(None, &["accounts:write"]).await;
    let never = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
    create(
        &tested,
        &token,
        &[("content-type", "application/json")],
        never,
    )
    .await
    .assert_problem(408, "request_timeout");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_refused() {
    let tested = Tested::new().await;
    let token = tested.key(None, &["accounts:write"]).await;
    let parts = [
        Ok(Bytes::from_static(b"{\"id\"")),
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset)),
    ];
    let broken = Body::from_stream(stream::iter(parts));
    create(
        &tested,
        &token,
        &[("content-type", "application/json")],
        broken,
    )
    .await
    .assert_problem(400, "invalid_body");
}

#[tokio::test]
async fn bodies_beyond_the_common_room_are_put_off() {
    let tested = Tested::with(|config| {
        config.limits.body_bytes_max = 8 * 1024;
        config.limits.bodies_bytes_max = 8 * 1024;
    })
    .await;
    let token = tested.key(None, &["accounts:write"]).await;
    let headers = [("content-type", "application/json")];
    let (begun, waits) = futures_channel(7 * 1024);
    let router = tested.server.router();
    let request = Request::post("/v1/accounts")
        .header(AUTHORIZATION, format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(waits)
        .unwrap();
    let first = tokio::spawn(tower::ServiceExt::oneshot(router, request));
    begun.await.unwrap();
    create(&tested, &token, &headers, vec![b' '; 4 * 1024])
        .await
        .assert_problem(503, "overloaded");
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    create(&tested, &token, &headers, vec![b' '; 4 * 1024])
        .await
        .assert_problem(400, "invalid_body");
}

/// A body that sends `bytes` spaces and then waits for ever; the receiver tells when the bytes were taken.
fn futures_channel(bytes: usize) -> (tokio::sync::oneshot::Receiver<()>, Body) {
    let (taken, begun) = tokio::sync::oneshot::channel();
    let mut taken = Some(taken);
    let mut sent = false;
    let body = stream::poll_fn(move |_| {
        if !sent {
            sent = true;
            return std::task::Poll::Ready(Some(Ok::<_, std::io::Error>(Bytes::from(vec![
                b' ';
                bytes
            ]))));
        }
        if let Some(taken) = taken.take() {
            taken.send(()).unwrap();
        }
        std::task::Poll::Pending
    });
    (begun, Body::from_stream(body))
}

#[tokio::test]
async fn requests_beyond_the_limit_are_put_off_and_health_still_answers() {
    let tested = Tested::with(|config| config.limits.requests_max = 1).await;
    let token = tested.key(None, &["accounts:write"]).await;
    let (begun, waits) = futures_channel(1);
    let request = Request::post("/v1/accounts")
        .header(AUTHORIZATION, format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(waits)
        .unwrap();
    let first = tokio::spawn(tower::ServiceExt::oneshot(tested.server.router(), request));
    begun.await.unwrap();
    tested
        .get("/v1/accounts", &token)
        .await
        .assert_problem(503, "overloaded");
    assert_eq!(tested.get("/healthz", &token).await.status, 200);
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    assert_eq!(tested.get("/v1/accounts", &token).await.status, 200);
}
