//! The only place where an error becomes a response.

mod catalogue;
pub(crate) mod events;

use std::{error::Error, sync::Arc};

use api::{ErrorCode, ProblemItem, problem::PROBLEM_JSON};
use axum::{
    body::Body,
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};

use ledger::CreateLogError;

use super::RequestId;
use crate::{admin::AdminError, control::ControlError};

/// A refusal on its way to the client: RFC 9457 without the request id, which [`finish`] adds.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    code: ErrorCode,
    detail: String,
    items: Vec<ProblemItem>,
    retry_after_s: u64,
    /// Stored bytes that do not match the log, when that is the cause.
    damage: Option<Damage>,
    /// What the operator reads in the log and the client never sees.
    cause: Option<Arc<str>>,
}

/// Stored bytes that do not match the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    /// Which entry; `None` when its whole segment cannot be read.
    pub(crate) index: Option<u64>,
    /// What does not match.
    pub(crate) reason: String,
}

impl Problem {
    /// A refusal with a sentence for people, which must not repeat what redaction would remove.
    pub(crate) fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            items: Vec::new(),
            retry_after_s: 1,
            damage: None,
            cause: None,
        }
    }

    /// The same, caused by stored bytes that do not match the log.
    pub(crate) fn damaged(mut self, damage: Damage) -> Self {
        self.damage = Some(damage);
        self
    }

    /// The stored bytes that do not match the log.
    pub(crate) fn damage(&self) -> Option<&Damage> {
        self.damage.as_ref()
    }

    /// A refusal that is not the client's fault: the client sees its code, the log the whole chain of causes.
    pub(crate) fn caused_by(code: ErrorCode, cause: &(dyn Error + 'static)) -> Self {
        let mut chain = cause.to_string();
        let mut next = cause.source();
        while let Some(source) = next {
            chain.push_str(": ");
            chain.push_str(&source.to_string());
            next = source.source();
        }
        Self {
            cause: Some(chain.into()),
            ..Self::new(code, "the request id finds the cause in the server's log")
        }
    }

    /// A refusal for one parameter of the path or query.
    pub(crate) fn parameter(name: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::new(ErrorCode::InvalidParameter, format!("{name}: {message}")).item(ProblemItem {
            index: None,
            pointer: format!("/{name}"),
            code: ErrorCode::InvalidParameter.as_str().to_owned(),
            message,
        })
    }

    /// Why, and the sentence about it, for whoever has to record a refusal.
    pub(crate) fn told(&self) -> (ErrorCode, &str) {
        (self.code, &self.detail)
    }

    /// Adds one wrong thing with its place.
    pub(crate) fn item(mut self, item: ProblemItem) -> Self {
        self.items.push(item);
        self
    }

    /// Adds wrong things with their places.
    pub(crate) fn items(mut self, items: impl IntoIterator<Item = ProblemItem>) -> Self {
        self.items.extend(items);
        self
    }

    /// Asks the client to come back after so many seconds; 1 when not called. Sent with 408, 429 and 503.
    pub(crate) fn retry_after_s(mut self, seconds: u64) -> Self {
        self.retry_after_s = seconds;
        self
    }

    /// Writes it to the log: for work that ended after its answer had begun.
    pub(crate) fn log(&self, what: &str) {
        tracing::error!(
            code = self.code.as_str(),
            cause = self.cause.as_deref().unwrap_or(&self.detail),
            "{what}"
        );
    }

    /// The body that the client gets inside an answer that is not a refusal as a whole.
    pub(crate) fn to_wire(&self, request_id: &RequestId) -> api::Problem {
        api::Problem {
            kind: api::problem::problem_type(self.code),
            title: self.code.title().to_owned(),
            status: self.code.status(),
            detail: self.detail.clone(),
            code: self.code,
            request_id: request_id.as_str().to_owned(),
            errors: self.items.clone(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() =
            StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes the body of a refusal; refusals that a framework made become problems, too.
pub(super) fn finish(response: Response, request_id: &RequestId) -> Response {
    let (mut parts, body) = response.into_parts();
    let problem = match parts.extensions.remove::<Problem>() {
        Some(problem) => problem,
        None => match code_of(parts.status) {
            Some(code)
                if !parts.headers.contains_key("content-type") || is_bare_text(&parts.headers) =>
            {
                Problem::new(code, code.meaning().trim())
            }
            _ => return Response::from_parts(parts, body),
        },
    };
    if let Some(cause) = &problem.cause {
        tracing::error!(
            request_id = request_id.as_str(),
            code = problem.code.as_str(),
            cause = &**cause,
            "request failed"
        );
    }
    if problem.code.is_retryable() {
        parts
            .headers
            .insert(RETRY_AFTER, HeaderValue::from(problem.retry_after_s));
    }
    if problem.code.status() == 401 {
        parts.headers.insert(
            WWW_AUTHENTICATE,
            HeaderValue::from_static("Bearer realm=\"annals\""),
        );
    }
    parts
        .headers
        .insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    parts.headers.remove("content-length");
    let text = serde_json::to_vec(&problem.to_wire(request_id)).unwrap_or_default();
    Response::from_parts(parts, Body::from(text))
}

/// What axum's own rejections carry.
fn is_bare_text(headers: &axum::http::HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"text/plain"))
}

/// The code of a refusal that carries nothing but its status.
fn code_of(status: StatusCode) -> Option<ErrorCode> {
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    Some(match status {
        StatusCode::NOT_FOUND => ErrorCode::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => ErrorCode::MethodNotAllowed,
        StatusCode::NOT_ACCEPTABLE => ErrorCode::NotAcceptable,
        StatusCode::REQUEST_TIMEOUT => ErrorCode::RequestTimeout,
        StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ErrorCode::UnsupportedMediaType,
        StatusCode::SERVICE_UNAVAILABLE => ErrorCode::Overloaded,
        status if status.is_client_error() => ErrorCode::InvalidParameter,
        _ => ErrorCode::Internal,
    })
}

impl From<AdminError> for Problem {
    fn from(error: AdminError) -> Self {
        match error {
            AdminError::Invalid { member, message } => {
                let code = ErrorCode::InvalidBody;
                Self::new(code, format!("{member}: {message}")).item(ProblemItem {
                    index: None,
                    pointer: format!("/{member}"),
                    code: "invalid_value".to_owned(),
                    message,
                })
            }
            AdminError::Unusable { pointer, message } => {
                let code = ErrorCode::ValueInvalid;
                let member = pointer.trim_start_matches('/');
                Self::new(code, format!("{member}: {message}")).item(ProblemItem {
                    index: None,
                    pointer,
                    code: "invalid_value".to_owned(),
                    message,
                })
            }
            AdminError::Above { detail } => Self::new(ErrorCode::RoleAbove, detail),
            AdminError::Beyond { detail } => Self::new(ErrorCode::PermissionMissing, detail),
            AdminError::LastOwner => Self::new(ErrorCode::LastOwner, error.to_string()),
            AdminError::RoleInUse { .. } => Self::new(ErrorCode::RoleInUse, error.to_string()),
            AdminError::AccountExists { existing } => {
                let detail =
                    format!("the account {existing} exists; two ids may not differ by case only");
                Self::new(ErrorCode::AccountConflict, detail)
            }
            AdminError::ProviderNeeded { detail } => Self::new(ErrorCode::ProviderNeeded, detail),
            AdminError::SignInFirst => Self::new(ErrorCode::SignInFirst, error.to_string()),
            AdminError::NoSuchAccount { .. } => {
                Self::new(ErrorCode::AccountNotFound, error.to_string())
            }
            AdminError::Catalogue(refusal) => refusal.into(),
            AdminError::Hash(error) => error.into(),
            AdminError::MakeLog {
                source: CreateLogError::Append(error),
                ..
            } => error.into(),
            AdminError::MakeLog {
                source: CreateLogError::SlotTaken { .. },
                ..
            } => Self::new(
                ErrorCode::AccountConflict,
                "the id falls together with that of another account; choose another",
            ),
            AdminError::MakeLog { .. } | AdminError::Panicked(_) | AdminError::Seal(_) => {
                Self::caused_by(ErrorCode::Internal, &error)
            }
            AdminError::Control(error) => error.into(),
        }
    }
}

impl From<ControlError> for Problem {
    fn from(error: ControlError) -> Self {
        match &error {
            ControlError::NoSuchKey => Self::new(ErrorCode::KeyNotFound, "there is no such key"),
            ControlError::NoSuchViewerToken => {
                Self::new(ErrorCode::ViewerTokenNotFound, error.to_string())
            }
            ControlError::KeyEnded => Self::new(ErrorCode::KeyEnded, error.to_string()),
            ControlError::KeyReplaced => Self::new(ErrorCode::KeyReplaced, error.to_string()),
            ControlError::NoSuchMember => Self::new(ErrorCode::MemberNotFound, error.to_string()),
            ControlError::TooManyViews
            | ControlError::TooManyKeys
            | ControlError::TooManyInvitations
            | ControlError::TooManyRoles
            | ControlError::TooManyViewerTokens => Self::new(ErrorCode::TooMany, error.to_string()),
            ControlError::NoSuchRole => Self::new(ErrorCode::RoleNotFound, error.to_string()),
            ControlError::RoleNameTaken => Self::new(ErrorCode::NameTaken, error.to_string()),
            ControlError::NoSuchView => Self::new(ErrorCode::ViewNotFound, error.to_string()),
            ControlError::NoSuchInvitation => {
                Self::new(ErrorCode::InvitationNotFound, error.to_string())
            }
            ControlError::MemberExists => Self::new(ErrorCode::MemberExists, error.to_string()),
            ControlError::LinkInvalid => Self::new(ErrorCode::LinkInvalid, error.to_string()),
            ControlError::NoSuchSession => Self::new(ErrorCode::SessionNotFound, error.to_string()),
            ControlError::PersonChanged => Self::new(
                ErrorCode::SignInFailed,
                "the e-mail or the password is wrong",
            ),
            ControlError::SecondFactorOn => Self::new(ErrorCode::SecondFactorOn, error.to_string()),
            ControlError::NoSecondFactor => {
                Self::new(ErrorCode::SecondFactorOff, error.to_string())
            }
            ControlError::NameTaken | ControlError::EmailTaken => {
                Self::new(ErrorCode::NameTaken, error.to_string())
            }
            _ => Self::caused_by(ErrorCode::Internal, &error),
        }
    }
}
