//! The session of a signed-in person, and the first owner of an instance.

pub(crate) mod create;
pub(crate) mod end;
pub(crate) mod oidc;
pub(crate) mod password;
pub(crate) mod portal;
pub(crate) mod read;
pub(crate) mod second_factor;
pub(crate) mod setup;

use std::sync::Arc;

use api::{
    ErrorCode,
    session::{InstanceInfo, SessionAccount, SignInAllowance},
};
use axum::{
    Json,
    http::{HeaderMap, header::SET_COOKIE},
};
use event::Timestamp;

use crate::{
    admin::SigningIn,
    app::App,
    auth::{Carriage, Oneself, Principal, Proved, Proving, Reach, Seat, ViewerSeat, Visitor},
    control::{Account, AccountId, Origin, Person},
    http::Problem,
    reading::Lens,
};

/// The answer of a sign-in: the cookie, and who is signed in now.
pub(crate) type SignedIn = (HeaderMap, Json<api::session::Session>);

/// Begins a session of a person who has proved who it is by `method`; the one of the cookie that came ends.
pub(crate) async fn begin(
    app: &Arc<App>,
    proved: Proved,
    method: &str,
    visitor: &Visitor,
) -> Result<SignedIn, Problem> {
    let Proved {
        person,
        second_factor,
    } = proved;
    let before = visitor.seat.as_ref();
    let signing_in = SigningIn {
        person: Arc::clone(&person),
        second_factor,
        origin: Origin {
            ip: visitor.client.0.ip.map(|ip| ip.to_string()),
            user_agent: visitor.user_agent.clone(),
            method: method.to_owned(),
        },
        client: visitor.client.clone(),
        before: before.map(|seat| (Arc::clone(&seat.person), Arc::clone(&seat.session))),
    };
    let (token, session) = app.begin_session(signing_in).await?;
    if let Some(before) = &visitor.viewing {
        // Its cookie is replaced: nobody could use it any more.
        app.close_portal(Arc::clone(&before.viewer), visitor.client.clone())
            .await?;
    }
    let max_age_s = app.config.sessions.absolute_hours * 60 * 60;
    let mut headers = HeaderMap::new();
    if let Some(cookie) = visitor.carriage.set_cookie(&token, max_age_s) {
        headers.insert(SET_COOKIE, cookie);
    }
    let seat = Seat {
        person,
        session,
        token,
    };
    let answer = described(app, visitor.carriage, Some(&seat));
    Ok((headers, Json(answer)))
}

/// The session of a seat whose person is another value by now.
pub(crate) fn seated(
    app: &App,
    visitor: &Visitor,
    seat: &Seat,
    person: Arc<Person>,
) -> api::session::Session {
    let seat = Seat {
        person,
        ..seat.clone()
    };
    described(app, visitor.carriage, Some(&seat))
}

/// Runs the work of a request in a task of its own: a client that leaves, or a time limit, must not stop it between a
/// proof and what is recorded about it.
pub(crate) async fn to_the_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, Problem>> + Send + 'static,
) -> Result<T, Problem> {
    let done = tokio::spawn(work).await;
    done.map_err(|error| Problem::caused_by(ErrorCode::Internal, &error))?
}

/// A signed-in person who proves again who it is.
fn proving(oneself: &Oneself) -> Proving<'_> {
    Proving {
        person: oneself.person(),
        client: oneself.client(),
        operation: oneself.operation(),
    }
}

/// The session as the API answers it; without a seat, what a sign-in page has to know.
fn described(app: &App, carriage: Carriage, seat: Option<&Seat>) -> api::session::Session {
    let time = |ms: u64| Timestamp::from_ms(ms).to_string();
    let lifetime = app.config.sessions.lifetime();
    let person = |seat: &Seat| api::session::Person {
        id: seat.person.id.clone(),
        name: seat.person.name.clone(),
        email: seat.person.email.clone(),
        operator: seat.person.operator,
        second_factor: app
            .control
            .second_factors
            .since_ms(&seat.person.id)
            .is_some(),
        has_password: seat.person.has_password(),
    };
    api::session::Session {
        signed_in: seat.is_some(),
        csrf: seat.map(|seat| seat.token.csrf()),
        expires_at: seat.map(|seat| time(seat.session.expires_ms(lifetime))),
        person: seat.map(person),
        accounts: seat.map(|seat| accounts(app, &seat.person)),
        viewer: false,
        display: None,
        setup_needed: app.needs_owner(),
        providers: oidc::providers::offered(app, None),
        sign_in: match carriage {
            Carriage::Refused => SignInAllowance::RefusedPlainHttp,
            Carriage::Https | Carriage::Plain => SignInAllowance::Allowed,
        },
        instance: InstanceInfo {
            name: app.name().to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        },
    }
}

/// The session of a portal link as the API answers it.
fn described_viewer(app: &App, carriage: Carriage, seat: &ViewerSeat) -> api::session::Session {
    let viewer = &seat.viewer;
    let actor = &viewer.grant.actor;
    let reach = app.viewer_reach(viewer).unwrap_or_default();
    let account = app.control.accounts.get(&viewer.account);
    let account = account.map(|account| SessionAccount {
        id: account.id.to_string(),
        name: account.settings.name.clone(),
        role: "viewer".to_owned(),
        role_name: "Viewer".to_owned(),
        permissions: reach.permissions(),
        hidden_columns: hidden_columns(app, &account, &reach),
        created_at: Timestamp::from_ms(account.created_ms).to_string(),
    });
    api::session::Session {
        signed_in: true,
        csrf: Some(seat.token.csrf()),
        expires_at: Some(Timestamp::from_ms(viewer.expires_ms).to_string()),
        person: Some(api::session::Person {
            id: actor.id.clone(),
            name: viewer.viewer_name().to_owned(),
            email: actor.email.clone().unwrap_or_default(),
            operator: false,
            second_factor: false,
            has_password: false,
        }),
        accounts: Some(account.into_iter().collect()),
        viewer: true,
        display: Some(viewer.grant.display.clone()),
        ..described(app, carriage, None)
    }
}

fn accounts(app: &App, person: &Arc<Person>) -> Vec<SessionAccount> {
    let principal = Principal::Person(Arc::clone(person));
    let mut accounts = Vec::new();
    for (id, membership) in &person.memberships {
        // The ledger decides that an account exists, and a membership may have ended.
        let Some(account) = app.control.accounts.get(id) else {
            continue;
        };
        let Some(reach) = app.reach(&principal, id) else {
            continue;
        };
        let role = app.control.roles.get(id, &membership.role);
        accounts.push(SessionAccount {
            id: id.to_string(),
            name: account.settings.name.clone(),
            role: membership.role.to_string(),
            role_name: role.map_or_else(String::new, |role| role.name.clone()),
            permissions: reach.permissions(),
            hidden_columns: hidden_columns(app, &account, &reach),
            created_at: Timestamp::from_ms(account.created_ms).to_string(),
        });
    }
    let reserved = AccountId::reserved();
    accounts.sort_by_key(|account| account.id == reserved.as_str());
    accounts
}

/// What whoever reaches so far may not ask about, so that screens do not offer it.
fn hidden_columns(app: &App, account: &Account, reach: &Reach) -> Vec<String> {
    let catalogue = app.catalogue_of(account);
    Lens::new(&reach.sight(), catalogue, app.origin(&account.id)).hidden_columns()
}
