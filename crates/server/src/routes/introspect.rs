//! `GET /v1/auth/introspect`.

use api::{ErrorCode, key::Introspection};
use axum::Json;
use event::Timestamp;

use crate::{
    auth::{Asking, Principal},
    http::Problem,
};

/// Tells the bearer of a token who he is and what he may do.
///
/// A signed-in person reads `/v1/session` instead.
#[utoipa::path(get, path = api::path::INTROSPECT, operation_id = "auth.introspect", tag = "keys",
    responses((status = 200, description = "The key behind the token.", body = Introspection)))]
pub(crate) async fn introspect(asking: Asking) -> Result<Json<Introspection>, Problem> {
    let (permissions, expires_ms) = match &asking.principal {
        Principal::Key(key) => (key.permissions.clone(), key.expires_ms),
        Principal::AccessToken(token) => {
            // What it may do differs by account; what it may in its only one is told.
            let own = asking.principal.only_account();
            let given = own.and_then(|own| token.permissions.get(own));
            (given.cloned().unwrap_or_default(), Some(token.expires_ms))
        }
        Principal::Operator => (api::Permission::ALL.to_vec(), None),
        Principal::Person(_) => {
            let detail = "this tells about tokens; who is signed in stands in /v1/session";
            return Err(Problem::new(ErrorCode::Unauthenticated, detail));
        }
    };
    Ok(Json(Introspection {
        id: asking.principal.id().to_owned(),
        name: asking.principal.name().to_owned(),
        account: asking.principal.only_account().map(ToString::to_string),
        permissions,
        expires_at: expires_ms.map(|ms| Timestamp::from_ms(ms).to_string()),
    }))
}
