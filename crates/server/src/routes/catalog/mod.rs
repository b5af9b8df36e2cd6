//! The catalogue of an account: what its events mean, and what the account decides about them.

pub(crate) mod alias;
pub(crate) mod coverage;
pub(crate) mod declare;
pub(crate) mod deprecate;
pub(crate) mod read;
pub(crate) mod remove;
pub(crate) mod restore;
pub(crate) mod versions;

use std::sync::Arc;

use api::{ErrorCode, catalog::CatalogEvent};
use axum::http::{HeaderMap, header::IF_MATCH};
use index::{Query, Scope, ScopedQuery, parse};
use serde_json::json;
use tlog::TreeSize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    control::Account,
    http::Problem,
    routes::events::{blocking, wait_indexed},
};

/// The routes of the catalogue.
pub(crate) fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(read::read))
        .routes(routes!(coverage::coverage))
        .routes(routes!(declare::declare, remove::remove))
        .routes(routes!(deprecate::deprecate))
        .routes(routes!(restore::restore))
        .routes(routes!(versions::versions))
        .routes(routes!(alias::set, alias::remove))
}

/// The version that a request was made for: `If-Match: "3"`, or the `version` of its body.
fn expected(headers: &HeaderMap, version: Option<u64>) -> Result<Option<u64>, Problem> {
    let Some(header) = headers.get(IF_MATCH) else {
        return Ok(version);
    };
    let text = header.to_str().unwrap_or_default().trim();
    let named = text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(text)
        .parse::<u64>();
    match named {
        Ok(named) if version.is_none_or(|version| version == named) => Ok(Some(named)),
        _ => Err(Problem::new(
            ErrorCode::InvalidParameter,
            "If-Match: expected one version, such as \"3\", and the same as in the body",
        )),
    }
}

/// An action as the catalogue of the account has it now.
fn answered(app: &App, account: &Arc<Account>, action: &str) -> Result<CatalogEvent, Problem> {
    // The settings may have changed since the permit was given.
    let account = app.control.accounts.get(&account.id);
    let account = account.ok_or_else(|| Problem::new(ErrorCode::AccountNotFound, "gone"))?;
    let catalogue = app.catalogue_of(&account);
    let version = app.control.decisions.get(&account.id, action).version;
    match catalogue.get(action) {
        Some(declared) => Ok(read::described(declared, &catalogue, version)),
        None => Err(crate::admin::unknown_action(action, &catalogue).into()),
    }
}

/// Whether an event of the action was ever recorded, of all that is in the log when it is asked.
async fn is_seen(app: &Arc<App>, account: &Account, action: &str) -> Result<bool, Problem> {
    let log = account.log;
    let size = app.ledger.size(log).unwrap_or(TreeSize::ZERO);
    if !wait_indexed(app, log, size).await {
        let detail = "the index is behind the log; what was recorded is not known yet";
        return Err(Problem::new(ErrorCode::Overloaded, detail));
    }
    let criteria = json!([{"column": "action", "op": "eq", "value": action}]);
    let refine = parse::criteria(&criteria, "").map_err(|_| {
        Problem::parameter("action", "expected an action, `noun.verb` in lower case")
    })?;
    let query = Query {
        refine,
        ..Query::everything()
    };
    // What counts is the whole log, whatever part of it the caller sees.
    let query = ScopedQuery::new(query, Scope::account(log.get()));
    let app = Arc::clone(app);
    let counted = blocking(move || Ok(app.index.count(&query, size)?)).await?;
    Ok(counted > 0)
}
