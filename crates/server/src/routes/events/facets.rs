//! `POST /v1/accounts/{account}/events/facets`.

use std::collections::BTreeMap;
use std::sync::Arc;

use api::search::{ColumnCounts, FacetsSearch, ValueCount, ValueCounts};
use axum::Json;
use axum::extract::State;
use index::{Column, QueryPart};
use serde_json::Value;

use super::{blocking, tell_read};
use crate::app::App;
use crate::auth::permit::CanRead;
use crate::http::Problem;
use crate::http::body::RequestBody;
use crate::reading::Lens;
use crate::search::asked::wrong;
use crate::search::question::{column, refuse_hidden};
use crate::search::{Asked, Question};

/// The most values of one column that an answer lists.
const SIZE_MAX: u64 = 100;

/// How many values are listed when the caller does not say.
const SIZE_DEFAULT: usize = 10;

/// The most columns of one question: all that have a name.
const COLUMNS_MAX: usize = 20;

/// Counts the values of columns among the events that a search finds, exactly.
#[utoipa::path(
    post, path = api::path::EVENTS_FACETS, operation_id = "events.facets", tag = "events",
    params(("account" = String, Path, description = "The id of the account.")),
    request_body = FacetsSearch,
    responses((status = 200, description = "The most frequent values of each column.", body = ValueCounts))
)]
pub(crate) async fn facets(
    State(app): State<Arc<App>>,
    permit: CanRead,
    body: RequestBody,
) -> Result<Json<ValueCounts>, Problem> {
    let mut asked = Asked::from_body(&body)?;
    let narrowed = asked.narrowed();
    let columns = columns(&mut asked)?;
    let size = asked.number("size", 1, SIZE_MAX)?;
    let size = size
        .and_then(|size| usize::try_from(size).ok())
        .unwrap_or(SIZE_DEFAULT);
    let lens = Lens::of(&app, &permit);
    let question = Question::of(&mut asked, &app, &permit, &lens, None)?;
    asked.finish()?;
    let each = columns.iter().enumerate();
    let parts = each.map(|(at, column)| (format!("/columns/{at}"), QueryPart::Column(column)));
    refuse_hidden(&app, &permit, &lens, parts)?;
    tell_read(&app, &permit, "audit_log.view", narrowed);
    blocking(move || {
        let counted = app
            .index
            .value_counts(&question.query, question.as_of, &columns, size)?;
        let names = columns.iter().map(Column::name);
        let facets: BTreeMap<String, ColumnCounts> =
            names.zip(counted.into_iter().map(written)).collect();
        Ok(Json(ValueCounts {
            facets,
            as_of: question.as_of(),
        }))
    })
    .await
}

fn columns(asked: &mut Asked) -> Result<Vec<Column>, Problem> {
    match asked.value("columns") {
        Some(Value::Array(names)) if (1..=COLUMNS_MAX).contains(&names.len()) => names
            .iter()
            .enumerate()
            .map(|(place, name)| column(name, &format!("/columns/{place}")))
            .collect(),
        _ => Err(wrong(
            "columns",
            "required",
            &format!("must be a list of 1 to {COLUMNS_MAX} columns"),
        )),
    }
}

fn written(counts: index::ValueCounts) -> ColumnCounts {
    ColumnCounts {
        values: counts.values.into_iter().map(value_count).collect(),
        other: counts.other,
    }
}

/// A value and its count, as they are answered.
pub(super) fn value_count(counted: index::ValueCount) -> ValueCount {
    ValueCount {
        value: counted.value,
        label: counted.label,
        detail: counted.detail,
        count: counted.count,
    }
}
