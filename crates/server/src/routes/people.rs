//! What the administration socket serves about one person: the operator of the machine lets it in again.

use std::sync::Arc;

use api::sign_in::OneTimeLink;
use axum::{
    Json as Answer,
    extract::{Path, State},
    http::StatusCode,
};
use serde::Deserialize;

use super::admin::CanAdminister;
use crate::{
    app::App,
    config::PublicUrl,
    http::{Problem, extract::Parameters},
};

/// Where the link leads.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Public {
    /// The URL of the dashboard; that of the configuration when absent.
    public_url: Option<String>,
}

/// Makes a link with which a person chooses a new password.
#[utoipa::path(post, path = api::path::ADMIN_RESET_LINK, operation_id = "admin.people.reset_link",
    params(("email" = String, Path), Public), responses((status = 201, body = OneTimeLink)))]
pub(crate) async fn reset_link(
    State(app): State<Arc<App>>,
    permit: CanAdminister,
    Path(email): Path<String>,
    Parameters(public): Parameters<Public>,
) -> Result<(StatusCode, Answer<OneTimeLink>), Problem> {
    let person = app.person(&email)?;
    let url = match public.public_url {
        Some(url) => {
            let read = PublicUrl::parse(&url);
            let url = read.map_err(|message| Problem::parameter("public_url", message))?;
            url.as_str().to_owned()
        }
        None => app.public_url(None),
    };
    let link = app.make_reset_link(person, &url, permit.operator()).await?;
    Ok((StatusCode::CREATED, Answer(link)))
}

/// Ends all sessions of a person.
#[utoipa::path(delete, path = api::path::ADMIN_PERSON_SESSIONS, operation_id = "admin.people.sessions_end",
    params(("email" = String, Path)), responses((status = 204)))]
pub(crate) async fn end_sessions(
    State(app): State<Arc<App>>,
    permit: CanAdminister,
    Path(email): Path<String>,
) -> Result<StatusCode, Problem> {
    let person = app.person(&email)?;
    app.end_all_sessions(person, permit.operator()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes the second factor of a person away.
#[utoipa::path(delete, path = api::path::ADMIN_PERSON_SECOND_FACTOR,
    operation_id = "admin.people.second_factor_remove",
    params(("email" = String, Path)), responses((status = 204)))]
pub(crate) async fn remove_second_factor(
    State(app): State<Arc<App>>,
    permit: CanAdminister,
    Path(email): Path<String>,
) -> Result<StatusCode, Problem> {
    let person = app.person(&email)?;
    app.remove_second_factor(person, permit.operator()).await?;
    Ok(StatusCode::NO_CONTENT)
}
