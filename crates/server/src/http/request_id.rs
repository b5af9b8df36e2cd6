use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use data_encoding::BASE32_NOPAD;

use crate::{
    limits::REQUEST_ID_BYTES_MAX,
    randomness::{self, Randomness},
};

/// The header that carries the id, both ways.
pub(crate) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What finds a request in the log: the client's own id when it is short and plain, else a random one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestId(Arc<str>);

impl RequestId {
    /// The id of the request with these headers.
    pub(super) fn of(headers: &HeaderMap, randomness: &dyn Randomness) -> Self {
        let sent = headers
            .get(X_REQUEST_ID)
            .and_then(|value| value.to_str().ok());
        let made = || {
            BASE32_NOPAD
                .encode(&randomness::array::<10>(randomness))
                .to_ascii_lowercase()
                .into()
        };
        Self(sent.filter(|id| is_plain(id)).map_or_else(made, Arc::from))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn header(&self) -> HeaderValue {
        HeaderValue::from_str(&self.0).unwrap_or(HeaderValue::from_static("invalid"))
    }
}

/// Whether the text can stand in a log line and a header as it is.
fn is_plain(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:/+=".contains(&byte);
    // The id stands in the log of the process and in answers, where no token belongs.
    (1..=REQUEST_ID_BYTES_MAX).contains(&id.len())
        && id.bytes().all(plain)
        && event::firewall::find(id).is_none()
}
