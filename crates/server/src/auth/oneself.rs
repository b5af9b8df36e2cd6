//! A signed-in person who asks about itself: its password, its sessions, its second factor.

use std::sync::Arc;

use api::ErrorCode;
use axum::{extract::FromRequestParts, http::request::Parts};

use super::{Asking, Principal, Requester};
use crate::{
    app::App,
    control::{Person, Session},
    http::{Client, Problem},
};

/// The proof that a person asks, with a session that works.
#[derive(Debug)]
pub(crate) struct Oneself {
    person: Arc<Person>,
    session: Arc<Session>,
    asking: Asking,
}

impl Oneself {
    /// Who asks.
    pub(crate) fn person(&self) -> &Arc<Person> {
        &self.person
    }

    /// With which session.
    pub(crate) fn session(&self) -> &Arc<Session> {
        &self.session
    }

    /// From where.
    pub(crate) fn client(&self) -> &Client {
        &self.asking.client
    }

    /// The operation as the OpenAPI document names it.
    pub(crate) fn operation(&self) -> &Arc<str> {
        &self.asking.operation
    }

    /// Who asks, and from where, for a change.
    pub(crate) fn requester(&self) -> Requester {
        self.asking.requester()
    }
}

impl FromRequestParts<Arc<App>> for Oneself {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let asking = Asking::from_request_parts(parts, app).await?;
        let seat = match (&asking.principal, asking.session()) {
            (Principal::Person(person), Some(session)) => {
                Some((Arc::clone(person), Arc::clone(session)))
            }
            _ => None,
        };
        let Some((person, session)) = seat else {
            let detail = "the operation is for a signed-in person, about itself".to_owned();
            return Err(asking.refuse(app, None, ErrorCode::SessionNeeded, detail));
        };
        Ok(Self {
            person,
            session,
            asking,
        })
    }
}
