use std::time::Duration;

use api::event::NewEvent;
use api::search::PagedSearch;
use sdk::{Client, Error, Events, Retry, Since};

use crate::scripted::{Answer, Scripted};

const RECEIPT: &str = r#"{"receipts":[{"id":"i","log":"l","index":1,"leaf_hash":"h","received_at":"t","duplicate":true}],"tree_size":2}"#;

fn problem(status: u16, code: &str) -> String {
    format!(
        r#"{{"type":"t","title":"T","status":{status},"detail":"It did not work","code":"{code}","request_id":"r",
            "errors":[{{"index":3,"pointer":"/actor","code":"missing","message":"is required"}}]}}"#
    )
}

fn refuse(status: u16, code: &str) -> Answer {
    Answer::Http(status, "", problem(status, code))
}

fn client(server: &Scripted) -> Client {
    let retry = Retry {
        attempts: 3,
        first_pause: Duration::from_millis(1),
        longest_pause: Duration::from_millis(2),
    };
    Client::builder(&server.url)
        .token("ann_secret")
        .retry(retry)
        .build()
        .expect("a client")
}

fn one_event() -> Events {
    let mut events = Events::new();
    events
        .push(&NewEvent {
            action: "role.create".into(),
            ..NewEvent::default()
        })
        .expect("JSON");
    events
}

#[tokio::test]
async fn an_append_is_sent_again_with_the_same_bytes() {
    for failure in [
        Answer::Http(503, "retry-after: 1\r\n", problem(503, "overloaded")),
        Answer::HangUp,
        Answer::Http(502, "", "<html>bad gateway".into()),
        refuse(429, "rate_limited"),
        refuse(503, "timeout"),
    ] {
        let server = Scripted::start(vec![failure, Answer::Http(201, "", RECEIPT.into())]).await;
        let stored = client(&server)
            .account("acme")
            .append(&one_event())
            .await
            .expect("stored in the end");
        assert!(stored.receipts[0].duplicate);
        let seen = server.seen();
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[0].body, seen[1].body);
        assert!(seen[0].body.starts_with("{\"id\":\""), "{}", seen[0].body);
        assert!(
            seen[0]
                .head
                .starts_with("post /v1/accounts/acme/events http/1.1"),
            "{}",
            seen[0].head
        );
        assert!(seen[0].head.contains("authorization: bearer ann_secret"));
        assert!(seen[0].head.contains("content-type: application/x-ndjson"));
    }
}

#[tokio::test]
async fn what_will_not_change_is_told_at_once() {
    let server = Scripted::start(vec![refuse(422, "event_invalid")]).await;
    let error = client(&server)
        .account("acme")
        .append(&one_event())
        .await
        .expect_err("refused");
    assert_eq!(error.problem().expect("a refusal").status, 422);
    assert_eq!(
        error.to_string(),
        "It did not work (event_invalid)\n  event 3 /actor: is required"
    );
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn attempts_are_bounded_and_the_last_error_is_told() {
    let server = Scripted::start((0..3).map(|_| refuse(503, "overloaded")).collect()).await;
    let error = client(&server)
        .account("acme")
        .append(&one_event())
        .await
        .expect_err("never stored");
    assert_eq!(error.problem().expect("a refusal").status, 503);
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn what_may_have_happened_is_not_done_twice() {
    let account = api::account::NewAccount {
        id: "acme".into(),
        ..Default::default()
    };
    let server = Scripted::start(vec![Answer::HangUp, Answer::HangUp]).await;
    let error = client(&server)
        .create_account(&account)
        .await
        .expect_err("broken");
    assert!(matches!(error, Error::Transport { .. }), "{error:?}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn pages_follow_the_cursor_and_count_once() {
    let page = |next: &str| {
        format!(
            r#"{{"events":[],"next_cursor":{next},"range":{{"from":null,"to":null,"tz":"UTC"}},"count":7,
                "as_of":{{"tree_size":9,"at":"2026-01-01T00:00:00Z"}}}}"#
        )
    };
    let server = Scripted::start(vec![
        Answer::Http(200, "", page("\"c1\"")),
        Answer::Http(200, "", page("null")),
    ])
    .await;
    let client = client(&server);
    let search = PagedSearch {
        count: Some(true),
        limit: Some(5),
        ..PagedSearch::default()
    };
    let mut pages = client.account("acme").pages(search);
    let mut seen = 0;
    while pages.next().await.expect("a page").is_some() {
        seen += 1;
    }
    assert_eq!(seen, 2);
    let bodies: Vec<String> = server
        .seen()
        .into_iter()
        .map(|request| request.body)
        .collect();
    assert_eq!(
        bodies,
        [
            r#"{"count":true,"limit":5}"#,
            r#"{"limit":5,"cursor":"c1"}"#
        ]
    );
}

#[tokio::test]
async fn a_tail_goes_on_where_it_was() {
    let page = |cursor: &str| {
        format!(r#"{{"events":[],"next_cursor":"{cursor}","as_of":{{"tree_size":1,"at":"t"}}}}"#)
    };
    let server = Scripted::start(vec![
        Answer::Http(200, "", page("a")),
        refuse(404, "account_not_found"),
        Answer::Http(200, "", page("b")),
    ])
    .await;
    let client = client(&server);
    let mut tail = client.account("acme").tail(Since::Beginning);
    tail.next().await.expect("a page");
    tail.next().await.expect_err("refused");
    tail.next().await.expect("a page");
    assert_eq!(tail.cursor(), Some("b"));
    let afters: Vec<bool> = server
        .seen()
        .iter()
        .map(|request| request.head.contains("after=a&"))
        .collect();
    assert_eq!(afters, [false, true, true]);
}

#[tokio::test]
async fn no_message_shows_the_token() {
    let server = Scripted::start(vec![]).await;
    let client = client(&server);
    let error = client.health().await.expect_err("nobody listens");
    for text in [
        format!("{client:?}"),
        format!("{error:?}"),
        error.to_string(),
    ] {
        assert!(!text.contains("secret"), "{text}");
    }
    let error = Client::new(&server.url, "ann_\nsecret").expect_err("no token has a line end");
    assert!(!format!("{error:?} {error}").contains("secret"));
}
