//! `GET /v1/auth/introspect`.

use api::key::Introspection;
use axum::Json;
use event::Timestamp;

use crate::auth::{Asking, Principal};

/// Tells the bearer of a token who he is and what he may do.
#[utoipa::path(get, path = api::path::INTROSPECT, operation_id = "auth.introspect", tag = "keys",
    responses((status = 200, description = "The key behind the token.", body = Introspection)))]
pub(crate) async fn introspect(asking: Asking) -> Json<Introspection> {
    let (permissions, expires_ms) = match &asking.principal {
        Principal::Key(key) => (key.permissions.clone(), key.expires_ms),
        Principal::Operator => (api::Permission::ALL.to_vec(), None),
    };
    Json(Introspection {
        id: asking.principal.id().to_owned(),
        name: asking.principal.name().to_owned(),
        account: asking.principal.account().map(ToString::to_string),
        permissions,
        expires_at: expires_ms.map(|ms| Timestamp::from_ms(ms).to_string()),
    })
}
