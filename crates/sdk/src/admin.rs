//! Administration over the socket in the data directory of a server that runs on the same machine.

use std::path::Path;

use api::account::{Account, AccountPage, NewAccount};
use api::admin::{AddedMember, NewAdminKey, NewAdminMember};
use api::key::{CreatedKey, Key, KeyPage};
use api::member::{Member, Members};
use api::path;

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
}
