//! API keys of the whole instance, which see every account: for those who operate it.

pub(crate) mod change;
pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod revoke;
pub(crate) mod rotate;

use std::sync::Arc;

use api::{ErrorCode, Permission};

use super::keys::beyond;
use crate::{
    app::App,
    auth::{CanOperate, Reach},
    control::Key,
    http::Problem,
};

/// The key of the instance with this id.
fn own(app: &App, id: &str) -> Result<Arc<Key>, Problem> {
    let key = app.key(id).filter(|key| key.account.is_none());
    key.ok_or_else(|| Problem::new(ErrorCode::KeyNotFound, "the instance has no such key"))
}

/// Refuses to give a key more than an operator may give.
fn may_give(
    app: &App,
    permit: &CanOperate,
    permissions: &[Permission],
    given: &Reach,
) -> Result<(), Problem> {
    let who = permit.principal().described();
    let detail = beyond(&who, &permit.may_give(), permissions, given);
    detail.map_or(Ok(()), |detail| {
        let detail = format!(
            "{detail}: a key of the instance with it reaches into every account; whoever has the machine makes one \
             with `annals admin key create`"
        );
        Err(permit.refuse(app, ErrorCode::PermissionMissing, detail))
    })
}
