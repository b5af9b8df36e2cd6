//! A real server on a fresh directory, stopped when the test ends.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;

/// How long a start may take on a loaded machine before the test gives up.
const START_LIMIT: Duration = Duration::from_mins(1);

/// The binary under test.
pub(crate) fn annals() -> Command {
    let binary =
        std::env::var_os("ANNALS_BINARY").unwrap_or_else(|| env!("CARGO_BIN_EXE_annals").into());
    let mut command = Command::new(binary);
    command
        .env_remove("ANNALS_TOKEN")
        .env_remove("ANNALS_URL")
        .env_remove("ANNALS_ACCOUNT");
    command
}

/// A running server with one account, `acme`, and a key that may do everything in it.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
    pub(crate) token: String,
    directory: tempfile::TempDir,
    agent: ureq::Agent,
}

/// What the server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) headers: ureq::http::HeaderMap,
}

impl Answer {
    /// The body of an answer that must be a success.
    pub(crate) fn ok(self) -> Value {
        assert!(
            (200..300).contains(&self.status),
            "{} {}",
            self.status,
            self.body
        );
        self.body
    }

    /// The code of the problem and the first place it names, of an answer that must have `status`.
    pub(crate) fn problem(&self, status: u16) -> (&str, &str) {
        assert_eq!(self.status, status, "{}", self.body);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        assert_eq!(self.body["status"], status);
        assert_eq!(
            self.headers["x-request-id"].to_str().unwrap(),
            self.body["request_id"]
        );
        (
            self.body["code"].as_str().unwrap(),
            self.body["errors"][0]["pointer"]
                .as_str()
                .unwrap_or_default(),
        )
    }
}

/// Makes a key over a closed directory.
pub(crate) fn make_key(directory: &Path, account: Option<&str>, permissions: &str) -> String {
    let mut command = annals();
    command
        .args([
            "admin",
            "key",
            "create",
            "--json",
            "--permissions",
            permissions,
            "--data-dir",
        ])
        .arg(directory);
    if let Some(account) = account {
        command.args(["--account", account]);
    }
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let key: Value = serde_json::from_slice(&output.stdout).unwrap();
    key["token"].as_str().unwrap().to_owned()
}

impl Server {
    /// Starts a server whose account `acme` has no event of a product yet.
    pub(crate) fn start() -> Self {
        Self::start_with(|_| Vec::new())
    }

    /// Starts with the further arguments of `serve` that `prepare` returns, which has the closed directory before.
    pub(crate) fn start_with(prepare: impl FnOnce(&Path) -> Vec<String>) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let data = directory.path().join("data");
        let token = make_key(
            &data,
            Some("acme"),
            "audit:read,events:write,keys:write,accounts:write",
        );
        let arguments = prepare(&data);
        let mut child = annals()
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(&data)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let url = announced_url(&mut child);
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .new_agent();
        Self {
            child,
            url,
            token,
            directory,
            agent,
        }
    }

    /// The directory that holds everything of the server.
    pub(crate) fn data(&self) -> std::path::PathBuf {
        self.directory.path().join("data")
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.get_as(Some(&self.token), path)
    }

    pub(crate) fn get_as(&self, token: Option<&str>, path: &str) -> Answer {
        let mut request = self.agent.get(format!("{}{path}", self.url));
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        answer(request.call().unwrap())
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_bytes(
            Some(&self.token),
            path,
            &[("content-type", "application/json")],
            body.to_string().as_bytes(),
        )
    }

    pub(crate) fn post_bytes(
        &self,
        token: Option<&str>,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let mut request = self.agent.post(format!("{}{path}", self.url));
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(request.send(body).unwrap())
    }

    /// Records events of the account and waits until a search finds them; returns the answer.
    pub(crate) fn record(&self, events: &Value) -> Value {
        let answer = self
            .post("/v1/accounts/acme/events?wait=indexed", events)
            .ok();
        assert_eq!(answer["waited"], true, "{answer}");
        answer
    }

    /// All events that a search in the account finds, page by page.
    pub(crate) fn search(&self, mut terms: Value) -> Vec<Value> {
        let mut events = Vec::new();
        loop {
            let page = self.post("/v1/accounts/acme/events/search", &terms).ok();
            events.extend(page["events"].as_array().unwrap().iter().cloned());
            match &page["next_cursor"] {
                Value::Null => return events,
                cursor => terms["cursor"] = cursor.clone(),
            }
        }
    }

    /// What products recorded in the account, newest first: everything but the audit log's own events.
    pub(crate) fn of_products(&self) -> Vec<Value> {
        let mut events = self.search(serde_json::json!({"range": "all_time", "limit": 1000}));
        // What Annals records about itself, its failures included, says who sent it.
        events.retain(|event| event["producer"]["name"] != "annals");
        events
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The process is ours; when it has ended by itself there is nothing left to end.
        let _killed = self.child.kill();
        let _waited = self.child.wait();
    }
}

/// The address that the server prints once it listens.
fn announced_url(child: &mut Child) -> String {
    let output = BufReader::new(child.stdout.take().unwrap());
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            let found = line
                .split_whitespace()
                .find(|word| word.starts_with("http://127.0.0.1:"));
            if let Some(url) = found {
                // The test may have ended; the rest of the output is read so that the server never blocks on it.
                let _received = send.send(url.trim_end_matches('/').to_owned());
            }
        }
    });
    receive.recv_timeout(START_LIMIT).unwrap_or_else(|error| {
        let _killed = child.kill();
        panic!("the server did not say where it listens: {error}")
    })
}

fn answer(mut response: ureq::http::Response<ureq::Body>) -> Answer {
    let text = response.body_mut().read_to_string().unwrap();
    Answer {
        status: response.status().as_u16(),
        body: serde_json::from_str(&text).unwrap_or(Value::String(text)),
        headers: response.headers().clone(),
    }
}
