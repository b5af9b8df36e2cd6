//! How a request becomes an answer or an error.

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::Request;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use serde::de::DeserializeOwned;

use crate::call::Call;
use crate::failure::{Failure, Reason, refused};
use crate::limits::ANSWER_BYTES_MAX;
use crate::transport::{Broken, Transport};
use crate::{Client, Error};

impl Client {
    /// Sends a request, again when it may and should be, and reads the answer.
    pub(crate) async fn call<A: DeserializeOwned>(&self, call: Call) -> Result<A, Error> {
        let answer = self.bytes(call).await?;
        serde_json::from_slice(&answer).map_err(|source| Error::Decode { source })
    }

    /// As [`Self::call`], but the answer is not read yet.
    pub(crate) async fn bytes(&self, call: Call) -> Result<Bytes, Error> {
        let mut attempt = 1;
        loop {
            let failure = match self.attempt(&call).await {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            if !failure.worth_repeating(call.repeatable) {
                return Err(failure.error);
            }
            let Some(pause) = self
                .retry
                .pause_after(attempt, failure.retry_after, chance())
            else {
                return Err(failure.error);
            };
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }

    async fn attempt(&self, call: &Call) -> Result<Bytes, Failure> {
        let exchange = async {
            let response = self
                .transport
                .send(self.request(call)?)
                .await
                .map_err(|broken| self.broken(broken))?;
            let (head, body) = response.into_parts();
            let body = Limited::new(body, ANSWER_BYTES_MAX)
                .collect()
                .await
                .map_err(|source| {
                    Failure::of(
                        Error::Transport {
                            server: self.url().to_owned(),
                            source,
                        },
                        Reason::OnTheWay,
                    )
                })?;
            let body = body.to_bytes();
            if head.status.is_success() {
                Ok(body)
            } else {
                Err(refused(head.status, &head.headers, &body))
            }
        };
        tokio::time::timeout(call.patience, exchange)
            .await
            .unwrap_or_else(|_| {
                let (server, seconds) = (self.url().to_owned(), call.patience.as_secs());
                Err(Failure::of(
                    Error::Timeout { server, seconds },
                    Reason::OnTheWay,
                ))
            })
    }

    fn request(&self, call: &Call) -> Result<Request<Full<Bytes>>, Failure> {
        let mut request = Request::builder()
            .method(call.method.clone())
            .uri(self.address.at(&call.path))
            .header(
                USER_AGENT,
                concat!("annals-rust/", env!("CARGO_PKG_VERSION")),
            );
        if let Transport::Socket(_) = self.transport {
            // A connection made by hand sends the path alone and names the host itself.
            request = request
                .uri(&call.path)
                .header(hyper::header::HOST, "annals");
        }
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        if let Some(content_type) = call.content_type {
            request = request.header(CONTENT_TYPE, content_type);
        }
        request.body(Full::new(call.body.clone())).map_err(|_| {
            Failure::of(
                Error::Address {
                    address: self.address.at(&call.path),
                },
                Reason::Final,
            )
        })
    }

    fn broken(&self, broken: Broken) -> Failure {
        let server = self.url().to_owned();
        match broken {
            Broken::NotConnected(source) => {
                Failure::of(Error::Connect { server, source }, Reason::NotTaken)
            }
            Broken::OnTheWay(source) => {
                Failure::of(Error::Transport { server, source }, Reason::OnTheWay)
            }
        }
    }
}

/// A random byte; without randomness all clients pause alike, which is only less polite.
fn chance() -> u8 {
    let mut byte = [0];
    if getrandom::fill(&mut byte).is_err() {
        return 128;
    }
    let [byte] = byte;
    byte
}
