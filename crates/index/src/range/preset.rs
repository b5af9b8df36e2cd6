//! The ranges that have a name.

use event::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::civil::{add_days, date_at, first_of_month, months_after, start_of_day, start_of_week};
use super::{RangeError, WeekStart};
use crate::error::shown;
use crate::query::TimeRange;

const HOUR_NS: i64 = 3_600_000_000_000;

/// A range with a name, told from now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Preset {
    /// Every event, also those that say that they occur in the future.
    AllTime,
    /// The current day.
    Today,
    /// The day before.
    Yesterday,
    /// The current week.
    ThisWeek,
    /// The current month.
    ThisMonth,
    /// The month before.
    LastMonth,
    /// Thirty days, the current one included.
    #[default]
    Last30Days,
    /// Ninety days, the current one included.
    Last90Days,
    /// The current year.
    ThisYear,
    /// The year before.
    LastYear,
    /// The last sixty minutes, up to now.
    LastHour,
    /// The last 24 hours, up to now, whatever the clocks do.
    Last24Hours,
}

impl Preset {
    /// Every preset, in the order in which the time picker lists them; the last two are its additions.
    pub const ALL: [Self; 12] = [
        Self::AllTime,
        Self::Today,
        Self::Yesterday,
        Self::ThisWeek,
        Self::ThisMonth,
        Self::LastMonth,
        Self::Last30Days,
        Self::Last90Days,
        Self::ThisYear,
        Self::LastYear,
        Self::LastHour,
        Self::Last24Hours,
    ];

    /// The name in parameters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AllTime => "all_time",
            Self::Today => "today",
            Self::Yesterday => "yesterday",
            Self::ThisWeek => "this_week",
            Self::ThisMonth => "this_month",
            Self::LastMonth => "last_month",
            Self::Last30Days => "last_30_days",
            Self::Last90Days => "last_90_days",
            Self::ThisYear => "this_year",
            Self::LastYear => "last_year",
            Self::LastHour => "last_hour",
            Self::Last24Hours => "last_24_hours",
        }
    }

    /// The preset of this name, exactly as [`Preset::as_str`] writes it.
    pub fn from_name(name: &str) -> Result<Self, RangeError> {
        let known = Self::ALL.into_iter().find(|preset| preset.as_str() == name);
        known.ok_or_else(|| RangeError::UnknownPreset(shown(name)))
    }
}

/// The instants that a preset means at `now` in `zone`.
///
/// Ranges of days, weeks, months and years end at the end of their period, not at `now`.
pub fn resolve(
    preset: Preset,
    zone: &TimeZone,
    week_start: WeekStart,
    now: Timestamp,
) -> TimeRange {
    let today = date_at(now.ns(), zone);
    let (first, after): (Date, Date) = match preset {
        Preset::AllTime => return TimeRange::ALL,
        Preset::LastHour => return up_to(now, HOUR_NS),
        Preset::Last24Hours => return up_to(now, 24 * HOUR_NS),
        Preset::Today => (today, add_days(today, 1)),
        Preset::Yesterday => (add_days(today, -1), today),
        Preset::ThisWeek => {
            let monday = start_of_week(today, week_start);
            (monday, add_days(monday, 7))
        }
        Preset::ThisMonth => (first_of_month(today), months_after(today, 1)),
        Preset::LastMonth => (months_after(today, -1), first_of_month(today)),
        Preset::Last30Days => (add_days(today, -29), add_days(today, 1)),
        Preset::Last90Days => (add_days(today, -89), add_days(today, 1)),
        Preset::ThisYear => (
            today.first_of_year(),
            months_after(today.first_of_year(), 12),
        ),
        Preset::LastYear => (
            months_after(today.first_of_year(), -12),
            today.first_of_year(),
        ),
    };
    TimeRange {
        from: Some(start_of_day(first, zone)),
        to: Some(start_of_day(after, zone)),
    }
}

const fn up_to(now: Timestamp, length_ns: i64) -> TimeRange {
    TimeRange {
        from: Some(now.ns() - length_ns),
        to: Some(now.ns()),
    }
}
