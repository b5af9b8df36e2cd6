//! Administration over the socket in the data directory of a server that runs on the same machine.

use std::path::Path;

use api::account::{Account, AccountPage, NewAccount};
use api::admin::NewAdminKey;
use api::key::{CreatedKey, Key, KeyPage};
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
}
