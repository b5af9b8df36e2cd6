//! No secret of a person or a key ever reaches the log of the process, however much it tells.

use std::io::Read;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::server::annals;

/// Sends a request as a page of our own does; returns the body and the cookie that was set.
fn ask(
    url: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &Value,
) -> (Value, String) {
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .new_agent();
    let mut request = ureq::http::Request::builder()
        .method(method)
        .uri(format!("{url}{path}"))
        .header("content-type", "application/json")
        .header("origin", url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = agent.run(request.body(body.to_string().into_bytes()).unwrap());
    let answer = answer.unwrap();
    let cookie = answer.headers().get("set-cookie");
    let cookie = cookie
        .map_or("", |cookie| cookie.to_str().unwrap())
        .to_owned();
    let mut text = String::new();
    answer
        .into_body()
        .into_reader()
        .read_to_string(&mut text)
        .unwrap();
    (serde_json::from_str(&text).unwrap_or_default(), cookie)
}

#[test]
fn the_log_tells_no_secret_even_when_it_tells_everything() {
    let directory = tempfile::tempdir().unwrap();
    let log = directory.path().join("log");
    let mut server = annals()
        .args(["serve", "--json", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(directory.path().join("data"))
        .env("ANNALS_LOG__LEVEL", "trace")
        .stdout(Stdio::piped())
        .stderr(std::fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut said = std::io::BufReader::new(server.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut said, &mut line).unwrap();
    let said: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(said["setup_needed"], true);
    let url = said["url"].as_str().unwrap();
    let banner = || std::fs::read_to_string(&log).unwrap();
    let code = loop {
        // The link follows the line that says where the server listens.
        if let Some((_, rest)) = banner().split_once("/ui/setup#code=") {
            break rest.split_whitespace().next().unwrap().to_owned();
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    };

    let (password, wrong) = ("correct horse battery", "tried this and failed");
    let owner = json!({"name": "Lily", "email": "lily@example.com", "password": password});
    let setup = json!({"code": code, "owner": owner});
    let (session, cookie) = ask(url, "POST", "/v1/setup", &[], &setup);
    assert_eq!(session["signed_in"], true, "{session}");
    let csrf = session["csrf"].as_str().unwrap().to_owned();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let sign_in = json!({"email": "lily@example.com", "password": wrong});
    ask(url, "POST", "/v1/session", &[], &sign_in);
    let headers = [
        ("cookie", cookie.as_str()),
        ("x-annals-csrf", csrf.as_str()),
    ];
    ask(
        url,
        "POST",
        "/v1/accounts",
        &headers,
        &json!({"id": "acme"}),
    );
    let new = json!({"name": "app", "permissions": ["audit:read"]});
    let (key, _) = ask(url, "POST", "/v1/accounts/acme/keys", &headers, &new);
    let token = key["token"].as_str().unwrap();
    let bearer = format!("Bearer {token}");
    let (listed, _) = ask(
        url,
        "GET",
        "/v1/accounts",
        &[("authorization", &bearer)],
        &Value::Null,
    );
    assert_eq!(listed["accounts"][0]["id"], "acme", "{listed}");
    ask(url, "DELETE", "/v1/session", &headers, &Value::Null);

    server.kill().unwrap();
    server.wait().unwrap();
    let text = banner();
    assert!(
        text.contains("DEBUG") && text.contains("/v1/setup"),
        "the log tells everything"
    );
    let (_, session_token) = cookie.split_once('=').unwrap();
    for secret in [password, wrong, &csrf, session_token, token] {
        assert!(!text.contains(secret), "{secret} is in the log");
    }
    assert_eq!(
        text.matches(&code).count(),
        1,
        "the code stands in the banner alone"
    );
}
