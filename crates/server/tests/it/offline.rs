//! A closed data directory: checked, and its index built again.

use std::{fs, sync::Arc};

use axum::http::Method;
use serde_json::json;
use server::{SystemClock, SystemRandomness, offline};

use crate::harness::{Tested, config_in};

#[tokio::test]
async fn fsck_finds_nothing_wrong_and_then_the_bit_that_was_turned() {
    let tested = Tested::new().await;
    let token = tested.key(Some("acme"), &["events:write"]).await;
    let events: Vec<_> = (0..10)
        .map(|n| json!({"action": "user.login", "actor": {"type": "user", "id": n.to_string()}}))
        .collect();
    let answer = tested
        .post("/v1/accounts/acme/events", &token, json!(events))
        .await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let dir = tested.close().await;
    let config = config_in(&dir);

    let mut told = (0, 0);
    let report = offline::fsck(&config, &mut |done, of| told = (done, of)).unwrap();
    assert!(report.is_clean(), "{:?}", report.problems);
    let acme = report
        .logs
        .iter()
        .find(|log| log.origin.ends_with("/a/acme"))
        .unwrap();
    assert!(acme.size.get() >= 11);
    assert!(told.0 <= told.1);

    let victim = largest(&config.instance.data_dir.join("journal"));
    let mut bytes = fs::read(&victim).unwrap();
    let written = bytes.iter().rposition(|byte| *byte != 0).unwrap();
    bytes[written / 2] ^= 1;
    fs::write(&victim, bytes).unwrap();
    let report = offline::fsck(&config, &mut |_, _| {}).unwrap();
    assert!(!report.is_clean());
}

/// The largest file below `dir`.
fn largest(dir: &std::path::Path) -> std::path::PathBuf {
    let mut files = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(dir).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                open.push(entry.path());
            } else {
                files.push((entry.metadata().unwrap().len(), entry.path()));
            }
        }
    }
    files.into_iter().max().unwrap().1
}

#[tokio::test]
async fn an_index_that_was_removed_is_built_again() {
    let tested = Tested::new().await;
    let token = tested
        .key(Some("acme"), &["events:write", "audit:read"])
        .await;
    let event = json!({"action": "user.login", "actor": {"type": "user", "id": "usr_1"}});
    tested.post("/v1/accounts/acme/events", &token, event).await;
    let dir = tested.close().await;
    let config = config_in(&dir);
    fs::remove_dir_all(config.instance.data_dir.join("index")).unwrap();
    let clock = Arc::new(SystemClock);
    let told = std::sync::Mutex::new((0, 0));
    let progress = |done, of| *told.lock().unwrap() = (done, of);
    let events = offline::reindex(&config, clock, Arc::new(SystemRandomness), &progress)
        .await
        .unwrap();
    let (done, of) = *told.lock().unwrap();
    assert_eq!(done, of);
    // One event, and those of the log about itself: the accounts and the key that were made.
    assert!(events >= 2, "{events}");

    let server = server::Server::open(config, Arc::new(SystemClock), Arc::new(SystemRandomness))
        .await
        .unwrap();
    let path = "/v1/accounts/acme/events?range=all_time&q=action:user.login";
    let asked = crate::harness::request(Method::GET, path, Some(&token), None);
    let response = tower::ServiceExt::oneshot(server.router(), asked)
        .await
        .unwrap();
    let body = axum::body::to_bytes(response.into_body(), 1 << 20)
        .await
        .unwrap();
    let page: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(page["events"].as_array().unwrap().len(), 1, "{page}");
    server.close().await.unwrap();
}

#[tokio::test]
async fn a_directory_in_use_is_left_alone() {
    let tested = Tested::new().await;
    let config = tested.config();
    let refused = offline::fsck(&config, &mut |_, _| {}).err().unwrap();
    assert!(refused.is_locked() && !refused.is_damage());
    let refused = offline::reindex(
        &config,
        Arc::new(SystemClock),
        Arc::new(SystemRandomness),
        &|_, _| {},
    )
    .await;
    assert!(refused.err().unwrap().is_locked());
    assert!(config.instance.data_dir.join("index").exists());
}
