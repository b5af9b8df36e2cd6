//! The same with a real provider: `oidc-provider`, which is certified by the OpenID Foundation, in a process of its own.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

use axum::http::{Method, Request, Uri};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use serde_json::{Value, json};

use super::{Begun, assert_problem, provider, role_in, signed_in, with};
use crate::{browser::Browser, harness::Tested};

/// Where the provider sends browsers back to; it knows one client for each provider of the configuration.
const CALLBACKS: &str = "http://localhost:8420/v1/session/oidc/";

/// The process of the provider, which ends with the test.
struct Real {
    child: Child,
    /// Held open: the provider says more than its issuer, and would end where nobody listens.
    _output: BufReader<ChildStdout>,
    issuer: String,
    people: PathBuf,
    _dir: tempfile::TempDir,
}

impl Real {
    /// Starts the provider; its packages are installed by `cargo xtask test`, or by `npm ci` in its directory.
    fn start(people: &Value) -> Self {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oidc");
        assert!(
            directory.join("node_modules/oidc-provider").is_dir(),
            "the packages of the provider are missing: run `npm ci` in crates/server/tests/oidc"
        );
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("people.json");
        std::fs::write(&file, people.to_string()).unwrap();
        let mut child = Command::new("node")
            .arg(directory.join("provider.mjs"))
            .arg(&file)
            .arg(CALLBACKS)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut issuer = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut issuer).unwrap();
        let issuer = issuer.trim().to_owned();
        assert!(issuer.starts_with("http://127.0.0.1:"), "{issuer:?}");
        Self {
            child,
            _output: output,
            issuer,
            people: file,
            _dir: dir,
        }
    }

    fn now_are(&self, people: &Value) {
        std::fs::write(&self.people, people.to_string()).unwrap();
    }
}

impl Drop for Real {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a browser does at the provider: it keeps cookies, follows redirects and sends forms.
#[derive(Default)]
struct Visit {
    cookies: BTreeMap<String, String>,
}

struct Page {
    location: Option<String>,
    html: String,
}

impl Visit {
    async fn ask(&mut self, method: Method, address: &Uri, form: &str) -> Page {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = Request::builder()
            .method(method)
            .uri(address)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", cookies.join("; "))
            .body(Full::new(Bytes::from(form.to_owned())))
            .unwrap();
        let client = Client::builder(TokioExecutor::new()).build_http();
        let answer = client.request(request).await.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let location = answer.headers().get("location");
        let location = location.map(|location| location.to_str().unwrap().to_owned());
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        Page {
            location,
            html: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// Fills in the forms of the provider as `login` until it sends the browser back; the query that comes with it.
    async fn sign_in(&mut self, issuer: &str, start: &str, login: &str) -> String {
        let mut page = self.ask(Method::GET, &start.parse().unwrap(), "").await;
        for _ in 0..12 {
            if let Some(location) = &page.location {
                if let Some(path) = location.strip_prefix("http://localhost:8420") {
                    return path.to_owned();
                }
                let address = if location.starts_with('/') {
                    format!("{issuer}{location}")
                } else {
                    location.clone()
                };
                page = self.ask(Method::GET, &address.parse().unwrap(), "").await;
                continue;
            }
            let action = attribute(&page.html, "action=\"");
            let action = action.unwrap_or_else(|| panic!("no form: {}", page.html));
            let form = if page.html.contains("name=\"login\"") {
                format!("prompt=login&login={login}&password=any")
            } else {
                "prompt=consent".to_owned()
            };
            let address = action.parse().unwrap();
            page = self.ask(Method::POST, &address, &form).await;
        }
        panic!("the provider leads in circles");
    }
}

fn attribute<'h>(html: &'h str, start: &str) -> Option<&'h str> {
    html.split_once(start)?.1.split('"').next()
}

/// Signs in at the real provider with a browser of its own.
async fn through(tested: &Tested, real: &Real, id: &str, login: &str) -> (Begun, String) {
    let begun = Begun::with(tested, id, "/ui/a/acme").await;
    let query = Visit::default()
        .sign_in(&real.issuer, &begun.address, login)
        .await;
    (begun, query)
}

async fn come_back(tested: &Tested, browser: &Browser, path: &str) -> crate::harness::Answer {
    browser.get(tested, path).await
}

#[tokio::test]
async fn people_sign_in_with_a_certified_provider() {
    let person = |groups: Value| json!({"email": "lily@corp.example", "email_verified": true, "name": "Lily Ari", "groups": groups});
    let unverified =
        json!({"email": "una@corp.example", "email_verified": false, "groups": ["auditors"]});
    let foreign =
        json!({"email": "fay@elsewhere.example", "email_verified": true, "groups": ["auditors"]});
    let people = |groups: Value| json!({"lily": person(groups), "una": unverified, "fay": foreign});
    let real = Real::start(&people(json!(["auditors"])));
    let dir = tempfile::tempdir().unwrap();
    let secret = dir.path().join("secret");
    std::fs::write(&secret, "secret of the test").unwrap();
    let rules = [("admins", "acme", "admin"), ("auditors", "acme", "auditor")];
    let mut corp = provider("corp", &real.issuer, &rules);
    corp.client_secret_file = Some(secret);
    corp.email_domains = vec!["corp.example".to_owned()];
    let mut public = provider("public", &real.issuer, &rules);
    public.client_id = "annals-public".to_owned();
    public.email_domains = vec!["corp.example".to_owned()];
    let tested = with(vec![corp, public]).await;
    // The provider lives in the present.
    let now_ms = server::Clock::now_ms(&server::SystemClock);
    tested.clock.set_ms(now_ms);

    let (begun, query) = through(&tested, &real, "corp", "lily").await;
    assert!(query.contains("iss="), "the provider names itself: {query}");
    let answer = come_back(&tested, &begun.browser, &query).await;
    assert_eq!(answer.header("location"), "/ui/a/acme");
    let lily = signed_in(&answer);
    assert_eq!(
        role_in(&tested, &lily, "acme").await.as_deref(),
        Some("auditor")
    );
    let again = come_back(&tested, &begun.browser, &query).await;
    assert_problem(&again, "sign_in_lost");

    // A public client, which proves itself by PKCE alone; and other groups meanwhile.
    real.now_are(&people(json!(["auditors", "admins"])));
    let (begun, query) = through(&tested, &real, "corp", "lily").await;
    let lily = signed_in(&come_back(&tested, &begun.browser, &query).await);
    assert_eq!(
        role_in(&tested, &lily, "acme").await.as_deref(),
        Some("admin")
    );
    let (begun, query) = through(&tested, &real, "public", "lily").await;
    signed_in(&come_back(&tested, &begun.browser, &query).await);

    // A code that was brought to another browser is of no use, and neither is one that was changed.
    let (_, query) = through(&tested, &real, "corp", "lily").await;
    let thief = Begun::with(&tested, "corp", "/ui/").await;
    assert_problem(
        &come_back(&tested, &thief.browser, &query).await,
        "sign_in_lost",
    );
    let (begun, query) = through(&tested, &real, "corp", "lily").await;
    let changed = query.replace("code=", "code=x");
    assert_problem(
        &come_back(&tested, &begun.browser, &changed).await,
        "identity_invalid",
    );

    for (login, code) in [("una", "email_unverified"), ("fay", "email_foreign")] {
        let (begun, query) = through(&tested, &real, "corp", login).await;
        assert_problem(&come_back(&tested, &begun.browser, &query).await, code);
    }
    real.now_are(&people(json!([])));
    let (begun, query) = through(&tested, &real, "corp", "lily").await;
    assert_problem(
        &come_back(&tested, &begun.browser, &query).await,
        "no_account",
    );
}
