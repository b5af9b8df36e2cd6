//! The buckets of a histogram: pieces of a range that begin where clocks and calendars of a zone do.

use jiff::Span;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::civil::{
    add_days, instant_of, local_at, months_after, next_transition, offset_at, start_of_week,
};
use super::{RangeError, WeekStart};
use crate::error::shown;
use crate::limits::BUCKETS;

const MINUTE_NS: i64 = 60_000_000_000;

/// The length of a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Interval {
    /// A minute of the clock.
    Minute,
    /// Five minutes, at `:00`, `:05`, ...
    FiveMinutes,
    /// A quarter of an hour.
    FifteenMinutes,
    /// Half an hour.
    ThirtyMinutes,
    /// An hour of the clock; one that the clocks repeat is two.
    Hour,
    /// Three hours, at 0, 3, 6, ... o'clock.
    ThreeHours,
    /// Six hours, at 0, 6, 12 and 18 o'clock.
    SixHours,
    /// Half a day, at 0 and 12 o'clock.
    TwelveHours,
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    ThreeMonths,
    /// A year.
    Year,
}

/// How one bucket follows another.
enum Step {
    /// So many minutes, that divide an hour.
    Minutes(i64),
    /// So many hours, that divide a day.
    Hours(i8),
    Day,
    Week,
    /// So many months, that divide a year.
    Months(i8),
}

impl Interval {
    /// Every interval, the shortest first.
    pub const ALL: [Self; 13] = [
        Self::Minute,
        Self::FiveMinutes,
        Self::FifteenMinutes,
        Self::ThirtyMinutes,
        Self::Hour,
        Self::ThreeHours,
        Self::SixHours,
        Self::TwelveHours,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::ThreeMonths,
        Self::Year,
    ];

    /// The name in parameters and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::FiveMinutes => "5_minutes",
            Self::FifteenMinutes => "15_minutes",
            Self::ThirtyMinutes => "30_minutes",
            Self::Hour => "hour",
            Self::ThreeHours => "3_hours",
            Self::SixHours => "6_hours",
            Self::TwelveHours => "12_hours",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::ThreeMonths => "3_months",
            Self::Year => "year",
        }
    }

    /// The interval of this name, exactly as [`Interval::as_str`] writes it.
    pub fn from_name(name: &str) -> Result<Self, RangeError> {
        let known = Self::ALL
            .into_iter()
            .find(|interval| interval.as_str() == name);
        known.ok_or_else(|| RangeError::UnknownInterval(shown(name)))
    }

    const fn step(self) -> Step {
        match self {
            Self::Minute => Step::Minutes(1),
            Self::FiveMinutes => Step::Minutes(5),
            Self::FifteenMinutes => Step::Minutes(15),
            Self::ThirtyMinutes => Step::Minutes(30),
            Self::Hour => Step::Minutes(60),
            Self::ThreeHours => Step::Hours(3),
            Self::SixHours => Step::Hours(6),
            Self::TwelveHours => Step::Hours(12),
            Self::Day => Step::Day,
            Self::Week => Step::Week,
            Self::Month => Step::Months(1),
            Self::ThreeMonths => Step::Months(3),
            Self::Year => Step::Months(12),
        }
    }
}

/// How wide the buckets are to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// So long; more than [`BUCKETS`] of them are an error.
    Interval(Interval),
    /// The shortest interval of which at most so many, 1 to [`BUCKETS`], cover the range; a year if none is long
    /// enough.
    AtMost(usize),
}

/// A range cut into buckets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buckets {
    /// The length of all buckets but the first and the last, which the range may cut.
    pub interval: Interval,
    /// The start of the range, what begins inside it, and its end: ascending, nanoseconds since 1970 UTC.
    ///
    /// One more than there are buckets; one alone when the range is empty.
    pub boundaries_ns: Vec<i64>,
}

/// Cuts the instants from `from_ns` to before `to_ns` where minutes, hours, days, weeks, months or years begin in
/// `zone`.
pub fn buckets(
    from_ns: i64,
    to_ns: i64,
    width: Width,
    zone: &TimeZone,
    week_start: WeekStart,
) -> Result<Buckets, RangeError> {
    let cut = |interval, most| {
        let boundaries_ns = boundaries(from_ns, to_ns, interval, zone, week_start, most)?;
        Some(Buckets {
            interval,
            boundaries_ns,
        })
    };
    match width {
        Width::Interval(interval) => cut(interval, BUCKETS).ok_or(RangeError::TooManyBuckets {
            parameter: "interval",
        }),
        Width::AtMost(most @ 1..=BUCKETS) => Interval::ALL
            .into_iter()
            .find_map(|interval| cut(interval, most))
            .or_else(|| cut(Interval::Year, BUCKETS))
            .ok_or(RangeError::TooManyBuckets {
                parameter: "buckets",
            }),
        Width::AtMost(_) => Err(RangeError::TooManyBuckets {
            parameter: "buckets",
        }),
    }
}

fn boundaries(
    from_ns: i64,
    to_ns: i64,
    interval: Interval,
    zone: &TimeZone,
    week_start: WeekStart,
    most: usize,
) -> Option<Vec<i64>> {
    let mut boundaries = vec![from_ns];
    let mut last = from_ns;
    while last < to_ns {
        if boundaries.len() > most {
            return None;
        }
        last = next(last, &interval.step(), zone, week_start).min(to_ns);
        boundaries.push(last);
    }
    Some(boundaries)
}

/// The first boundary after an instant.
fn next(ns: i64, step: &Step, zone: &TimeZone, week_start: WeekStart) -> i64 {
    let local = local_at(ns, zone);
    let date = local.date();
    match *step {
        Step::Minutes(minutes) => next_minutes(ns, minutes * MINUTE_NS, zone),
        Step::Hours(hours) => {
            let begun = date.at(local.hour() - local.hour() % hours, 0, 0, 0);
            let later = |n| begun.saturating_add(Span::new().hours(i64::from(hours) * n));
            first_after(ns, zone, later)
        }
        Step::Day => first_after(ns, zone, |n| midnight(add_days(date, n))),
        Step::Week => {
            let begun = start_of_week(date, week_start);
            first_after(ns, zone, |n| midnight(add_days(begun, 7 * n)))
        }
        Step::Months(months) => {
            let begun = months_after(date, -i64::from((date.month() - 1) % months));
            first_after(ns, zone, |n| {
                midnight(months_after(begun, i64::from(months) * n))
            })
        }
    }
}

/// The first of the local times `later(1)`, `later(2)`, ... that is after an instant.
///
/// It is the first but around changes of the offset, where a local time can be an instant that has passed.
fn first_after(ns: i64, zone: &TimeZone, later: impl Fn(i64) -> DateTime) -> i64 {
    // Even a change of the date, a whole day, is over after nine times three hours.
    (1..=9)
        .map(|n| instant_of(later(n), zone))
        .find(|&begins| begins > ns)
        .unwrap_or(i64::MAX)
}

/// The next time that clocks show a multiple of `step_ns`, that divides an hour; repeated hours count twice.
fn next_minutes(ns: i64, step_ns: i64, zone: &TimeZone) -> i64 {
    let next_at = |ns: i64, offset: i64| {
        let local = ns.saturating_add(offset);
        (local - local.rem_euclid(step_ns))
            .saturating_add(step_ns)
            .saturating_sub(offset)
    };
    let candidate = next_at(ns, offset_at(ns, zone));
    match next_transition(ns, zone) {
        // The step is counted anew from the change on, which is a boundary itself when the clocks then show one.
        Some(change) if change < candidate => next_at(change - 1, offset_at(change, zone)),
        _ => candidate,
    }
}

fn midnight(date: jiff::civil::Date) -> DateTime {
    date.to_datetime(jiff::civil::Time::midnight())
}
