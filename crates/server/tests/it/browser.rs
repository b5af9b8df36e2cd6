//! A browser: a cookie, a CSRF token, and the headers that pages of our own send.

use axum::{
    body::Body,
    http::{Method, Request},
};
use serde_json::{Value, json};

use crate::harness::{Answer, Tested};

/// The password of everybody.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A browser on the machine of the server, unless its fields are changed.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    /// The address from which it connects.
    pub(crate) peer: String,
    /// The host of the URL.
    pub(crate) host: String,
    /// What every request carries besides.
    pub(crate) headers: Vec<(String, String)>,
    /// Where a request began, as `Sec-Fetch-Site` says it.
    pub(crate) site: Option<&'static str>,
    /// The cookie, `name=value`.
    pub(crate) cookie: Option<String>,
    /// The CSRF token of the session.
    pub(crate) csrf: Option<String>,
}

impl Browser {
    pub(crate) fn new() -> Self {
        Self {
            peer: "127.0.0.1:50000".to_owned(),
            host: "localhost:8420".to_owned(),
            headers: Vec::new(),
            site: Some("same-origin"),
            cookie: None,
            csrf: None,
        }
    }

    /// A browser in another network, behind a proxy that ends TLS and is trusted.
    pub(crate) fn behind_proxy() -> Self {
        Self {
            peer: "10.0.0.1:50000".to_owned(),
            host: "audit.example.com".to_owned(),
            headers: vec![
                ("x-forwarded-proto".to_owned(), "https".to_owned()),
                ("x-forwarded-for".to_owned(), "203.0.113.7".to_owned()),
            ],
            ..Self::new()
        }
    }

    /// A browser in which this person has signed in.
    pub(crate) async fn of(tested: &Tested, email: &str) -> Self {
        let mut browser = Self::new();
        let answer = browser.sign_in(tested, email, PASSWORD).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        browser
    }

    /// Tries to sign in, and keeps the cookie and the token when that succeeds.
    pub(crate) async fn sign_in(&mut self, tested: &Tested, email: &str, password: &str) -> Answer {
        let body = json!({"email": email, "password": password});
        let answer = self.post(tested, "/v1/session", body).await;
        self.keep(&answer);
        answer
    }

    /// Keeps the cookie and the token of a sign-in.
    pub(crate) fn keep(&mut self, answer: &Answer) {
        if answer.status < 300 {
            let set = answer.header("set-cookie");
            self.cookie = set.split(';').next().map(str::to_owned);
            self.csrf = answer.json()["csrf"].as_str().map(str::to_owned);
        }
    }

    pub(crate) async fn get(&self, tested: &Tested, path: &str) -> Answer {
        self.ask(tested, Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, tested: &Tested, path: &str, body: Value) -> Answer {
        self.ask(tested, Method::POST, path, Some(body)).await
    }

    pub(crate) async fn ask(
        &self,
        tested: &Tested,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        tested.send(self.request(method, path, body)).await
    }

    pub(crate) fn request(&self, method: Method, path: &str, body: Option<Value>) -> Request<Body> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", &self.host)
            .extension(server::Peer(self.peer.parse().unwrap()));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(site) = self.site {
            request = request.header("sec-fetch-site", site);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some(csrf) = &self.csrf {
            request = request.header("x-annals-csrf", csrf);
        }
        match body {
            None => request.body(Body::empty()).unwrap(),
            Some(body) => request
                .header("content-type", "application/json")
                .body(Body::from(body.to_string()))
                .unwrap(),
        }
    }
}
