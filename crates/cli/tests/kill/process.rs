//! The server as a process, and its directory.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// How long a start may take on a loaded machine before the test gives up.
const START_LIMIT: Duration = Duration::from_mins(1);

/// A listing of a thousand events is far smaller.
const ANSWER_BYTES_MAX: u64 = 64 << 20;

fn annals() -> Command {
    let binary =
        std::env::var_os("ANNALS_BINARY").unwrap_or_else(|| env!("CARGO_BIN_EXE_annals").into());
    let mut command = Command::new(binary);
    command
        .env_remove("ANNALS_TOKEN")
        .env_remove("ANNALS_URL")
        .env_remove("ANNALS_ACCOUNT")
        .env_remove("ANNALS_KILL_ROUNDS");
    command
}

/// A data directory with an account and a key for it.
pub(crate) struct Directory {
    directory: TempDir,
    token: String,
}

impl Directory {
    pub(crate) fn new() -> Self {
        let directory = TempDir::new().unwrap();
        let mut command = annals();
        command.args(["admin", "key", "create", "--json", "--account", "acme"]);
        command
            .args(["--permissions", "audit:read,events:write", "--data-dir"])
            .arg(directory.path().join("data"));
        let key: Value = serde_json::from_slice(&succeed(command)).unwrap();
        let token = key["token"].as_str().unwrap().to_owned();
        Self { directory, token }
    }

    /// Checks the closed directory with `annals fsck`.
    pub(crate) fn fsck(&self) {
        let mut command = annals();
        command.arg("fsck").arg("--data-dir").arg(self.data());
        succeed(command);
    }

    /// Where the server writes what it has to say.
    fn log(&self) -> File {
        File::create(self.log_path()).unwrap()
    }

    fn logged(&self) -> String {
        std::fs::read_to_string(self.log_path()).unwrap()
    }

    fn log_path(&self) -> PathBuf {
        self.directory.path().join("log")
    }

    fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }
}

fn succeed(mut command: Command) -> Vec<u8> {
    let output = command.output().unwrap();
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(
        output.status.success(),
        "{command:?}: {}\n{out}\n{err}",
        output.status
    );
    output.stdout
}

/// A running server.
pub(crate) struct Process {
    child: Mutex<Child>,
    url: String,
    token: String,
    agent: ureq::Agent,
}

impl Process {
    pub(crate) fn start(directory: &Directory) -> Self {
        let mut command = annals();
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(directory.data());
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::from(directory.log()))
            .spawn()
            .unwrap();
        let url = announced_url(&mut child).unwrap_or_else(|error| {
            let _killed = child.kill();
            panic!(
                "the server did not say where it listens: {error}; it said: {}",
                directory.logged()
            )
        });
        Self {
            child: Mutex::new(child),
            url,
            token: directory.token.clone(),
            agent: ureq::Agent::config_builder()
                .http_status_as_error(false)
                .build()
                .new_agent(),
        }
    }

    /// SIGKILL, as from a power switch of this process alone.
    pub(crate) fn kill(&self) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        // The process is ours; when it has ended by itself there is nothing left to end.
        let _killed = child.kill();
        let _waited = child.wait();
    }

    /// Status and body of the answer, or why there was none.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<(u16, Value), ureq::Error> {
        let request = self.agent.post(format!("{}{path}", self.url));
        let request = request.header("authorization", format!("Bearer {}", self.token));
        let request = request.header("content-type", "application/json");
        let mut response = request.send(body.to_string().as_bytes())?;
        let status = response.status().as_u16();
        let body = response
            .body_mut()
            .with_config()
            .limit(ANSWER_BYTES_MAX)
            .read_to_vec()?;
        Ok((status, serde_json::from_slice(&body).unwrap_or(Value::Null)))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The address that the server prints once it listens.
fn announced_url(child: &mut Child) -> Result<String, RecvTimeoutError> {
    let output = BufReader::new(child.stdout.take().unwrap());
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            let found = line
                .split_whitespace()
                .find(|word| word.starts_with("http://127.0.0.1:"));
            if let Some(url) = found {
                // The rest of the output is read so that the server never blocks on it.
                let _received = send.send(url.trim_end_matches('/').to_owned());
            }
        }
    });
    receive.recv_timeout(START_LIMIT)
}
