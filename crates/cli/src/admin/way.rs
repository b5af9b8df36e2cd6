//! The two ways to administer: the closed directory itself, or the socket of the server that has it open.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use sdk::Admin;
use sdk::api::account::{Account, NewAccount};
use sdk::api::admin::{AddedMember, NewAdminKey, NewAdminMember};
use sdk::api::key::{CreatedKey, Key, KeyRotation, RotatedKey};
use sdk::api::member::{Member, MemberChange};
use sdk::api::role::{NewRole, Role};
use sdk::api::sign_in::OneTimeLink;
use server::admin::{AccountRequest, KeyRequest, MemberRequest, MembershipRequest, RoleRequest};
use server::config::PublicUrl;
use server::{ADMIN_SOCKET, AccountId, Clock, Instance, Principal, SystemClock, SystemRandomness};

use super::Place;
use crate::failure::{ALTERED, tell_as};

/// One of the two ways.
pub(super) enum Way {
    Directory(Arc<Instance>),
    Socket(Box<Admin>),
}

impl Way {
    /// Opens the directory; when a server has it, its socket. An exit code when the data is damaged, told already.
    pub(super) async fn open(place: &Place) -> Result<Result<Self, ExitCode>> {
        let mut config = place.directory.config();
        config
            .instance
            .instance_name
            .clone_from(&place.instance_name);
        match Instance::open(&config, Arc::new(SystemClock), Arc::new(SystemRandomness)).await {
            Ok(instance) => Ok(Ok(Self::Directory(instance))),
            Err(error) if error.is_locked() => {
                let socket = place.directory.path().join(ADMIN_SOCKET);
                if !socket.exists() {
                    bail!(
                        "another process has {}, and it is no server that could be asked",
                        place.directory.path().display()
                    );
                }
                Ok(Ok(Self::Socket(Box::new(Admin::over(&socket)?))))
            }
            Err(error) if error.is_damage() => Ok(Err(tell_as(&error.into(), ALTERED))),
            Err(error) => Err(error.into()),
        }
    }

    /// Gives the directory free.
    pub(super) async fn close(self) -> Result<()> {
        match self {
            Self::Directory(instance) => {
                instance.close().await.context("closing the data directory")
            }
            Self::Socket(_) => Ok(()),
        }
    }

    /// All accounts in the order of their ids.
    pub(super) async fn accounts(&self) -> Result<Vec<Account>> {
        match self {
            Self::Directory(instance) => {
                let accounts = instance.accounts(None, usize::MAX);
                Ok(accounts
                    .iter()
                    .map(|account| instance.describe(account))
                    .collect())
            }
            Self::Socket(admin) => {
                let mut accounts = Vec::new();
                let mut cursor: Option<String> = None;
                loop {
                    let page = admin.accounts(cursor.as_deref()).await?;
                    accounts.extend(page.accounts);
                    cursor = page.next_cursor;
                    if cursor.is_none() {
                        return Ok(accounts);
                    }
                }
            }
        }
    }

    /// Creates an account.
    pub(super) async fn create_account(&self, new: NewAccount) -> Result<Account> {
        match self {
            Self::Directory(instance) => {
                let request = AccountRequest::try_from(new)?;
                let account = instance
                    .create_account(request, &Principal::Operator)
                    .await?;
                Ok(instance.describe(&account))
            }
            Self::Socket(admin) => Ok(admin.create_account(&new).await?),
        }
    }

    /// The keys of an account, or all, oldest first.
    pub(super) async fn keys(&self, account: Option<&str>) -> Result<Vec<Key>> {
        match self {
            Self::Directory(instance) => {
                let account: Option<AccountId> = account.map(str::parse).transpose()?;
                let keys = instance.keys(account.as_ref(), None, usize::MAX);
                Ok(keys.iter().map(|key| Key::from(&**key)).collect())
            }
            Self::Socket(admin) => Ok(admin.keys(account).await?),
        }
    }

    /// Creates a key, and its account when there is none.
    pub(super) async fn create_key(&self, new: NewAdminKey) -> Result<CreatedKey> {
        match self {
            Self::Directory(instance) => {
                let request = KeyRequest::of_admin(new, SystemClock.now_ms())?;
                Ok(instance.create_key(request, &Principal::Operator).await?)
            }
            Self::Socket(admin) => Ok(admin.create_key(&new).await?),
        }
    }

    /// Replaces a key by another with the same rights.
    pub(super) async fn rotate_key(&self, id: &str, rotation: KeyRotation) -> Result<RotatedKey> {
        match self {
            Self::Directory(instance) => {
                let request = rotation.try_into()?;
                Ok(instance
                    .rotate_key(id, request, &Principal::Operator)
                    .await?)
            }
            Self::Socket(admin) => Ok(admin.rotate_key(id, &rotation).await?),
        }
    }

    /// Revokes a key.
    pub(super) async fn revoke_key(&self, id: &str) -> Result<()> {
        match self {
            Self::Directory(instance) => Ok(instance.revoke_key(id, &Principal::Operator).await?),
            Self::Socket(admin) => Ok(admin.revoke_key(id).await?),
        }
    }

    /// The members of an account, or of all.
    pub(super) async fn members(&self, account: Option<&str>) -> Result<Vec<Member>> {
        match self {
            Self::Directory(instance) => {
                let account: Option<AccountId> = account.map(str::parse).transpose()?;
                Ok(instance.members(account.as_ref()))
            }
            Self::Socket(admin) => Ok(admin.members(account).await?),
        }
    }

    /// Makes a person a member of an account.
    pub(super) async fn add_member(&self, new: NewAdminMember) -> Result<AddedMember> {
        match self {
            Self::Directory(instance) => {
                let request = MemberRequest::new(new, SystemClock.now_ms())?;
                Ok(instance.add_member(request, &Principal::Operator).await?)
            }
            Self::Socket(admin) => Ok(admin.add_member(&new).await?),
        }
    }

    /// Changes what a member is.
    pub(super) async fn change_member(
        &self,
        account: &str,
        email: &str,
        change: MemberChange,
    ) -> Result<Member> {
        match self {
            Self::Directory(instance) => {
                let account: AccountId = account.parse()?;
                let request = MembershipRequest::new(change, SystemClock.now_ms())?;
                let member = member_of(instance, &account, email)?;
                let changed =
                    instance.change_member(&account, &member, request, &Principal::Operator);
                Ok(changed.await?)
            }
            Self::Socket(admin) => Ok(admin.change_member(account, email, &change).await?),
        }
    }

    /// Ends a membership.
    pub(super) async fn remove_member(&self, account: &str, email: &str) -> Result<()> {
        match self {
            Self::Directory(instance) => {
                let account: AccountId = account.parse()?;
                let member = member_of(instance, &account, email)?;
                Ok(instance
                    .remove_member(&account, &member, &Principal::Operator)
                    .await?)
            }
            Self::Socket(admin) => Ok(admin.remove_member(account, email).await?),
        }
    }

    /// Makes a person an operator of the instance, or no longer one.
    pub(super) async fn set_operator(&self, email: &str, operator: bool) -> Result<()> {
        match self {
            Self::Directory(instance) => Ok(instance
                .set_operator(email, operator, &Principal::Operator)
                .await?),
            Self::Socket(admin) => Ok(admin.set_operator(email, operator).await?),
        }
    }

    /// The roles of an account.
    pub(super) async fn roles(&self, account: &str) -> Result<Vec<Role>> {
        match self {
            Self::Directory(instance) => Ok(instance.roles(&account.parse()?)?),
            Self::Socket(admin) => Ok(admin.roles(account).await?),
        }
    }

    /// Makes a role of an account's own.
    pub(super) async fn create_role(&self, account: &str, new: NewRole) -> Result<Role> {
        match self {
            Self::Directory(instance) => {
                let (account, request) = (account.parse()?, RoleRequest::try_from(new)?);
                let made = instance.create_role(&account, request, &Principal::Operator);
                Ok(made.await?)
            }
            Self::Socket(admin) => Ok(admin.create_role(account, &new).await?),
        }
    }

    /// Deletes a role of an account's own.
    pub(super) async fn delete_role(&self, account: &str, role: &str) -> Result<()> {
        match self {
            Self::Directory(instance) => Ok(instance
                .delete_role(&account.parse()?, role, &Principal::Operator)
                .await?),
            Self::Socket(admin) => Ok(admin.delete_role(account, role).await?),
        }
    }
}

impl Way {
    /// Makes a link with which a person chooses a new password.
    pub(super) async fn reset_link(
        &self,
        email: &str,
        public_url: Option<&PublicUrl>,
    ) -> Result<OneTimeLink> {
        match self {
            Self::Directory(instance) => {
                let person = instance.person(email)?;
                // Nobody serves the directory now: where it will be reached is for the operator to say.
                let url = public_url.map_or("http://localhost:8420", PublicUrl::as_str);
                let link = instance.make_reset_link(person, url, &Principal::Operator);
                Ok(link.await?)
            }
            Self::Socket(admin) => {
                let url = public_url.map(PublicUrl::as_str);
                Ok(admin.reset_link(email, url).await?)
            }
        }
    }

    /// Ends all sessions of a person.
    pub(super) async fn end_sessions(&self, email: &str) -> Result<()> {
        match self {
            Self::Directory(instance) => {
                let person = instance.person(email)?;
                let ended = instance.end_all_sessions(person, &Principal::Operator);
                Ok(ended.await?)
            }
            Self::Socket(admin) => Ok(admin.end_sessions(email).await?),
        }
    }

    /// Takes the second factor of a person away.
    pub(super) async fn remove_second_factor(&self, email: &str) -> Result<()> {
        match self {
            Self::Directory(instance) => {
                let person = instance.person(email)?;
                let removed = instance.remove_second_factor(person, &Principal::Operator);
                Ok(removed.await?)
            }
            Self::Socket(admin) => Ok(admin.remove_second_factor(email).await?),
        }
    }
}

fn member_of(instance: &Instance, account: &AccountId, email: &str) -> Result<String> {
    let member = instance.member_with_email(account, email);
    member.context("the account has no member with this address")
}
