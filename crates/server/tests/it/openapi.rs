//! The document that clients and the dashboard's types are made from stands in the repository.

use axum::http::Method;
use serde_json::Value;

use crate::harness::{Tested, request};

/// Written by `UPDATE_OPENAPI=1 cargo test -p server --test it openapi`.
#[tokio::test]
async fn the_openapi_document_in_the_repository_is_the_one_that_is_served() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let tested = Tested::new().await;
    let served = tested
        .send(request(Method::GET, "/openapi.json", None, None))
        .await;
    let served: Value = serde_json::from_slice(&served.body).unwrap();
    let mut text = serde_json::to_string_pretty(&served).unwrap();
    text.push('\n');
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == text,
        "docs/openapi.json is not what the server serves; write it anew: \
         UPDATE_OPENAPI=1 cargo test -p server --test it openapi"
    );
}
