//! What an issuer says about itself (OpenID Connect Discovery 1.0, section 3). Pure.

use axum::http::Uri;
use serde::Deserialize;
use serde_json::Value;

/// Where an issuer tells about itself, below its own address.
const WELL_KNOWN: &str = "/.well-known/openid-configuration";

/// Why an address or a document of an issuer is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MetadataError {
    #[error("the document of the issuer is not what OpenID Connect Discovery describes")]
    Document,
    #[error("the document is that of another issuer")]
    OtherIssuer,
    #[error("the document names an address that is not https")]
    Address,
}

/// An address that is asked: `https`, or `http` on the machine itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint(Uri);

impl Endpoint {
    /// Reads an address; `None` when it would cross a network in clear, carries a password or a fragment.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let uri: Uri = text.parse().ok()?;
        let authority = uri.authority()?;
        let is_plain_text = !text.contains('#') && !authority.as_str().contains('@');
        let is_safe = match uri.scheme_str()? {
            "https" => true,
            "http" => is_loopback(uri.host()?),
            _ => false,
        };
        (is_plain_text && is_safe).then_some(Self(uri))
    }

    /// Whether it is on the machine itself and in clear.
    pub(crate) fn is_clear(&self) -> bool {
        self.0.scheme_str() == Some("http")
    }

    pub(crate) fn uri(&self) -> &Uri {
        &self.0
    }

    /// The address with these parameters after its own.
    pub(crate) fn with_query(&self, pairs: &[(&str, &str)]) -> String {
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        let separator = if self.0.query().is_some() { '&' } else { '?' };
        format!("{}{separator}{query}", self.0)
    }
}

/// Whether the host is an address of the machine itself, or the name that RFC 6761 reserves for it.
fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost"
        || bare
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

/// Whether this is a text that can be an issuer: an address without query and fragment (Discovery 1.0, section 3).
pub(crate) fn is_issuer(text: &str) -> bool {
    Endpoint::parse(text).is_some_and(|endpoint| endpoint.uri().query().is_none())
}

/// Where the issuer tells about itself.
pub(crate) fn address_of(issuer: &str) -> Option<Endpoint> {
    Endpoint::parse(&format!("{}{WELL_KNOWN}", issuer.trim_end_matches('/')))
}

/// Where an issuer answers what.
#[derive(Clone, Debug)]
pub(crate) struct Metadata {
    /// Where people sign in; absent at issuers of access tokens only.
    pub(crate) authorization: Option<Endpoint>,
    /// Where a code is exchanged.
    pub(crate) token: Option<Endpoint>,
    /// Where it tells more about a person.
    pub(crate) userinfo: Option<Endpoint>,
    /// Where its keys are.
    pub(crate) keys: Endpoint,
    /// Whether a secret is sent in the body, because the issuer does not take it in the header.
    pub(crate) secret_in_body: bool,
    /// Whether answers of the authorization endpoint name the issuer (RFC 9207).
    pub(crate) names_itself: bool,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: Option<String>,
    token_endpoint: Option<String>,
    userinfo_endpoint: Option<String>,
    jwks_uri: String,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl Metadata {
    /// Reads the document of `issuer`.
    ///
    /// It must name this very issuer, and only an issuer on this machine may name addresses in clear.
    pub(crate) fn read(document: &Value, issuer: &str) -> Result<Self, MetadataError> {
        let document = Document::deserialize(document).map_err(|_| MetadataError::Document)?;
        if document.issuer != issuer {
            return Err(MetadataError::OtherIssuer);
        }
        let own = Endpoint::parse(issuer).ok_or(MetadataError::Address)?;
        let endpoint = |text: &str| {
            Endpoint::parse(text)
                .filter(|endpoint| !endpoint.is_clear() || own.is_clear())
                .ok_or(MetadataError::Address)
        };
        let optional = |text: &Option<String>| text.as_deref().map(endpoint).transpose();
        let methods = document.token_endpoint_auth_methods_supported;
        let takes = |method: &str, methods: &[String]| methods.iter().any(|known| known == method);
        Ok(Self {
            authorization: optional(&document.authorization_endpoint)?,
            token: optional(&document.token_endpoint)?,
            userinfo: optional(&document.userinfo_endpoint)?,
            keys: endpoint(&document.jwks_uri)?,
            // The header is what is meant when nothing is said.
            secret_in_body: methods.is_some_and(|methods| {
                takes("client_secret_post", &methods) && !takes("client_secret_basic", &methods)
            }),
            names_itself: document.authorization_response_iss_parameter_supported,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn addresses_in_clear_stay_on_the_machine() {
        for (text, is_good) in [
            ("https://login.example/t", true),
            ("https://login.example:8443", true),
            ("http://127.0.0.1:8080/realm", true),
            ("http://[::1]:8080", true),
            ("http://localhost", true),
            ("http://login.example", false),
            ("http://localhost.evil.example", false),
            ("http://127.0.0.1.evil.example", false),
            ("https://user:word@login.example", false),
            ("https://login.example/#x", false),
            ("ftp://login.example", false),
            ("/login", false),
            ("", false),
        ] {
            assert_eq!(Endpoint::parse(text).is_some(), is_good, "{text}");
        }
        assert!(!is_issuer("https://login.example/?tenant=1"));
        assert_eq!(
            address_of("https://login.example/t/").unwrap().uri().path(),
            "/t/.well-known/openid-configuration"
        );
    }

    #[test]
    fn a_document_is_that_of_its_issuer_and_leads_nowhere_in_clear() {
        let issuer = "https://login.example";
        let document = |change: Value| {
            let mut document = json!({
                "issuer": issuer,
                "authorization_endpoint": "https://login.example/a?x=1",
                "token_endpoint": "https://login.example/t",
                "jwks_uri": "https://login.example/k",
            });
            for (name, value) in change.as_object().unwrap() {
                document[name] = value.clone();
            }
            Metadata::read(&document, issuer)
        };
        let good = document(json!({})).unwrap();
        assert_eq!(
            good.authorization.unwrap().with_query(&[("state", "a b&")]),
            "https://login.example/a?x=1&state=a+b%26"
        );
        assert!(!good.secret_in_body && !good.names_itself);
        for (change, error) in [
            (
                json!({"issuer": "https://evil.example"}),
                MetadataError::OtherIssuer,
            ),
            (
                json!({"issuer": "https://login.example/"}),
                MetadataError::OtherIssuer,
            ),
            (
                json!({"jwks_uri": "http://login.example/k"}),
                MetadataError::Address,
            ),
            (
                json!({"token_endpoint": "http://127.0.0.1/t"}),
                MetadataError::Address,
            ),
            (json!({"jwks_uri": null}), MetadataError::Document),
        ] {
            assert_eq!(document(change.clone()).unwrap_err(), error, "{change}");
        }
        let posts =
            document(json!({"token_endpoint_auth_methods_supported": ["client_secret_post"]}));
        assert!(posts.unwrap().secret_in_body);
    }
}
