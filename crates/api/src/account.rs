//! Accounts: the tenants, each with a log of its own.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is sent to create an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// `^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$`, compared exactly; two ids may not differ by case only.
    #[schema(pattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$")]
    pub id: String,
    /// The name to show, at most 256 bytes; the id when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 256)]
    pub name: Option<String>,
    /// An IANA zone for presets and dates of callers who send none; UTC when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// The first day of a week for callers who send none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub week_start: Option<WeekStart>,
    /// Catalogue packs that are turned off: `gale`, `kilo`, `live_agent`, `generic`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packs_off: Vec<String>,
}

/// An account as it is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Account {
    /// Its id, as it stands in paths.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// The origin of its log, `<instance name>/a/<id>`.
    pub log: String,
    /// When it was created, RFC 3339 UTC.
    pub created_at: String,
    /// An IANA zone; null means UTC.
    pub time_zone: Option<String>,
    /// The first day of a week; null means Monday.
    pub week_start: Option<WeekStart>,
    /// Catalogue packs that are turned off.
    pub packs_off: Vec<String>,
}

/// A page of accounts, in the order of their ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AccountPage {
    /// The accounts that the caller may see.
    pub accounts: Vec<Account>,
    /// The cursor of the next page; null at the end.
    pub next_cursor: Option<String>,
}

/// The first day of a week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WeekStart {
    /// Monday, the default.
    #[default]
    Mon,
    /// Sunday.
    Sun,
    /// Saturday.
    Sat,
}

impl WeekStart {
    /// The day as it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mon => "mon",
            Self::Sun => "sun",
            Self::Sat => "sat",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Mon, Self::Sun, Self::Sat]
            .into_iter()
            .find(|day| day.as_str() == name)
    }
}
