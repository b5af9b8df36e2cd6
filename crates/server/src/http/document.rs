//! The OpenAPI document: made from the handlers, completed with what all operations have in common.

use std::{collections::HashMap, sync::Arc};

use api::problem::PROBLEM_JSON;
use axum::http::Method;
use bytes::Bytes;
use utoipa::{
    OpenApi, ToSchema,
    openapi::{
        Components, ContentBuilder, OpenApi as Description, RefOr, ResponseBuilder,
        path::{Operation, PathItem},
        schema::Ref,
        security::{
            ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
        },
    },
};

/// What the document says about the whole API.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Annals",
        description = "An audit log: who did what, where and when, kept provably intact.\n\n\
            Times are RFC 3339 in UTC, names `snake_case`. Refusals are problem details (RFC 9457) with a `code`.",
        license(name = "Apache-2.0 OR MIT"),
    ),
    components(schemas(api::Problem)),
    tags(
        (name = "events", description = "Append and read events."),
        (name = "resources", description = "What events were about, and the log of each."),
        (name = "accounts", description = "Tenants, each with a log of its own."),
        (name = "keys", description = "Who a program is, and what it may do."),
        (name = "members", description = "The people of an account, and the roles that say what they may do."),
        (name = "settings", description = "What accounts decide and people prefer, and what events mean."),
        (name = "views", description = "Searches with a name."),
        (name = "session", description = "Who a person is: signing in and out, and the first owner."),
        (name = "operations", description = "For operators and their machines; no token."),
    )
)]
pub(crate) struct Whole;

/// The document as it is served, and the operations it names.
#[derive(Debug)]
pub(crate) struct Document {
    /// `/openapi.json`.
    pub(crate) json: Bytes,
    /// `/docs`.
    pub(crate) html: Bytes,
    operations: HashMap<(Method, String), Arc<str>>,
}

impl Document {
    /// Completes `description` and writes it.
    pub(crate) fn new(mut description: Description) -> Self {
        complete(&mut description);
        let mut operations = HashMap::new();
        for (path, item) in &description.paths.paths {
            for (method, operation) in methods(item) {
                if let Some(id) = &operation.operation_id {
                    operations.insert((method, path.clone()), Arc::from(id.as_str()));
                }
            }
        }
        let json = serde_json::to_vec(&description).unwrap_or_default();
        let html = super::docs::page(&description);
        Self {
            json: json.into(),
            html: html.into(),
            operations,
        }
    }

    /// The id of an operation, such as `events.list`.
    pub(crate) fn operation(&self, method: &Method, path: &str) -> Arc<str> {
        let known = self.operations.get(&(method.clone(), path.to_owned()));
        known.cloned().unwrap_or_else(|| "unknown".into())
    }
}

/// The operations of a path with their methods.
pub(super) fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &Operation)> {
    let PathItem {
        get,
        put,
        post,
        delete,
        patch,
        ..
    } = item;
    let all = [
        (Method::GET, get),
        (Method::POST, post),
        (Method::PUT, put),
        (Method::PATCH, patch),
        (Method::DELETE, delete),
    ];
    all.into_iter()
        .filter_map(|(method, operation)| operation.as_ref().map(|operation| (method, operation)))
}

/// With what one gets in: a key or a session, or nothing where a session begins.
fn doors(path: &str) -> Vec<SecurityRequirement> {
    let names: &[&str] = match path {
        api::path::SESSION
        | api::path::SETUP
        | api::path::INVITATIONS_READ
        | api::path::INVITATIONS_ACCEPT
        | api::path::PASSWORD_RESETS_READ
        | api::path::PASSWORD_RESETS_ACCEPT => &[],
        api::path::INTROSPECT => &["key"],
        api::path::SESSIONS | api::path::ONE_SESSION => &["session"],
        own if own.starts_with(api::path::SESSION) => &["session"],
        _ => &["key", "session"],
    };
    let requirement = |name: &&str| SecurityRequirement::new(*name, Vec::<String>::new());
    names.iter().map(requirement).collect()
}

/// Adds the token to every operation under `/v1`, and the problem to every operation.
fn complete(description: &mut Description) {
    env!("CARGO_PKG_VERSION").clone_into(&mut description.info.version);
    let components = description.components.get_or_insert_with(Components::new);
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("The token of an API key, `ann_…`."))
        .build();
    components
        .security_schemes
        .insert("key".to_owned(), RefOr::T(SecurityScheme::Http(bearer)));
    let cookie = ApiKeyValue::with_description(
        "__Host-annals",
        "The cookie of a signed-in person, `annals_dev` on plain HTTP; every other method than GET also sends \
         `X-Annals-CSRF` and comes from our own origin.",
    );
    components.security_schemes.insert(
        "session".to_owned(),
        RefOr::T(SecurityScheme::ApiKey(ApiKey::Cookie(cookie))),
    );
    let schema = Ref::from_schema_name(api::Problem::name());
    for (path, item) in &mut description.paths.paths {
        let PathItem {
            get,
            put,
            post,
            delete,
            patch,
            ..
        } = item;
        for operation in [get, put, post, delete, patch].into_iter().flatten() {
            if path.starts_with("/v1") {
                operation.security = Some(doors(path));
            }
            for (status, text) in [
                ("4XX", "The request was refused."),
                ("5XX", "The server could not answer."),
            ] {
                let content = ContentBuilder::new().schema(Some(schema.clone())).build();
                let response = ResponseBuilder::new()
                    .description(text)
                    .content(PROBLEM_JSON, content)
                    .build();
                operation
                    .responses
                    .responses
                    .insert(status.to_owned(), RefOr::T(response));
            }
        }
    }
}
