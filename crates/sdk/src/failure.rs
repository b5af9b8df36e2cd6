//! Why an attempt failed, and what that says about the next one.

use std::time::Duration;

use api::{ErrorCode, Problem};
use hyper::StatusCode;
use hyper::header::{HeaderMap, RETRY_AFTER};

use crate::Error;

/// What a failed attempt says about the next one.
pub(crate) struct Failure {
    pub(crate) error: Error,
    reason: Reason,
    /// How long the server asks to wait.
    pub(crate) retry_after: Option<Duration>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// The server did nothing and may do it later.
    NotTaken,
    /// Whether the server did something is not known.
    OnTheWay,
    /// The same request fails again.
    Final,
}

impl Failure {
    pub(crate) fn of(error: Error, reason: Reason) -> Self {
        Self {
            error,
            reason,
            retry_after: None,
        }
    }

    /// Whether the same request may succeed now, and does no harm.
    pub(crate) fn worth_repeating(&self, repeatable: bool) -> bool {
        match self.reason {
            Reason::NotTaken => true,
            Reason::OnTheWay => repeatable,
            Reason::Final => false,
        }
    }
}

/// The failure of an answer that is no success.
pub(crate) fn refused(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Failure {
    let (error, reason) = if let Ok(problem) = serde_json::from_slice::<Problem>(body) {
        let reason = match problem.code {
            ErrorCode::Timeout => Reason::OnTheWay,
            code if code.is_retryable() => Reason::NotTaken,
            _ => Reason::Final,
        };
        (Error::Refused(Box::new(problem)), reason)
    } else {
        let reason = match status.as_u16() {
            429 => Reason::NotTaken,
            502..=504 => Reason::OnTheWay,
            _ => Reason::Final,
        };
        let detail = beginning(body);
        (
            Error::Unexpected {
                status: status.as_u16(),
                detail,
            },
            reason,
        )
    };
    let retry_after = headers
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|seconds| seconds.trim().parse().ok())
        .map(Duration::from_secs);
    Failure {
        error,
        reason,
        retry_after,
    }
}

/// The first printable part of an answer nobody expected.
fn beginning(body: &[u8]) -> String {
    const SHOWN_MAX: usize = 200;
    let text = String::from_utf8_lossy(body.get(..SHOWN_MAX).unwrap_or(body)).into_owned();
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect::<String>()
        .trim()
        .to_owned()
}
