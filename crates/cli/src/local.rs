//! A server in this process, for the commands that bring their own.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Result;
use sdk::api::Permission;
use sdk::api::admin::NewAdminKey;
use sdk::api::session::NewOwner;
use server::admin::{KeyRequest, OwnerRequest};
use server::config::{Config, Log};
use server::{Clock, Password, Principal, Running, SystemClock, SystemRandomness};

/// Settings for a server that says only what is wrong, and takes nothing from files or the environment.
pub(crate) fn config(data_dir: PathBuf, listen: SocketAddr) -> Config {
    let log = Log {
        level: "warn".into(),
        ..Log::default()
    };
    let mut config = Config {
        log,
        ..Config::default()
    };
    config.instance.data_dir = data_dir;
    config.listen.address = listen;
    config
}

/// Makes a key, and its account when there is none; without an account it is for the instance. Returns its token.
pub(crate) async fn create_key(
    running: &Running,
    account: Option<&str>,
    name: &str,
    permissions: &[Permission],
) -> Result<String> {
    let new = NewAdminKey {
        account: account.map(str::to_owned),
        name: name.to_owned(),
        permissions: permissions.to_vec(),
        expires_at: None,
        ..NewAdminKey::default()
    };
    // The key never expires, so that the time of the check makes no difference.
    let request = KeyRequest::of_admin(new, SystemClock.now_ms())?;
    Ok(running
        .instance()
        .create_key(request, &Principal::Operator)
        .await?
        .token)
}

/// Makes a person who owns all accounts and may create more; returns the password.
pub(crate) async fn create_owner(running: &Running, email: &str, name: &str) -> Result<String> {
    let password = Password::made_up(&SystemRandomness).reveal().to_owned();
    let new = NewOwner {
        name: name.to_owned(),
        email: email.to_owned(),
        password: password.clone(),
    };
    running
        .instance()
        .make_owner(OwnerRequest::try_from(new)?, &Principal::Operator)
        .await?;
    Ok(password)
}
