use std::net::SocketAddr;

use ipnet::IpNet;

use super::{
    section::section,
    setting::{Given, Setting, quoted, text},
};

/// The URL at which people reach the server: scheme, host and port, no path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Reads a URL, or says in a sentence what would fit.
    pub fn parse(text: &str) -> Result<Self, String> {
        let base = text.strip_suffix('/').unwrap_or(text);
        let host = base
            .strip_prefix("https://")
            .or_else(|| base.strip_prefix("http://"))
            .unwrap_or_default();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
        if !host.is_empty() && host.bytes().all(plain) {
            Ok(Self(base.to_owned()))
        } else {
            Err("expected a URL without a path, such as https://audit.example.com".to_owned())
        }
    }

    /// The URL without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Setting for PublicUrl {
    fn read(given: Given<'_>) -> Result<Self, String> {
        Self::parse(text(given)?)
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(&self.0))
    }
}

section! {
    /// Where requests come from.
    Listen {
        /// The address and port; port 0 takes a free one.
        address: SocketAddr = SocketAddr::from(([127, 0, 0, 1], 8420)),
        /// The URL at which people reach the server, such as `https://audit.example.com`: links that are sent to people
        /// begin with it. Without it they begin with the URL at which the server was asked for the link.
        public_url: Option<PublicUrl> = None,
        /// Accept that tokens cross the network in clear when the address is not loopback and there is no `[tls]`:
        /// for a network where something else encrypts. Without it every start warns.
        allow_plain_http: bool = false,
        /// Networks of proxies whose `X-Forwarded-For` and `Forwarded` are believed.
        trusted_proxies: Vec<IpNet> = Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_has_a_host_and_no_path() {
        for (text, is_good) in [
            ("https://audit.example.com", true),
            ("https://audit.example.com/", true),
            ("http://[::1]:8420", true),
            ("audit.example.com", false),
            ("https://", false),
            ("https://audit.example.com/ui", false),
            ("https://audit.example.com/#x", false),
            ("https://user@audit.example.com", false),
            ("javascript://x", false),
            ("", false),
        ] {
            assert_eq!(PublicUrl::parse(text).is_ok(), is_good, "{text}");
        }
        let read = PublicUrl::parse("https://audit.example.com/").unwrap();
        assert_eq!(read.as_str(), "https://audit.example.com");
    }
}
