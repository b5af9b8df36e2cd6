//! `GET /v1/accounts/{account}/firewall`.

use std::sync::Arc;

use api::{
    ErrorCode, Permission,
    firewall::{FirewallReport, FirewallRule},
};
use axum::extract::State;
use event::Timestamp;

use crate::{app::App, auth::permit::CanSee, http::Problem};

/// Tells what the secrets firewall took out of the events of an account, by rule; never a secret.
///
/// Whoever may read all events (`audit:read`, and nothing hidden) or change the catalogue (`catalog:write`) may ask: the
/// counts are those of the whole log.
#[utoipa::path(get, path = api::path::FIREWALL, operation_id = "firewall.read", tag = "settings",
    params(("account" = String, Path, description = "The id of the account.")),
    responses((status = 200, description = "How many secrets each rule told.", body = FirewallReport)))]
pub(crate) async fn read(
    State(app): State<Arc<App>>,
    permit: CanSee,
) -> Result<axum::Json<FirewallReport>, Problem> {
    let reach = permit.reach();
    let reads_all = reach.may(Permission::AuditRead) && reach.sees_all();
    if !reads_all && !reach.may(Permission::CatalogWrite) {
        let detail = format!(
            "what the firewall took out is told to whoever has {} and sees the whole log, or {}",
            Permission::AuditRead.as_str(),
            Permission::CatalogWrite.as_str()
        );
        return Err(permit.refuse(&app, ErrorCode::PermissionMissing, detail));
    }
    let rules: Vec<FirewallRule> = app
        .control
        .removals
        .of(&permit.account().id)
        .into_iter()
        .map(|(rule, removed)| FirewallRule {
            rule,
            count: removed.count,
            last_at: Timestamp::from_ms(removed.last_ms).to_string(),
        })
        .collect();
    let total = rules.iter().map(|rule| rule.count).sum();
    Ok(axum::Json(FirewallReport { rules, total }))
}
