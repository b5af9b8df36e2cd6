//! Saved views: searches with a name.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    search::{Criterion, Filter},
    settings::given,
};

/// What a view looks for, with the members of a search.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewQuery {
    /// A preset; not together with `from` or `to`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<String>,
    /// The first instant (RFC 3339), or a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The instant after the last one (RFC 3339), or a date whose end is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The dialog: one operator for all its criteria.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Filter>,
    /// More criteria, always AND.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refine: Option<Vec<Criterion>>,
    /// Words (AND), `"phrases"`, `column:value` and `-column:value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
}

/// A named question: built-in, shared, or one's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct View {
    /// Its id: `view_…`, or the fixed name of a built-in one.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// Whether every account has it; it cannot be changed then.
    pub built_in: bool,
    /// Whether everybody in the account sees it.
    pub shared: bool,
    /// Whether the caller made it.
    pub mine: bool,
    /// What it looks for.
    pub query: ViewQuery,
    /// The columns it shows; null for those that the person or the account chose.
    #[schema(required = true)]
    pub columns: Option<Vec<String>>,
    /// When it was last changed, RFC 3339 UTC; null for a built-in one.
    #[schema(required = true)]
    pub updated_at: Option<String>,
}

/// The views that the caller sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Views {
    /// The built-in ones first, then in the order of their names.
    pub views: Vec<View>,
}

/// What is sent to save a view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewView {
    /// A name that none of one's own views has, at most 120 bytes.
    #[schema(min_length = 1, max_length = 120)]
    pub name: String,
    /// Whether everybody in the account sees it, which needs `accounts:write`; false when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared: Option<bool>,
    /// What it looks for.
    pub query: ViewQuery,
    /// The columns it shows, 1 to 40 in their order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<String>>,
}

/// What is to change about a view; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewChange {
    /// Another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 120)]
    pub name: Option<String>,
    /// Whether everybody in the account sees it, which needs `accounts:write`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared: Option<bool>,
    /// What it looks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<ViewQuery>,
    /// The columns it shows, or null for those that the person or the account chose.
    #[serde(
        default,
        deserialize_with = "given",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<Vec<String>>)]
    pub columns: Option<Option<Vec<String>>>,
}
