//! What every answer has, and what operators and their machines ask.

use axum::{
    body::Body,
    http::{Method, Request},
};
use serde_json::Value;

use crate::harness::{Tested, ask_router, request};

#[tokio::test]
async fn health_says_who_answers() {
    let tested = Tested::new().await;
    let answer = tested
        .send(request(Method::GET, "/healthz", None, None))
        .await;
    assert_eq!(
        (answer.status, answer.json()["instance"].as_str()),
        (200, Some("test.example"))
    );
    let ready = tested
        .send(request(Method::GET, "/readyz", None, None))
        .await;
    assert_eq!(ready.status, 200);
    let router = tested.server.router();
    tested.close().await;
    let asked = request(Method::GET, "/readyz", None, None);
    ask_router(router, asked)
        .await
        .assert_problem(503, "not_ready");
}

#[tokio::test]
async fn every_answer_has_its_headers() {
    let tested = Tested::new().await;
    for path in ["/healthz", "/docs", "/v1/accounts", "/nowhere"] {
        let answer = tested.send(request(Method::GET, path, None, None)).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.header(name), value, "{path} {name}");
        }
        assert!(
            answer
                .header("content-security-policy")
                .starts_with("default-src 'none'"),
            "{path}"
        );
        assert!(!answer.header("x-request-id").is_empty());
    }
}

#[tokio::test]
async fn a_plain_request_id_is_taken_over_and_any_other_replaced() {
    let tested = Tested::new().await;
    let too_long = "x".repeat(129);
    for (sent, kept) in [
        ("req-1:a/b", true),
        ("a b", false),
        ("a\"b", false),
        ("", false),
        (too_long.as_str(), false),
    ] {
        let request = Request::get("/healthz")
            .header("x-request-id", sent)
            .body(Body::empty())
            .unwrap();
        let answer = tested.send(request).await;
        assert_eq!(answer.header("x-request-id") == sent, kept, "{sent}");
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_are_problems() {
    let tested = Tested::new().await;
    let token = tested.key(None, &["audit:read"]).await;
    for path in [
        "/v1",
        "/v1/nothing",
        "/v1/accounts/acme/nothing",
        "/v2/accounts",
        "/v1/accounts/",
    ] {
        tested
            .get(path, &token)
            .await
            .assert_problem(404, "not_found");
    }
    let answer = tested.ask(Method::PUT, "/v1/accounts", &token, None).await;
    answer.assert_problem(405, "method_not_allowed");
    let mut allowed: Vec<&str> = answer.header("allow").split(',').collect();
    allowed.sort_unstable();
    assert_eq!(allowed, ["GET", "HEAD", "POST"]);
    let answer = tested
        .send(request(Method::OPTIONS, "/v1/accounts", None, None))
        .await;
    assert_eq!(
        (answer.status, answer.header("allow")),
        (204, "GET,HEAD,POST")
    );
    tested
        .send(request(Method::OPTIONS, "/nowhere", None, None))
        .await
        .assert_problem(404, "not_found");
}

#[tokio::test]
async fn head_is_get_without_its_body() {
    let tested = Tested::new().await;
    let token = tested.key(None, &["audit:read"]).await;
    let answer = tested.ask(Method::HEAD, "/v1/accounts", &token, None).await;
    assert_eq!((answer.status, answer.body.len()), (200, 0));
}

#[tokio::test]
async fn the_document_describes_every_operation() {
    let tested = Tested::new().await;
    let document = tested
        .send(request(Method::GET, "/openapi.json", None, None))
        .await
        .json();
    assert_eq!(document["openapi"], "3.1.0");
    assert!(
        document["paths"]
            .as_object()
            .unwrap()
            .keys()
            .all(|path| !path.starts_with("/admin"))
    );
    let mut ids = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap_or_default();
            assert!(!id.is_empty(), "{method} {path} has no operationId");
            assert!(
                operation["description"].is_string() || operation["summary"].is_string(),
                "{id}"
            );
            assert_eq!(
                operation["security"].is_array(),
                path.starts_with("/v1"),
                "{id}"
            );
            assert_eq!(
                operation["responses"]["4XX"]["content"]["application/problem+json"]["schema"]["$ref"],
                "#/components/schemas/Problem",
                "{id}"
            );
            ids.push(id.to_owned());
        }
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "operation ids are unique");
    assert_references(&document, &document);
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        // A closed part of a whole refuses the members of the other parts.
        for part in schema["allOf"].as_array().into_iter().flatten() {
            let part = part["$ref"]
                .as_str()
                .and_then(|of| document.pointer(&of[1..]))
                .unwrap_or(part);
            assert_ne!(
                part["additionalProperties"], false,
                "{name} can never be sent"
            );
        }
    }
}

/// Every `$ref` of the document leads somewhere.
#[track_caller]
fn assert_references(document: &Value, value: &Value) {
    match value {
        Value::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                let found = reference
                    .strip_prefix('#')
                    .and_then(|pointer| document.pointer(pointer));
                assert!(found.is_some(), "{reference} leads nowhere");
            }
            members
                .values()
                .for_each(|member| assert_references(document, member));
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| assert_references(document, item)),
        _ => {}
    }
}

#[tokio::test]
async fn the_docs_ask_nobody_else_and_explain_every_problem() {
    let tested = Tested::new().await;
    let answer = tested.send(request(Method::GET, "/docs", None, None)).await;
    let page = String::from_utf8(answer.body.to_vec()).unwrap();
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
    for code in api::ErrorCode::ALL {
        assert!(
            page.contains(&format!("id=\"problem-{}\"", code.as_str())),
            "{code:?}"
        );
    }
    for part in page.split("href=\"#").skip(1) {
        let anchor = part.split('"').next().unwrap();
        assert!(page.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
    let document = tested
        .send(request(Method::GET, "/openapi.json", None, None))
        .await
        .json();
    let mut sections = page.split("<h2 id=\"tag-");
    assert!(!sections.next().unwrap().contains("<h3"));
    let mut shown = 0;
    for section in sections {
        let tag = section.split('"').next().unwrap();
        let operations = section.split("<h2").next().unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let id = operation["operationId"].as_str().unwrap();
                let here = operations.contains(&format!("<h3 id=\"{id}\">"));
                assert_eq!(here, operation["tags"][0] == tag, "{tag}: {method} {path}");
                shown += usize::from(here);
            }
        }
    }
    assert!(shown > 20, "every operation stands under its tag");
    let policy = answer.header("content-security-policy").to_owned();
    assert!(
        policy.contains("style-src 'sha256-") && !policy.contains("unsafe"),
        "{policy}"
    );
}

#[tokio::test]
async fn metrics_count_by_route_and_never_name_an_account() {
    let tested = Tested::new().await;
    let token = tested.key(Some("acme"), &["audit:read"]).await;
    tested.get("/v1/accounts/acme", &token).await;
    tested.get("/v1/accounts/nowhere", &token).await;
    let answer = tested
        .send(request(Method::GET, "/metrics", None, None))
        .await;
    assert!(
        answer
            .header("content-type")
            .starts_with("application/openmetrics-text")
    );
    let text = String::from_utf8(answer.body.to_vec()).unwrap();
    for line in [
        "annals_http_requests_total{method=\"GET\",route=\"/v1/accounts/{account}\",status=\"200\"} 1",
        "annals_http_requests_total{method=\"GET\",route=\"/v1/accounts/{account}\",status=\"404\"} 1",
        "annals_http_requests_in_flight 1",
        "annals_accounts 2",
        "annals_ledger_broken 0",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(!text.contains("acme"));
    assert!(text.ends_with("# EOF\n"));
}
