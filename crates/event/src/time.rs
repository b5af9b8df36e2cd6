//! Instants: nanoseconds of UTC between 1970 and 2261, in one spelling.

mod civil;

use std::fmt;
use std::str::FromStr;

const NS_PER_SECOND: i64 = 1_000_000_000;
const NS_PER_MS: i64 = 1_000_000;

/// An instant as nanoseconds since 1970-01-01T00:00:00Z, without leap seconds, at most the last one of 2261.
///
/// It is written as RFC 3339 with `Z` and as many digits of fraction as it has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// Why a text or number is no [`Timestamp`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimeFailure {
    /// The text is not `2026-11-21T09:55:19.353Z` or the same with an offset such as `+05:30`.
    #[error("reading a time: not RFC 3339")]
    NotRfc3339,
    /// A month, day, hour, minute or offset does not exist.
    #[error("reading a time: no such date or time of day")]
    NoSuchTime,
    /// The second 60: an instant without leap seconds cannot hold it.
    #[error("reading a time: leap seconds cannot be stored")]
    LeapSecond,
    /// More than nine digits of fraction.
    #[error("reading a time: at most nine digits of fraction, nanoseconds, can be stored")]
    TooPrecise,
    /// Before 1970 or after 2261.
    #[error("reading a time: only 1970 to 2261 can be stored")]
    OutOfRange,
}

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const MIN: Self = Self(0);
    /// 2261-12-31T23:59:59.999999999Z.
    pub const MAX: Self = Self(9_214_646_400 * NS_PER_SECOND - 1);

    /// The instant so many nanoseconds after the beginning of 1970.
    pub const fn from_ns(ns: i64) -> Result<Self, TimeFailure> {
        if ns < Self::MIN.0 || ns > Self::MAX.0 {
            Err(TimeFailure::OutOfRange)
        } else {
            Ok(Self(ns))
        }
    }

    /// The instant so many milliseconds after the beginning of 1970; the last one that can be stored when it is later.
    pub fn from_ms(ms: u64) -> Self {
        let ns = i64::try_from(ms)
            .ok()
            .and_then(|ms| ms.checked_mul(NS_PER_MS));
        Self(ns.map_or(Self::MAX.0, |ns| ns.min(Self::MAX.0)))
    }

    /// Nanoseconds since the beginning of 1970.
    pub const fn ns(self) -> i64 {
        self.0
    }

    /// Whole milliseconds since the beginning of 1970.
    pub const fn ms(self) -> u64 {
        (self.0 / NS_PER_MS).cast_unsigned()
    }

    /// The instant without what is smaller than a millisecond.
    #[must_use]
    pub const fn truncated_to_ms(self) -> Self {
        Self(self.0 - self.0 % NS_PER_MS)
    }

    /// Reads RFC 3339 (section 5.6) with any offset and up to nine digits of fraction.
    pub fn parse(text: &str) -> Result<Self, TimeFailure> {
        let mut rest = text.as_bytes();
        let year = digits(&mut rest, 4)?;
        expect(&mut rest, |byte| byte == b'-')?;
        let month = digits(&mut rest, 2)?;
        expect(&mut rest, |byte| byte == b'-')?;
        let day = digits(&mut rest, 2)?;
        expect(&mut rest, |byte| matches!(byte, b'T' | b't'))?;
        let hour = digits(&mut rest, 2)?;
        expect(&mut rest, |byte| byte == b':')?;
        let minute = digits(&mut rest, 2)?;
        expect(&mut rest, |byte| byte == b':')?;
        let second = digits(&mut rest, 2)?;
        let fraction = fraction(&mut rest)?;
        let offset_minutes = offset(rest)?;
        if hour > 23 || minute > 59 || second > 60 {
            return Err(TimeFailure::NoSuchTime);
        }
        if second == 60 {
            return Err(TimeFailure::LeapSecond);
        }
        let days = civil::days(year, month, day).ok_or(TimeFailure::NoSuchTime)?;
        let seconds = days * 86_400 + hour * 3_600 + (minute - offset_minutes) * 60 + second;
        seconds
            .checked_mul(NS_PER_SECOND)
            .and_then(|ns| ns.checked_add(fraction))
            .ok_or(TimeFailure::OutOfRange)
            .and_then(Self::from_ns)
    }

    /// Writes the canonical text to the end of `out`.
    pub(crate) fn write(self, out: &mut Vec<u8>) {
        let (seconds, fraction) = (self.0 / NS_PER_SECOND, self.0 % NS_PER_SECOND);
        let (days, second_of_day) = (seconds / 86_400, seconds % 86_400);
        let (year, month, day) = civil::date(days);
        push(out, year, 4);
        out.push(b'-');
        push(out, month, 2);
        out.push(b'-');
        push(out, day, 2);
        out.push(b'T');
        push(out, second_of_day / 3_600, 2);
        out.push(b':');
        push(out, second_of_day / 60 % 60, 2);
        out.push(b':');
        push(out, second_of_day % 60, 2);
        if fraction != 0 {
            out.push(b'.');
            push(out, fraction, 9);
            while out.last() == Some(&b'0') {
                out.pop();
            }
        }
        out.push(b'Z');
    }
}

fn expect(rest: &mut &[u8], accepted: impl Fn(u8) -> bool) -> Result<(), TimeFailure> {
    let (&first, after) = rest.split_first().ok_or(TimeFailure::NotRfc3339)?;
    *rest = after;
    if accepted(first) {
        Ok(())
    } else {
        Err(TimeFailure::NotRfc3339)
    }
}

fn digits(rest: &mut &[u8], count: usize) -> Result<i64, TimeFailure> {
    let (number, after) = rest
        .split_at_checked(count)
        .ok_or(TimeFailure::NotRfc3339)?;
    *rest = after;
    number.iter().try_fold(0, |value, byte| match byte {
        b'0'..=b'9' => Ok(value * 10 + i64::from(byte - b'0')),
        _ => Err(TimeFailure::NotRfc3339),
    })
}

/// `.` and digits, or nothing; in nanoseconds.
fn fraction(rest: &mut &[u8]) -> Result<i64, TimeFailure> {
    let Some(after) = rest.strip_prefix(b".") else {
        return Ok(0);
    };
    let count = after
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    *rest = after;
    match count {
        0 => Err(TimeFailure::NotRfc3339),
        1..=9 => {
            let value = digits(rest, count)?;
            Ok((count..9).fold(value, |value, _| value * 10))
        }
        _ => Err(TimeFailure::TooPrecise),
    }
}

/// `Z`, or sign, hours and minutes; in minutes east of UTC.
fn offset(mut rest: &[u8]) -> Result<i64, TimeFailure> {
    let minutes = match rest.split_first() {
        Some((b'Z' | b'z', after)) => {
            rest = after;
            0
        }
        Some((&sign @ (b'+' | b'-'), after)) => {
            rest = after;
            let hours = digits(&mut rest, 2)?;
            expect(&mut rest, |byte| byte == b':')?;
            let minutes = digits(&mut rest, 2)?;
            if hours > 23 || minutes > 59 {
                return Err(TimeFailure::NoSuchTime);
            }
            let east = hours * 60 + minutes;
            if sign == b'-' { -east } else { east }
        }
        _ => return Err(TimeFailure::NotRfc3339),
    };
    if rest.is_empty() {
        Ok(minutes)
    } else {
        Err(TimeFailure::NotRfc3339)
    }
}

/// Appends the number with leading zeros.
fn push(out: &mut Vec<u8>, number: i64, width: u32) {
    for place in (0..width).rev() {
        let digit = number / 10_i64.pow(place) % 10;
        out.push(b'0' + u8::try_from(digit).unwrap_or_default());
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Vec::with_capacity(30);
        self.write(&mut text);
        f.pad(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({self})")
    }
}

impl FromStr for Timestamp {
    type Err = TimeFailure;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}
