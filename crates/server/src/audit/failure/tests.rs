//! Failures of a real instance, provoked, and looked for in its log.

use std::sync::Arc;
use std::time::Duration;

use axum::{
    Router,
    body::Body,
    http::Request,
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::get,
};
use event::{Event, Facets};
use tlog::{EntryKind, LeafIndex};
use tower::ServiceExt;

use super::*;
use crate::{
    Config, Server, SystemClock, SystemRandomness,
    app::App,
    http::{Problem, envelope::envelope},
    limits::NOTICES_MAX,
    reading::ReadingError,
};

async fn server(dir: &tempfile::TempDir) -> Server {
    let mut config = Config::default();
    config.instance.data_dir = dir.path().join("data");
    let (clock, randomness) = (Arc::new(SystemClock), Arc::new(SystemRandomness));
    Server::open(config, clock, randomness).await.unwrap()
}

/// The events of the reserved account with this action, once there are so many.
async fn recorded(app: &App, action: &str, count: usize) -> Vec<Event> {
    let log = app
        .control
        .accounts
        .get(&AccountId::reserved())
        .unwrap()
        .log;
    for _ in 0..500 {
        let entries = app
            .ledger
            .read_range(log, LeafIndex::new(0), 1_000)
            .unwrap();
        let events: Vec<Event> = entries
            .into_iter()
            .filter(|entry| entry.entry.kind == EntryKind::Event)
            .filter_map(|entry| Event::from_facets(&Facets::from_parts(entry.payload?.facets)).ok())
            .filter(|event| event.action == action)
            .collect();
        if events.len() >= count {
            return events;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{action} was not recorded");
}

fn code(event: &Event) -> &str {
    event.outcome.code.as_deref().unwrap()
}

async fn defect() -> Response {
    panic!("a defect")
}

async fn altered() -> Response {
    Problem::from(ReadingError::Altered(LeafIndex::new(7))).into_response()
}

#[tokio::test]
async fn defects_and_altered_entries_are_recorded_by_what_wraps_all_requests() {
    let dir = tempfile::tempdir().unwrap();
    let server = server(&dir).await;
    let app = Arc::clone(&server.app);
    let router = Router::new()
        .route("/defect", get(defect))
        .route("/v1/accounts/{account}/altered", get(altered))
        .layer(from_fn_with_state(Arc::clone(&app), envelope))
        .with_state(Arc::clone(&app));
    for path in [
        "/defect",
        "/v1/accounts/annals/altered",
        "/v1/accounts/annals/altered",
    ] {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let answer = router.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), 500, "{path}");
    }
    let defects = recorded(&app, "system.error", 1).await;
    assert_eq!(code(&defects[0]), "defect");
    assert_eq!(defects[0].metadata["route"], "/defect");
    assert_eq!(defects[0].actor.display(), "Annals");
    assert_eq!(defects[0].category, "System");
    let failed = recorded(&app, "system.verification_failed", 1).await;
    assert_eq!((failed.len(), code(&failed[0])), (1, "verification_failed"));
    assert_eq!(failed[0].metadata["index"], 7);
    assert!(
        failed[0]
            .outcome
            .reason
            .as_deref()
            .unwrap()
            .contains("does not match")
    );
    server.close().await.unwrap();
}

#[tokio::test]
async fn notices_that_were_lost_are_recorded_once_there_is_room() {
    let dir = tempfile::tempdir().unwrap();
    let server = server(&dir).await;
    let app = Arc::clone(&server.app);
    // The recorder shares this thread, so nothing is taken until the next await.
    for _ in 0..NOTICES_MAX + 500 {
        app.audit.failed(Failed {
            account: AccountId::reserved(),
            what: Failure::IndexCaughtUp,
            at_ms: 1,
        });
    }
    assert!(app.audit.lost().get() >= 500);
    recorded(&app, "system.recovered", 1).await;
    server.look_around();
    let lost = recorded(&app, "system.error", 1).await;
    assert_eq!(code(&lost[0]), "notices_lost");
    assert!(lost[0].metadata["count"].as_u64().unwrap() >= 500);
    server.close().await.unwrap();
}

#[test]
fn every_failure_says_what_is_wrong_and_every_recovery_is_a_success() {
    let account = AccountId::reserved();
    for (what, code) in [
        (Failure::DiskLow { free: 1, least: 2 }, Some("disk_low")),
        (Failure::DiskFine { free: 3 }, None),
        (Failure::ClockBack { seconds: 1 }, Some("clock_went_back")),
        (Failure::ClockAhead { seconds: 1 }, Some("clock_jumped")),
        (
            Failure::EventsAhead {
                seconds: 1,
                producer: None,
            },
            Some("events_ahead"),
        ),
        (Failure::IndexBehind { entries: 1 }, Some("index_behind")),
        (Failure::IndexCaughtUp, None),
        (
            Failure::UncleanStop {
                started_at: "x".to_owned(),
            },
            Some("unclean_stop"),
        ),
    ] {
        let failed = Failed {
            account: account.clone(),
            what,
            at_ms: 1,
        };
        let (_, sentence) = of_failure(&failed);
        let outcome = &sentence.event["outcome"];
        assert_eq!(outcome["code"].as_str(), code, "{failed:?}");
        assert_eq!(
            outcome["result"],
            if code.is_some() { "error" } else { "success" }
        );
        assert_eq!(outcome["reason"].is_string(), code.is_some());
        assert_eq!(sentence.event["actor"]["type"], "system");
    }
}
