//! `[bootstrap]`: applied at every start, and nothing happens twice.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use api::{Permission, account::NewAccount};

use super::{AccountRequest, AdminError, KeyRequest, account::checked_name};
use crate::{
    auth::{Principal, Requester, Token},
    config::Bootstrap,
    instance::Instance,
};

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
    let request = KeyRequest {
        account: None,
        name: checked_name("owner", bootstrap.owner.clone()).map_err(BootstrapError::Key)?,
        permissions: Permission::ALL.to_vec(),
        expires_ms: None,
    };
    instance
        .store_key(request, &token, &operator)
        .await
        .map_err(BootstrapError::Key)?;
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
    let write = || {
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)?;
        file.write_all(token.reveal().as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()
    };
    write().map_err(|source| BootstrapError::KeyFile {
        path: path.to_owned(),
        source,
    })?;
    Ok(token)
}
