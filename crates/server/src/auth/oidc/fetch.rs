//! Asking issuers: one request at a time, no redirects, an answer of limited size within limited time.

use std::{
    error::Error,
    future::Future,
    sync::{Arc, OnceLock},
    time::Duration,
};

use axum::http::{
    Request, StatusCode,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT},
};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::Value;
use tokio_rustls::rustls::crypto::ring;

use super::Endpoint;
use crate::limits::{FOREIGN_ANSWER_BYTES_MAX, FOREIGN_ANSWER_TIMEOUT_S};

/// Why an issuer gave no answer that can be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    #[error("no answer within {FOREIGN_ANSWER_TIMEOUT_S} seconds")]
    Timeout,
    #[error("the certificates of the system cannot be read: {0}")]
    Certificates(String),
    #[error("the address cannot be asked")]
    Request(#[source] axum::http::Error),
    #[error("no connection, or it broke")]
    Connection(#[source] Box<dyn Error + Send + Sync>),
    #[error("the answer is longer than {FOREIGN_ANSWER_BYTES_MAX} bytes, or it broke off")]
    Body(#[source] Box<dyn Error + Send + Sync>),
    #[error("the answer has the status {0}")]
    Status(StatusCode),
    #[error("the answer is not JSON")]
    NotJson,
}

type Secured = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// The way to all issuers. It follows no redirects: an issuer says where it answers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fetcher {
    /// Made when it is needed for the first time, because reading the certificates of the system takes a while.
    secured: Arc<OnceLock<Result<Secured, String>>>,
}

impl Fetcher {
    /// Asks for a JSON document, with an access token when it needs one.
    pub(crate) async fn read(
        &self,
        endpoint: &Endpoint,
        bearer: Option<&str>,
    ) -> Result<Value, FetchError> {
        let mut request = Request::get(endpoint.uri()).header(ACCEPT, "application/json");
        if let Some(token) = bearer {
            let header = secret_header(&format!("Bearer {token}"))?;
            request = request.header(AUTHORIZATION, header);
        }
        self.send(request.body(Full::default())).await
    }

    /// Sends a form, with a header that proves who sends it when there is one.
    pub(crate) async fn post(
        &self,
        endpoint: &Endpoint,
        form: &[(&str, &str)],
        authorization: Option<&str>,
    ) -> Result<Value, FetchError> {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let mut request = Request::post(endpoint.uri())
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(authorization) = authorization {
            request = request.header(AUTHORIZATION, secret_header(authorization)?);
        }
        self.send(request.body(Full::from(body))).await
    }

    async fn send(
        &self,
        request: Result<Request<Full<Bytes>>, axum::http::Error>,
    ) -> Result<Value, FetchError> {
        let mut request = request.map_err(FetchError::Request)?;
        let agent = HeaderValue::from_static(concat!("annals/", env!("CARGO_PKG_VERSION")));
        request.headers_mut().insert(USER_AGENT, agent);
        let client = match self.secured.get_or_init(secured) {
            Ok(client) => client,
            Err(why) => return Err(FetchError::Certificates(why.clone())),
        };
        let answer = client.request(request).await;
        let answer = answer.map_err(|error| FetchError::Connection(error.into()))?;
        if answer.status() != StatusCode::OK {
            return Err(FetchError::Status(answer.status()));
        }
        let body = Limited::new(answer.into_body(), FOREIGN_ANSWER_BYTES_MAX);
        let bytes = body.collect().await.map_err(FetchError::Body)?.to_bytes();
        serde_json::from_slice(&bytes).map_err(|_| FetchError::NotJson)
    }
}

/// Runs what asks an issuer, however many requests it takes, for a limited time.
pub(crate) async fn in_time<T, E: From<FetchError>>(
    asking: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let limit = Duration::from_secs(FOREIGN_ANSWER_TIMEOUT_S);
    let answer = tokio::time::timeout(limit, asking).await;
    answer.unwrap_or_else(|_| Err(FetchError::Timeout.into()))
}

fn secret_header(text: &str) -> Result<HeaderValue, FetchError> {
    let mut header = HeaderValue::from_str(text)
        .map_err(|error| FetchError::Request(axum::http::Error::from(error)))?;
    header.set_sensitive(true);
    Ok(header)
}

/// Whether an address may be asked in clear was decided where it was read; see [`Endpoint`].
fn secured() -> Result<Secured, String> {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    connector.enforce_http(false);
    let connector = HttpsConnectorBuilder::new()
        .with_provider_and_native_roots(ring::default_provider())
        .map_err(|error| error.to_string())?
        .https_or_http()
        .enable_http1()
        .wrap_connector(connector);
    // Issuers are asked rarely: no connection is kept.
    let mut builder = Client::builder(TokioExecutor::new());
    Ok(builder.pool_max_idle_per_host(0).build(connector))
}
