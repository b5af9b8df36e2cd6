//! Administration: the same functions for the command line on a closed directory, for the administration socket and
//! for the API.

mod account;
mod bootstrap;
mod key;
mod member;
mod preferences;
mod settings;
mod view;

use ledger::CreateLogError;
use tokio::task::JoinError;

use crate::auth::HashError;
use crate::control::{AccountId, ControlError};

pub use account::AccountRequest;
pub use bootstrap::BootstrapError;
pub(crate) use bootstrap::apply as bootstrap;
pub use key::KeyRequest;
pub use member::{MemberRequest, OwnerRequest};
pub(crate) use preferences::PreferencesRequest;
pub(crate) use settings::{SettingsRequest, described as described_settings};
pub(crate) use view::ViewRequest;

/// Why something was not administered.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// A member of the request is wrong.
    #[error("{member}: {message}")]
    Invalid {
        /// The member, as the API names it.
        member: &'static str,
        /// What would be right.
        message: String,
    },
    /// Another account has the same id, or one that differs by case only.
    #[error("the account {existing} exists, and two ids may not differ by case only")]
    AccountExists {
        /// The id of the other account.
        existing: AccountId,
    },
    /// There is no such account.
    #[error("there is no account {id}")]
    NoSuchAccount {
        /// The account that was named.
        id: AccountId,
    },
    /// The password could not be hashed.
    #[error("cannot keep the password")]
    Hash(#[source] HashError),
    /// The log of the account could not be made.
    #[error("cannot make the log of the account {id}")]
    MakeLog {
        /// The account.
        id: AccountId,
        /// Why.
        source: CreateLogError,
    },
    /// The control data could not be changed.
    #[error("cannot change the control data")]
    Control(#[source] ControlError),
    /// The change met a defect; how far it came stands in the log.
    #[error("the change ended early")]
    Panicked(#[source] JoinError),
}

/// Runs a change in a task of its own: a client that leaves or a time limit must not stop it between the database, the
/// memory that requests are answered from, and the self-audit.
async fn to_the_end<T: Send + 'static>(
    change: impl Future<Output = Result<T, AdminError>> + Send + 'static,
) -> Result<T, AdminError> {
    tokio::spawn(change).await.map_err(AdminError::Panicked)?
}
