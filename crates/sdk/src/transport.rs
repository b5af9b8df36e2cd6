//! Connections: kept alive over TCP, with TLS or without, or one per request over a socket of the file system.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::{Request, Response};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{self, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::UnixStream;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};

use crate::Error;
use crate::limits::{CONNECT_TIMEOUT, IDLE_CONNECTIONS_MAX};

/// A way to a server.
#[derive(Clone, Debug)]
pub(crate) enum Transport {
    Plain(legacy::Client<HttpConnector, Full<Bytes>>),
    Tls(legacy::Client<HttpsConnector<HttpConnector>, Full<Bytes>>),
    Socket(PathBuf),
}

/// Why there is no answer: the only difference that matters is whether the server may have seen the request.
#[derive(Debug)]
pub(crate) enum Broken {
    NotConnected(Box<dyn std::error::Error + Send + Sync>),
    OnTheWay(Box<dyn std::error::Error + Send + Sync>),
}

impl Transport {
    /// Over TCP. The certificates of the system are read only for TLS, because that takes a while.
    pub(crate) fn tcp(is_tls: bool) -> Result<Self, Error> {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
        if !is_tls {
            return Ok(Self::Plain(pool().build(connector)));
        }
        connector.enforce_http(false);
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(tls_provider())
            .map_err(|source| Error::Certificates { source })?
            .https_only()
            .enable_http1()
            .wrap_connector(connector);
        Ok(Self::Tls(pool().build(connector)))
    }

    /// Over a socket of the file system.
    pub(crate) fn socket(path: &Path) -> Self {
        Self::Socket(path.to_owned())
    }

    /// Sends one request; the body of the answer is still to be read.
    pub(crate) async fn send(
        &self,
        request: Request<Full<Bytes>>,
    ) -> Result<Response<Incoming>, Broken> {
        match self {
            Self::Plain(client) => client.request(request).await.map_err(broken),
            Self::Tls(client) => client.request(request).await.map_err(broken),
            Self::Socket(path) => send_over(path, request).await,
        }
    }
}

fn pool() -> legacy::Builder {
    let mut builder = legacy::Client::builder(TokioExecutor::new());
    builder.pool_max_idle_per_host(IDLE_CONNECTIONS_MAX);
    builder
}

fn tls_provider() -> CryptoProvider {
    ring::default_provider()
}

fn broken(error: legacy::Error) -> Broken {
    if error.is_connect() {
        Broken::NotConnected(error.into())
    } else {
        Broken::OnTheWay(error.into())
    }
}

async fn send_over(
    path: &Path,
    request: Request<Full<Bytes>>,
) -> Result<Response<Incoming>, Broken> {
    let stream = UnixStream::connect(path)
        .await
        .map_err(|error| Broken::NotConnected(error.into()))?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| Broken::NotConnected(error.into()))?;
    // The connection ends with the answer; what breaks it is told to the request.
    tokio::spawn(connection);
    sender
        .send_request(request)
        .await
        .map_err(|error| Broken::OnTheWay(error.into()))
}
