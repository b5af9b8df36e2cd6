//! `limit` and `cursor` of the lists of the control plane.

use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    http::Problem,
    limits::{PAGE_DEFAULT, PAGE_MAX},
};

/// The version of the cursors of these lists.
const CURSOR: &str = "c1:";

/// Where a page begins and how long it is.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// 1 to 1000 items, 100 when absent.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl Page {
    pub(super) fn limit(&self) -> Result<usize, Problem> {
        match self.limit {
            None => Ok(PAGE_DEFAULT),
            Some(limit) if (1..=PAGE_MAX).contains(&limit) => Ok(limit),
            Some(_) => Err(Problem::parameter(
                "limit",
                format!("expected 1 to {PAGE_MAX}"),
            )),
        }
    }

    /// The id of the last item of the page before.
    pub(super) fn after(&self) -> Result<Option<String>, Problem> {
        let Some(cursor) = &self.cursor else {
            return Ok(None);
        };
        let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok();
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let id = text.as_deref().and_then(|text| text.strip_prefix(CURSOR));
        id.map(|id| Some(id.to_owned()))
            .ok_or_else(|| Problem::parameter("cursor", "this is not a cursor of this list"))
    }
}

/// Cuts what was fetched beyond `limit`, and gives the cursor of the next page when there was more.
pub(super) fn cut<T>(
    items: &mut Vec<T>,
    limit: usize,
    id: impl Fn(&T) -> String,
) -> Option<String> {
    if items.len() <= limit {
        return None;
    }
    items.truncate(limit);
    items
        .last()
        .map(|last| BASE64URL_NOPAD.encode(format!("{CURSOR}{}", id(last)).as_bytes()))
}
