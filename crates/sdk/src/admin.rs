//! Administration over the socket in the data directory of a server that runs on the same machine.

use std::path::Path;

use api::account::{Account, AccountPage, NewAccount};
use api::admin::{AddedMember, NewAdminKey, NewAdminMember};
use api::key::{CreatedKey, Key, KeyPage, KeyRotation, RotatedKey};
use api::member::{Member, MemberChange, Members};
use api::path;
use api::role::{NewRole, Role, Roles};
use api::sign_in::OneTimeLink;
use bytes::Bytes;

use crate::address::{fill, with_query};
use crate::call::Call;
use crate::transport::Transport;
use crate::{Client, Error};

/// Administration of a running server over `admin.sock`: whoever may open that file needs no token.
#[derive(Clone, Debug)]
pub struct Admin {
    client: Client,
}

impl Admin {
    /// Over this socket; nothing is sent yet.
    pub fn over(socket: &Path) -> Result<Self, Error> {
        Ok(Self {
            client: Client::over(Transport::socket(socket))?,
        })
    }

    /// A page of all accounts.
    pub async fn accounts(&self, cursor: Option<&str>) -> Result<AccountPage, Error> {
        self.client
            .call(Call::get(with_query(
                path::ADMIN_ACCOUNTS.into(),
                &[("cursor", cursor)],
            )))
            .await
    }

    /// Creates an account.
    pub async fn create_account(&self, account: &NewAccount) -> Result<Account, Error> {
        self.client
            .call(Call::post(path::ADMIN_ACCOUNTS.into(), account)?)
            .await
    }

    /// The keys of an account, or all keys, oldest first.
    pub async fn keys(&self, account: Option<&str>) -> Result<Vec<Key>, Error> {
        let path = with_query(path::ADMIN_KEYS.into(), &[("account", account)]);
        let page: KeyPage = self.client.call(Call::get(path)).await?;
        Ok(page.keys)
    }

    /// Creates a key, and its account when there is none.
    pub async fn create_key(&self, key: &NewAdminKey) -> Result<CreatedKey, Error> {
        self.client
            .call(Call::post(path::ADMIN_KEYS.into(), key)?)
            .await
    }

    /// Replaces a key by another with the same rights.
    pub async fn rotate_key(&self, id: &str, rotation: &KeyRotation) -> Result<RotatedKey, Error> {
        let path = fill(path::ADMIN_KEY_ROTATE, &[("key", id)]);
        self.client.call(Call::post(path, rotation)?).await
    }

    /// Revokes a key: when this returns, it no longer works.
    pub async fn revoke_key(&self, id: &str) -> Result<(), Error> {
        self.client
            .bytes(Call::delete(fill(path::ADMIN_KEY, &[("key", id)])))
            .await?;
        Ok(())
    }

    /// The members of an account, or of all.
    pub async fn members(&self, account: Option<&str>) -> Result<Vec<Member>, Error> {
        let path = with_query(path::ADMIN_MEMBERS.into(), &[("account", account)]);
        let members: Members = self.client.call(Call::get(path)).await?;
        Ok(members.members)
    }

    /// Makes a person a member of an account; the answer tells the password that was made up for a new person.
    pub async fn add_member(&self, member: &NewAdminMember) -> Result<AddedMember, Error> {
        self.client
            .call(Call::post(path::ADMIN_MEMBERS.into(), member)?)
            .await
    }

    /// Ends a membership.
    pub async fn remove_member(&self, account: &str, email: &str) -> Result<(), Error> {
        let values = [("account", account), ("email", email)];
        self.client
            .bytes(Call::delete(fill(path::ADMIN_MEMBER, &values)))
            .await?;
        Ok(())
    }

    /// Changes what a member is.
    pub async fn change_member(
        &self,
        account: &str,
        email: &str,
        change: &MemberChange,
    ) -> Result<Member, Error> {
        let values = [("account", account), ("email", email)];
        let path = fill(path::ADMIN_MEMBER, &values);
        self.client.call(Call::patch(path, change)?).await
    }

    /// Makes a person an operator of the instance, or no longer one.
    pub async fn set_operator(&self, email: &str, operator: bool) -> Result<(), Error> {
        let path = fill(path::ADMIN_OPERATOR, &[("email", email)]);
        let call = if operator {
            Call::put(path)
        } else {
            Call::delete(path)
        };
        self.client.bytes(call).await?;
        Ok(())
    }

    /// The roles of an account.
    pub async fn roles(&self, account: &str) -> Result<Vec<Role>, Error> {
        let path = fill(path::ADMIN_ROLES, &[("account", account)]);
        let roles: Roles = self.client.call(Call::get(path)).await?;
        Ok(roles.roles)
    }

    /// Makes a role of an account's own.
    pub async fn create_role(&self, account: &str, role: &NewRole) -> Result<Role, Error> {
        let path = fill(path::ADMIN_ROLES, &[("account", account)]);
        self.client.call(Call::post(path, role)?).await
    }

    /// Deletes a role of an account's own.
    pub async fn delete_role(&self, account: &str, role: &str) -> Result<(), Error> {
        let path = fill(path::ADMIN_ROLE, &[("account", account), ("role", role)]);
        self.client.bytes(Call::delete(path)).await?;
        Ok(())
    }

    /// Makes a link with which a person chooses a new password; it begins with `public_url`, or with what the server's
    /// configuration says.
    pub async fn reset_link(
        &self,
        email: &str,
        public_url: Option<&str>,
    ) -> Result<OneTimeLink, Error> {
        let path = fill(path::ADMIN_RESET_LINK, &[("email", email)]);
        let path = with_query(path, &[("public_url", public_url)]);
        let call = Call::post_bytes(path, "application/json", Bytes::new());
        self.client.call(call).await
    }

    /// Ends all sessions of a person.
    pub async fn end_sessions(&self, email: &str) -> Result<(), Error> {
        let path = fill(path::ADMIN_PERSON_SESSIONS, &[("email", email)]);
        self.client.bytes(Call::delete(path)).await?;
        Ok(())
    }

    /// Takes the second factor of a person away.
    pub async fn remove_second_factor(&self, email: &str) -> Result<(), Error> {
        let path = fill(path::ADMIN_PERSON_SECOND_FACTOR, &[("email", email)]);
        self.client.bytes(Call::delete(path)).await?;
        Ok(())
    }
}
