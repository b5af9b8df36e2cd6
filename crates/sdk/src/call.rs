//! One request before it has a token.

use std::time::Duration;

use bytes::Bytes;
use hyper::Method;
use serde::Serialize;

use crate::Error;
use crate::limits::ATTEMPT_TIMEOUT;

/// One request, before it has a token.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) body: Bytes,
    /// Whether doing it twice is the same as doing it once.
    pub(crate) repeatable: bool,
    /// How long one attempt may take.
    pub(crate) patience: Duration,
}

impl Call {
    pub(crate) fn get(path: String) -> Self {
        let (method, body) = (Method::GET, Bytes::new());
        Self {
            method,
            path,
            content_type: None,
            body,
            repeatable: true,
            patience: ATTEMPT_TIMEOUT,
        }
    }

    pub(crate) fn delete(path: String) -> Self {
        Self {
            method: Method::DELETE,
            ..Self::get(path)
        }
    }

    pub(crate) fn put(path: String) -> Self {
        Self {
            method: Method::PUT,
            ..Self::get(path)
        }
    }

    pub(crate) fn patch(path: String, body: &impl Serialize) -> Result<Self, Error> {
        let call = Self::post(path, body)?;
        Ok(Self {
            method: Method::PATCH,
            ..call
        })
    }

    pub(crate) fn post(path: String, body: &impl Serialize) -> Result<Self, Error> {
        let body = serde_json::to_vec(body).map_err(|source| Error::Encode { source })?;
        Ok(Self::post_bytes(path, "application/json", body.into()))
    }

    pub(crate) fn post_bytes(path: String, content_type: &'static str, body: Bytes) -> Self {
        let call = Self::get(path);
        Self {
            method: Method::POST,
            content_type: Some(content_type),
            body,
            repeatable: false,
            ..call
        }
    }

    pub(crate) fn repeatable(self) -> Self {
        Self {
            repeatable: true,
            ..self
        }
    }
}
