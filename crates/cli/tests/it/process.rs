//! Processes of the binary under test. Every one that a test starts is ended by it.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The binary, without settings from the environment of the test.
pub(crate) fn annals<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Command {
    let binary =
        std::env::var_os("ANNALS_BINARY").unwrap_or_else(|| env!("CARGO_BIN_EXE_annals").into());
    let mut command = Command::new(binary);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("ANNALS_") {
            command.env_remove(name);
        }
    }
    command.args(arguments).stdin(Stdio::null());
    command
}

/// What a finished process left.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Done {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            code: output.status.code(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    /// Fails the test unless the exit code is 0.
    pub(crate) fn good(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }

    /// Standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Standard output as JSON, a value per line.
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect()
    }
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Done {
    Done::of(&command.output().expect("the binary starts"))
}

/// Runs a command to its end with something on standard input.
pub(crate) fn run_with(command: &mut Command, input: &str) -> Done {
    let command = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary starts");
    let mut stdin = child.stdin.take().expect("it was asked for");
    let input = input.to_owned();
    // Written beside, because the process may want to be read before it reads on.
    let writer = std::thread::spawn(move || {
        // A process that ends early does not read everything.
        let _ = stdin.write_all(input.as_bytes());
    });
    let done = Done::of(&child.wait_with_output().expect("the process ends"));
    writer.join().expect("writing does not panic");
    done
}

/// A server as a process; killed when the test forgets to stop it.
pub(crate) struct Server {
    child: Child,
    stdout: BufReader<ChildStdout>,
    /// What it said about itself.
    pub(crate) said: Value,
}

impl Server {
    /// Starts `serve` or `demo` with `--json` and waits until it listens.
    pub(crate) fn start(command: &mut Command) -> Self {
        let command = command.arg("--json").env("ANNALS_LOG__LEVEL", "warn");
        let command = command.stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().expect("the binary starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("it was asked for"));
        let mut line = String::new();
        stdout
            .read_line(&mut line)
            .expect("the server says where it listens");
        let said = serde_json::from_str(&line);
        let Ok(said) = said else {
            let status = child.wait().expect("the process ends");
            panic!("the server did not start: {status}, {line:?}");
        };
        Self {
            child,
            stdout,
            said,
        }
    }

    /// A server on this directory and a free port.
    pub(crate) fn on(dir: &Path) -> Self {
        Self::start(annals(["serve", "--listen", "127.0.0.1:0", "--data-dir"]).arg(dir))
    }

    pub(crate) fn url(&self) -> &str {
        self.said["url"].as_str().expect("an address")
    }

    /// A client command for this server.
    pub(crate) fn client(&self, token: &str, arguments: &[&str]) -> Command {
        let mut command = annals(arguments);
        command
            .env("ANNALS_URL", self.url())
            .env("ANNALS_TOKEN", token)
            .env("ANNALS_ACCOUNT", "acme");
        command
    }

    /// Asks the server to end and waits for it; returns the exit code and what it said last.
    pub(crate) fn stop(mut self) -> (Option<i32>, String) {
        terminate(&self.child);
        let mut rest = String::new();
        self.stdout
            .read_to_string(&mut rest)
            .expect("standard output ends");
        (self.child.wait().expect("the process ends").code(), rest)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that was stopped is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// SIGTERM to a process that this test started.
pub(crate) fn terminate(child: &Child) {
    let sent = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    assert!(sent.expect("there is a kill").success());
}

/// A data directory with a key that may write to and read from the account `acme`.
pub(crate) struct Home {
    _temp: TempDir,
    pub(crate) dir: PathBuf,
    pub(crate) token: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        let temp = TempDir::new().expect("a temporary directory");
        let dir = temp.path().join("data");
        let mut command = annals(["admin", "key", "create", "--json", "--account", "acme"]);
        command
            .args(["--permissions", "audit:read,events:write", "--data-dir"])
            .arg(&dir);
        let key = run(&mut command).good().json();
        let token = key["token"].as_str().expect("a token").to_owned();
        Self {
            _temp: temp,
            dir,
            token,
        }
    }
}

/// A GET as curl sends it: the status and the body.
pub(crate) fn get(url: &str, path: &str, token: &str) -> (u16, String) {
    let authority = url.strip_prefix("http://").expect("plain HTTP");
    let mut stream = TcpStream::connect(authority).expect("the server listens");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: {authority}\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n"
    )
    .expect("the server reads");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .expect("the server answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    (status.expect("a status"), body.to_owned())
}
