//! Sessions of people: never one without its event, and never an event without its session, while the process lives.

use std::sync::Arc;

use data_encoding::BASE32_NOPAD;

use super::{AdminError, Told, to_the_end};
use crate::{
    auth::{Principal, Requester, SessionToken},
    control::{Begun, ControlError, NewSession, Origin, Person, Session, Used},
    http::Client,
    instance::Instance,
    randomness,
};

/// A person who has proved who it is, and from where.
#[derive(Clone, Debug)]
pub(crate) struct SigningIn {
    pub(crate) person: Arc<Person>,
    /// What was shown besides the password.
    pub(crate) second_factor: Option<Used>,
    pub(crate) origin: Origin,
    pub(crate) client: Client,
    /// Who used this browser until now; that session ends.
    pub(crate) before: Option<(Arc<Person>, Arc<Session>)>,
}

impl Instance {
    /// Begins a session; the one that the browser had until now ends, and is a sign-out of its person.
    pub(crate) async fn begin_session(
        self: &Arc<Self>,
        signing_in: SigningIn,
    ) -> Result<(SessionToken, Arc<Session>), AdminError> {
        let instance = Arc::clone(self);
        to_the_end(async move {
            let SigningIn {
                person,
                second_factor,
                origin,
                client,
                before,
            } = signing_in;
            let token = SessionToken::mint(instance.randomness.as_ref());
            let bytes: [u8; 10] = randomness::array(instance.randomness.as_ref());
            let method = origin.method.clone();
            let new = NewSession {
                id: format!("ses_{}", BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()),
                secret_hash: token.hash(),
                origin,
                now_ms: instance.clock.now_ms(),
            };
            let replaced = before.as_ref().map(|(_, session)| &**session);
            let Begun {
                session,
                crowded_out,
            } = instance
                .control
                .begin_session(&person, new, replaced)
                .await
                .map_err(AdminError::Control)?;
            if let Some((before, session)) = &before {
                instance.signed_out(before, session, &client).await;
            }
            let by = oneself(&person, &client);
            if !crowded_out.is_empty() {
                instance
                    .sessions_ended(&person, crowded_out.len(), &by)
                    .await;
            }
            let mut told = Told::new("audit_log.sign_in", &person, &by)
                .with("login_method", method)
                .with("session", session.id.clone());
            if let Some(used) = second_factor {
                told = told.with("second_factor", used.as_str());
            }
            instance.tell_accounts(told).await;
            if second_factor == Some(Used::RecoveryCode) {
                instance.recovery_code_used(&person, &by).await;
            }
            Ok((token, session))
        })
        .await
    }

    /// Signs a person out.
    pub(crate) async fn sign_out(
        self: &Arc<Self>,
        person: Arc<Person>,
        session: Arc<Session>,
        client: Client,
    ) -> Result<(), AdminError> {
        let instance = Arc::clone(self);
        to_the_end(async move {
            let sessions = &instance.control.sessions;
            // Of two sign-outs at once, one has ended it.
            if sessions.end(&session).await.map_err(AdminError::Control)? {
                instance.signed_out(&person, &session, &client).await;
            }
            Ok(())
        })
        .await
    }

    /// Ends one session of a person; one of somebody else is not found.
    pub(crate) async fn end_session(
        self: &Arc<Self>,
        person: Arc<Person>,
        id: &str,
        by: Requester,
    ) -> Result<(), AdminError> {
        let (instance, id) = (Arc::clone(self), id.to_owned());
        to_the_end(async move {
            let sessions = &instance.control.sessions;
            let mut own = sessions.of(&person.id).into_iter();
            let missing = || AdminError::Control(ControlError::NoSuchSession);
            let session = own.find(|session| session.id == id).ok_or_else(missing)?;
            if !sessions.end(&session).await.map_err(AdminError::Control)? {
                return Err(missing());
            }
            let told = Told::new("audit_log.session_end", &person, &by).with("session", id);
            instance.tell(told.with("count", 1)).await;
            Ok(())
        })
        .await
    }

    /// Ends all sessions of a person but `kept`; the answer says how many there were.
    pub(crate) async fn end_sessions(
        self: &Arc<Self>,
        person: Arc<Person>,
        kept: Option<Arc<Session>>,
        by: Requester,
    ) -> Result<usize, AdminError> {
        let instance = Arc::clone(self);
        to_the_end(async move {
            let sessions = &instance.control.sessions;
            let ended = sessions
                .end_others(&person.id, kept.as_deref())
                .await
                .map_err(AdminError::Control)?;
            if !ended.is_empty() {
                instance.sessions_ended(&person, ended.len(), &by).await;
            }
            Ok(ended.len())
        })
        .await
    }

    /// Ends all sessions of a person, for somebody else who may.
    pub async fn end_all_sessions(
        self: &Arc<Self>,
        person: Arc<Person>,
        by: impl Into<Requester>,
    ) -> Result<(), AdminError> {
        self.end_sessions(person, None, by.into()).await.map(drop)
    }

    /// Tells that sessions of a person ended other than by its sign-out.
    pub(super) async fn sessions_ended(&self, person: &Person, count: usize, by: &Requester) {
        let told = Told::new("audit_log.session_end", person, by);
        self.tell(told.with("count", count)).await;
    }

    async fn signed_out(&self, person: &Arc<Person>, session: &Session, client: &Client) {
        let by = oneself(person, client);
        let told = Told::new("audit_log.sign_out", person, &by);
        self.tell_accounts(told.with("session", session.id.clone()))
            .await;
    }
}

/// A person who does something about itself.
pub(super) fn oneself(person: &Arc<Person>, client: &Client) -> Requester {
    Requester {
        principal: Principal::Person(Arc::clone(person)),
        client: client.clone(),
    }
}
