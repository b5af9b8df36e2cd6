//! API keys of an account.

pub(crate) mod change;
pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod revoke;
pub(crate) mod rotate;

use std::sync::Arc;

use api::{ErrorCode, Permission};

use crate::{
    app::App,
    auth::{Reach, permit::CanWriteKeys},
    control::Key,
    http::Problem,
};

/// The key of the account with this id.
fn own(app: &App, permit: &CanWriteKeys, id: &str) -> Result<Arc<Key>, Problem> {
    let key = app.key(id);
    key.filter(|key| key.account.as_ref() == Some(&permit.account().id))
        .ok_or_else(|| Problem::new(ErrorCode::KeyNotFound, "the account has no such key"))
}

/// Refuses to give a key, or more of it, to whoever has less.
fn may_give(
    app: &App,
    permit: &CanWriteKeys,
    permissions: &[Permission],
    given: &Reach,
) -> Result<(), Problem> {
    let who = permit.principal().described();
    let detail = beyond(&who, permit.reach(), permissions, given);
    detail.map_or(Ok(()), |detail| {
        Err(permit.refuse(app, ErrorCode::PermissionMissing, detail))
    })
}

/// Why `given` goes beyond what `who` has; `None` when it does not.
pub(super) fn beyond(
    who: &str,
    has: &Reach,
    permissions: &[Permission],
    given: &Reach,
) -> Option<String> {
    if let Some(lacking) = permissions.iter().find(|it| !has.may(**it)) {
        return Some(format!("{who} cannot give {lacking}, which it lacks"));
    }
    (!has.covers(given))
        .then(|| format!("the key would see events, or parts of them, that {who} does not see"))
}
