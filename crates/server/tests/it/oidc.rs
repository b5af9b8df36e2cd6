//! Signing in with providers of OpenID Connect, and access tokens of other issuers.

mod access;
mod issuer;
mod linked;
mod people;
mod real;
mod refused;

use std::collections::HashMap;

use serde_json::Value;
use server::config::{Config, OidcProvider, OidcRule};

use crate::{
    browser::Browser,
    harness::{Answer, Tested},
};
use issuer::{CLIENT, HandMade};

/// A provider as it is configured when nothing special is wanted.
fn provider(id: &str, issuer: &str, rules: &[(&str, &str, &str)]) -> OidcProvider {
    OidcProvider {
        id: id.to_owned(),
        name: format!("The {id}"),
        issuer: issuer.to_owned(),
        client_id: CLIENT.to_owned(),
        client_secret_file: None,
        scopes: ["openid", "email", "profile"].map(str::to_owned).into(),
        email_domains: Vec::new(),
        groups_claim: "groups".to_owned(),
        require_verified_email: true,
        rules: rules
            .iter()
            .map(|(group, account, role)| OidcRule {
                group: (*group).to_owned(),
                account: (*account).to_owned(),
                role: (*role).to_owned(),
            })
            .collect(),
    }
}

/// A server that knows the account `acme` and these providers.
async fn with(providers: Vec<OidcProvider>) -> Tested {
    let tested = Tested::with(|config: &mut Config| config.instance.oidc = providers).await;
    tested.account("acme").await;
    tested
}

/// A sign-in that has begun: the browser, and what it carries to the provider.
struct Begun {
    browser: Browser,
    /// Where the browser was sent.
    address: String,
    query: HashMap<String, String>,
}

impl Begun {
    /// Begins to sign in.
    async fn with(tested: &Tested, provider: &str, next: &str) -> Self {
        let mut browser = Browser::new();
        browser.site = Some("cross-site");
        let path = format!("/v1/session/oidc/{provider}/start?next={next}");
        let answer = browser.get(tested, &path).await;
        assert_eq!(answer.status, 302, "{answer:?}");
        let cookie = answer.header("set-cookie");
        for part in ["HttpOnly", "SameSite=Lax", "Max-Age=600", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        browser.cookie = cookie.split(';').next().map(str::to_owned);
        let address = answer.header("location").to_owned();
        let (_, query) = address.split_once('?').unwrap();
        let query = serde_urlencoded::from_str(query).unwrap();
        Self {
            browser,
            address,
            query,
        }
    }

    fn nonce(&self) -> &str {
        &self.query["nonce"]
    }

    fn state(&self) -> &str {
        &self.query["state"]
    }

    /// Where the provider was told to send the browser back to, without the host.
    fn callback(&self) -> &str {
        let address = self.query["redirect_uri"].strip_prefix("http://localhost:8420");
        address.unwrap()
    }

    /// Comes back with a code.
    async fn back(&self, tested: &Tested) -> Answer {
        let path = format!("{}?code=c-1&state={}", self.callback(), self.state());
        self.browser.get(tested, &path).await
    }
}

/// Signs in at a provider of our making that presents these claims.
async fn sign_in(tested: &Tested, provider: &HandMade, id: &str, change: Value) -> Answer {
    let begun = Begun::with(tested, id, "/ui/").await;
    let now_s = server::Clock::now_ms(&*tested.clock) / 1_000;
    let claims = provider.claims(begun.nonce(), now_s, &change);
    provider.will_answer(provider.said.key.sign(&claims));
    begun.back(tested).await
}

/// The browser in which an answer has signed somebody in.
fn signed_in(answer: &Answer) -> Browser {
    assert_eq!(answer.status, 303, "{answer:?}");
    let cookies = answer.headers.get_all("set-cookie").iter();
    let mut cookies = cookies.map(|cookie| cookie.to_str().unwrap());
    let session = cookies.find(|cookie| cookie.starts_with("annals_dev=ans_"));
    let session = session.unwrap_or_else(|| panic!("nobody is signed in: {answer:?}"));
    let mut browser = Browser::new();
    browser.cookie = session.split(';').next().map(str::to_owned);
    browser
}

/// Asserts that nobody was signed in, and that the page says why.
#[track_caller]
fn assert_problem(answer: &Answer, code: &str) {
    assert_eq!(answer.status, 303, "{answer:?}");
    let location = answer.header("location");
    let start = format!(
        "/ui/sign-in?problem={code}&request={}",
        answer.header("x-request-id")
    );
    assert_eq!(location, start);
    let cookies = answer.headers.get_all("set-cookie").iter();
    let is_session = |cookie: &str| cookie.starts_with("annals_dev=");
    assert!(
        !cookies
            .map(|cookie| cookie.to_str().unwrap())
            .any(is_session),
        "{answer:?}"
    );
}

/// The role of the signed-in person in an account.
async fn role_in(tested: &Tested, browser: &Browser, account: &str) -> Option<String> {
    let session = browser.get(tested, "/v1/session").await.json();
    let accounts = session["accounts"].as_array()?;
    let found = accounts.iter().find(|found| found["id"] == account)?;
    found["role"].as_str().map(str::to_owned)
}
