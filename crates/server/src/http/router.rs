//! Every route on one page.

use std::sync::Arc;

use axum::{Router, middleware::from_fn_with_state};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    admission::{admission, visitors},
    docs,
    document::Document,
    document::Whole,
    envelope::envelope,
    guide, ui,
};
use crate::{
    app::App,
    routes::{
        accounts, admin, catalog, events, firewall, health, instance_keys, introspect, invitations,
        keys, members, metrics, password_resets, people, portal_links, preferences, roles, session,
        sessions, settings, viewer_tokens, views,
    },
};

/// Answered also when the server is full, and without a token.
fn operations() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(metrics::metrics))
        .routes(routes!(docs::openapi))
        .routes(routes!(docs::docs))
}

/// The public API.
fn v1() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(accounts::list::list, accounts::create::create))
        .routes(routes!(accounts::read::read))
        .routes(routes!(keys::list::list, keys::create::create))
        .routes(routes!(members::list::list))
        .routes(routes!(members::access::reset_link))
        .routes(routes!(members::access::end_sessions))
        .routes(routes!(members::access::remove_second_factor))
        .routes(routes!(
            invitations::of_account::list,
            invitations::of_account::create
        ))
        .routes(routes!(invitations::of_account::revoke))
        .routes(routes!(members::change::change, members::remove::remove))
        .routes(routes!(roles::list::list, roles::create::create))
        .routes(routes!(roles::change::change, roles::delete::delete))
        .routes(routes!(keys::change::change, keys::revoke::revoke))
        .routes(routes!(keys::rotate::rotate))
        .routes(routes!(
            instance_keys::list::list,
            instance_keys::create::create
        ))
        .routes(routes!(
            instance_keys::change::change,
            instance_keys::revoke::revoke
        ))
        .routes(routes!(instance_keys::rotate::rotate))
        .routes(routes!(
            viewer_tokens::list::list,
            viewer_tokens::create::create
        ))
        .routes(routes!(viewer_tokens::revoke::revoke))
        .routes(routes!(portal_links::create::create))
        .routes(routes!(settings::read, settings::change))
        .routes(routes!(firewall::read))
        .routes(routes!(preferences::read, preferences::replace))
        .routes(routes!(views::list::list, views::create::create))
        .routes(routes!(views::change::change, views::delete::delete))
        .routes(routes!(introspect::introspect))
        .merge(catalog::router())
        .merge(events::router())
}

/// Who people are: what they reach before they have signed in, and what they ask about themselves.
fn visits() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(
            session::read::read,
            session::create::create,
            session::end::end
        ))
        .routes(routes!(session::oidc::providers::providers))
        .routes(routes!(session::oidc::start::start))
        .routes(routes!(session::oidc::callback::callback))
        .routes(routes!(session::setup::read, session::setup::create))
        .routes(routes!(session::password::change))
        .routes(routes!(
            session::second_factor::read,
            session::second_factor::offer,
            session::second_factor::remove
        ))
        .routes(routes!(session::second_factor::confirm))
        .routes(routes!(session::second_factor::renew))
        .routes(routes!(sessions::list, sessions::end_others))
        .routes(routes!(sessions::end))
        .routes(routes!(invitations::accept::read))
        .routes(routes!(invitations::accept::accept))
        .routes(routes!(password_resets::read))
        .routes(routes!(password_resets::accept))
        .routes(routes!(session::portal::open))
}

/// What the administration socket serves instead: no token, and nothing of it in the public document.
fn administration() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(health::readyz))
        .routes(routes!(admin::list_accounts, admin::create_account))
        .routes(routes!(admin::list_keys, admin::create_key))
        .routes(routes!(admin::change_key, admin::revoke_key))
        .routes(routes!(admin::rotate_key))
        .routes(routes!(admin::list_members, admin::add_member))
        .routes(routes!(
            admin::people::change_member,
            admin::people::remove_member
        ))
        .routes(routes!(
            admin::people::make_operator,
            admin::people::unmake_operator
        ))
        .routes(routes!(
            admin::people::list_roles,
            admin::people::create_role
        ))
        .routes(routes!(admin::people::delete_role))
        .routes(routes!(people::reset_link))
        .routes(routes!(people::end_sessions))
        .routes(routes!(people::remove_second_factor))
}

/// The OpenAPI document of the public routes.
pub(crate) fn document() -> Document {
    let whole = OpenApiRouter::with_openapi(Whole::openapi());
    Document::new(
        whole
            .merge(v1())
            .merge(visits())
            .merge(operations())
            .into_openapi(),
    )
}

/// The router of the public listener.
pub(crate) fn public(app: &Arc<App>) -> Router {
    let worked: Router<Arc<App>> = v1().into();
    let light: Router<Arc<App>> = operations().into();
    let visited: Router<Arc<App>> = visits().into();
    let limited = worked
        .layer(from_fn_with_state(Arc::clone(app), admission))
        .merge(visited.layer(from_fn_with_state(Arc::clone(app), visitors)));
    finished(
        limited
            .merge(light)
            .merge(ui::routes())
            .merge(guide::routes()),
        app,
    )
}

/// The router of the administration socket.
pub(crate) fn private(app: &Arc<App>) -> Router {
    let routes: Router<Arc<App>> = administration().into();
    finished(
        routes.layer(axum::middleware::from_fn(admin::as_operator)),
        app,
    )
}

fn finished(routes: Router<Arc<App>>, app: &Arc<App>) -> Router {
    // Unknown paths and methods have no route of their own; the envelope turns their bare statuses into problems.
    routes
        .fallback(async || axum::http::StatusCode::NOT_FOUND)
        .layer(from_fn_with_state(Arc::clone(app), envelope))
        .with_state(Arc::clone(app))
}
