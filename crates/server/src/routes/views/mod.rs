//! Saved views: the built-in ones, the shared ones, and one's own.

mod built_in;
pub(crate) mod change;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod list;

use api::{ErrorCode, Permission};

use crate::{app::App, auth::permit::CanRead, control::View, http::Problem};

/// The view of this id, when the bearer sees it and may change it.
async fn changeable(app: &App, permit: &CanRead, id: &str) -> Result<View, Problem> {
    if built_in::views().iter().any(|view| view.id == id) {
        let detail = "a built-in view cannot be changed; save one of your own".to_owned();
        return Err(permit.refuse(app, ErrorCode::PermissionMissing, detail));
    }
    let seen = app
        .control
        .views
        .of(&permit.account().id, permit.principal().id())
        .await?;
    let found = seen.into_iter().find(|view| view.id == id);
    let view = found
        .ok_or_else(|| Problem::new(ErrorCode::ViewNotFound, "the account has no such view"))?;
    if view.shared {
        ensure_may_share(app, permit)?;
    }
    Ok(view)
}

/// Refuses whoever may not decide what everybody in the account sees.
fn ensure_may_share(app: &App, permit: &CanRead) -> Result<(), Problem> {
    let needed = Permission::AccountsWrite;
    if permit.reach().may(needed) {
        return Ok(());
    }
    let detail = format!(
        "{} lacks the permission {needed}, which shared views need",
        permit.principal().described()
    );
    Err(permit.refuse(app, ErrorCode::PermissionMissing, detail))
}

/// The view as it is answered.
fn answered(permit: &CanRead, view: &View) -> Result<api::view::View, Problem> {
    view.described(permit.principal().id()).ok_or_else(|| {
        Problem::new(
            ErrorCode::Internal,
            "the stored view is damaged; delete it and save it anew",
        )
    })
}
