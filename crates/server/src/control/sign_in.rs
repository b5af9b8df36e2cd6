//! Changes that concern a person and its sessions at once: one transaction each, then the memory.

use std::sync::Arc;

use super::{
    Claim, Control, ControlError, Identity, LinkKind, Links, NewSession, Person, SecondFactors,
    Session,
    people::{NO_PASSWORD, Still},
};
use crate::auth::PasswordHash;

/// A session that has begun.
#[derive(Clone, Debug)]
pub(crate) struct Begun {
    pub(crate) session: Arc<Session>,
    /// Sessions that ended because the person had too many.
    pub(crate) crowded_out: Vec<Arc<Session>>,
}

/// How a person could sign in until a provider vouched for it.
#[derive(Clone, Debug)]
pub(crate) struct Ended {
    pub(crate) sessions: Vec<Arc<Session>>,
    /// Whether there was a second factor.
    pub(crate) second_factor: bool,
}

impl Control {
    /// Begins a session of a person who has proved who it is, in the place of `before`.
    ///
    /// A password that was changed meanwhile lets nobody in: [`ControlError::PersonChanged`].
    pub(crate) async fn begin_session(
        &self,
        proved: &Person,
        new: NewSession,
        before: Option<&Session>,
    ) -> Result<Begun, ControlError> {
        let _changing = self.people.change().await;
        let now = self.people.get(&proved.id);
        if now.is_none_or(|now| now.password != proved.password) {
            return Err(ControlError::PersonChanged);
        }
        let (session, crowded_out) = self.sessions.begin(&proved.id, new, before).await?;
        Ok(Begun {
            session,
            crowded_out,
        })
    }

    /// Makes a known person the one with this identity, which is the only way in from then on: its password, second
    /// factor, links to a new password and sessions end in the same transaction.
    pub(crate) async fn identify(
        &self,
        still: &Still<'_>,
        person: &Person,
        identity: Identity,
        now_ms: u64,
    ) -> Result<(Arc<Person>, Ended), ControlError> {
        let id = &person.id;
        let mut transaction = self.pool.begin().await.map_err(unwritten)?;
        still
            .identify_in(&mut transaction, id, &identity, now_ms)
            .await?;
        sqlx::query("UPDATE people SET password = ? WHERE id = ?")
            .bind(NO_PASSWORD)
            .bind(id)
            .execute(&mut *transaction)
            .await
            .map_err(unwritten)?;
        SecondFactors::remove_in(&mut transaction, id).await?;
        Links::end_in(&mut transaction, LinkKind::Reset, id).await?;
        let sessions = self
            .sessions
            .end_others_in(&mut transaction, id, None)
            .await?;
        transaction.commit().await.map_err(unwritten)?;
        self.people.remember_identity(identity, id);
        let person = self.people.remember(Person {
            password: None,
            ..person.clone()
        });
        self.sessions.forget_all(&sessions);
        let second_factor = self.second_factors.forget(id);
        Ok((
            person,
            Ended {
                sessions,
                second_factor,
            },
        ))
    }

    /// Makes a person for whom another provider vouches already the one with this identity, too.
    pub(crate) async fn identify_too(
        &self,
        still: &Still<'_>,
        person: &str,
        identity: Identity,
        now_ms: u64,
    ) -> Result<(), ControlError> {
        let mut connection = self.pool.acquire().await.map_err(unwritten)?;
        still
            .identify_in(&mut connection, person, &identity, now_ms)
            .await?;
        self.people.remember_identity(identity, person);
        Ok(())
    }

    /// Replaces the password of a person and ends all its sessions but `kept`, and all links to a new password.
    ///
    /// With a claim the link that it follows is used up in the same transaction; without one the password until now
    /// must be that of `person`, which was shown: else [`ControlError::PersonChanged`]. The answer is the sessions that
    /// ended.
    pub(crate) async fn replace_password(
        &self,
        _still: &Still<'_>,
        person: &Person,
        password: PasswordHash,
        kept: Option<&Session>,
        claim: Option<&Claim>,
    ) -> Result<Vec<Arc<Session>>, ControlError> {
        let id = &person.id;
        let known = self.people.get(id).ok_or(ControlError::NoSuchMember)?;
        if claim.is_none() && known.password != person.password {
            return Err(ControlError::PersonChanged);
        }
        let mut transaction = self.pool.begin().await.map_err(unwritten)?;
        if let Some(claim) = claim {
            let link = Links::take(&mut transaction, claim).await?;
            if link.subject != *id {
                return Err(ControlError::LinkInvalid);
            }
        }
        sqlx::query("UPDATE people SET password = ? WHERE id = ?")
            .bind(password.to_phc())
            .bind(id)
            .execute(&mut *transaction)
            .await
            .map_err(unwritten)?;
        Links::end_in(&mut transaction, LinkKind::Reset, id).await?;
        let ended = self
            .sessions
            .end_others_in(&mut transaction, id, kept)
            .await?;
        transaction.commit().await.map_err(unwritten)?;
        self.people.remember(Person {
            password: Some(password),
            ..Person::clone(&known)
        });
        self.sessions.forget_all(&ended);
        Ok(ended)
    }
}

fn unwritten(source: sqlx::Error) -> ControlError {
    ControlError::Store {
        what: "how a person signs in",
        source,
    }
}
