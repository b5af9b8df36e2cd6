//! What the demo prints lets a person in.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::server::annals;

/// A browser: it keeps the cookie, and says where its requests begin.
struct Browser {
    agent: ureq::Agent,
    url: String,
    csrf: String,
}

impl Browser {
    fn send(&self, request: ureq::http::Request<Vec<u8>>) -> (u16, Value, String) {
        let answer = self.agent.run(request).unwrap();
        let status = answer.status().as_u16();
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
        (
            status,
            serde_json::from_str(&text).unwrap_or_default(),
            cookie,
        )
    }

    fn ask(&self, method: &str, path: &str, cookie: &str, body: &Value) -> (u16, Value, String) {
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url))
            .header("content-type", "application/json")
            .header("origin", &self.url)
            .header("cookie", cookie)
            .header("x-annals-csrf", &self.csrf);
        self.send(request.body(body.to_string().into_bytes()).unwrap())
    }
}

#[test]
fn the_sign_in_that_the_demo_prints_works() {
    let mut demo = annals()
        .args([
            "demo",
            "--events",
            "60",
            "--listen",
            "127.0.0.1:0",
            "--json",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(demo.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let said: Value = serde_json::from_str(&line).unwrap();
    let url = said["url"].as_str().unwrap().to_owned();
    assert_eq!(said["dashboard"], format!("{url}/ui/"));
    assert_eq!(said["email"], "admin@acme.example");
    let password = said["password"].as_str().unwrap();
    assert!(password.len() >= 16, "{password}");

    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .new_agent();
    let mut browser = Browser {
        agent,
        url,
        csrf: String::new(),
    };
    let sign_in = |browser: &Browser, password: &str| {
        let body = json!({"email": "admin@acme.example", "password": password});
        browser.ask("POST", "/v1/session", "", &body)
    };
    let (status, problem, _) = sign_in(&browser, "wrong");
    assert_eq!((status, &problem["code"]), (401, &json!("sign_in_failed")));
    let (status, session, set) = sign_in(&browser, password);
    assert_eq!(status, 200, "{session}");
    assert_eq!(session["accounts"][0]["id"], "acme");
    assert_eq!(session["person"]["operator"], true);
    let cookie = set.split(';').next().unwrap().to_owned();
    assert!(cookie.starts_with("annals_dev="), "{set}");
    browser.csrf = session["csrf"].as_str().unwrap().to_owned();

    let search = json!({"range": "all_time", "count": true, "limit": 1});
    let path = "/v1/accounts/acme/events/search";
    let (status, found, _) = browser.ask("POST", path, &cookie, &search);
    assert_eq!(status, 200, "{found}");
    assert!(found["count"].as_u64().unwrap() >= 60, "{found}");
    let (status, ..) = browser.ask("DELETE", "/v1/session", &cookie, &Value::Null);
    assert_eq!(status, 204);
    let (status, ..) = browser.ask("POST", path, &cookie, &search);
    assert_eq!(status, 401);

    demo.kill().unwrap();
    demo.wait().unwrap();
    let mut log = String::new();
    demo.stderr
        .take()
        .unwrap()
        .read_to_string(&mut log)
        .unwrap();
    assert!(
        !log.contains(password) && !log.contains(&cookie[11..]),
        "{log}"
    );
}
