//! From a request to a [`Principal`], or to a refusal that is told to the self-audit.

use std::sync::Arc;

use api::{ErrorCode, Permission, viewer::ViewerKind};
use axum::{
    extract::{FromRequestParts, MatchedPath},
    http::{HeaderMap, Method, header::AUTHORIZATION, request::Parts},
};

use super::{
    AccessTokenError, Announced, Carriage, Policy, Principal, Reach, Requester, Token, TokenKind,
    Wait, origin::check_write, viewer, visitor::Seated,
};
use crate::{
    app::App,
    audit::notice::{Refusal, Refused},
    control::{AccountId, Session, Standing, ViewerToken},
    http::{Client, Problem},
    shares::{Share, Turn},
};

/// An authenticated request: who asks, from where, for what.
#[derive(Clone, Debug)]
pub(crate) struct Asking {
    pub(crate) principal: Principal,
    pub(crate) client: Client,
    /// The operation as the OpenAPI document names it, such as `events.list`.
    pub(crate) operation: Arc<str>,
    /// The session of a person; `None` for keys and the operator.
    session: Option<Arc<Session>>,
}

impl Asking {
    /// Whether what was permitted is permitted still: for answers that go on for long.
    pub(super) fn still_reaches(&self, app: &App, reach: &Reach, account: &AccountId) -> bool {
        let now_ms = app.clock.now_ms();
        let principal = match (&self.principal, &self.session) {
            // The key as it is now, which may have been changed meanwhile.
            (Principal::Key(key), _) => app.control.keys.get(&key.id).and_then(|key| {
                let works =
                    key.standing(now_ms) == Standing::Good && key.works_from(self.client.0.ip);
                works.then_some(Principal::Key(key))
            }),
            (Principal::Person(person), session) => {
                let lifetime = app.config.sessions.lifetime();
                let works =
                    |session: &Arc<Session>| app.control.sessions.has(session, lifetime, now_ms);
                // The person as it is now, which may have left the account meanwhile.
                let person = app.control.people.get(&person.id);
                let seated = session.as_ref().is_some_and(works);
                person.filter(|_| seated).map(Principal::Person)
            }
            (Principal::AccessToken(token), _) if !token.lasts(now_ms) => None,
            // How far a viewer reaches is worked out anew by every look.
            (Principal::AccessToken(_) | Principal::Viewer(_) | Principal::Operator, _) => {
                Some(self.principal.clone())
            }
        };
        let now = principal.and_then(|principal| app.reach(&principal, account));
        now.is_some_and(|now| now.covers(reach))
    }

    /// The session of a person; `None` for keys and the operator.
    pub(super) fn session(&self) -> Option<&Arc<Session>> {
        self.session.as_ref()
    }

    /// When the session of the person ends unless it is used; `None` for whoever has none.
    pub(crate) fn session_expires_ms(&self, app: &App) -> Option<u64> {
        let session = self.session.as_ref()?;
        Some(session.expires_ms(app.config.sessions.lifetime()))
    }

    /// Who asks, and from where, for a change.
    pub(crate) fn requester(&self) -> Requester {
        Requester {
            principal: self.principal.clone(),
            client: self.client.clone(),
        }
    }

    /// Refuses a viewer what is not for viewers: writes, and whatever shows more than events.
    fn unless_beyond_a_viewer(self, app: &App) -> Result<Self, Problem> {
        let is_viewer = self.principal.viewer().is_some();
        if is_viewer && !viewer::OPERATIONS.contains(&&*self.operation) {
            let detail = "viewers read events; this operation is not for them".to_owned();
            return Err(self.refuse(app, None, ErrorCode::ViewerRefused, detail));
        }
        Ok(self)
    }

    /// Refuses for lack of `permission`.
    pub(crate) fn lacks(
        &self,
        app: &App,
        account: Option<&AccountId>,
        permission: Permission,
    ) -> Problem {
        let detail = format!(
            "{} lacks the permission {permission}",
            self.principal.described()
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
                .or(self.principal.only_account())
                .cloned()
                .unwrap_or_else(AccountId::reserved),
            principal: Some(self.principal.clone()),
            client: self.client.clone(),
            operation: Arc::clone(&self.operation),
            what: Refused::Access,
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
                session: None,
            });
        }
        let now_ms = app.clock.now_ms();
        let found = if parts.headers.contains_key(AUTHORIZATION) {
            let found = match access_token(app, &parts.headers).await {
                Some(found) => found,
                None => bearer(app, &parts.headers, &client, now_ms),
            };
            found.map(|principal| (principal, None))
        } else {
            seated(app, parts, now_ms)
        };
        let Stranger {
            code,
            detail,
            principal,
        } = match found {
            Ok((principal, session)) => {
                within_quota(app, &principal, parts.extensions.get::<Announced>(), now_ms)?;
                let asking = Self {
                    principal,
                    client,
                    operation,
                    session,
                };
                return asking.unless_beyond_a_viewer(app);
            }
            Err(stranger) => stranger,
        };
        let account = principal
            .as_ref()
            .and_then(|principal| principal.only_account().cloned());
        app.audit.refused(Refusal {
            account: account.unwrap_or_else(AccountId::reserved),
            principal,
            client,
            operation,
            what: Refused::Access,
            code,
            at_ms: now_ms,
        });
        Err(Problem::new(code, detail))
    }
}

/// Why somebody is not let in, with the principal that he was or may be.
struct Stranger {
    code: ErrorCode,
    detail: &'static str,
    principal: Option<Principal>,
}

impl Stranger {
    fn unknown(detail: &'static str) -> Self {
        Self::known(detail, None)
    }

    fn known(detail: &'static str, principal: Option<Principal>) -> Self {
        Self {
            code: ErrorCode::Unauthenticated,
            detail,
            principal,
        }
    }
}

/// The person of a session that works; a write must come from our own pages.
fn seated(
    app: &App,
    parts: &Parts,
    now_ms: u64,
) -> Result<(Principal, Option<Arc<Session>>), Stranger> {
    match Seated::of(app, parts, Carriage::of(app, parts), now_ms) {
        Seated::Nobody => Err(Stranger::unknown(
            "send the token of an API key as `Authorization: Bearer ann_…`, or sign in",
        )),
        Seated::Ended(person) => Err(Stranger::known(
            "the session has ended; sign in again",
            person.map(Principal::Person),
        )),
        Seated::Viewing(seat) => {
            let principal = viewing(app, Some(seat.viewer), now_ms)?;
            match check_write(parts, &seat.token) {
                Ok(()) => Ok((principal, None)),
                Err(detail) => Err(Stranger {
                    code: ErrorCode::CsrfRefused,
                    detail,
                    principal: Some(principal),
                }),
            }
        }
        Seated::Somebody(seat) => {
            let principal = Principal::Person(seat.person);
            match check_write(parts, &seat.token) {
                Ok(()) => Ok((principal, Some(seat.session))),
                Err(detail) => Err(Stranger {
                    code: ErrorCode::CsrfRefused,
                    detail,
                    principal: Some(principal),
                }),
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
    let quota = app.config.limits.key_requests_per_second;
    let (Principal::Key(key), Some(quota), Some(announced)) = (principal, quota, announced) else {
        return Ok(());
    };
    announced
        .take(Policy::Key, key.paid(), quota, 1, now_ms)
        .map_err(|wait| too_often(wait, &format!("the key may make {quota} requests a second")))
}

/// The answer to whoever asked more often than announced; nothing was done.
pub(super) fn too_often(wait: Wait, detail: &str) -> Problem {
    Problem::new(ErrorCode::RateLimited, detail).retry_after_s(wait.seconds())
}

/// Takes a place of the account for the request, and counts it against the quota of the account, once per request.
pub(super) fn within_share(app: &App, parts: &Parts, share: &Arc<Share>) -> Result<(), Problem> {
    let turn = parts.extensions.get::<Turn>();
    if !turn.is_none_or(|turn| turn.take(share)) {
        let detail = "the account has as many requests that are worked on as it gets";
        return Err(Problem::new(ErrorCode::Overloaded, detail));
    }
    let quota = app.config.limits.account_requests_per_second;
    let (Some(quota), Some(announced)) = (quota, parts.extensions.get::<Announced>()) else {
        return Ok(());
    };
    let taken = announced.take(
        Policy::Account,
        &share.requests,
        quota,
        1,
        app.clock.now_ms(),
    );
    taken.map_err(|wait| {
        let detail = format!("the account takes {quota} requests a second");
        too_often(wait, &detail)
    })
}

/// The operation that the router matched; HEAD is the GET without its body.
pub(super) fn operation(parts: &Parts, app: &App) -> Arc<str> {
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
    client: &Client,
    now_ms: u64,
) -> Result<Principal, Stranger> {
    let mut lines = headers.get_all(AUTHORIZATION).iter();
    let malformed = "the Authorization header is not of the form `Bearer <token>`";
    let line = lines.next().ok_or(Stranger::unknown(malformed))?;
    if lines.next().is_some() {
        return Err(Stranger::unknown(
            "there is more than one Authorization header",
        ));
    }
    let text = line.to_str().ok().and_then(|text| text.split_once(' '));
    let token = text
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .ok_or(Stranger::unknown(malformed))?;
    if let Some(token) = Token::parse_as(TokenKind::Viewer, token) {
        let found = app
            .control
            .viewers
            .with_hash(&token.hash(), ViewerKind::Token);
        return viewing(app, found, now_ms);
    }
    let key = Token::parse(token).and_then(|token| app.control.keys.with_hash(&token.hash()));
    let key = key.ok_or(Stranger::unknown("the token is not that of a key"))?;
    let standing = key.standing(now_ms);
    let principal = Principal::Key(Arc::clone(&key));
    match standing {
        Standing::Good if !key.works_from(client.0.ip) => Err(Stranger {
            code: ErrorCode::AddressRefused,
            detail: "the key works from other networks only",
            principal: Some(principal),
        }),
        Standing::Good => {
            key.touch(now_ms);
            Ok(principal)
        }
        Standing::Expired => Err(Stranger::known("the key has expired", Some(principal))),
        Standing::Revoked => Err(Stranger::known("the key was revoked", Some(principal))),
    }
}

/// The viewer with this token or session, or why it shows nothing any more.
fn viewing(app: &App, found: Option<Arc<ViewerToken>>, now_ms: u64) -> Result<Principal, Stranger> {
    let token = found.ok_or(Stranger::unknown("the token is not that of a key"))?;
    let ends = if token.expires_ms <= now_ms {
        Some("the viewer token has expired")
    } else if app.viewer_reach(&token).is_none() {
        Some("whoever made the viewer token may not look any more")
    } else {
        None
    };
    let principal = Principal::Viewer(token);
    ends.map_or(Ok(principal.clone()), |why| {
        Err(Stranger::known(why, Some(principal)))
    })
}

/// The bearer of an access token of an issuer that is trusted, or why there is none; `None` when no such token came.
async fn access_token(app: &App, headers: &HeaderMap) -> Option<Result<Principal, Stranger>> {
    let mut lines = headers.get_all(AUTHORIZATION).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else {
        return None;
    };
    let (scheme, token) = line.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    if !scheme.eq_ignore_ascii_case("bearer") || !app.access_tokens.may_be(token) {
        return None;
    }
    let found = app.access_tokens.bearer(token, app.clock.as_ref()).await;
    Some(found.map(Principal::AccessToken).map_err(|error| {
        let code = match error {
            AccessTokenError::Token(_) => ErrorCode::Unauthenticated,
            AccessTokenError::Issuer(_) => ErrorCode::ProviderUnavailable,
        };
        Stranger {
            code,
            detail: error.told(),
            principal: None,
        }
    }))
}
