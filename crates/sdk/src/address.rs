//! Where a server is, and the paths on it.

use std::fmt::Write as _;

use hyper::Uri;

use crate::Error;

/// The address of a server: scheme, host and port, and the path under which a proxy may show it.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    text: String,
    is_tls: bool,
}

impl Address {
    /// Reads `http://host:port` or `https://host`, with or without a path; a query or a user name is refused.
    pub(crate) fn parse(given: &str) -> Result<Self, Error> {
        let wrong = || Error::Address {
            address: given.to_owned(),
        };
        let text = given.trim().trim_end_matches('/');
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        let is_tls = match uri.scheme_str() {
            Some("http") => false,
            Some("https") => true,
            _ => return Err(wrong()),
        };
        let authority = uri.authority().ok_or_else(wrong)?;
        if authority.host().is_empty() || authority.as_str().contains('@') || uri.query().is_some()
        {
            return Err(wrong());
        }
        Ok(Self {
            text: text.to_owned(),
            is_tls,
        })
    }

    /// Whether the connection is encrypted.
    pub(crate) fn is_tls(&self) -> bool {
        self.is_tls
    }

    /// The address for messages.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// A path on this server, beginning with `/`.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.text)
    }
}

/// A path of the API with its parameters filled in: `fill(path::ACCOUNT, &[("account", "acme")])`.
pub(crate) fn fill(template: &str, parameters: &[(&str, &str)]) -> String {
    let mut path = template.to_owned();
    for (name, value) in parameters {
        path = path.replace(&format!("{{{name}}}"), &encode(value));
    }
    path
}

/// A path with a query; parameters without a value are left out.
pub(crate) fn with_query(path: String, parameters: &[(&str, Option<&str>)]) -> String {
    let mut text = path;
    let mut separator = '?';
    for (name, value) in parameters {
        if let Some(value) = value {
            text.push(separator);
            text.push_str(name);
            text.push('=');
            text.push_str(&encode(value));
            separator = '&';
        }
    }
    text
}

/// Percent-encodes all that is not unreserved (RFC 3986, section 2.3), which is right in paths and in queries.
fn encode(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_or_refused() {
        for (given, tls, path) in [
            ("http://127.0.0.1:8420", false, "http://127.0.0.1:8420/v1"),
            (
                " https://audit.example.com/ ",
                true,
                "https://audit.example.com/v1",
            ),
            (
                "https://example.com/annals/",
                true,
                "https://example.com/annals/v1",
            ),
            ("http://[::1]:8420", false, "http://[::1]:8420/v1"),
        ] {
            let address = Address::parse(given).unwrap();
            assert_eq!(
                (address.is_tls(), address.at("/v1").as_str()),
                (tls, path),
                "{given}"
            );
        }
        for given in [
            "",
            "localhost:8420",
            "ftp://a",
            "http://",
            "http://a?b=c",
            "http://me:secret@a",
            "/v1",
        ] {
            assert!(Address::parse(given).is_err(), "{given}");
        }
    }

    #[test]
    fn parameters_cannot_leave_their_place() {
        let path = fill("/v1/accounts/{account}/events", &[("account", "../a b/ü?")]);
        assert_eq!(path, "/v1/accounts/..%2Fa%20b%2F%C3%BC%3F/events");
        let query = with_query(
            "/x".into(),
            &[("a", None), ("b", Some("1&2")), ("c", Some(""))],
        );
        assert_eq!(query, "/x?b=1%262&c=");
    }
}
