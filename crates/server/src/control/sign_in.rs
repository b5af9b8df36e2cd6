//! Changes that concern a person and its sessions at once: one transaction each, then the memory.

use std::sync::Arc;

use super::{Claim, Control, ControlError, LinkKind, Links, NewSession, Person, Session};
use crate::auth::PasswordHash;

/// A session that has begun.
#[derive(Clone, Debug)]
pub(crate) struct Begun {
    pub(crate) session: Arc<Session>,
    /// Sessions that ended because the person had too many.
    pub(crate) crowded_out: Vec<Arc<Session>>,
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

    /// Replaces the password of a person and ends all its sessions but `kept`, and all links to a new password.
    ///
    /// With a claim the link that it follows is used up in the same transaction. The answer is the sessions that ended.
    pub(crate) async fn replace_password(
        &self,
        person: &str,
        password: PasswordHash,
        kept: Option<&Session>,
        claim: Option<&Claim>,
    ) -> Result<Vec<Arc<Session>>, ControlError> {
        let failed = |source| ControlError::Store {
            what: "a password",
            source,
        };
        let _changing = self.people.change().await;
        let known = self.people.get(person).ok_or(ControlError::NoSuchMember)?;
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        if let Some(claim) = claim {
            let link = Links::take(&mut transaction, claim).await?;
            if link.subject != person {
                return Err(ControlError::LinkInvalid);
            }
        }
        sqlx::query("UPDATE people SET password = ? WHERE id = ?")
            .bind(password.to_phc())
            .bind(person)
            .execute(&mut *transaction)
            .await
            .map_err(failed)?;
        Links::end_in(&mut transaction, LinkKind::Reset, person).await?;
        let ended = self
            .sessions
            .end_others_in(&mut transaction, person, kept)
            .await?;
        transaction.commit().await.map_err(failed)?;
        self.people.remember(Person {
            password: Some(password),
            ..Person::clone(&known)
        });
        self.sessions.forget_all(&ended);
        Ok(ended)
    }
}
