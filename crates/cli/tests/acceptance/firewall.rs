//! No secret that was sent to the binary is in any file that it leaves, and a kill is in the log of the next start.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Stdio};

use serde_json::{Value, json};
use testkit::secrets::{self, Search};

use crate::server::{annals, make_key};

/// A server on `data` whose log goes to `log`, and its address.
fn serve(data: &Path, log: &Path) -> (Child, String) {
    let mut child = annals()
        .args(["serve", "--json", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(data)
        .env("ANNALS_LOG__LEVEL", "debug")
        .stdout(Stdio::piped())
        .stderr(std::fs::File::create(log).unwrap())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let said: Value = serde_json::from_str(&line).unwrap();
    (child, said["url"].as_str().unwrap().to_owned())
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .new_agent()
}

fn body(answer: ureq::http::Response<ureq::Body>) -> (u16, Value) {
    let status = answer.status().as_u16();
    let mut text = String::new();
    answer
        .into_body()
        .into_reader()
        .read_to_string(&mut text)
        .unwrap();
    (status, serde_json::from_str(&text).unwrap_or_default())
}

#[test]
fn no_format_in_no_place_is_in_a_file_of_the_binary() {
    let directory = tempfile::tempdir().unwrap();
    let (data, log) = (directory.path().join("data"), directory.path().join("log"));
    let token = make_key(&data, Some("acme"), "audit:read,events:write");
    let (mut child, url) = serve(&data, &log);
    let mut search = Search::default();
    let mut events = Vec::new();
    let formats = secrets::formats();
    for secret in &formats {
        search.add(&secret.rule, &secret.value);
        events.extend(secrets::events(secret).into_iter().map(|(_, event)| event));
    }
    for (rule, name, value) in secrets::named() {
        search.add(&rule, &value);
        events.push(json!({"action": "secret.paste", "metadata": { name: value }}));
    }
    let bearer = format!("Bearer {token}");
    for batch in events.chunks(1_000) {
        let sent = agent()
            .post(format!("{url}/v1/accounts/acme/events?wait=indexed"))
            .header("authorization", &bearer)
            .header("content-type", "application/json")
            .send(json!(batch).to_string().as_bytes());
        let (status, answer) = body(sent.unwrap());
        assert_eq!(status, 201, "{answer}");
    }
    // What is asked for is recorded, and stands in requests.
    for secret in formats.iter().filter(|secret| secret.is_bare()).take(40) {
        let asked = agent()
            .get(format!("{url}/v1/accounts/acme/events"))
            .query("q", &secret.written)
            .header("authorization", &bearer)
            .header("x-request-id", &secret.written)
            .header("user-agent", &secret.written)
            .call();
        body(asked.unwrap());
    }
    let terminated = std::process::Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(terminated.success() && child.wait().unwrap().success());
    let leaks = search.in_directory(directory.path());
    assert!(
        leaks.is_empty(),
        "{}: {:?}",
        leaks.len(),
        leaks.get(..leaks.len().min(20))
    );
    let told = std::fs::read_to_string(&log).unwrap();
    assert!(told.contains("events") && told.len() > 1_000);
    println!(
        "{} formats in {} events, {} files, {} bytes, {} compressed frames: no leak",
        formats.len(),
        events.len(),
        search.files,
        search.bytes,
        search.frames
    );
}

#[test]
fn a_server_that_was_killed_says_so_at_the_next_start_and_one_that_ended_does_not() {
    let directory = tempfile::tempdir().unwrap();
    let (data, log) = (directory.path().join("data"), directory.path().join("log"));
    let token = make_key(&data, Some("annals"), "audit:read");
    let failures = |url: &str| {
        let asked = agent()
            .get(format!(
                "{url}/v1/accounts/annals/events?range=all_time&q=category:System"
            ))
            .header("authorization", format!("Bearer {token}"))
            .call();
        let (status, page) = body(asked.unwrap());
        assert_eq!(status, 200, "{page}");
        page["events"].as_array().unwrap().clone()
    };
    let (mut child, url) = serve(&data, &log);
    assert_eq!(failures(&url), Vec::<Value>::new());
    child.kill().unwrap();
    child.wait().unwrap();
    let (mut child, url) = serve(&data, &log);
    let mut found = failures(&url);
    for _ in 0..500 {
        if !found.is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        found = failures(&url);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let [unclean] = found.as_slice() else {
        panic!("{found:#?}");
    };
    assert_eq!(unclean["action"], "system.error");
    assert_eq!(unclean["outcome"]["code"], "unclean_stop");
    assert_eq!(unclean["outcome"]["result"], "error");
    assert_eq!(unclean["actor"]["type"], "system");
}
