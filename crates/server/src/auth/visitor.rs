//! Who came with a cookie: nobody, somebody whose session ended, or a person.

use std::{convert::Infallible, sync::Arc};

use api::{ErrorCode, viewer::ViewerKind};
use axum::{
    extract::FromRequestParts,
    http::{
        header::{AUTHORIZATION, USER_AGENT},
        request::Parts,
    },
};

use super::{
    Carriage, Principal, SessionToken,
    authenticate::operation,
    origin::{check_origin, check_write},
};
use crate::{
    app::App,
    audit::notice::{Refusal, Refused},
    control::{AccountId, Person, Session, ViewerToken},
    http::{Client, Problem},
    limits::USER_AGENT_BYTES_MAX,
};

/// A person with a session that works.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    pub(crate) person: Arc<Person>,
    pub(crate) session: Arc<Session>,
    pub(crate) token: SessionToken,
}

/// Somebody with the session of a portal link, which may have ended.
#[derive(Clone, Debug)]
pub(crate) struct ViewerSeat {
    pub(crate) viewer: Arc<ViewerToken>,
    pub(crate) token: SessionToken,
}

/// What the cookie of a request says.
#[derive(Clone, Debug)]
pub(crate) enum Seated {
    /// There is no cookie of ours.
    Nobody,
    /// The session of the cookie is unknown, ended or expired; who it was, when that is still known.
    Ended(Option<Arc<Person>>),
    /// Somebody who opened a portal link.
    Viewing(ViewerSeat),
    /// A person.
    Somebody(Seat),
}

impl Seated {
    /// Looks for the session of the cookie; a session that works is used from now on.
    pub(crate) fn of(app: &App, parts: &Parts, carriage: Carriage, now_ms: u64) -> Self {
        let Some(token) = carriage.token(&parts.headers) else {
            return Self::Nobody;
        };
        let hash = token.hash();
        let Some(session) = app.control.sessions.with_hash(&hash) else {
            let viewer = app.control.viewers.with_hash(&hash, ViewerKind::Session);
            return viewer.map_or(Self::Ended(None), |viewer| {
                Self::Viewing(ViewerSeat { viewer, token })
            });
        };
        let person = app.control.people.get(&session.person);
        match person {
            Some(person) if now_ms < session.expires_ms(app.config.sessions.lifetime()) => {
                session.touch(now_ms);
                Self::Somebody(Seat {
                    person,
                    session,
                    token,
                })
            }
            person => Self::Ended(person),
        }
    }
}

/// A request to sign in, to sign out, or to learn who is signed in: everybody may ask.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    pub(crate) client: Client,
    pub(crate) carriage: Carriage,
    pub(crate) seat: Option<Seat>,
    /// What the browser says it is, cut to [`USER_AGENT_BYTES_MAX`].
    pub(crate) user_agent: Option<String>,
    /// Where the client says that it reached us, such as `https://audit.example.com`.
    pub(crate) reached_at: Option<String>,
    /// The session of a portal link that works.
    pub(crate) viewing: Option<ViewerSeat>,
    operation: Arc<str>,
    from_our_pages: Result<(), &'static str>,
    may_write: Result<(), &'static str>,
}

impl Visitor {
    /// Refuses a sign-in over a network in clear, and one that another site asks for.
    pub(crate) fn may_sign_in(&self, app: &App) -> Result<(), Problem> {
        if self.carriage == Carriage::Refused {
            let detail = "the password would cross the network in clear; give the server a certificate \
                          (--tls-cert and --tls-key), reach it through a proxy that ends TLS and is trusted \
                          (listen.trusted_proxies, X-Forwarded-Proto: https), or allow it (--allow-plain-http)";
            return Err(self.refuse(app, ErrorCode::PlainHttpRefused, detail));
        }
        self.from_our_pages
            .map_err(|why| self.refuse(app, ErrorCode::CsrfRefused, why))
    }

    /// Refuses a sign-out that another site asks for.
    pub(crate) fn may_sign_out(&self, app: &App) -> Result<(), Problem> {
        self.may_write
            .map_err(|why| self.refuse(app, ErrorCode::CsrfRefused, why))
    }

    /// Refuses and tells the self-audit.
    pub(crate) fn refuse(&self, app: &App, code: ErrorCode, detail: &str) -> Problem {
        app.audit.refused(Refusal {
            account: AccountId::reserved(),
            principal: self
                .seat
                .as_ref()
                .map(|seat| Principal::Person(Arc::clone(&seat.person))),
            client: self.client.clone(),
            operation: Arc::clone(&self.operation),
            what: Refused::Access,
            code,
            at_ms: app.clock.now_ms(),
        });
        Problem::new(code, detail)
    }
}

/// Where the client says that it reached us, such as `https://audit.example.com`; `None` when it does not say.
#[derive(Clone, Debug)]
pub(crate) struct ReachedAt(pub(crate) Option<String>);

impl FromRequestParts<Arc<App>> for ReachedAt {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        Ok(Self(Carriage::of(app, parts).reached_at(parts)))
    }
}

fn user_agent(parts: &Parts) -> Option<String> {
    let sent = parts.headers.get(USER_AGENT)?.as_bytes();
    let text = String::from_utf8_lossy(sent);
    let mut shown: String = text.chars().filter(|c| !c.is_control()).collect();
    // It is kept with the session and shown in the list of sessions.
    shown = event::firewall::masked(&shown);
    shown.truncate(shown.floor_char_boundary(USER_AGENT_BYTES_MAX));
    (!shown.trim().is_empty()).then_some(shown)
}

impl FromRequestParts<Arc<App>> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let carriage = Carriage::of(app, parts);
        // Whoever sends a token does not mean the cookie that the browser adds by itself.
        let seated = if parts.headers.contains_key(AUTHORIZATION) {
            Seated::Nobody
        } else {
            Seated::of(app, parts, carriage, app.clock.now_ms())
        };
        let (seat, viewing) = match seated {
            Seated::Somebody(seat) => (Some(seat), None),
            Seated::Viewing(seat) if app.viewer_reach(&seat.viewer).is_some() => (None, Some(seat)),
            Seated::Nobody | Seated::Ended(_) | Seated::Viewing(_) => (None, None),
        };
        let token = seat.as_ref().map(|seat| &seat.token);
        let token = token.or(viewing.as_ref().map(|seat| &seat.token));
        Ok(Self {
            client: parts
                .extensions
                .get::<Client>()
                .cloned()
                .unwrap_or_default(),
            carriage,
            user_agent: user_agent(parts),
            reached_at: carriage.reached_at(parts),
            from_our_pages: check_origin(parts),
            may_write: token.map_or(Ok(()), |token| check_write(parts, token)),
            operation: operation(parts, app),
            seat,
            viewing,
        })
    }
}
