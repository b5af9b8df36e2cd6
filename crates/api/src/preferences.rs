//! What a person prefers in an account.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{account::WeekStart, settings::ColumnSet};

/// What a person chose in an account; null means as the account has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    /// An IANA zone.
    #[schema(required = true)]
    pub time_zone: Option<String>,
    /// The first day of a week.
    #[schema(required = true)]
    pub week_start: Option<WeekStart>,
    /// The columns of lists, as a set.
    #[schema(required = true)]
    pub column_set: Option<ColumnSet>,
    /// The columns of lists one by one, 1 to 40 in their order; instead of a set.
    #[schema(required = true)]
    pub columns: Option<Vec<String>>,
    /// Light or dark.
    pub theme: Theme,
    /// How much room a row takes.
    pub density: Density,
    /// Whether single keys are shortcuts.
    pub single_keys: bool,
}

impl Preferences {
    /// Those of a person who has not chosen anything.
    pub fn unchosen() -> Self {
        Self {
            single_keys: true,
            ..Self::default()
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How much room a row takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// Room to breathe.
    #[default]
    Comfortable,
    /// More rows on a screen.
    Compact,
}
