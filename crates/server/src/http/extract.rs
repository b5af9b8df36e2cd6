//! JSON bodies and query strings as types; whatever the type does not know is refused with its place.

use std::{borrow::Cow, sync::Arc};

use api::{ErrorCode, ProblemItem};
use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
};
use event::json::JsonFailure;
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use super::{Problem, body::RequestBody};
use crate::{app::App, limits::CONTROL_BODY_BYTES_MAX};

/// A JSON body of the control plane. `T` denies unknown fields.
#[derive(Debug)]
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        let body = RequestBody::from_request(request, app).await?;
        if !is_json(&body.content_type) {
            return Err(Problem::new(
                ErrorCode::UnsupportedMediaType,
                "send the body as application/json",
            ));
        }
        if body.bytes.len() > CONTROL_BODY_BYTES_MAX {
            let detail =
                format!("the body of this operation may have {CONTROL_BODY_BYTES_MAX} bytes");
            return Err(Problem::new(ErrorCode::TooLarge, detail));
        }
        json(&body.bytes).map(Self)
    }
}

/// Whether a `Content-Type` is JSON, whatever its parameters.
pub(crate) fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

/// Reads strict I-JSON as `T`.
pub(crate) fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let value = event::json::parse(bytes).map_err(|failure| match failure {
        JsonFailure::Syntax {
            line,
            column,
            message,
        } => {
            let detail = format!("the body is not JSON at line {line}, column {column}: {message}");
            Problem::new(ErrorCode::InvalidBody, detail)
        }
        JsonFailure::NotIJson {
            pointer,
            code,
            message,
        } => invalid_body(pointer, code, message),
    })?;
    serde_path_to_error::deserialize(value).map_err(|error| {
        let pointer = pointer(error.path());
        invalid_body(pointer, "invalid_value", error.into_inner().to_string())
    })
}

fn invalid_body(pointer: String, code: &str, message: String) -> Problem {
    Problem::new(ErrorCode::InvalidBody, message.clone()).item(ProblemItem {
        index: None,
        pointer,
        code: code.to_owned(),
        message,
    })
}

/// A JSON Pointer (RFC 6901) to the place where reading failed.
fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        let token = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
            Segment::Enum { variant } => variant.clone(),
            Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&token);
    }
    pointer
}

/// The query string as `T`, which denies unknown fields; a parameter may be given once.
#[derive(Debug)]
pub(crate) struct Parameters<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<Arc<App>> for Parameters<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        if let Some(name) = twice(query) {
            return Err(Problem::parameter(&name, "given twice"));
        }
        let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
        serde_path_to_error::deserialize(pairs)
            .map(Self)
            .map_err(|error| {
                let pointer = pointer(error.path());
                let message = error.into_inner().to_string();
                let name = pointer.trim_start_matches('/').to_owned();
                let detail = if name.is_empty() {
                    message.clone()
                } else {
                    format!("{name}: {message}")
                };
                let code = ErrorCode::InvalidParameter;
                let item = ProblemItem {
                    index: None,
                    pointer,
                    code: code.as_str().to_owned(),
                    message,
                };
                Problem::new(code, detail).item(item)
            })
    }
}

/// The first parameter that is given more than once.
fn twice(query: &str) -> Option<String> {
    let mut names: Vec<Cow<'_, str>> = form_urlencoded::parse(query.as_bytes())
        .map(|(name, _)| name)
        .collect();
    names.sort_unstable();
    names.windows(2).find_map(|pair| match pair {
        [one, other] if one == other => Some(one.to_string()),
        _ => None,
    })
}
