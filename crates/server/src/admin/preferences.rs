//! What people prefer in accounts.

use api::preferences::Preferences;
use serde_json::json;

use super::{AdminError, account::checked_zone, view::checked_columns};

/// Preferences whose members have been checked.
#[derive(Clone, Debug)]
pub(crate) struct PreferencesRequest(pub(crate) Preferences);

impl TryFrom<Preferences> for PreferencesRequest {
    type Error = AdminError;

    fn try_from(mut chosen: Preferences) -> Result<Self, AdminError> {
        if let Some(zone) = chosen.time_zone.take() {
            chosen.time_zone = Some(checked_zone("time_zone", zone)?);
        }
        if let Some(columns) = &chosen.columns {
            checked_columns("columns", columns)?;
        }
        Ok(Self(chosen))
    }
}

impl PreferencesRequest {
    /// As it is stored.
    pub(crate) fn text(&self) -> String {
        json!(self.0).to_string()
    }
}
