//! `[bootstrap]`: applied at every start, and nothing happens twice.

use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use api::{Permission, account::NewAccount, session::NewOwner};

use super::{AccountRequest, AdminError, KeyRequest, OwnerRequest, account::checked_name};
use crate::{
    auth::{Password, Principal, Requester, Token},
    config::{Bootstrap, BootstrapOwner},
    instance::Instance,
};

/// The name of the first key when the owner is a person.
const KEY_NAME: &str = "owner";

/// Why `[bootstrap]` could not be applied.
#[derive(Debug, thiserror::Error)]
pub enum BootstrapError {
    /// An account could not be made.
    #[error("cannot make the account {id}")]
    Account {
        /// Its id in the configuration.
        id: String,
        /// Why.
        source: AdminError,
    },
    /// The key file could not be read or written.
    #[error("cannot use the key file {path}")]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The key file holds something else.
    #[error("the key file {path} holds no token; remove it and a new token is written")]
    NoToken {
        /// The file.
        path: PathBuf,
    },
    /// The token in the key file belongs to a key that was revoked.
    #[error(
        "the token in the key file {path} was revoked; remove the file and a new token is written"
    )]
    Revoked {
        /// The file.
        path: PathBuf,
    },
    /// The password file could not be read or written.
    #[error("cannot use the password file {path}")]
    PasswordFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The owner could not be made.
    #[error("cannot make the owner")]
    Owner(#[source] AdminError),
    /// The key could not be stored.
    #[error("cannot make the owner's key")]
    Key(#[source] AdminError),
}

/// Makes what is not there yet.
pub(crate) async fn apply(
    instance: &Arc<Instance>,
    bootstrap: &Bootstrap,
) -> Result<(), BootstrapError> {
    let operator = Requester::from(&Principal::Operator);
    for account in &bootstrap.accounts {
        let failed = |source| BootstrapError::Account {
            id: account.id.clone(),
            source,
        };
        let new = NewAccount {
            id: account.id.clone(),
            name: account.name.clone(),
            ..NewAccount::default()
        };
        let request = AccountRequest::try_from(new).map_err(failed)?;
        instance
            .ensure_account(request.id, request.settings, operator.clone())
            .await
            .map_err(failed)?;
    }
    let key_name = match &bootstrap.owner {
        BootstrapOwner::Key(name) => name.clone(),
        BootstrapOwner::Person {
            email,
            name,
            password_file,
        } => {
            // Later the file is not looked at: an owner who was removed stays so.
            if instance.needs_owner() {
                let owner = NewOwner {
                    name: name.clone().unwrap_or_else(|| email.clone()),
                    email: email.clone(),
                    password: password_in(instance, password_file)?,
                };
                let request = OwnerRequest::try_from(owner).map_err(BootstrapError::Owner)?;
                let made = instance.make_owner(request, operator.clone()).await;
                made.map_err(BootstrapError::Owner)?;
            }
            KEY_NAME.to_owned()
        }
    };
    let Some(path) = &bootstrap.key_file else {
        return Ok(());
    };
    let token = match token_in(path)? {
        Some(token) => token,
        None => write_token(path, Token::mint(instance.randomness.as_ref()))?,
    };
    if let Some(key) = instance.control.keys.with_hash(&token.hash()) {
        let revoked = key.revoked_ms().is_some();
        return if revoked {
            Err(BootstrapError::Revoked { path: path.clone() })
        } else {
            Ok(())
        };
    }
    let stored = store_key(instance, key_name, &token, &operator).await;
    stored.map_err(BootstrapError::Key)
}

/// Makes a key that may do everything of a token that stands in a file.
async fn store_key(
    instance: &Instance,
    name: String,
    token: &Token,
    operator: &Requester,
) -> Result<(), AdminError> {
    let request = KeyRequest {
        account: None,
        name: checked_name("owner", name)?,
        permissions: Permission::ALL.to_vec(),
        hide: BTreeSet::new(),
        networks: Vec::new(),
        expires_ms: None,
    };
    instance.store_key(request, token, operator).await?;
    Ok(())
}

/// The token in the file; `None` when there is no file.
fn token_in(path: &Path) -> Result<Option<Token>, BootstrapError> {
    match fs::read_to_string(path) {
        Ok(text) => match Token::parse(text.trim()) {
            Some(token) => Ok(Some(token)),
            None => Err(BootstrapError::NoToken {
                path: path.to_owned(),
            }),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(BootstrapError::KeyFile {
            path: path.to_owned(),
            source,
        }),
    }
}

/// Writes the token before its key exists: a crash in between leaves a file whose token the next start lets in.
fn write_token(path: &Path, token: Token) -> Result<Token, BootstrapError> {
    write_secret(path, token.reveal()).map_err(|source| BootstrapError::KeyFile {
        path: path.to_owned(),
        source,
    })?;
    Ok(token)
}

/// The first line of the password file; a password is made and written when there is no file.
fn password_in(instance: &Instance, path: &Path) -> Result<String, BootstrapError> {
    let failed = |source| BootstrapError::PasswordFile {
        path: path.to_owned(),
        source,
    };
    match fs::read_to_string(path) {
        Ok(text) => Ok(text.lines().next().unwrap_or_default().to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let made_up = Password::made_up(instance.randomness.as_ref());
            write_secret(path, made_up.reveal()).map_err(failed)?;
            Ok(made_up.reveal().to_owned())
        }
        Err(source) => Err(failed(source)),
    }
}

/// Makes a file that only its owner reads.
fn write_secret(path: &Path, secret: &str) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(secret.as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()
}
