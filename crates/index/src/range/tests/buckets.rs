//! Buckets: where they begin, how many there are, and what clocks do to them.

use proptest::prelude::*;
use proptest::sample::select;

use super::super::*;
use super::ns;

fn cut(from: &str, to: &str, width: Width, tz: &str) -> Result<Buckets, RangeError> {
    buckets(ns(from), ns(to), width, &zone(tz)?, WeekStart::Monday)
}

fn check(tz: &str, interval: &str, boundaries: &[&str]) {
    let interval = Interval::from_name(interval).expect("tests name intervals");
    let (from, to) = (
        boundaries.first().expect("a range"),
        boundaries.last().expect("a range"),
    );
    let found = cut(from, to, Width::Interval(interval), tz).expect("it has few buckets");
    let wanted: Vec<i64> = boundaries.iter().map(|text| ns(text)).collect();
    assert_eq!(
        found.boundaries_ns, wanted,
        "{interval:?} in {tz} from {from}"
    );
    assert_eq!(found.interval, interval);
}

#[test]
fn buckets_begin_where_the_calendar_does() {
    check(
        "UTC",
        "hour",
        &[
            "2026-11-21T09:55:19Z",
            "2026-11-21T10:00:00Z",
            "2026-11-21T11:00:00Z",
            "2026-11-21T11:30:00Z",
        ],
    );
    check(
        "Asia/Kathmandu",
        "hour",
        &[
            "2026-11-21T09:55:19Z",
            "2026-11-21T10:15:00Z",
            "2026-11-21T11:15:00Z",
        ],
    );
    check(
        "UTC",
        "week",
        &[
            "2026-11-21T00:00:00Z",
            "2026-11-23T00:00:00Z",
            "2026-11-30T00:00:00Z",
            "2026-12-01T00:00:00Z",
        ],
    );
    check(
        "Europe/Berlin",
        "month",
        &[
            "2024-01-31T23:00:00Z",
            "2024-02-29T23:00:00Z",
            "2024-03-31T22:00:00Z",
        ],
    );
    check(
        "UTC",
        "3_months",
        &[
            "2024-02-01T00:00:00Z",
            "2024-04-01T00:00:00Z",
            "2024-07-01T00:00:00Z",
        ],
    );
    check(
        "UTC",
        "year",
        &[
            "2023-06-01T00:00:00Z",
            "2024-01-01T00:00:00Z",
            "2024-06-01T00:00:00Z",
        ],
    );
    // An empty range has no bucket.
    check("UTC", "day", &["2024-06-01T00:00:00Z"]);
}

/// A zone, an interval, and the boundaries around a change of its clocks.
const CHANGES: &[(&str, &str, &str)] = &[
    // 23 and 25 hours.
    (
        "Europe/Berlin",
        "day",
        "2024-03-30T23:00:00Z 2024-03-31T22:00:00Z 2024-04-01T22:00:00Z",
    ),
    (
        "Europe/Berlin",
        "day",
        "2024-10-26T22:00:00Z 2024-10-27T23:00:00Z 2024-10-28T23:00:00Z",
    ),
    // The hour from 2 to 3 is skipped, or is there twice.
    (
        "Europe/Berlin",
        "hour",
        "2024-03-31T00:00:00Z 2024-03-31T01:00:00Z 2024-03-31T02:00:00Z",
    ),
    (
        "Europe/Berlin",
        "hour",
        "2024-10-27T00:00:00Z 2024-10-27T01:00:00Z 2024-10-27T02:00:00Z",
    ),
    // From 0 to 3 o'clock are two hours, or four.
    (
        "Europe/Berlin",
        "3_hours",
        "2024-03-30T23:00:00Z 2024-03-31T01:00:00Z 2024-03-31T04:00:00Z",
    ),
    (
        "Europe/Berlin",
        "3_hours",
        "2024-10-26T22:00:00Z 2024-10-27T02:00:00Z 2024-10-27T05:00:00Z",
    ),
    // Half an hour is skipped, then repeated.
    (
        "Australia/Lord_Howe",
        "hour",
        "2024-10-05T14:30:00Z 2024-10-05T15:30:00Z 2024-10-05T16:00:00Z 2024-10-05T17:00:00Z",
    ),
    (
        "Australia/Lord_Howe",
        "hour",
        "2024-04-06T14:00:00Z 2024-04-06T15:00:00Z 2024-04-06T15:30:00Z 2024-04-06T16:30:00Z",
    ),
    // The day that never was has no bucket.
    (
        "Pacific/Apia",
        "day",
        "2011-12-29T10:00:00Z 2011-12-30T10:00:00Z 2011-12-31T10:00:00Z",
    ),
    // Midnight is skipped; midnight is there twice and the day begins with the first.
    (
        "America/Sao_Paulo",
        "day",
        "2018-11-03T03:00:00Z 2018-11-04T03:00:00Z 2018-11-05T02:00:00Z",
    ),
    (
        "America/Havana",
        "12_hours",
        "2024-11-02T16:00:00Z 2024-11-03T04:00:00Z 2024-11-03T17:00:00Z",
    ),
    // Clocks go back over midnight at 00:01; the hour before midnight is repeated in the new day.
    (
        "America/St_Johns",
        "day",
        "2007-11-03T02:30:00Z 2007-11-04T02:30:00Z 2007-11-05T03:30:00Z",
    ),
    (
        "America/St_Johns",
        "hour",
        "2007-11-04T01:30:00Z 2007-11-04T02:30:00Z 2007-11-04T03:30:00Z",
    ),
];

#[test]
fn clocks_that_change_make_longer_and_shorter_buckets() {
    for (tz, interval, boundaries) in CHANGES {
        check(tz, interval, &boundaries.split(' ').collect::<Vec<_>>());
    }
}

#[test]
fn a_wanted_number_chooses_the_shortest_interval() {
    let check = |from, to, most, tz, wanted: &str, count: usize| {
        let found = cut(from, to, Width::AtMost(most), tz).expect("the number is allowed");
        assert_eq!(
            found.interval.as_str(),
            wanted,
            "at most {most} from {from} to {to} in {tz}"
        );
        assert_eq!(
            found.boundaries_ns.len() - 1,
            count,
            "at most {most} from {from} to {to} in {tz}"
        );
    };
    let (first, last) = ("2026-10-23T00:00:00Z", "2026-11-22T00:00:00Z");
    check(first, last, 60, "UTC", "12_hours", 60);
    check(first, last, 59, "UTC", "day", 30);
    check(first, last, 30, "UTC", "day", 30);
    check(first, last, 29, "UTC", "week", 5);
    check(
        "2026-11-21T08:55:19Z",
        "2026-11-21T09:55:19Z",
        60,
        "UTC",
        "5_minutes",
        13,
    );
    check(
        "2026-11-21T08:55:19Z",
        "2026-11-21T09:55:19Z",
        61,
        "UTC",
        "minute",
        61,
    );
    check(
        "2026-11-21T00:00:00Z",
        "2026-11-22T00:00:00Z",
        60,
        "UTC",
        "30_minutes",
        48,
    );
    check(
        "2026-01-01T00:00:00Z",
        "2027-01-01T00:00:00Z",
        60,
        "UTC",
        "week",
        53,
    );
    // Twenty years are never one bucket.
    check(
        "2006-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z",
        1,
        "UTC",
        "year",
        20,
    );
    check(
        "1970-01-01T00:00:00Z",
        "2262-01-01T00:00:00Z",
        1000,
        "UTC",
        "year",
        292,
    );
}

#[test]
fn too_many_buckets_are_refused() {
    let from = "2026-01-01T00:00:00Z";
    let problem = |to, width| {
        cut(from, to, width, "UTC")
            .expect_err("these are too many")
            .parameter()
    };
    assert_eq!(
        problem("2026-01-02T00:00:00Z", Width::Interval(Interval::Minute)),
        "interval"
    );
    assert_eq!(problem("2026-01-02T00:00:00Z", Width::AtMost(0)), "buckets");
    assert_eq!(
        problem("2026-01-02T00:00:00Z", Width::AtMost(BUCKETS + 1)),
        "buckets"
    );
    let thousand = cut(
        from,
        "2026-01-01T16:40:00Z",
        Width::Interval(Interval::Minute),
        "UTC",
    );
    assert_eq!(
        thousand
            .expect("these are just not too many")
            .boundaries_ns
            .len(),
        BUCKETS + 1
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    /// Boundaries ascend from the start to the end, and those inside are where the unit begins for a clock there.
    #[test]
    fn boundaries_are_civil(
        tz in select(&["UTC", "America/St_Johns", "Pacific/Apia", "America/Sao_Paulo", "Asia/Beirut", "Australia/Lord_Howe", "America/Havana"][..]),
        change in select(&["2007-11-04T02:31:00Z", "2011-12-30T10:00:00Z", "2018-11-04T03:00:00Z", "2019-02-17T02:00:00Z", "2024-10-26T21:00:00Z", "2024-04-06T15:00:00Z", "2024-11-03T05:00:00Z"][..]),
        interval in select(&Interval::ALL[..]),
        before in 0_i64..200_000,
        length in 0_i64..300_000,
    ) {
        let zone = zone(tz).expect("it is known");
        let from = ns(change) - before * 1_000_000_000;
        let to = from + length * 1_000_000_000;
        let Ok(found) = buckets(from, to, Width::Interval(interval), &zone, WeekStart::Monday) else {
            prop_assert!(length > 1_000 * 60, "few buckets are never refused");
            return Ok(());
        };
        let boundaries = found.boundaries_ns;
        prop_assert_eq!(boundaries.first(), Some(&from));
        prop_assert_eq!(boundaries.last(), Some(&to));
        prop_assert!(boundaries.is_sorted_by(|a, b| a < b));
        for &inside in boundaries.iter().skip(1).rev().skip(1) {
            let local = civil::local_at(inside, &zone);
            let changed = civil::next_transition(inside - 1, &zone) == Some(inside);
            let is_begin = match interval {
                Interval::Minute => local.second() == 0,
                Interval::FiveMinutes => local.minute() % 5 == 0,
                Interval::FifteenMinutes => local.minute() % 15 == 0,
                Interval::ThirtyMinutes => local.minute() % 30 == 0,
                Interval::Hour => local.minute() == 0,
                Interval::ThreeHours => local.hour() % 3 == 0 && local.minute() == 0,
                Interval::SixHours => local.hour() % 6 == 0 && local.minute() == 0,
                Interval::TwelveHours => local.hour() % 12 == 0 && local.minute() == 0,
                _ => local.hour() == 0 && local.minute() == 0,
            };
            // Where the clocks jump over the beginning, the first instant after the jump is one.
            prop_assert!(is_begin || changed, "{} in {}", local, tz);
        }
    }
}
