//! The session of a signed-in person, and the first owner of an instance.

pub(crate) mod create;
pub(crate) mod end;
pub(crate) mod read;
pub(crate) mod setup;

use std::sync::Arc;

use api::session::{InstanceInfo, SessionAccount, SignInAllowance};
use axum::{
    Json,
    http::{HeaderMap, header::SET_COOKIE},
};
use event::Timestamp;
use serde_json::{Map, json};

use crate::{
    app::App,
    audit::notice::Change,
    auth::{Carriage, Principal, Seat, SessionToken, Visitor, logs_of},
    control::{AccountId, Person},
    http::Problem,
};

/// The answer of a sign-in: the cookie, and who is signed in now.
type SignedIn = (HeaderMap, Json<api::session::Session>);

/// Begins a session of a person who has proved who it is; the one of the cookie that came ends.
async fn begin(
    app: &Arc<App>,
    person: Arc<Person>,
    visitor: &Visitor,
) -> Result<SignedIn, Problem> {
    if let Some(before) = &visitor.seat {
        app.control.sessions.end(&before.session).await?;
    }
    let token = SessionToken::mint(app.randomness.as_ref());
    let sessions = &app.control.sessions;
    let session = sessions
        .begin(&person.id, token.hash(), app.clock.now_ms())
        .await?;
    tell(app, "audit_log.sign_in", &person, visitor).await;
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

/// Tells the self-audit that a person signed in or out.
async fn tell(app: &App, action: &'static str, person: &Arc<Person>, visitor: &Visitor) {
    for account in logs_of(person) {
        let name = app.control.accounts.get(&account);
        let mut metadata = Map::new();
        if action == "audit_log.sign_in" {
            metadata.insert("login_method".to_owned(), json!("password"));
        }
        app.audit
            .changed(Change {
                principal: Principal::Person(Arc::clone(person)),
                client: visitor.client.clone(),
                action,
                target_type: "account",
                target_id: account.to_string(),
                target_name: name
                    .map_or_else(|| account.to_string(), |found| found.settings.name.clone()),
                account,
                changes: Vec::new(),
                metadata,
            })
            .await;
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
    };
    api::session::Session {
        signed_in: seat.is_some(),
        csrf: seat.map(|seat| seat.token.csrf()),
        expires_at: seat.map(|seat| time(seat.session.expires_ms(lifetime))),
        person: seat.map(person),
        accounts: seat.map(|seat| accounts(app, &seat.person)),
        setup_needed: app.needs_owner(),
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
            created_at: Timestamp::from_ms(account.created_ms).to_string(),
        });
    }
    let reserved = AccountId::reserved();
    accounts.sort_by_key(|account| account.id == reserved.as_str());
    accounts
}
