//! `GET /v1/accounts/{account}/values`.

use std::sync::Arc;

use api::search::ColumnValues;
use axum::Json;
use axum::extract::{RawQuery, State};
use index::QueryPart;
use serde::Deserialize;

use super::facets::value_count;
use super::{blocking, tell_read};
use crate::app::App;
use crate::auth::permit::CanRead;
use crate::http::Problem;
use crate::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::reading::Lens;
use crate::search::Asked;
use crate::search::asked::wrong;
use crate::search::question::{column, refuse_hidden};

/// Parameters of the values of a column.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it documents the members that `values` reads")]
pub(crate) struct ValuesParameters {
    /// The column.
    column: String,
    /// Only values that begin with this, without case.
    prefix: Option<String>,
    /// 1 to 1000 values, 100 when absent.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

/// Lists the values that a column has in the account, most frequent first: what a dropdown offers.
///
/// For `user` the value is the id, the label the newest name, the detail the e-mail address.
#[utoipa::path(
    get, path = api::path::VALUES, operation_id = "events.values", tag = "events",
    params(("account" = String, Path, description = "The id of the account."), ValuesParameters),
    responses((status = 200, description = "The values.", body = ColumnValues))
)]
pub(crate) async fn values(
    State(app): State<Arc<App>>,
    permit: CanRead,
    RawQuery(query): RawQuery,
) -> Result<Json<ColumnValues>, Problem> {
    let mut asked = Asked::from_query(query.as_deref())?;
    let name = asked
        .value("column")
        .cloned()
        .ok_or_else(|| wrong("column", "required", "is missing"))?;
    let column = column(&name, "/column")?;
    let prefix = asked.text("prefix")?.unwrap_or_default();
    let limit = asked.number("limit", 1, PAGE_MAX as u64)?;
    let limit = limit
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(PAGE_DEFAULT);
    asked.finish()?;
    let lens = Lens::of(&app, &permit);
    let part = ("/column".to_owned(), QueryPart::Column(&column));
    refuse_hidden(&app, &permit, &lens, [part])?;
    tell_read(&app, &permit, "audit_log.view", None);
    let scope = permit.scope();
    blocking(move || {
        let values = app.index.values(&scope, &column, &prefix, limit)?;
        Ok(Json(ColumnValues {
            values: values.into_iter().map(value_count).collect(),
        }))
    })
    .await
}
