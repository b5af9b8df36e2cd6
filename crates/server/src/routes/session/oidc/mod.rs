//! Signing in with a provider of OpenID Connect: there and back again.

pub(crate) mod callback;
pub(crate) mod providers;
pub(crate) mod start;

use std::sync::Arc;

use api::ErrorCode;
use axum::{
    http::{HeaderValue, StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use crate::{
    app::App,
    audit::notice::{Refusal, Refused},
    auth::{Visitor, logs_of},
    control::{AccountId, Person},
    http::RequestId,
    randomness,
};

/// The page of the dashboard on which people sign in, and which says why it came to nothing.
const SIGN_IN_PAGE: &str = "/ui/sign-in";

/// Where people go who did not say.
const FIRST_PAGE: &str = "/ui/";

/// Why a sign-in came to nothing.
struct Failure {
    code: ErrorCode,
    /// The provider with which it was begun, when that is known.
    provider: Option<String>,
    /// Who it would have been, when that is known.
    person: Option<Arc<Person>>,
}

impl Failure {
    fn new(code: ErrorCode, provider: Option<&str>) -> Self {
        Self {
            code,
            provider: provider.map(str::to_owned),
            person: None,
        }
    }

    /// Records it, and sends the browser to the page that explains it.
    fn told(self, app: &App, visitor: &Visitor, request: &RequestId) -> Response {
        let method: Arc<str> = match &self.provider {
            Some(provider) => format!("oidc:{provider}").into(),
            None => "oidc".into(),
        };
        let person = self.person.as_deref();
        for account in person.map_or_else(|| vec![AccountId::reserved()], logs_of) {
            app.audit.refused(Refusal {
                account,
                principal: None,
                client: visitor.client.clone(),
                operation: "session.create".into(),
                what: Refused::SignIn {
                    as_whom: person.map(|person| (person.id.clone(), person.name.clone())),
                    method: Arc::clone(&method),
                },
                code: self.code,
                at_ms: app.clock.now_ms(),
            });
        }
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("problem", self.code.as_str())
            .append_pair("request", request.as_str())
            .finish();
        redirect(StatusCode::SEE_OTHER, &format!("{SIGN_IN_PAGE}?{query}"))
    }
}

fn redirect(status: StatusCode, address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(address) => (status, [(LOCATION, address)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Where the provider with this id, which needs no escapes, sends the browser back to.
fn callback_of(id: &str) -> String {
    api::path::SESSION_OIDC_CALLBACK.replace("{provider}", id)
}

/// 256 random bits as text.
fn unguessable(app: &App) -> String {
    BASE64URL_NOPAD.encode(&randomness::array::<32>(app.randomness.as_ref()))
}

/// What is kept of a state and of the cookie of a browser.
fn hashed(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

/// A page of the dashboard: nobody is sent anywhere else.
fn page_of(next: Option<&str>) -> &str {
    let is_ours = |next: &&str| {
        let path = next.split(['?', '#']).next().unwrap_or_default();
        next.len() <= 2_048
            && path.starts_with(FIRST_PAGE)
            && !path.contains("//")
            && path.split('/').all(|part| part != ".." && part != ".")
            // Browsers take an escaped dot for a dot.
            && !path.to_ascii_lowercase().contains("%2e")
            && next
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
    };
    next.filter(is_ours).unwrap_or(FIRST_PAGE)
}

#[cfg(test)]
mod tests {
    use super::page_of;

    #[test]
    fn nobody_is_sent_away_from_the_dashboard() {
        for next in ["/ui/", "/ui/a/acme/log?q=a%20b&x=//y", "/ui/a#b"] {
            assert_eq!(page_of(Some(next)), next);
        }
        let long = format!("/ui/{}", "a".repeat(2_100));
        for next in [
            "",
            "/",
            "/ui",
            "/uix/",
            "//evil.example/ui/",
            "https://evil.example/ui/",
            "/ui//evil.example",
            "/ui/../v1/session",
            "/ui/./x",
            "/ui/%2e%2e/v1/session",
            "/ui/.%2E/v1/session",
            "/ui/\\evil",
            "/ui/\r\nSet-Cookie: x=y",
            "/ui/ä",
            "javascript:alert(1)",
            &long,
        ] {
            assert_eq!(page_of(Some(next)), "/ui/", "{next}");
        }
        assert_eq!(page_of(None), "/ui/");
    }
}
