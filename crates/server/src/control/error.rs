use std::{io, path::PathBuf};

/// Why control data could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// The file of the database could not be made.
    #[error("cannot create {path}")]
    CreateFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The database could not be opened.
    #[error("cannot open {path}")]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: sqlx::Error,
    },
    /// The schema could not be brought up to date; a newer Annals may have written it.
    #[error("cannot migrate the control database")]
    Migrate {
        /// Why.
        source: Box<sqlx::migrate::MigrateError>,
    },
    /// Rows could not be read.
    #[error("cannot load {what}")]
    Load {
        /// Of what.
        what: &'static str,
        /// Why.
        source: sqlx::Error,
    },
    /// A row holds what no version of Annals wrote.
    #[error("the control database holds a damaged row of {what}: {id}")]
    Damaged {
        /// Of what.
        what: &'static str,
        /// The id in the row.
        id: String,
    },
    /// A row could not be written.
    #[error("cannot store {what}")]
    Store {
        /// Of what.
        what: &'static str,
        /// Why.
        source: sqlx::Error,
    },
    /// No key has this id.
    #[error("no such key")]
    NoSuchKey,
    /// The key is revoked or expired.
    #[error("the key is revoked or expired")]
    KeyEnded,
    /// The key was replaced by another that works.
    #[error("the key was replaced; change the one that replaced it")]
    KeyReplaced,
    /// The account, or the instance, has as many working keys as it may have.
    #[error("there are as many working keys as there may be; revoke one")]
    TooManyKeys,
    /// The account has no such member.
    #[error("the account has no such member")]
    NoSuchMember,
    /// The account has no such role.
    #[error("the account has no such role")]
    NoSuchRole,
    /// Another role of the account has this name, or a built-in one is called so at first.
    #[error("another role has this name, or a built-in one is called so at first")]
    RoleNameTaken,
    /// The account has as many roles of its own as it may have.
    #[error("there are as many roles as there may be; delete one")]
    TooManyRoles,
    /// The account has no such viewer token.
    #[error("the account has no such viewer token")]
    NoSuchViewerToken,
    /// The account has as many viewer tokens as it may have.
    #[error(
        "there are as many viewer tokens as there may be; wait until some expire, or revoke some"
    )]
    TooManyViewerTokens,
    /// The account has no such view.
    #[error("the account has no such view")]
    NoSuchView,
    /// One of the maker's own views has this name.
    #[error("another view has this name")]
    NameTaken,
    /// The maker has as many views as a person may have, or the account as many shared ones.
    #[error("there are as many views as there may be; delete one")]
    TooManyViews,
    /// The account has no such invitation.
    #[error("there is no such invitation")]
    NoSuchInvitation,
    /// The account has as many invitations as it may have.
    #[error("there are as many invitations as there may be; take one back")]
    TooManyInvitations,
    /// Whoever is invited is a member already.
    #[error("the account has a member with this address")]
    MemberExists,
    /// No link has this secret, or it was used, ended or has expired.
    #[error("the link does not work: it is unknown, was used or revoked, or has expired")]
    LinkInvalid,
    /// The person has no such session.
    #[error("there is no such session")]
    NoSuchSession,
    /// The password of a person changed, or the person went, while it was proving who it is.
    #[error("the person has changed meanwhile")]
    PersonChanged,
    /// The second factor is on already.
    #[error("the second factor is on; turn it off first")]
    SecondFactorOn,
    /// There is no second factor that could be confirmed or turned off.
    #[error("there is no second factor")]
    NoSecondFactor,
    /// Another person signs in with this address.
    #[error("another person has this e-mail address")]
    EmailTaken,
}
