//! Hours and days of the week in a zone, for many instants in order.

use jiff::Timestamp;
use jiff::tz::TimeZone;

const HOUR_NS: i64 = 3_600_000_000_000;
const DAY_NS: i64 = 24 * HOUR_NS;

/// Which hours of the day and days of the week are accepted.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    /// From when on which offset from UTC holds, nanoseconds; the first holds from the beginning of time.
    offsets: Vec<(i64, i64)>,
    /// One bit per hour, 0 to 23.
    hours: u32,
    /// One bit per day of the week, Monday first.
    weekdays: u8,
}

/// Every hour.
pub(crate) const ALL_HOURS: u32 = (1 << 24) - 1;
/// Every day of the week.
pub(crate) const ALL_WEEKDAYS: u8 = (1 << 7) - 1;

impl Clock {
    /// Accepts these hours and days of the week of `zone`, for instants from `oldest_ns` to `newest_ns`.
    pub(crate) fn new(
        zone: &TimeZone,
        oldest_ns: i64,
        newest_ns: i64,
        hours: u32,
        weekdays: u8,
    ) -> Self {
        Self {
            offsets: offsets(zone, oldest_ns, newest_ns),
            hours,
            weekdays,
        }
    }

    /// Where to begin for instants from `first` on.
    pub(crate) fn at_time_of(&self, first: Option<&i64>) -> ClockHand<'_> {
        let first = first.copied().unwrap_or(i64::MIN);
        let at = self.offsets.partition_point(|&(from, _)| from <= first);
        ClockHand {
            clock: self,
            offset: at
                .checked_sub(1)
                .and_then(|at| self.offsets.get(at))
                .map_or(0, |o| o.1),
            next: at,
        }
    }
}

/// Goes through ascending instants.
pub(crate) struct ClockHand<'a> {
    clock: &'a Clock,
    offset: i64,
    next: usize,
}

impl ClockHand<'_> {
    /// The hour (0 to 23) and the day of the week (Monday is 0) of an instant not before the ones asked earlier.
    #[inline]
    pub(crate) fn read(&mut self, ns: i64) -> (u32, u32) {
        while let Some(&(from, offset)) = self.clock.offsets.get(self.next)
            && from <= ns
        {
            self.offset = offset;
            self.next += 1;
        }
        let local = ns.saturating_add(self.offset);
        let hour = local.div_euclid(HOUR_NS).rem_euclid(24);
        // 1970-01-01 was a Thursday, three days after a Monday.
        let weekday = (local.div_euclid(DAY_NS) + 3).rem_euclid(7);
        (
            u32::try_from(hour).unwrap_or(0),
            u32::try_from(weekday).unwrap_or(0),
        )
    }

    /// Whether an instant not before the ones asked earlier is accepted.
    #[inline]
    pub(crate) fn accepts(&mut self, ns: i64) -> bool {
        let (hour, weekday) = self.read(ns);
        self.clock.hours >> hour & 1 == 1 && self.clock.weekdays >> weekday & 1 == 1
    }
}

fn offsets(zone: &TimeZone, oldest_ns: i64, newest_ns: i64) -> Vec<(i64, i64)> {
    let Ok(oldest) = Timestamp::from_nanosecond(i128::from(oldest_ns)) else {
        return Vec::new();
    };
    let ns_of = |offset: jiff::tz::Offset| i64::from(offset.seconds()) * 1_000_000_000;
    let mut offsets = vec![(i64::MIN, ns_of(zone.to_offset(oldest)))];
    for transition in zone.following(oldest) {
        let Ok(from) = i64::try_from(transition.timestamp().as_nanosecond()) else {
            break;
        };
        if from > newest_ns {
            break;
        }
        offsets.push((from, ns_of(transition.offset())));
    }
    offsets
}
