//! A server on a temporary directory, with a clock and randomness of its own.

use std::sync::{Arc, Mutex};

use api::account::NewAccount;
use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Method, Request, header::AUTHORIZATION},
};
use serde_json::{Value, json};
use server::{
    Config, Principal, Randomness, Server,
    admin::{AccountRequest, KeyRequest},
};
use tempfile::TempDir;
use testkit::{clock::ManualClock, seed::Seed};
use tower::ServiceExt;

/// Random bytes that are the same in every run.
pub(crate) struct Seeded(Mutex<Seed>);

impl Seeded {
    pub(crate) fn new(number: u64) -> Arc<Self> {
        Arc::new(Self(Mutex::new(Seed::new(number))))
    }
}

impl Randomness for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        let mut seed = self.0.lock().unwrap();
        for byte in bytes {
            *byte = seed.bytes::<1>()[0];
        }
    }
}

/// A server without doors.
pub(crate) struct Tested {
    pub(crate) server: Server,
    pub(crate) clock: Arc<ManualClock>,
    router: Router,
    dir: TempDir,
}

/// The configuration of a server in `dir`, on a free port.
pub(crate) fn config_in(dir: &TempDir) -> Config {
    let mut config = Config::default();
    config.instance.data_dir = dir.path().join("data");
    config.instance.instance_name = Some("test.example".to_owned());
    config.listen.address = "127.0.0.1:0".parse().unwrap();
    config
}

impl Tested {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A server whose configuration was changed.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut config = config_in(&dir);
        change(&mut config);
        let clock = Arc::new(ManualClock::new());
        let server = Server::open(config, Arc::clone(&clock) as _, Seeded::new(1))
            .await
            .unwrap();
        Self {
            router: server.router(),
            server,
            clock,
            dir,
        }
    }

    /// A server that is told by `probe` how many bytes are free.
    pub(crate) async fn watching(
        probe: Arc<dyn server::DiskProbe>,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut config = config_in(&dir);
        change(&mut config);
        let clock = Arc::new(ManualClock::new());
        let server = Server::open_watching(config, Arc::clone(&clock) as _, Seeded::new(1), probe)
            .await
            .unwrap();
        Self {
            router: server.router(),
            server,
            clock,
            dir,
        }
    }

    /// A server on what another one left.
    pub(crate) async fn on(dir: TempDir, seed: u64) -> Self {
        let clock = Arc::new(ManualClock::new());
        let server = Server::open(config_in(&dir), Arc::clone(&clock) as _, Seeded::new(seed))
            .await
            .unwrap();
        Self {
            router: server.router(),
            server,
            clock,
            dir,
        }
    }

    /// Its configuration, for a second server on the same directory.
    pub(crate) fn config(&self) -> Config {
        config_in(&self.dir)
    }

    /// Stops the server and gives back its directory.
    pub(crate) async fn close(self) -> TempDir {
        drop(self.router);
        self.server.close().await.unwrap();
        self.dir
    }

    /// Creates an account.
    pub(crate) async fn account(&self, id: &str) {
        let new = NewAccount {
            id: id.to_owned(),
            ..NewAccount::default()
        };
        let request = AccountRequest::try_from(new).unwrap();
        self.server
            .instance()
            .create_account(request, &Principal::Operator)
            .await
            .unwrap();
    }

    /// Creates a key and gives its token.
    pub(crate) async fn key(&self, account: Option<&str>, permissions: &[&str]) -> String {
        self.key_with(json!({ "account": account, "name": "test", "permissions": permissions }))
            .await
            .token
    }

    /// Creates a key as the administration socket would.
    pub(crate) async fn key_with(&self, new: Value) -> api::key::CreatedKey {
        let now_ms = server::Clock::now_ms(&*self.clock);
        let request = KeyRequest::of_admin(serde_json::from_value(new).unwrap(), now_ms).unwrap();
        self.server
            .instance()
            .create_key(request, &Principal::Operator)
            .await
            .unwrap()
    }

    /// Makes a person the owner of accounts that exist; the first of them makes the person.
    pub(crate) async fn person(&self, email: &str, accounts: &[&str]) {
        for (n, account) in accounts.iter().enumerate() {
            let new = json!({
                "account": account,
                "email": email,
                "name": email.split('@').next(),
                "password": (n == 0).then_some(crate::browser::PASSWORD),
            });
            let added = self
                .administer(Method::POST, "/admin/members", Some(new))
                .await;
            assert_eq!(added.status, 201, "{added:?}");
        }
    }

    /// Makes a new person a member of an account, with a role and what else is said, and gives its id.
    pub(crate) async fn member(
        &self,
        email: &str,
        account: &str,
        role: &str,
        more: Value,
    ) -> String {
        let mut new = json!({
            "account": account,
            "email": email,
            "name": email.split('@').next(),
            "password": crate::browser::PASSWORD,
            "role": role,
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            new[name] = value.clone();
        }
        let path = "/admin/members";
        let added = self.administer(Method::POST, path, Some(new)).await;
        assert_eq!(added.status, 201, "{added:?}");
        added.json()["id"].as_str().unwrap().to_owned()
    }

    /// Makes a role as the administration socket would, and gives its id.
    pub(crate) async fn role(&self, account: &str, name: &str, permissions: &[&str]) -> String {
        self.role_that_hides(account, name, permissions, &[]).await
    }

    /// As [`Self::role`], with facets that its members do not see.
    pub(crate) async fn role_that_hides(
        &self,
        account: &str,
        name: &str,
        permissions: &[&str],
        hide: &[&str],
    ) -> String {
        let new = json!({"name": name, "permissions": permissions, "hide": hide});
        let path = format!("/admin/roles/{account}");
        let made = self.administer(Method::POST, &path, Some(new)).await;
        assert_eq!(made.status, 201, "{made:?}");
        made.json()["id"].as_str().unwrap().to_owned()
    }

    /// Sends a request to the public routes.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        ask_router(self.router.clone(), request).await
    }

    /// Sends a request to the administration socket's routes.
    pub(crate) async fn administer(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        ask_router(
            self.server.admin_router(),
            request(method, path, None, body),
        )
        .await
    }

    /// Sends a request with a token and a JSON body.
    pub(crate) async fn ask(
        &self,
        method: Method,
        path: &str,
        token: &str,
        body: Option<Value>,
    ) -> Answer {
        self.send(request(method, path, Some(token), body)).await
    }

    pub(crate) async fn get(&self, path: &str, token: &str) -> Answer {
        self.ask(Method::GET, path, token, None).await
    }

    pub(crate) async fn post(&self, path: &str, token: &str, body: Value) -> Answer {
        self.ask(Method::POST, path, token, Some(body)).await
    }
}

/// A request, with a token when there is one and a JSON body when there is one.
pub(crate) fn request(
    method: Method,
    path: &str,
    token: Option<&str>,
    body: Option<Value>,
) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(token) = token {
        request = request.header(AUTHORIZATION, format!("Bearer {token}"));
    }
    match body {
        None => request.body(Body::empty()).unwrap(),
        Some(body) => request
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .unwrap(),
    }
}

/// Sends a request to a router.
pub(crate) async fn ask_router(router: Router, request: Request<Body>) -> Answer {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, 64 * 1024 * 1024).await.unwrap();
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body,
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Asserts that this is a problem with this status and code, complete as the contract says.
    #[track_caller]
    pub(crate) fn assert_problem(&self, status: u16, code: &str) -> Value {
        let problem = self.json();
        assert_eq!(
            (self.status, problem["code"].as_str()),
            (status, Some(code)),
            "{problem}"
        );
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], format!("/docs#problem-{code}"));
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        assert!(
            problem["title"]
                .as_str()
                .is_some_and(|title| !title.is_empty())
        );
        assert!(
            problem["detail"]
                .as_str()
                .is_some_and(|detail| !detail.is_empty())
        );
        let retries = matches!(status, 408 | 429 | 503);
        assert_eq!(
            self.headers.contains_key("retry-after"),
            retries,
            "{problem}"
        );
        assert_eq!(
            self.headers.contains_key("www-authenticate"),
            status == 401,
            "{problem}"
        );
        problem
    }

    /// As [`Self::assert_problem`], with the pointer of the first wrong thing.
    #[track_caller]
    pub(crate) fn assert_problem_at(&self, status: u16, code: &str, pointer: &str) {
        let problem = self.assert_problem(status, code);
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
}
