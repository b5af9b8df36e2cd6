//! Quotas of keys and accounts, and the share of the server that one account gets.

use axum::{
    body::Body,
    http::{Request, header::AUTHORIZATION},
};
use futures_util::{FutureExt, stream};
use serde_json::{Value, json};

use crate::harness::Tested;

const EVENTS: &str = "/v1/accounts/acme/events";

fn events(count: usize) -> Value {
    json!(vec![json!({"action": "role.create"}); count])
}

#[tokio::test]
async fn an_account_has_a_quota_whatever_the_number_of_its_keys() {
    let tested = Tested::with(|config| {
        config.limits.key_requests_per_second = Some(3);
        config.limits.account_requests_per_second = Some(4);
    })
    .await;
    let (one, other) = (
        tested.key(Some("acme"), &["audit:read"]).await,
        tested.key(Some("acme"), &["audit:read"]).await,
    );
    let answer = tested.get(EVENTS, &one).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(
        answer.header("ratelimit-policy"),
        "\"key\";q=3;w=1, \"account\";q=4;w=1"
    );
    assert_eq!(
        answer.header("ratelimit"),
        "\"key\";r=2;t=1, \"account\";r=3;t=1"
    );
    for token in [&one, &one, &other] {
        assert_eq!(tested.get(EVENTS, token).await.status, 200);
    }
    let refused = tested.get(EVENTS, &other).await;
    refused.assert_problem(429, "rate_limited");
    assert_eq!(
        refused.header("ratelimit"),
        "\"key\";r=1;t=1, \"account\";r=0;t=1"
    );
    assert_eq!(refused.header("retry-after"), "1");
    // What concerns no account has no quota of one, and another account is as free as before.
    assert_eq!(tested.get("/v1/auth/introspect", &other).await.status, 200);
    let free = tested.key(Some("globex"), &["audit:read"]).await;
    assert_eq!(
        tested.get("/v1/accounts/globex/events", &free).await.status,
        200
    );
    tested.clock.advance_ms(250);
    let third = tested.key(Some("acme"), &["audit:read"]).await;
    assert_eq!(tested.get(EVENTS, &third).await.status, 200);
    tested
        .get(EVENTS, &third)
        .await
        .assert_problem(429, "rate_limited");
}

#[tokio::test]
async fn events_are_counted_one_by_one_and_nothing_is_half_done() {
    let tested = Tested::with(|config| config.limits.account_events_per_second = Some(10)).await;
    let token = tested
        .key(Some("acme"), &["events:write", "audit:read"])
        .await;
    let stored = async || {
        let page = format!("{EVENTS}?range=all_time&count=true&limit=1&q=action:role.create");
        tested.get(&page, &token).await.json()["count"].clone()
    };
    let path = format!("{EVENTS}?wait=indexed");
    let answer = tested.post(&path, &token, events(7)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    assert_eq!(
        answer.header("ratelimit-policy"),
        "\"account-events\";q=10;w=1;qu=\"events\""
    );
    assert_eq!(answer.header("ratelimit"), "\"account-events\";r=3;t=1");
    let refused = tested.post(&path, &token, events(4)).await;
    refused.assert_problem(429, "rate_limited");
    assert_eq!(stored().await, 7);
    // A batch with a mistake is refused for the mistake and costs nothing.
    let mut wrong = events(3);
    wrong[1] = json!({"action": "Login!"});
    tested
        .post(&path, &token, wrong)
        .await
        .assert_problem(422, "event_invalid");
    assert_eq!(tested.post(&path, &token, events(3)).await.status, 201);
    // More than a second's quota takes a second of rest, and is paid for afterwards.
    tested.clock.advance_ms(1_000);
    assert_eq!(tested.post(&path, &token, events(50)).await.status, 201);
    let refused = tested.post(&path, &token, events(1)).await;
    refused.assert_problem(429, "rate_limited");
    assert_eq!(refused.header("retry-after"), "5");
    tested.clock.advance_ms(4_099);
    tested
        .post(&path, &token, events(1))
        .await
        .assert_problem(429, "rate_limited");
    tested.clock.advance_ms(1);
    assert_eq!(tested.post(&path, &token, events(1)).await.status, 201);
    assert_eq!(stored().await, 61);
}

#[tokio::test]
async fn without_a_limit_nothing_is_announced() {
    let tested = Tested::new().await;
    let token = tested.key(Some("acme"), &["audit:read"]).await;
    let answer = tested.get(EVENTS, &token).await;
    assert!(
        !answer.headers.contains_key("ratelimit")
            && !answer.headers.contains_key("ratelimit-policy")
    );
}

/// An append whose body never comes.
fn never_ending(token: &str) -> Request<Body> {
    let body = stream::pending::<Result<axum::body::Bytes, std::io::Error>>();
    Request::post(EVENTS)
        .header(AUTHORIZATION, format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(Body::from_stream(body))
        .unwrap()
}

#[tokio::test]
async fn one_account_does_not_take_the_places_of_another() {
    let tested = Tested::with(|config| config.limits.requests_max = 6).await;
    let flood = tested
        .key(Some("acme"), &["events:write", "audit:read"])
        .await;
    let calm = tested.key(Some("globex"), &["audit:read"]).await;
    let mut stuck: Vec<_> = (0..3)
        .map(|_| Box::pin(tested.send(never_ending(&flood))))
        .collect();
    for request in &mut stuck {
        assert!(request.now_or_never().is_none(), "it waits for its body");
    }
    tested
        .get(EVENTS, &flood)
        .await
        .assert_problem(503, "overloaded");
    assert_eq!(
        tested.get("/v1/accounts/globex/events", &calm).await.status,
        200
    );
    // A request that is given up gives its place back.
    stuck.pop();
    assert_eq!(tested.get(EVENTS, &flood).await.status, 200);
}

#[tokio::test]
async fn one_account_does_not_take_the_room_for_bodies_of_another() {
    let tested = Tested::with(|config| {
        config.limits.body_bytes_max = 64 * 1024;
        config.limits.bodies_bytes_max = 256 * 1024;
    })
    .await;
    let flood = tested.key(Some("acme"), &["events:write"]).await;
    let calm = tested.key(Some("globex"), &["events:write"]).await;
    // Half of a body each, and then nothing.
    let half = || {
        use futures_util::StreamExt;
        let part = axum::body::Bytes::from(vec![b' '; 60 * 1024]);
        let never = stream::pending::<Result<axum::body::Bytes, std::io::Error>>();
        let body = Body::from_stream(stream::iter([Ok(part)]).chain(never));
        let request = Request::post(EVENTS).header("content-type", "application/json");
        let request = request.header(AUTHORIZATION, format!("Bearer {flood}"));
        request.body(body).unwrap()
    };
    let mut stuck: Vec<_> = (0..2).map(|_| Box::pin(tested.send(half()))).collect();
    for request in &mut stuck {
        assert!(request.now_or_never().is_none(), "it waits for its body");
    }
    let event = json!({"action": "role.create", "description": "x".repeat(8_000)});
    let event = json!([event, event]);
    let refused = tested.post(EVENTS, &flood, event.clone()).await;
    refused.assert_problem(503, "overloaded");
    let taken = tested
        .post("/v1/accounts/globex/events", &calm, event)
        .await;
    assert_eq!(taken.status, 201, "{taken:?}");
}
