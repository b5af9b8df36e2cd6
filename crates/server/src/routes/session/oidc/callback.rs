//! `GET /v1/session/oidc/{provider}/callback`.

use std::sync::Arc;

use api::ErrorCode;
use axum::{
    Extension,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
    response::Response,
};

use super::{Failure, hashed, redirect};
use crate::{
    admin::{SignOn, SignOnError},
    app::App,
    auth::{
        Carriage, Proved, Visitor,
        oidc::{Brought, Pending, presented},
    },
    control::Person,
    http::RequestId,
    routes::session::{begin, to_the_end},
};

/// Takes the browser back from a provider, and signs the person in that the provider has presented.
///
/// It leads to the page for which the sign-in was begun; what comes to nothing to
/// `/ui/sign-in?problem=<code>&request=<id>`.
#[utoipa::path(get, path = api::path::SESSION_OIDC_CALLBACK, operation_id = "session.oidc_callback", tag = "session",
    params(("provider" = String, Path, description = "The id of the provider."),
        ("state" = Option<String>, Query, description = "Names the sign-in that was begun."),
        ("code" = Option<String>, Query, description = "What is exchanged for an ID token."),
        ("iss" = Option<String>, Query, description = "The issuer, where it names itself (RFC 9207)."),
        ("error" = Option<String>, Query, description = "Why the provider refused.")),
    responses((status = 303, description = "To a page of the dashboard.")))]
pub(crate) async fn callback(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Extension(request): Extension<RequestId>,
    headers: HeaderMap,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    // What has been proved is acted on to the end, whether the browser waits or not.
    let done = {
        let (app, visitor) = (Arc::clone(&app), visitor.clone());
        to_the_end(async move { Ok(signed_in(&app, &visitor, &headers, &id, &query).await) })
    };
    let mut response = match done.await {
        Ok(Ok(response)) => response,
        Ok(Err(failure)) => failure.told(&app, &visitor, &request),
        Err(_) => Failure::new(ErrorCode::Internal, None).told(&app, &visitor, &request),
    };
    if let Some(cookie) = visitor.carriage.remove_browser() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

async fn signed_in(
    app: &Arc<App>,
    visitor: &Visitor,
    headers: &HeaderMap,
    asked: &str,
    query: &str,
) -> Result<Response, Failure> {
    if visitor.carriage == Carriage::Refused {
        return Err(Failure::new(ErrorCode::PlainHttpRefused, None));
    }
    let lost = || Failure::new(ErrorCode::SignInLost, None);
    let brought = Answer::of(query).ok_or_else(lost)?;
    let browser = visitor.carriage.browser(headers).ok_or_else(lost)?;
    let pendings = &app.door.pendings;
    let now_ms = app.clock.now_ms();
    let pending = pendings.take(&hashed(&brought.state), &hashed(&browser), now_ms);
    let pending = pending.ok_or_else(lost)?;
    let id = pending.provider.clone();
    // What one provider sends here must not be taken for the answer of another (RFC 9700, section 4.4.2.2).
    if id != asked {
        tracing::warn!(provider = id, "another provider has sent the browser back");
        return Err(Failure::new(ErrorCode::IdentityInvalid, Some(&id)));
    }
    let person = person_of(app, visitor, brought, &pending).await?;
    let proved = Proved {
        person,
        second_factor: None,
    };
    let begun = begin(app, proved, &format!("oidc:{id}"), visitor).await;
    let (cookies, _) = begun.map_err(|_| Failure::new(ErrorCode::Internal, Some(&id)))?;
    let mut response = redirect(StatusCode::SEE_OTHER, &pending.next);
    response.headers_mut().extend(cookies);
    Ok(response)
}

/// The person whom the provider presents in exchange for what the browser has brought.
async fn person_of(
    app: &Arc<App>,
    visitor: &Visitor,
    answer: Answer,
    pending: &Pending,
) -> Result<Arc<Person>, Failure> {
    let id = &pending.provider;
    let failure = |code| Failure::new(code, Some(id));
    let provider = app.door.provider(id);
    let provider = provider.ok_or_else(|| failure(ErrorCode::ProviderNotFound))?;
    let brought = answer.brought.map_err(|error| {
        tracing::info!(provider = id, error, "a provider refused a sign-in");
        failure(ErrorCode::ProviderRefused)
    })?;
    let (fetcher, clock) = (&app.door.fetcher, app.clock.as_ref());
    let claims = provider.finish(fetcher, clock, &brought, pending).await;
    let claims = claims.map_err(|error| {
        let code = if error.is_outage() {
            ErrorCode::ProviderUnavailable
        } else {
            ErrorCode::IdentityInvalid
        };
        let error = &error as &dyn std::error::Error;
        tracing::warn!(provider = id, error, "an identity was not believed");
        failure(code)
    })?;
    let all = &app.door.configured;
    let presented = presented(&provider.config, all, &claims).map_err(|unfit| {
        tracing::warn!(provider = id, why = unfit.detail, "a person was not let in");
        failure(unfit.code)
    })?;
    let sign_on = SignOn {
        provider: provider.config.clone(),
        presented,
        client: visitor.client.clone(),
    };
    app.sign_on(sign_on).await.map_err(|error| match error {
        SignOnError::Unfit(unfit, person) => {
            tracing::warn!(provider = id, why = unfit.detail, "a person was not let in");
            Failure {
                person,
                ..failure(unfit.code)
            }
        }
        SignOnError::Admin(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::error!(provider = id, error, "a person could not be kept");
            failure(ErrorCode::Internal)
        }
    })
}

/// What the query of the callback says.
struct Answer {
    state: String,
    /// The code, or why there is none.
    brought: Result<Brought, String>,
}

impl Answer {
    /// Reads the query; `None` when it is not an answer of a provider. Unknown members are left out, as RFC 6749,
    /// section 4.1.2, demands; one that is there twice is none.
    fn of(query: &str) -> Option<Self> {
        let one = |wanted: &str| {
            let mut values = form_urlencoded::parse(query.as_bytes())
                .filter(|(name, value)| name == wanted && value.len() <= 4_096)
                .map(|(_, value)| value.into_owned());
            let value = values.next()?;
            (values.next().is_none() && !value.is_empty()).then_some(value)
        };
        let brought = match (one("code"), one("error")) {
            (Some(code), None) => Ok(Brought {
                code,
                issuer: one("iss"),
            }),
            (None, Some(error)) => Err(plain(&error)),
            _ => return None,
        };
        Some(Self {
            state: one("state")?,
            brought,
        })
    }
}

/// A code of an error as RFC 6749 writes it, fit for a line of the log whoever made it up.
fn plain(error: &str) -> String {
    let letters = error
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_');
    letters.take(64).collect()
}
