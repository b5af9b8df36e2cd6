//! From a request to a [`Principal`], or to a refusal that is told to the self-audit.

use std::sync::Arc;

use api::{ErrorCode, Permission};
use axum::{
    extract::{FromRequestParts, MatchedPath},
    http::{HeaderMap, Method, header::AUTHORIZATION, request::Parts},
};

use super::{Announced, Principal, Requester, Token, rate};
use crate::{
    app::App,
    audit::notice::Refusal,
    control::{AccountId, Standing},
    http::{Client, Problem},
};

/// An authenticated request: who asks, from where, for what.
#[derive(Clone, Debug)]
pub(crate) struct Asking {
    pub(crate) principal: Principal,
    pub(crate) client: Client,
    /// The operation as the OpenAPI document names it, such as `events.list`.
    pub(crate) operation: Arc<str>,
}

impl Asking {
    /// Who asks, and from where, for a change.
    pub(crate) fn requester(&self) -> Requester {
        Requester {
            principal: self.principal.clone(),
            client: self.client.clone(),
        }
    }

    /// Refuses for lack of `permission`.
    pub(crate) fn lacks(
        &self,
        app: &App,
        account: Option<&AccountId>,
        permission: Permission,
    ) -> Problem {
        let detail = format!(
            "the key {} lacks the permission {permission}",
            self.principal.id()
        );
        self.refuse(app, account, ErrorCode::PermissionMissing, detail)
    }

    /// Refuses and tells the self-audit; `account` is the one that was asked for, when the principal may see it.
    pub(crate) fn refuse(
        &self,
        app: &App,
        account: Option<&AccountId>,
        code: ErrorCode,
        detail: String,
    ) -> Problem {
        app.audit.refused(Refusal {
            account: account
                .or(self.principal.account())
                .cloned()
                .unwrap_or_else(AccountId::reserved),
            principal: Some(self.principal.clone()),
            client: self.client.clone(),
            operation: Arc::clone(&self.operation),
            code,
            at_ms: app.clock.now_ms(),
        });
        Problem::new(code, detail)
    }
}

impl FromRequestParts<Arc<App>> for Asking {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let client = parts
            .extensions
            .get::<Client>()
            .cloned()
            .unwrap_or_default();
        let operation = operation(parts, app);
        if let Some(operator) = parts.extensions.get::<Principal>() {
            return Ok(Self {
                principal: operator.clone(),
                client,
                operation,
            });
        }
        let now_ms = app.clock.now_ms();
        match bearer(app, &parts.headers, now_ms) {
            Ok(principal) => {
                within_quota(app, &principal, parts.extensions.get::<Announced>(), now_ms)?;
                Ok(Self {
                    principal,
                    client,
                    operation,
                })
            }
            Err((detail, principal)) => {
                let account = principal
                    .as_ref()
                    .and_then(|principal| principal.account().cloned());
                app.audit.refused(Refusal {
                    account: account.unwrap_or_else(AccountId::reserved),
                    principal,
                    client,
                    operation,
                    code: ErrorCode::Unauthenticated,
                    at_ms: now_ms,
                });
                Err(Problem::new(ErrorCode::Unauthenticated, detail))
            }
        }
    }
}

/// Counts the request against the quota of its key, once per request.
fn within_quota(
    app: &App,
    principal: &Principal,
    announced: Option<&Announced>,
    now_ms: u64,
) -> Result<(), Problem> {
    let Principal::Key(key) = principal else {
        return Ok(());
    };
    let (Some(quota), Some(announced)) = (app.config.limits.key_requests_per_second, announced)
    else {
        return Ok(());
    };
    if announced.standing().is_some() {
        return Ok(());
    }
    let standing = key.paid.take(quota, now_ms);
    announced.note(standing.unwrap_or(rate::Standing { quota, left: 0 }));
    if standing.is_some() {
        Ok(())
    } else {
        let detail = format!("the key may make {quota} requests a second");
        Err(Problem::new(ErrorCode::RateLimited, detail))
    }
}

/// The operation that the router matched; HEAD is the GET without its body.
fn operation(parts: &Parts, app: &App) -> Arc<str> {
    let method = if parts.method == Method::HEAD {
        Method::GET
    } else {
        parts.method.clone()
    };
    let path = parts
        .extensions
        .get::<MatchedPath>()
        .map_or("", MatchedPath::as_str);
    app.document.operation(&method, path)
}

/// The principal of a working key, or why there is none, with the principal whose key no longer works.
///
/// Unknown and mistyped tokens are answered alike: the answer says nothing about which keys exist.
fn bearer(
    app: &App,
    headers: &HeaderMap,
    now_ms: u64,
) -> Result<Principal, (&'static str, Option<Principal>)> {
    let mut lines = headers.get_all(AUTHORIZATION).iter();
    let Some(line) = lines.next() else {
        return Err((
            "send the token of an API key as `Authorization: Bearer ann_…`",
            None,
        ));
    };
    if lines.next().is_some() {
        return Err(("there is more than one Authorization header", None));
    }
    let text = line.to_str().ok().and_then(|text| text.split_once(' '));
    let Some((scheme, token)) = text else {
        return Err((
            "the Authorization header is not of the form `Bearer <token>`",
            None,
        ));
    };
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err((
            "the Authorization header is not of the form `Bearer <token>`",
            None,
        ));
    }
    let key =
        Token::parse(token.trim()).and_then(|token| app.control.keys.with_hash(&token.hash()));
    let Some(key) = key else {
        return Err(("the token is not that of a key", None));
    };
    match key.standing(now_ms) {
        Standing::Good => {
            key.touch(now_ms);
            Ok(Principal::Key(key))
        }
        Standing::Expired => Err(("the key has expired", Some(Principal::Key(key)))),
        Standing::Revoked => Err(("the key was revoked", Some(Principal::Key(key)))),
    }
}
