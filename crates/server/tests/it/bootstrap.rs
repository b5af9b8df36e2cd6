//! `[bootstrap]` is applied at every start, and nothing happens twice.

use std::{os::unix::fs::PermissionsExt, sync::Arc};

use server::{
    Config, Server, StartError,
    config::{BootstrapAccount, BootstrapOwner},
};
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

#[tokio::test]
async fn the_owner_is_made_while_nobody_can_sign_in_and_never_again() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("owner.password");
    let with_owner = || {
        let mut config = config(&dir);
        config.bootstrap.owner = BootstrapOwner::Person {
            email: "lily@example.com".to_owned(),
            name: Some("Lily Ari".to_owned()),
            password_file: file.clone(),
        };
        config
    };
    let server = open(with_owner(), 1).await.unwrap();
    assert_eq!(server.setup_code(), None);
    let members = server.instance().members(None);
    let of: Vec<&str> = members
        .iter()
        .map(|member| member.account.as_str())
        .collect();
    assert_eq!(of, ["acme", "annals", "globex"]);
    assert!(
        members
            .iter()
            .all(|member| member.operator && member.name == "Lily Ari")
    );
    let password = std::fs::read_to_string(&file).unwrap();
    assert_eq!(password.trim().len(), 19, "four groups of four letters");
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let by = server::Principal::Operator;
    let lily = members[0].id.clone();
    for account in ["annals", "globex"] {
        let account = account.parse().unwrap();
        let removed = server.instance().remove_member(&account, &lily, &by);
        removed.await.unwrap();
    }
    server.close().await.unwrap();

    std::fs::write(&file, "short\n").unwrap();
    let server = open(with_owner(), 2).await.unwrap();
    assert_eq!(server.instance().members(None).len(), 1);
    server.close().await.unwrap();

    let fresh = tempfile::tempdir().unwrap();
    let mut config = with_owner();
    config.instance.data_dir = fresh.path().join("data");
    let refused = open(config, 3).await.err().unwrap();
    let why = std::error::Error::source(&refused).unwrap();
    assert_eq!(why.to_string(), "cannot make the owner");
}
