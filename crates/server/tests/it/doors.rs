//! Real connections: the public door, the administration socket, and the way out.

use std::{os::unix::fs::PermissionsExt, sync::Arc};

use server::{Running, SystemClock, SystemRandomness};
use tempfile::TempDir;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, pem::PemObject},
    },
};

use crate::harness::config_in;

async fn serve(change: impl FnOnce(&mut server::Config)) -> (Running, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let mut config = config_in(&dir);
    change(&mut config);
    let running = server::start(config, Arc::new(SystemClock), Arc::new(SystemRandomness))
        .await
        .unwrap();
    (running, dir)
}

/// Sends `text` and reads until the other side closes or resets.
async fn talk(mut stream: impl AsyncRead + AsyncWrite + Unpin, text: &str) -> String {
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: annals\r\nconnection: close\r\n\r\n")
}

#[tokio::test]
async fn both_doors_answer_and_close() {
    let (running, dir) = serve(|_| {}).await;
    assert!(!running.has_keys());
    assert!(!running.is_tls());
    let public = TcpStream::connect(running.address()).await.unwrap();
    let answer = talk(public, &get("/readyz")).await;
    assert!(
        answer.starts_with("HTTP/1.1 200 OK") && answer.contains("test.example"),
        "{answer}"
    );

    let socket = dir.path().join("data").join(server::ADMIN_SOCKET);
    assert_eq!(
        std::fs::metadata(&socket).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let body = r#"{"account":"acme","name":"ops","permissions":["audit:read"]}"#;
    let post = format!(
        "POST /admin/keys HTTP/1.1\r\nhost: annals\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = talk(UnixStream::connect(&socket).await.unwrap(), &post).await;
    assert!(
        answer.starts_with("HTTP/1.1 201 Created") && answer.contains("ann_"),
        "{answer}"
    );
    assert!(running.has_keys());

    let address = running.address();
    running.stop().await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_head_that_does_not_come_is_given_up() {
    let (running, _dir) = serve(|config| config.limits.header_timeout_s = 1).await;
    let slow = TcpStream::connect(running.address()).await.unwrap();
    let answer = talk(slow, "GET /healthz HTTP/1.1\r\nhost: annals\r\n").await;
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 408"),
        "{answer}"
    );
    running.stop().await.unwrap();
}

#[tokio::test]
async fn a_request_that_was_begun_is_answered_before_the_server_stops() {
    let (running, _dir) = serve(|_| {}).await;
    let mut begun = TcpStream::connect(running.address()).await.unwrap();
    let head = "POST /v1/accounts HTTP/1.1\r\nhost: annals\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\
                authorization: Bearer x\r\n\r\n";
    let answer = talk(
        TcpStream::connect(running.address()).await.unwrap(),
        &get("/healthz"),
    )
    .await;
    assert!(answer.contains("200 OK"));
    begun.write_all(head.as_bytes()).await.unwrap();
    let mut first = [0; 12];
    begun.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 401");
    running.stop().await.unwrap();
}

#[tokio::test]
async fn an_address_that_is_taken_stops_the_start_by_name() {
    let (running, _dir) = serve(|_| {}).await;
    let other = tempfile::tempdir().unwrap();
    let mut config = config_in(&other);
    config.listen.address = running.address();
    let refused = server::start(config, Arc::new(SystemClock), Arc::new(SystemRandomness))
        .await
        .err()
        .unwrap();
    assert_eq!(
        refused.to_string(),
        format!("cannot listen on {}", running.address())
    );
    running.stop().await.unwrap();
}

#[tokio::test]
async fn certificates_that_cannot_be_used_stop_the_start_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let mut config = config_in(&dir);
    let file = dir.path().join("cert.pem");
    config.tls.cert = Some(file.clone());
    config.tls.key = Some(file.clone());
    for text in [None, Some("no certificate")] {
        if let Some(text) = text {
            std::fs::write(&file, text).unwrap();
        }
        let started = server::start(
            config.clone(),
            Arc::new(SystemClock),
            Arc::new(SystemRandomness),
        )
        .await;
        let refused = started.err().unwrap();
        let source = std::error::Error::source(&refused).unwrap().to_string();
        assert!(source.contains("cert.pem"), "{source}");
    }
}

const CERT: &[u8] = include_bytes!("tls/cert.pem");
const KEY: &[u8] = include_bytes!("tls/key.pem");

fn connector() -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(CERT).unwrap())
        .unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

/// What a page of our own sends to sign in.
fn sign_in(host: &str) -> String {
    let body = format!(
        r#"{{"email":"lily@example.com","password":"{}"}}"#,
        crate::browser::PASSWORD
    );
    format!(
        "POST /v1/session HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

async fn add_lily(running: &Running) {
    let by = server::Principal::Operator;
    let new = serde_json::json!({
        "name": "Lily", "email": "lily@example.com", "password": crate::browser::PASSWORD,
    });
    let new: api::session::NewOwner = serde_json::from_value(new).unwrap();
    let request = server::admin::OwnerRequest::try_from(new).unwrap();
    running.instance().make_owner(request, &by).await.unwrap();
}

#[tokio::test]
async fn a_cookie_over_tls_is_bound_to_the_host_and_one_on_the_machine_is_not_secure() {
    let files = tempfile::tempdir().unwrap();
    let (cert, key) = (files.path().join("cert.pem"), files.path().join("key.pem"));
    std::fs::write(&cert, CERT).unwrap();
    std::fs::write(&key, KEY).unwrap();
    let (running, _dir) = serve(|config| {
        config.tls.cert = Some(cert);
        config.tls.key = Some(key);
    })
    .await;
    add_lily(&running).await;
    let tcp = TcpStream::connect(running.address()).await.unwrap();
    let tls = connector()
        .connect("localhost".try_into().unwrap(), tcp)
        .await
        .unwrap();
    let answer = talk(tls, &sign_in("audit.example.com")).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(
        answer.contains("set-cookie: __Host-annals=ans_"),
        "{answer}"
    );
    let attributes = "; Max-Age=604800; Path=/; HttpOnly; SameSite=Strict; Secure\r\n";
    assert!(answer.contains(attributes), "{answer}");
    running.stop().await.unwrap();

    let (running, dir) = serve(|_| {}).await;
    add_lily(&running).await;
    let local = TcpStream::connect(running.address()).await.unwrap();
    let answer = talk(local, &sign_in("localhost")).await;
    assert!(answer.contains("set-cookie: annals_dev=ans_"), "{answer}");
    assert!(answer.contains("; SameSite=Strict\r\n"), "{answer}");
    let named = TcpStream::connect(running.address()).await.unwrap();
    let answer = talk(named, &sign_in("audit.example.com")).await;
    assert!(answer.contains("plain_http_refused"), "{answer}");
    let socket = dir.path().join("data").join(server::ADMIN_SOCKET);
    let answer = talk(
        UnixStream::connect(&socket).await.unwrap(),
        &sign_in("localhost"),
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    running.stop().await.unwrap();
}

#[tokio::test]
async fn tls_answers_and_plain_http_does_not() {
    let files = tempfile::tempdir().unwrap();
    let (cert, key) = (files.path().join("cert.pem"), files.path().join("key.pem"));
    std::fs::write(&cert, CERT).unwrap();
    std::fs::write(&key, KEY).unwrap();
    let (running, _dir) = serve(|config| {
        config.tls.cert = Some(cert);
        config.tls.key = Some(key);
    })
    .await;
    assert!(running.is_tls());
    let tcp = TcpStream::connect(running.address()).await.unwrap();
    let tls = connector()
        .connect("localhost".try_into().unwrap(), tcp)
        .await
        .unwrap();
    let answer = talk(tls, &get("/healthz")).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(
        answer.contains("strict-transport-security: max-age=31536000"),
        "{answer}"
    );
    let plain = talk(
        TcpStream::connect(running.address()).await.unwrap(),
        &get("/healthz"),
    )
    .await;
    assert!(!plain.contains("HTTP/1.1 200"), "{plain}");
    running.stop().await.unwrap();
}
