//! When a company works.
//!
//! Acme Robotics lives in one zone, an hour ahead of UTC all year.

use super::random::Random;

pub(super) const SECOND_MS: u64 = 1_000;
pub(super) const MINUTE_MS: u64 = 60 * SECOND_MS;
pub(super) const HOUR_MS: u64 = 60 * MINUTE_MS;
pub(super) const DAY_MS: u64 = 24 * HOUR_MS;
pub(super) const YEAR_MS: u64 = 365 * DAY_MS;

const ZONE_MS: u64 = HOUR_MS;

/// How busy each hour of a working day is, midnight first.
const BUSY: [u32; 24] = [
    2, 1, 1, 1, 1, 2, 6, 22, 70, 100, 108, 96, 58, 76, 104, 100, 90, 66, 30, 14, 9, 8, 6, 4,
];

/// The newest so many hours never look empty, whenever the sample is made.
const RECENT_HOURS: u64 = 3;

/// 0 for Monday up to 6 for Sunday, where the company is.
pub(super) const fn weekday(at_ms: u64) -> u64 {
    // 1970 began on a Thursday.
    ((at_ms + ZONE_MS) / DAY_MS + 3) % 7
}

/// The hour of the day where the company is.
pub(super) const fn hour(at_ms: u64) -> u64 {
    (at_ms + ZONE_MS) % DAY_MS / HOUR_MS
}

/// The day as a number, where the company is.
pub(super) const fn day(at_ms: u64) -> u64 {
    (at_ms + ZONE_MS) / DAY_MS
}

/// How much happens in the hour of this time, as a share.
fn busyness(at_ms: u64, begin_ms: u64, now_ms: u64) -> u64 {
    let of_day = usize::try_from(hour(at_ms))
        .ok()
        .and_then(|hour| BUSY.get(hour))
        .copied()
        .unwrap_or(1);
    let base = u64::from(of_day) * 20;
    let weekend = match weekday(at_ms) {
        5 => base / 14,
        6 => base / 20,
        _ => base,
    };
    // The company grows: the year ends with twice the work it began with.
    let year = (now_ms - begin_ms).max(1);
    let grown = weekend * (year + at_ms.saturating_sub(begin_ms)) / year;
    let recent = now_ms.saturating_sub(at_ms) < RECENT_HOURS * HOUR_MS;
    if recent { grown.max(400) } else { grown.max(2) }
}

/// So many times between begin and now, in order, following the rhythm of days and weeks; the last one is just past.
pub(super) fn everyday_moments(
    begin_ms: u64,
    now_ms: u64,
    count: usize,
    random: &mut Random,
) -> Vec<u64> {
    let mut upto = Vec::new();
    let mut total = 0;
    // The first hour belongs to what happens once, at the very beginning.
    let mut hour_begins = begin_ms + HOUR_MS;
    while hour_begins < now_ms {
        total += busyness(hour_begins, begin_ms, now_ms);
        upto.push((total, hour_begins));
        hour_begins += HOUR_MS;
    }
    let mut moments: Vec<u64> = (1..count.max(1))
        .map(|_| {
            let place = random.below(total);
            let at = upto.partition_point(|(upto, _)| *upto <= place);
            let hour_begins = upto.get(at).map_or(begin_ms, |(_, begins)| *begins);
            (hour_begins + random.below(HOUR_MS)).min(now_ms.saturating_sub(MINUTE_MS))
        })
        .collect();
    if count > 0 {
        moments.push(now_ms.saturating_sub(random.between(5, 50) * SECOND_MS));
    }
    moments.sort_unstable();
    moments
}

/// A time in working hours, so many days before now; on a weekend, the Friday before.
pub(super) fn working_time(days_ago: u64, begin_ms: u64, now_ms: u64, random: &mut Random) -> u64 {
    let wanted = now_ms.saturating_sub(days_ago * DAY_MS);
    let back = weekday(wanted).saturating_sub(4) * DAY_MS;
    let midnight = day(wanted.saturating_sub(back)) * DAY_MS - ZONE_MS;
    let at = midnight + 8 * HOUR_MS + random.below(9 * HOUR_MS);
    at.clamp(begin_ms, now_ms.saturating_sub(2 * MINUTE_MS))
}
