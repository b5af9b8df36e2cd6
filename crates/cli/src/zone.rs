//! Times for people, in a zone that is named.

use anyhow::{Context, Result};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A zone in which times are shown.
pub(crate) struct Zone {
    zone: TimeZone,
    name: String,
}

impl Zone {
    /// The zone of this IANA name.
    pub(crate) fn named(name: &str) -> Result<Self> {
        let zone =
            TimeZone::get(name).with_context(|| format!("there is no time zone {name:?}"))?;
        Ok(Self {
            zone,
            name: name.to_owned(),
        })
    }

    /// The name of the zone.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// An instant as `2026-11-21 09:55:19`; text that is no instant stays as it is.
    pub(crate) fn show(&self, instant: &str) -> String {
        match instant.parse::<Timestamp>() {
            Ok(instant) => instant
                .to_zoned(self.zone.clone())
                .strftime("%Y-%m-%d %H:%M:%S")
                .to_string(),
            Err(_) => instant.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_shown_in_their_zone() {
        let zone = Zone::named("America/St_Johns").unwrap();
        assert_eq!(zone.show("2026-11-21T09:55:19.353Z"), "2026-11-21 06:25:19");
        assert_eq!(zone.show("never"), "never");
        assert!(Zone::named("Mars/Olympus").is_err());
    }
}
