//! Every operation that reads events, as a person asks it: what one is shown must hold for all of them.

use std::collections::BTreeSet;

use axum::{body::Body, http::Method};
use http_body_util::BodyExt;
use serde_json::{Value, json};

use crate::{
    browser::Browser,
    harness::{Answer, Tested, request},
};

/// One way to ask an operation.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// The id of the operation.
    pub(crate) operation: &'static str,
    method: Method,
    path: String,
    body: Option<Value>,
    accept: Option<&'static str>,
}

fn get(operation: &'static str, path: impl Into<String>) -> Reading {
    Reading {
        operation,
        method: Method::GET,
        path: path.into(),
        body: None,
        accept: None,
    }
}

fn post(operation: &'static str, path: &str, body: Value) -> Reading {
    Reading {
        method: Method::POST,
        body: Some(body),
        ..get(operation, path)
    }
}

/// The columns with a name, and one of the metadata.
pub(crate) fn columns() -> Vec<String> {
    let named = index::Column::named().map(|column| column.name());
    named.chain(["metadata.mark".to_owned()]).collect()
}

/// Everything that can be read of the account *acme*, of its events `ids` and its agents `agents` in particular.
pub(crate) fn readings(ids: &[&str], agents: &[&str]) -> Vec<Reading> {
    let mut all = vec![
        get("events.list", "/events?range=all_time&count=true"),
        get("events.list", "/events?range=all_time&order=asc&limit=1"),
        get("events.list", "/events?range=all_time&q=mark"),
        Reading {
            accept: Some("application/x-ndjson"),
            ..get("events.list", "/events?range=all_time")
        },
        get("events.tail", "/events/tail?wait_s=0"),
        Reading {
            accept: Some("text/event-stream"),
            ..get("events.tail", "/events/tail")
        },
        get("catalog.coverage", "/catalog/coverage"),
        get("resources.types", "/resources"),
        get("resources.list", "/resources/agent"),
        get("resources.list", "/resources/agent?prefix=mark"),
        post(
            "events.histogram",
            "/events/histogram",
            json!({"range": "all_time", "interval": "year"}),
        ),
    ];
    for id in ids {
        all.push(get("events.read", format!("/events/{id}")));
    }
    for agent in agents {
        let path = format!("/resources/agent/{agent}/events?range=all_time");
        all.push(get("resources.events", path));
    }
    for column in columns() {
        all.push(get("events.values", format!("/values?column={column}")));
        let body = json!({"range": "all_time", "columns": [column], "size": 100});
        all.push(post("events.facets", "/events/facets", body));
        let body = json!({"range": "all_time", "interval": "year", "split_by": column});
        all.push(post("events.histogram", "/events/histogram", body));
        let exists = json!([{"column": column, "op": "exists"}]);
        let body = json!({"range": "all_time", "count": true, "refine": exists});
        all.push(post("events.search", "/events/search", body));
    }
    all
}

impl Reading {
    /// Asks it; of a stream that does not end the first part is taken.
    pub(crate) async fn ask(&self, tested: &Tested, browser: &Browser) -> Answer {
        let path = format!("/v1/accounts/acme{}", self.path);
        let mut asked = browser.request(self.method.clone(), &path, self.body.clone());
        if let Some(accept) = self.accept {
            let accept = accept.parse().unwrap();
            asked.headers_mut().insert("accept", accept);
        }
        if self.accept != Some("text/event-stream") {
            return tested.send(asked).await;
        }
        let answer = tower::ServiceExt::oneshot(tested.server.router(), asked).await;
        let (parts, mut body): (_, Body) = answer.unwrap().into_parts();
        let frame = body.frame().await.unwrap().unwrap();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: frame.into_data().unwrap(),
        }
    }

    /// How it is told in a failure.
    pub(crate) fn told(&self) -> String {
        let body = self.body.as_ref().map(Value::to_string).unwrap_or_default();
        format!("{} {} {body}", self.operation, self.path)
    }
}

/// Records events in *acme*, which is made with its first owner; returns when they are indexed.
pub(crate) async fn record(tested: &Tested, events: Value) {
    let token = tested.key(Some("acme"), &["events:write"]).await;
    let path = "/v1/accounts/acme/events?wait=indexed";
    let answer = tested.post(path, &token, events).await;
    assert_eq!(answer.json()["waited"], true, "{answer:?}");
}

/// Adds a person to *acme* and signs it in.
pub(crate) async fn member(tested: &Tested, name: &str, more: Value) -> Browser {
    let email = format!("{name}@example.com");
    let mut new = json!({
        "account": "acme", "email": email, "name": name, "password": crate::browser::PASSWORD,
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        new[name.as_str()] = value.clone();
    }
    let added = tested
        .administer(Method::POST, "/admin/members", Some(new))
        .await;
    assert_eq!(added.status, 201, "{added:?}");
    Browser::of(tested, &email).await
}

/// Every operation that reads events has a case in [`readings`].
#[tokio::test]
async fn every_reading_operation_is_asked() {
    let tested = Tested::new().await;
    let document = tested
        .send(request(Method::GET, "/openapi.json", None, None))
        .await
        .json();
    let operations = document["paths"].as_object().unwrap().values();
    // What the catalogue says of the log is read from it, too.
    let mut reads: BTreeSet<String> = operations
        .flat_map(|path| path.as_object().unwrap().values())
        .filter(|operation| {
            let tag = &operation["tags"][0];
            *tag == "events" || *tag == "resources"
        })
        .map(|operation| operation["operationId"].as_str().unwrap().to_owned())
        .filter(|id| id != "events.append")
        .collect();
    reads.insert("catalog.coverage".to_owned());
    let asked: BTreeSet<String> = readings(&["id"], &["a1"])
        .iter()
        .map(|reading| reading.operation.to_owned())
        .collect();
    assert_eq!(asked, reads);
}
