//! Ranges between two ends that somebody names.

use event::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::RangeError;
use super::civil::{add_days, start_of_day};
use crate::query::TimeRange;

/// The instants between two ends, each an instant (RFC 3339) or a date (`2026-11-21`) in `zone`.
///
/// A date as `from` means its first instant, as `to` the end of its day.
/// Without `from` there is no lower end, without `to` no upper one.
/// Equal ends are an empty range; an end before the start is an error.
pub fn custom(
    from: Option<&str>,
    to: Option<&str>,
    zone: &TimeZone,
) -> Result<TimeRange, RangeError> {
    let from = from.map(|text| match end(text, "from")? {
        End::Instant(ns) => Ok(ns),
        End::Date(date) => Ok(start_of_day(date, zone)),
    });
    let to = to.map(|text| match end(text, "to")? {
        End::Instant(ns) => Ok(ns),
        End::Date(date) => Ok(start_of_day(add_days(date, 1), zone)),
    });
    let range = TimeRange {
        from: from.transpose()?,
        to: to.transpose()?,
    };
    match range.from.zip(range.to) {
        Some((from, to)) if to < from => Err(RangeError::EndBeforeStart),
        _ => Ok(range),
    }
}

enum End {
    Instant(i64),
    Date(Date),
}

fn end(text: &str, parameter: &'static str) -> Result<End, RangeError> {
    if let Ok(instant) = Timestamp::parse(text) {
        return Ok(End::Instant(instant.ns()));
    }
    date(text)
        .map(End::Date)
        .ok_or(RangeError::NotATime { parameter })
}

/// A date of 1970 to 2261, in the one form `2026-11-21`.
fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let mut number = |digits: usize| -> Option<i16> {
        let part = parts.next()?;
        let is_number = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { part.parse().ok() } else { None }
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    if parts.next().is_some() || !(1970..=2261).contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
