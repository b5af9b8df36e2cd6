//! `GET /v1/accounts/{account}/resources/{type}`.

use std::sync::Arc;

use api::ErrorCode;
use api::resource::{Resource, ResourcePage};
use axum::Json;
use axum::extract::{Path, RawQuery, State};
use data_encoding::BASE64URL_NOPAD;
use event::{Facet, Timestamp};
use index::{Column, QueryPart, ResourceRequest};
use serde::Deserialize;

use crate::app::App;
use crate::auth::permit::CanRead;
use crate::http::Problem;
use crate::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::reading::Lens;
use crate::routes::events::{blocking, tell_read};
use crate::search::Asked;
use crate::search::question::refuse_hidden;

/// Parameters of the resources of a kind.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it documents the members that `list` reads")]
pub(crate) struct ResourceParameters {
    /// Only resources whose id or newest name begins with this, without case.
    prefix: Option<String>,
    /// 1 to 1000 resources, 100 when absent.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists the resources of a kind that the account's events were about, in order of their ids.
///
/// Who does not see names gets none, and `prefix` compares ids only.
#[utoipa::path(
    get, path = api::path::RESOURCES_OF_TYPE, operation_id = "resources.list", tag = "resources",
    params(
        ("account" = String, Path, description = "The id of the account."),
        ("type" = String, Path, description = "The kind of resource, such as `agent`."),
        ResourceParameters,
    ),
    responses((status = 200, description = "A page of resources.", body = ResourcePage))
)]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    permit: CanRead,
    Path((_, kind)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Json<ResourcePage>, Problem> {
    let mut asked = Asked::from_query(query.as_deref())?;
    let prefix = asked.text("prefix")?.unwrap_or_default();
    let limit = asked.number("limit", 1, PAGE_MAX as u64)?;
    let limit = limit
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(PAGE_DEFAULT);
    let after = asked
        .text("cursor")?
        .map(|cursor| id_of(&cursor))
        .transpose()?;
    asked.finish()?;
    let lens = Lens::of(&app, &permit);
    let part = (String::new(), QueryPart::Column(&Column::TargetId));
    refuse_hidden(&app, &permit, &lens, [part])?;
    tell_read(&app, &permit, "audit_log.view", None);
    let scope = permit.scope();
    blocking(move || {
        let request = ResourceRequest {
            kind: &kind,
            prefix: &prefix,
            after: after.as_deref(),
            // One more than asked for tells whether there is a next page.
            limit: limit + 1,
            // Where names are hidden, a prefix that finds one would tell it letter by letter.
            named: lens.sees(Facet::Names),
        };
        let mut found = app.index.resources(&scope, &request)?;
        let more = found.len() > limit;
        found.truncate(limit);
        let last = found.last().filter(|_| more);
        let next_cursor = last.map(|last| BASE64URL_NOPAD.encode(last.id.as_bytes()));
        Ok(Json(ResourcePage {
            resources: found.into_iter().map(written).collect(),
            next_cursor,
        }))
    })
    .await
}

/// The cursor is the last id that was shown; ids are in order, so nothing else is needed to go on.
fn id_of(cursor: &str) -> Result<String, Problem> {
    let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok();
    bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| {
            Problem::parameter_as(
                ErrorCode::CursorInvalid,
                "cursor",
                "the cursor is damaged".to_owned(),
            )
        })
}

fn written(found: index::Resource) -> Resource {
    let at = |ns: i64| Timestamp::from_ns(ns).unwrap_or(Timestamp::MAX).to_string();
    Resource {
        id: found.id,
        name: found.name,
        first_at: at(found.first_at_ns),
        last_at: at(found.last_at_ns),
        count: found.count,
        deleted: found.deleted,
    }
}
