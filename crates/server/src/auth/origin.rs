//! Whether a write comes from our own pages: another site must not use the session of a person who visits it.

use axum::http::{Method, header::ORIGIN, request::Parts};

use super::{SessionToken, carriage};

/// The header that every write with a session carries.
pub(crate) const X_ANNALS_CSRF: &str = "x-annals-csrf";

/// What browsers say about where a request began (Fetch Metadata).
const SEC_FETCH_SITE: &str = "sec-fetch-site";

/// Whether the method only reads.
pub(crate) fn is_read(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Refuses a request that does not say that it comes from our own origin, with a sentence that says what is missing.
///
/// `Sec-Fetch-Site` is believed when it is there, because no page can set it; else `Origin` must be the host asked for.
pub(crate) fn check_origin(parts: &Parts) -> Result<(), &'static str> {
    if let Some(site) = parts.headers.get(SEC_FETCH_SITE) {
        return match site.as_bytes() {
            b"same-origin" | b"none" => Ok(()),
            _ => Err("the request comes from another site"),
        };
    }
    let mut lines = parts.headers.get_all(ORIGIN).iter();
    let origin = match (lines.next(), lines.next()) {
        (Some(origin), None) => origin.to_str().ok(),
        _ => None,
    };
    let Some(origin) = origin else {
        return Err("the request says neither Sec-Fetch-Site nor Origin");
    };
    let asked = carriage::authority(parts).unwrap_or_default();
    let from = origin.split_once("://").map_or("", |(_, rest)| rest);
    if !from.is_empty() && from.eq_ignore_ascii_case(asked) {
        Ok(())
    } else {
        Err("the request comes from another site")
    }
}

/// Refuses a write with a session from another site, or without the token that our pages send.
pub(crate) fn check_write(parts: &Parts, session: &SessionToken) -> Result<(), &'static str> {
    if is_read(&parts.method) {
        return Ok(());
    }
    check_origin(parts)?;
    let sent = parts.headers.get(X_ANNALS_CSRF);
    if sent.is_some_and(|sent| session.has_csrf(sent.as_bytes())) {
        Ok(())
    } else {
        Err("the request lacks the X-Annals-CSRF of the session")
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[test]
    fn only_our_own_pages_write() {
        for (headers, is_ours) in [
            (&[("sec-fetch-site", "same-origin")][..], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site")], false),
            (
                &[
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "https://log.example:8420"),
                ],
                false,
            ),
            (&[("origin", "https://log.example:8420")], true),
            (&[("origin", "https://LOG.example:8420")], true),
            (&[("origin", "https://log.example")], false),
            (&[("origin", "https://evil.example")], false),
            (&[("origin", "null")], false),
            (&[("origin", "")], false),
            (&[], false),
        ] {
            let mut request = Request::post("/v1/session").header("host", "log.example:8420");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let (parts, ()) = request.body(()).unwrap().into_parts();
            assert_eq!(check_origin(&parts).is_ok(), is_ours, "{headers:?}");
        }
        let (parts, ()) = Request::post("/")
            .header("origin", "https://")
            .body(())
            .unwrap()
            .into_parts();
        assert!(check_origin(&parts).is_err(), "no host at all");
    }
}
