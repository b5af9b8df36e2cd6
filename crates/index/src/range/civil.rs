//! Dates and the instants at which they begin.

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Span, Timestamp, ToSpan};

use super::WeekStart;

/// The date that a calendar in the zone shows at an instant.
pub(super) fn date_at(ns: i64, zone: &TimeZone) -> Date {
    zone.to_datetime(timestamp(ns)).date()
}

/// The first instant of a date: its midnight.
pub(super) fn start_of_day(date: Date, zone: &TimeZone) -> i64 {
    instant_of(date.to_datetime(jiff::civil::Time::midnight()), zone)
}

/// The instant at which clocks in the zone show a date and time.
///
/// When they never do, the first instant after the gap; when they do twice, the earlier.
pub(super) fn instant_of(local: DateTime, zone: &TimeZone) -> i64 {
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => at_offset(local, offset),
        AmbiguousOffset::Fold { before, .. } => at_offset(local, before),
        AmbiguousOffset::Gap { after, .. } => {
            // With the offset that holds after the gap, a skipped time is an instant before the gap.
            let before_the_gap = at_offset(local, after);
            next_transition(before_the_gap, zone).unwrap_or(before_the_gap)
        }
    }
}

/// The next instant after `ns` at which the offset of the zone changes.
pub(super) fn next_transition(ns: i64, zone: &TimeZone) -> Option<i64> {
    let here = zone.to_offset(timestamp(ns));
    zone.following(timestamp(ns))
        .find(|transition| transition.offset() != here)
        .map(|transition| clamp(transition.timestamp()))
}

/// How far clocks in the zone are ahead of UTC at an instant, in nanoseconds.
pub(super) fn offset_at(ns: i64, zone: &TimeZone) -> i64 {
    i64::from(zone.to_offset(timestamp(ns)).seconds()) * 1_000_000_000
}

/// What clocks in the zone show at an instant.
pub(super) fn local_at(ns: i64, zone: &TimeZone) -> DateTime {
    zone.to_datetime(timestamp(ns))
}

/// The date so many days later.
pub(super) fn add_days(date: Date, days: i64) -> Date {
    date.saturating_add(Span::new().days(days))
}

/// The first day of the week of a date.
pub(super) fn start_of_week(date: Date, week_start: WeekStart) -> Date {
    let since = date.weekday().since(week_start.weekday());
    add_days(date, -i64::from(since))
}

/// The first day of the month of a date.
pub(super) fn first_of_month(date: Date) -> Date {
    date.first_of_month()
}

/// The first day of the month so many months after that of a date.
pub(super) fn months_after(date: Date, months: i64) -> Date {
    date.first_of_month().saturating_add(months.months())
}

fn at_offset(local: DateTime, offset: Offset) -> i64 {
    // Every date that is asked for lies within the range of jiff's instants, which is far wider than ours.
    offset.to_timestamp(local).map_or(i64::MAX, clamp)
}

fn timestamp(ns: i64) -> Timestamp {
    // 64 bits of nanoseconds, 1677 to 2262, are within the range of jiff's instants.
    Timestamp::from_nanosecond(i128::from(ns)).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn clamp(timestamp: Timestamp) -> i64 {
    let ns = timestamp.as_nanosecond();
    i64::try_from(ns).unwrap_or(if ns < 0 { i64::MIN } else { i64::MAX })
}
