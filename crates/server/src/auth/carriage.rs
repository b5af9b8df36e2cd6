//! How a request came: whether a password and a cookie may travel this way, and in which cookie.

use std::{convert::Infallible, net::IpAddr, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{
        HeaderMap, HeaderValue, Version,
        header::{COOKIE, HOST, ORIGIN},
        request::Parts,
    },
};

use super::SessionToken;
use crate::{app::App, client_address, http::Peer};

/// The cookie over HTTPS: bound to the host by its prefix (RFC 6265bis, section 4.1.3.2).
const SECURE_COOKIE: &str = "__Host-annals";
/// The cookie over plain HTTP, where the prefix is not allowed.
const PLAIN_COOKIE: &str = "annals_dev";
/// The cookie of a browser whose person is at a provider, over HTTPS and over plain HTTP.
const SECURE_BROWSER_COOKIE: &str = "__Host-annals-oidc";
const PLAIN_BROWSER_COOKIE: &str = "annals_dev_oidc";

/// What a proxy adds to the requests of others.
const FORWARDING: [&str; 4] = [
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-forwarded-host",
    "forwarded",
];

/// How a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carriage {
    /// Encrypted, by this server or by a trusted proxy that says so.
    Https,
    /// In clear, but on the machine itself, or because the operator allowed it.
    Plain,
    /// In clear over a network: nobody signs in.
    Refused,
}

impl Carriage {
    /// How this request came.
    pub(crate) fn of(app: &App, parts: &Parts) -> Self {
        let listen = &app.config.listen;
        let Some(Peer(peer)) = parts.extensions.get::<Peer>() else {
            return Self::Refused;
        };
        if app.config.tls.cert.is_some() || says_https(peer.ip(), parts, &listen.trusted_proxies) {
            Self::Https
        } else if listen.allow_plain_http || is_local(peer.ip(), parts) {
            Self::Plain
        } else {
            Self::Refused
        }
    }

    /// The token in the cookie; `None` without one, with several, and where cookies do not count.
    pub(crate) fn token(self, headers: &HeaderMap) -> Option<SessionToken> {
        let value = one_cookie(headers, self.cookie()?)?;
        SessionToken::parse(value)
    }

    /// The header that gives the browser a token, for at most `max_age_s`.
    pub(crate) fn set_cookie(self, token: &SessionToken, max_age_s: u64) -> Option<HeaderValue> {
        let value = format!("{}={}; Max-Age={max_age_s}", self.cookie()?, token.reveal());
        self.cookie_header(&value)
    }

    /// The header that takes the token away.
    pub(crate) fn remove_cookie(self) -> Option<HeaderValue> {
        self.cookie_header(&format!("{}=; Max-Age=0", self.cookie()?))
    }

    /// The URL at which the client reached us, without a path; `None` when it does not say.
    pub(crate) fn reached_at(self, parts: &Parts) -> Option<String> {
        let authority = authority(parts)?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
        let scheme = if self == Self::Https { "https" } else { "http" };
        // The longest name is 255 bytes (RFC 1035), and a port five with its colon.
        let is_plain = (1..=261).contains(&authority.len()) && authority.bytes().all(plain);
        is_plain.then(|| format!("{scheme}://{authority}"))
    }

    /// The text in the cookie of a browser whose person is at a provider.
    pub(crate) fn browser(self, headers: &HeaderMap) -> Option<String> {
        one_cookie(headers, self.browser_cookie()?).map(str::to_owned)
    }

    /// The header that tells this browser from others for `max_age_s`.
    ///
    /// `Lax`, because the provider's page sends the browser back here.
    pub(crate) fn set_browser(self, text: &str, max_age_s: u64) -> Option<HeaderValue> {
        let value = format!("{}={text}; Max-Age={max_age_s}", self.browser_cookie()?);
        self.header(&value, "Lax")
    }

    /// The header that takes it away.
    pub(crate) fn remove_browser(self) -> Option<HeaderValue> {
        self.header(&format!("{}=; Max-Age=0", self.browser_cookie()?), "Lax")
    }

    fn browser_cookie(self) -> Option<&'static str> {
        match self {
            Self::Https => Some(SECURE_BROWSER_COOKIE),
            Self::Plain => Some(PLAIN_BROWSER_COOKIE),
            Self::Refused => None,
        }
    }

    fn cookie(self) -> Option<&'static str> {
        match self {
            Self::Https => Some(SECURE_COOKIE),
            Self::Plain => Some(PLAIN_COOKIE),
            Self::Refused => None,
        }
    }

    fn cookie_header(self, value: &str) -> Option<HeaderValue> {
        self.header(value, "Strict")
    }

    fn header(self, value: &str, same_site: &str) -> Option<HeaderValue> {
        let secure = if self == Self::Https { "; Secure" } else { "" };
        let text = format!("{value}; Path=/; HttpOnly; SameSite={same_site}{secure}");
        let mut header = HeaderValue::from_str(&text).ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

/// The value of the cookie of this name; `None` without one, and with several: whoever can add a second one may be
/// another site on a neighbouring name.
fn one_cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let pairs = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let mut values = pairs.filter(|(known, _)| *known == name);
    let (_, value) = values.next()?;
    values.next().is_none().then_some(value)
}

/// The address at which browsers reach the server, without a slash at the end.
#[derive(Clone, Debug)]
pub(crate) struct PublicUrl(pub(crate) String);

impl FromRequestParts<Arc<App>> for PublicUrl {
    type Rejection = Infallible;

    /// What the operator set; else the host that the request asked for, and whoever asks may use the link made of it.
    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let reached_at = Carriage::of(app, parts).reached_at(parts);
        let url = app.public_url(reached_at.as_deref());
        Ok(Self(url.trim_end_matches('/').to_owned()))
    }
}

/// Whether a trusted proxy says that it was reached over HTTPS.
fn says_https(peer: IpAddr, parts: &Parts, trusted: &[ipnet::IpNet]) -> bool {
    let mut lines = parts.headers.get_all("x-forwarded-proto").iter();
    let said = (lines.next(), lines.next());
    client_address::is_trusted(peer.to_canonical(), trusted)
        && matches!(said, (Some(one), None) if one.as_bytes().eq_ignore_ascii_case(b"https"))
}

/// Whether the browser runs on this machine: no proxy stands between, and no foreign name was made to point here.
fn is_local(peer: IpAddr, parts: &Parts) -> bool {
    peer.to_canonical().is_loopback()
        && !FORWARDING
            .iter()
            .any(|name| parts.headers.contains_key(*name))
        && authority(parts).is_some_and(|authority| is_loopback_name(host_of(authority)))
        && is_from_here(parts)
}

/// Whether nothing says that a page of another machine asks: a proxy that rewrites `Host` still passes `Origin` on, and
/// no browser speaks HTTP/1.0, which older proxies do.
fn is_from_here(parts: &Parts) -> bool {
    parts.version >= Version::HTTP_11
        && parts.headers.get_all(ORIGIN).iter().all(|origin| {
            let host = origin.to_str().ok().and_then(|text| text.split_once("://"));
            host.is_some_and(|(_, authority)| is_loopback_name(host_of(authority)))
        })
}

/// The host and port that the client asked for.
pub(super) fn authority(parts: &Parts) -> Option<&str> {
    let mut lines = parts.headers.get_all(HOST).iter();
    match (lines.next(), lines.next()) {
        (Some(host), None) => host.to_str().ok(),
        // HTTP/2 names the authority in the request line.
        (None, _) => parts
            .uri
            .authority()
            .map(axum::http::uri::Authority::as_str),
        (Some(_), Some(_)) => None,
    }
}

/// The authority without its port.
fn host_of(authority: &str) -> &str {
    match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    }
}

fn is_loopback_name(host: &str) -> bool {
    let named =
        host.eq_ignore_ascii_case("localhost") || host.to_ascii_lowercase().ends_with(".localhost");
    named || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine() {
        for (authority, is_local) in [
            ("localhost:8420", true),
            ("LOCALHOST", true),
            ("acme.localhost:1", true),
            ("127.0.0.1:8420", true),
            ("[::1]:8420", true),
            ("evil.example:8420", false),
            ("localhost.evil.example", false),
            ("192.0.2.1", false),
            ("", false),
            ("[::1", true),
        ] {
            assert_eq!(
                is_loopback_name(host_of(authority)),
                is_local,
                "{authority}"
            );
        }
    }

    #[test]
    fn a_cookie_is_read_when_there_is_exactly_one() {
        let token = "ans_".to_owned() + &"a".repeat(52);
        let read = |lines: &[String]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(COOKIE, line.parse().unwrap());
            }
            Carriage::Https.token(&headers).is_some()
        };
        let good = format!("__Host-annals={token}");
        assert!(read(std::slice::from_ref(&good)));
        assert!(read(&[format!("x=y; {good}; z=\"1\"")]));
        assert!(!read(&[format!("annals_dev={token}")]));
        assert!(!read(&[format!("{good}; {good}")]));
        assert!(!read(&[good.clone(), good]));
        assert!(!read(&[format!("__Host-annals=\"{token}\"")]));
        assert!(!read(&[]));
    }
}
