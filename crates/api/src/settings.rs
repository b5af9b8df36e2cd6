//! What an account decides for everybody in it.

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::account::WeekStart;
use crate::firewall::{FirewallSettings, FirewallSettingsChange};

/// Which columns a list of events shows to whoever has not chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnSet {
    /// For accounts of a product: category, event, user, address, time.
    #[default]
    Account,
    /// For developers: the action as code, and where it came from.
    Developer,
    /// For activity: a sentence per event.
    Activity,
}

impl ColumnSet {
    /// The set as it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Developer => "developer",
            Self::Activity => "activity",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Account, Self::Developer, Self::Activity]
            .into_iter()
            .find(|set| set.as_str() == name)
    }
}

/// The settings of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AccountSettings {
    /// The name to show.
    pub name: String,
    /// An IANA zone for whoever has not chosen; null means UTC.
    #[schema(required = true)]
    pub time_zone: Option<String>,
    /// The first day of a week for whoever has not chosen; null means Monday.
    #[schema(required = true)]
    pub week_start: Option<WeekStart>,
    /// Which columns a list of events shows to whoever has not chosen.
    pub column_set: ColumnSet,
    /// Catalogue packs that are turned off.
    pub packs_off: Vec<String>,
    /// Whether only declared actions and fields are accepted.
    pub catalog_strict: bool,
    /// The ids of the roles that may view the log; null for every role with `audit:read`.
    #[serde(default)]
    #[schema(required = true)]
    pub viewers: Option<Vec<String>>,
    /// What the account adds to the rules of the secrets firewall.
    pub firewall: FirewallSettings,
}

/// What is to change about the settings of an account; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountSettingsChange {
    /// The name to show, at most 256 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 256)]
    pub name: Option<String>,
    /// An IANA zone, or null for UTC.
    #[serde(
        default,
        deserialize_with = "given",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<String>)]
    pub time_zone: Option<Option<String>>,
    /// The first day of a week, or null for Monday.
    #[serde(
        default,
        deserialize_with = "given",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<WeekStart>)]
    pub week_start: Option<Option<WeekStart>>,
    /// Which columns a list of events shows to whoever has not chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column_set: Option<ColumnSet>,
    /// Catalogue packs that are turned off: `gale`, `kilo`, `live_agent`, `generic`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packs_off: Option<Vec<String>>,
    /// Whether only declared actions and fields are accepted; the coverage of the catalogue tells what that refuses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalog_strict: Option<bool>,
    /// The ids of the roles that may view the log, `owner` among them, or null for every role with `audit:read`.
    ///
    /// A role that is left out loses everything that begins with `audit:`, and one that is listed gains `audit:read`.
    /// Needs `members:write`, too.
    #[serde(
        default,
        deserialize_with = "given",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<Vec<String>>)]
    pub viewers: Option<Option<Vec<String>>>,
    /// What the account adds to the rules of the secrets firewall; members that are absent stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub firewall: Option<FirewallSettingsChange>,
}

/// A member that is there, whatever its value: null is told apart from absent.
#[expect(
    clippy::option_option,
    reason = "absent, null and a value are three things in a change"
)]
pub(crate) fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}
