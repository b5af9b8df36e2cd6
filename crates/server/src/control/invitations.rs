//! Invitations into accounts that were not accepted yet. They are asked for seldom, so the database answers itself.

use std::sync::Arc;

use sqlx::SqlitePool;

use super::{
    AccountId, Claim, Control, ControlError, LinkKind, Links, Membership, NewLink, Person, RoleId,
    folded, people::Still, signed, unsigned,
};
use crate::limits::INVITATIONS_MAX;

/// An invitation as it stands in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Invitation {
    /// The id, `inv_…`.
    pub(crate) id: String,
    pub(crate) account: AccountId,
    /// The address of whoever is invited.
    pub(crate) email: String,
    /// What it will be from then on.
    pub(crate) membership: Membership,
    /// The id and name of whoever invited.
    pub(crate) inviter: (String, String),
    /// Until when it can be accepted, in milliseconds since 1970 UTC.
    pub(crate) expires_ms: u64,
}

/// All invitations.
#[derive(Debug)]
pub(crate) struct Invitations {
    pool: SqlitePool,
}

type Row = (
    String,
    String,
    String,
    String,
    Option<String>,
    Option<i64>,
    String,
    String,
    i64,
    i64,
);

const COLUMNS: &str = "id, account, email, role, resources, membership_expires_ms, inviter_id, inviter_name, \
                       created_ms, expires_ms";

impl Invitations {
    pub(super) fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }

    /// Stores an invitation with its link, in the place of an earlier one for the same address.
    pub(crate) async fn put(
        &self,
        new: &Invitation,
        link: NewLink<'_>,
    ) -> Result<(), ControlError> {
        let mut transaction = self.pool.begin().await.map_err(unwritten)?;
        let before: Option<String> = sqlx::query_scalar(
            "DELETE FROM invitations WHERE account = ? AND folded = ? RETURNING id",
        )
        .bind(new.account.as_str())
        .bind(folded(&new.email))
        .fetch_optional(&mut *transaction)
        .await
        .map_err(unwritten)?;
        if let Some(before) = before {
            Links::end_in(&mut transaction, LinkKind::Invitation, &before).await?;
        }
        let others: i64 = sqlx::query_scalar("SELECT count(*) FROM invitations WHERE account = ?")
            .bind(new.account.as_str())
            .fetch_one(&mut *transaction)
            .await
            .map_err(unread)?;
        if others >= INVITATIONS_MAX {
            return Err(ControlError::TooManyInvitations);
        }
        let membership = &new.membership;
        let resources = membership.resources.as_ref();
        sqlx::query(
            "INSERT INTO invitations (id, account, email, folded, role, resources, membership_expires_ms, \
             inviter_id, inviter_name, created_ms, expires_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&new.id)
        .bind(new.account.as_str())
        .bind(&new.email)
        .bind(folded(&new.email))
        .bind(membership.role.as_str())
        .bind(resources.map(|set| serde_json::json!(set).to_string()))
        .bind(membership.expires_ms.map(signed))
        .bind(&new.inviter.0)
        .bind(&new.inviter.1)
        .bind(signed(membership.since_ms))
        .bind(signed(new.expires_ms))
        .execute(&mut *transaction)
        .await
        .map_err(unwritten)?;
        Links::make_in(&mut transaction, link).await?;
        transaction.commit().await.map_err(unwritten)
    }

    /// The invitations of an account that can still be accepted, in the order of addresses.
    pub(crate) async fn of(
        &self,
        account: &AccountId,
        now_ms: u64,
    ) -> Result<Vec<Invitation>, ControlError> {
        let text = format!(
            "SELECT {COLUMNS} FROM invitations WHERE account = ? AND expires_ms > ? ORDER BY folded"
        );
        let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(account.as_str())
            .bind(signed(now_ms))
            .fetch_all(&self.pool)
            .await
            .map_err(unread)?;
        rows.into_iter().map(invitation).collect()
    }

    /// Whether somebody with this address is invited anywhere.
    pub(crate) async fn invites(&self, email: &str, now_ms: u64) -> Result<bool, ControlError> {
        sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM invitations WHERE folded = ? AND expires_ms > ?)",
        )
        .bind(folded(email))
        .bind(signed(now_ms))
        .fetch_one(&self.pool)
        .await
        .map_err(unread)
    }

    /// The invitation with this id.
    pub(crate) async fn get(&self, id: &str) -> Result<Option<Invitation>, ControlError> {
        let text = format!("SELECT {COLUMNS} FROM invitations WHERE id = ?");
        let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(id)
            .fetch_optional(&self.pool)
            .await
            .map_err(unread)?;
        row.map(invitation).transpose()
    }

    /// Takes an invitation back, with its link. The answer says whether it was there.
    pub(crate) async fn remove(&self, id: &str) -> Result<bool, ControlError> {
        let mut transaction = self.pool.begin().await.map_err(unwritten)?;
        let done = sqlx::query("DELETE FROM invitations WHERE id = ?")
            .bind(id)
            .execute(&mut *transaction)
            .await
            .map_err(unwritten)?;
        Links::end_in(&mut transaction, LinkKind::Invitation, id).await?;
        transaction.commit().await.map_err(unwritten)?;
        Ok(done.rows_affected() > 0)
    }

    /// Removes what has expired.
    pub(crate) async fn tidy(&self, now_ms: u64) -> Result<(), ControlError> {
        sqlx::query("DELETE FROM invitations WHERE expires_ms <= ?")
            .bind(signed(now_ms))
            .execute(&self.pool)
            .await
            .map(drop)
            .map_err(unwritten)
    }
}

/// Who accepts an invitation.
#[derive(Debug)]
pub(crate) enum Joining {
    /// Somebody who is known; the id.
    Known(String),
    /// Somebody new.
    New(Box<Person>),
}

impl Control {
    /// Makes whoever follows the link a member, and uses up link and invitation: all of it or nothing.
    pub(crate) async fn accept_invitation(
        &self,
        still: &Still<'_>,
        claim: &Claim,
        invitation: &Invitation,
        membership: Membership,
        joining: Joining,
    ) -> Result<Arc<Person>, ControlError> {
        let mut transaction = self.pool.begin().await.map_err(unwritten)?;
        let link = Links::take(&mut transaction, claim).await?;
        if link.subject != invitation.id {
            return Err(ControlError::LinkInvalid);
        }
        sqlx::query("DELETE FROM invitations WHERE id = ?")
            .bind(&invitation.id)
            .execute(&mut *transaction)
            .await
            .map_err(unwritten)?;
        let account = &invitation.account;
        let person = match joining {
            Joining::Known(id) => {
                let known = self.people.get(&id).ok_or(ControlError::LinkInvalid)?;
                let mut person = Person::clone(&known);
                person.memberships.insert(account.clone(), membership);
                still.member_in(&mut transaction, &person, account).await?;
                person
            }
            Joining::New(mut person) => {
                person.memberships.insert(account.clone(), membership);
                still.insert_in(&mut transaction, &person).await?;
                *person
            }
        };
        transaction.commit().await.map_err(unwritten)?;
        Ok(self.people.remember(person))
    }
}

fn invitation(row: Row) -> Result<Invitation, ControlError> {
    let id = row.0.clone();
    read(row).ok_or(ControlError::Damaged {
        what: "invitations",
        id,
    })
}

fn read(row: Row) -> Option<Invitation> {
    let (id, account, email, role, resources, ends, inviter, inviter_name, created, expires) = row;
    let resources = match resources {
        Some(text) => Some(serde_json::from_str(&text).ok()?),
        None => None,
    };
    let expires_ms = match ends {
        Some(ms) => Some(unsigned(ms)?),
        None => None,
    };
    Some(Invitation {
        id,
        account: account.parse().ok()?,
        email,
        membership: Membership {
            resources,
            expires_ms,
            ..Membership::new(RoleId::of(&role), unsigned(created)?)
        },
        inviter: (inviter, inviter_name),
        expires_ms: unsigned(expires)?,
    })
}

fn unread(source: sqlx::Error) -> ControlError {
    ControlError::Load {
        what: "invitations",
        source,
    }
}

fn unwritten(source: sqlx::Error) -> ControlError {
    ControlError::Store {
        what: "an invitation",
        source,
    }
}
