//! `[bootstrap]` is applied at every start, and nothing happens twice.

use std::{os::unix::fs::PermissionsExt, sync::Arc};

use server::{Config, Server, StartError, config::BootstrapAccount};
use tempfile::TempDir;
use testkit::clock::ManualClock;

use crate::harness::{Seeded, config_in, request};

fn config(dir: &TempDir) -> Config {
    let mut config = config_in(dir);
    config.bootstrap.key_file = Some(dir.path().join("owner.token"));
    config.bootstrap.accounts = vec![
        BootstrapAccount {
            id: "acme".into(),
            name: Some("Acme Inc.".into()),
        },
        BootstrapAccount {
            id: "globex".into(),
            name: None,
        },
    ];
    config
}

async fn open(config: Config, seed: u64) -> Result<Server, StartError> {
    Server::open(config, Arc::new(ManualClock::new()), Seeded::new(seed)).await
}

#[tokio::test]
async fn accounts_and_the_owners_key_are_made_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut tokens = Vec::new();
    for seed in 1..=3 {
        let server = open(config(&dir), seed).await.unwrap();
        let accounts = server.instance().accounts(None, 10);
        assert_eq!(accounts.len(), 3);
        assert_eq!(accounts[0].settings.name, "Acme Inc.");
        assert_eq!(server.instance().keys(None, None, 10).len(), 1);
        let token = std::fs::read_to_string(dir.path().join("owner.token")).unwrap();
        let asked = request(
            axum::http::Method::GET,
            "/v1/accounts",
            Some(token.trim()),
            None,
        );
        assert_eq!(
            tower::ServiceExt::oneshot(server.router(), asked)
                .await
                .unwrap()
                .status()
                .as_u16(),
            200
        );
        tokens.push(token);
        server.close().await.unwrap();
    }
    assert!(tokens.windows(2).all(|pair| pair[0] == pair[1]));
    let mode = std::fs::metadata(dir.path().join("owner.token"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn a_token_from_another_installation_is_let_in() {
    let first = tempfile::tempdir().unwrap();
    open(config(&first), 1)
        .await
        .unwrap()
        .close()
        .await
        .unwrap();
    let second = tempfile::tempdir().unwrap();
    std::fs::copy(
        first.path().join("owner.token"),
        second.path().join("owner.token"),
    )
    .unwrap();
    let server = open(config(&second), 2).await.unwrap();
    let token = std::fs::read_to_string(second.path().join("owner.token")).unwrap();
    let asked = request(
        axum::http::Method::GET,
        "/v1/auth/introspect",
        Some(token.trim()),
        None,
    );
    assert_eq!(
        tower::ServiceExt::oneshot(server.router(), asked)
            .await
            .unwrap()
            .status()
            .as_u16(),
        200
    );
    server.close().await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_applied_stops_the_start_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let mut wrong = config(&dir);
    std::fs::write(dir.path().join("owner.token"), "hunter2\n").unwrap();
    let refused = open(wrong.clone(), 1).await.err().unwrap();
    let text = std::error::Error::source(&refused).unwrap().to_string();
    assert!(
        text.contains("owner.token holds no token") && !text.contains("hunter2"),
        "{text}"
    );
    wrong.bootstrap.key_file = None;
    wrong.bootstrap.accounts.push(BootstrapAccount {
        id: "ACME".into(),
        name: None,
    });
    let refused = open(wrong, 1).await.err().unwrap();
    assert_eq!(
        std::error::Error::source(&refused).unwrap().to_string(),
        "cannot make the account ACME"
    );
}

#[tokio::test]
async fn another_instance_name_and_a_second_process_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let server = open(config(&dir), 1).await.unwrap();
    let refused = open(config(&dir), 2).await.err().unwrap();
    assert!(refused.is_locked(), "{refused:?}");
    server.close().await.unwrap();
    let mut renamed = config(&dir);
    renamed.instance.instance_name = Some("other.example".to_owned());
    let refused = open(renamed, 3).await.err().unwrap();
    assert_eq!(
        refused.to_string(),
        "the data directory belongs to the instance test.example, not to other.example"
    );
    let mut unnamed = config(&dir);
    unnamed.instance.instance_name = None;
    open(unnamed, 4).await.unwrap().close().await.unwrap();
}
