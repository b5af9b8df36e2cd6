//! Administration: the same functions for the command line on a closed directory, for the administration socket and
//! for the API.

mod account;
mod authority;
mod bootstrap;
mod bounds;
mod catalogue;
mod declaration;
mod invitation;
mod key;
mod key_change;
mod member;
mod membership;
mod operator;
mod password;
mod preferences;
mod role;
mod second_factor;
mod session;
mod settings;
mod sign_on;
mod told;
mod view;
mod viewer;

use ledger::CreateLogError;
use tokio::task::JoinError;

use crate::auth::HashError;
use crate::control::{AccountId, ControlError, SealError};

pub use account::AccountRequest;
pub use bootstrap::BootstrapError;
pub(crate) use bootstrap::apply as bootstrap;
pub use catalogue::CatalogueRefusal;
pub(crate) use catalogue::{Decision, Outcome, unknown as unknown_action};
pub(crate) use declaration::{described_declaration, described_deprecation, described_field};
pub(crate) use invitation::{Invited, NewPerson};
pub use key::KeyRequest;
pub use key_change::{KeyChangeRequest, RotationRequest};
pub use member::{MemberRequest, OwnerRequest};
pub use membership::MembershipRequest;
pub(crate) use password::checked_password;
pub(crate) use preferences::PreferencesRequest;
pub use role::RoleRequest;
pub(crate) use session::SigningIn;
pub(crate) use settings::{SettingsRequest, described as described_settings};
pub(crate) use sign_on::{SignOn, SignOnError};
pub(crate) use told::Told;
pub(crate) use view::ViewRequest;
pub(crate) use viewer::{ViewerRequest, viewing_actor};

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
    /// A value names what does not exist or may not be.
    #[error("{pointer}: {message}")]
    Unusable {
        /// Where the value stands in the request, as a JSON Pointer.
        pointer: String,
        /// What would be right.
        message: String,
    },
    /// The role or membership reaches further than whoever asks.
    #[error("{detail}")]
    Above {
        /// Who is above whom, and by what.
        detail: String,
    },
    /// The key would hold longer, or from elsewhere, than the rights of whoever asks.
    #[error("{detail}")]
    Beyond {
        /// What is the most that can be given.
        detail: String,
    },
    /// The account would be left without an owner.
    #[error("the account keeps at least one owner of everything whose membership does not end")]
    LastOwner,
    /// Something names the role still.
    #[error("the role is in use: {by_what}")]
    RoleInUse {
        /// By what.
        by_what: String,
    },
    /// The catalogue does not allow it.
    #[error(transparent)]
    Catalogue(CatalogueRefusal),
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
    /// The invitation is for a person who is known here and not signed in.
    #[error("the invitation is for somebody who can sign in here; sign in with that address first")]
    SignInFirst,
    /// A provider speaks for the address of the person, so no password of ours lets it in.
    #[error("{detail}")]
    ProviderNeeded {
        /// What to do instead.
        detail: &'static str,
    },
    /// A secret could not be sealed.
    #[error("cannot seal a secret")]
    Seal(#[source] SealError),
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
