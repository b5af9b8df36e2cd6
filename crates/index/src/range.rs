//! Time ranges: presets, dates and instants, all resolved to half-open instants, and the buckets of histograms.
//!
//! A day begins at its midnight in the zone.
//! A midnight that the clocks skip is the first instant after the gap; one that they show twice is the earlier.

mod buckets;
mod civil;
mod custom;
mod preset;

use event::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

use crate::error::shown;
use crate::limits::BUCKETS;
use crate::query::TimeRange;

pub use buckets::{Buckets, Interval, Width, buckets};
pub use custom::custom;
pub use preset::{Preset, resolve};

/// Why a range could not be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    /// `range` names no preset.
    #[error("there is no range `{0}`; the ranges are {known}", known = Preset::ALL.map(Preset::as_str).join(", "))]
    UnknownPreset(String),
    /// `tz` names no zone of the IANA database.
    #[error("there is no time zone `{0}`; a name such as `Europe/Berlin` must stand here")]
    UnknownZone(String),
    /// `week_start` is none of the three.
    #[error("`week_start` is `mon`, `sun` or `sat`")]
    UnknownWeekStart,
    /// A preset stands beside an end of its own.
    #[error("`range` cannot stand together with `from` or `to`")]
    PresetAndEnds,
    /// An end is neither an instant nor a date.
    #[error(
        "an instant such as `2026-11-21T09:55:00Z` or a date such as `2026-11-21`, of 1970 to 2261, must stand here"
    )]
    NotATime {
        /// `from` or `to`.
        parameter: &'static str,
    },
    /// The end lies before the start.
    #[error("the end of the range lies before its start")]
    EndBeforeStart,
    /// `interval` names no interval.
    #[error("there is no interval `{0}`; the intervals are {known}", known = Interval::ALL.map(Interval::as_str).join(", "))]
    UnknownInterval(String),
    /// The histogram would have no bucket, or too many.
    #[error("a histogram has 1 to {BUCKETS} buckets")]
    TooManyBuckets {
        /// `interval` or `buckets`.
        parameter: &'static str,
    },
}

impl RangeError {
    /// The parameter that is wrong.
    pub const fn parameter(&self) -> &'static str {
        match self {
            Self::UnknownPreset(_) | Self::PresetAndEnds => "range",
            Self::UnknownZone(_) => "tz",
            Self::UnknownWeekStart => "week_start",
            Self::EndBeforeStart => "to",
            Self::UnknownInterval(_) => "interval",
            Self::NotATime { parameter } | Self::TooManyBuckets { parameter } => parameter,
        }
    }
}

/// The day on which weeks begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum WeekStart {
    /// As ISO 8601 has it.
    #[default]
    Monday,
    /// As in the Americas.
    Sunday,
    /// As in the Middle East.
    Saturday,
}

impl WeekStart {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Monday, Self::Sunday, Self::Saturday];

    /// The name in parameters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Monday => "mon",
            Self::Sunday => "sun",
            Self::Saturday => "sat",
        }
    }

    /// The day of this name, exactly as [`WeekStart::as_str`] writes it.
    pub fn from_name(name: &str) -> Result<Self, RangeError> {
        let known = Self::ALL.into_iter().find(|start| start.as_str() == name);
        known.ok_or(RangeError::UnknownWeekStart)
    }

    const fn weekday(self) -> Weekday {
        match self {
            Self::Monday => Weekday::Monday,
            Self::Sunday => Weekday::Sunday,
            Self::Saturday => Weekday::Saturday,
        }
    }
}

/// The parameters of a range, as sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RangeParameters<'a> {
    /// The name of a preset.
    pub range: Option<&'a str>,
    /// The first instant, or the first date.
    pub from: Option<&'a str>,
    /// The instant after the last one, or the last date.
    pub to: Option<&'a str>,
}

impl RangeParameters<'_> {
    /// The range that is meant at `now` by someone in `zone`; the last 30 days when nothing is said.
    pub fn resolve(
        &self,
        zone: &TimeZone,
        week_start: WeekStart,
        now: Timestamp,
    ) -> Result<TimeRange, RangeError> {
        match (self.range, self.from, self.to) {
            (Some(_), Some(_), _) | (Some(_), _, Some(_)) => Err(RangeError::PresetAndEnds),
            (Some(name), None, None) => {
                let preset = Preset::from_name(name)?;
                Ok(resolve(preset, zone, week_start, now))
            }
            (None, None, None) => Ok(resolve(Preset::default(), zone, week_start, now)),
            (None, from, to) => custom(from, to, zone),
        }
    }
}

/// The zone of this name in the IANA database, which is compared without case.
pub fn zone(name: &str) -> Result<TimeZone, RangeError> {
    let unknown = || RangeError::UnknownZone(shown(name));
    let zone = TimeZone::get(name).map_err(|_| unknown())?;
    if zone.is_unknown() {
        Err(unknown())
    } else {
        Ok(zone)
    }
}

#[cfg(test)]
mod tests;
