//! Rules that the table of presets does not show: ends that somebody names, errors, buckets.

mod buckets;

use super::*;

const NOW: &str = "2026-11-21T09:55:19.353Z";

fn now() -> Timestamp {
    Timestamp::parse(NOW).expect("now is an instant")
}

fn ns(text: &str) -> i64 {
    let instant: jiff::Timestamp = text.parse().expect("tests name instants");
    i64::try_from(instant.as_nanosecond()).expect("tests stay within 1677 to 2262")
}

fn resolved(
    range: Option<&str>,
    from: Option<&str>,
    to: Option<&str>,
    tz: &str,
) -> Result<TimeRange, RangeError> {
    let zone = zone(tz)?;
    RangeParameters { range, from, to }.resolve(&zone, WeekStart::Monday, now())
}

fn between(from: &str, to: &str) -> TimeRange {
    TimeRange {
        from: Some(ns(from)),
        to: Some(ns(to)),
    }
}

#[test]
fn presets_that_end_now_and_the_one_that_never_ends() {
    let check = |name, wanted| {
        assert_eq!(
            resolved(Some(name), None, None, "Asia/Beirut"),
            Ok(wanted),
            "{name}"
        );
    };
    check("all_time", TimeRange::ALL);
    check("last_hour", between("2026-11-21T08:55:19.353Z", NOW));
    check("last_24_hours", between("2026-11-20T09:55:19.353Z", NOW));
}

#[test]
fn nothing_said_means_the_last_thirty_days() {
    let thirty = between("2026-10-23T00:00:00Z", "2026-11-22T00:00:00Z");
    assert_eq!(resolved(None, None, None, "UTC"), Ok(thirty));
    assert_eq!(
        resolved(Some("last_30_days"), None, None, "UTC"),
        Ok(thirty)
    );
}

#[test]
fn ends_are_instants_or_dates_in_the_zone() {
    let check = |from, to, tz: &str, wanted: TimeRange| {
        assert_eq!(
            resolved(None, from, to, tz),
            Ok(wanted),
            "{from:?} to {to:?} in {tz}"
        );
    };
    let open = |from: Option<&str>, to: Option<&str>| TimeRange {
        from: from.map(ns),
        to: to.map(ns),
    };
    check(
        Some("2026-11-05"),
        None,
        "UTC",
        open(Some("2026-11-05T00:00:00Z"), None),
    );
    check(
        None,
        Some("2026-11-05"),
        "UTC",
        open(None, Some("2026-11-06T00:00:00Z")),
    );
    check(
        Some("2026-11-05"),
        Some("2026-11-05"),
        "America/St_Johns",
        between("2026-11-05T03:30:00Z", "2026-11-06T03:30:00Z"),
    );
    // One minute, typed in a zone, is an instant with an offset.
    check(
        Some("2026-11-05T08:15:00-03:30"),
        Some("2026-11-05T08:16:00-03:30"),
        "UTC",
        between("2026-11-05T11:45:00Z", "2026-11-05T11:46:00Z"),
    );
    check(
        Some("2026-11-05"),
        Some("2026-11-05T12:00:00.5Z"),
        "UTC",
        between("2026-11-05T00:00:00Z", "2026-11-05T12:00:00.5Z"),
    );
    // Equal ends are an empty range.
    check(
        Some("2026-11-05T12:00:00Z"),
        Some("2026-11-05T12:00:00Z"),
        "UTC",
        between("2026-11-05T12:00:00Z", "2026-11-05T12:00:00Z"),
    );
    // A midnight that the clocks skip is the first instant after the gap.
    check(
        Some("2018-11-04"),
        Some("2018-11-04"),
        "America/Sao_Paulo",
        between("2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"),
    );
    // A midnight that they show twice is the earlier.
    check(
        Some("2024-11-03"),
        Some("2024-11-03"),
        "America/Havana",
        between("2024-11-03T04:00:00Z", "2024-11-04T05:00:00Z"),
    );
    // A day that a zone never had is empty.
    check(
        Some("2011-12-30"),
        Some("2011-12-30"),
        "Pacific/Apia",
        between("2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"),
    );
}

#[test]
fn what_is_wrong_is_told_with_its_parameter() {
    let check = |range, from, to, tz: &str, parameter: &str| {
        let problem = resolved(range, from, to, tz).expect_err("this is no range");
        assert_eq!(problem.parameter(), parameter, "{problem}");
    };
    check(Some("last_week"), None, None, "UTC", "range");
    check(Some("Today"), None, None, "UTC", "range");
    check(Some("today"), Some("2026-11-05"), None, "UTC", "range");
    check(Some("today"), None, Some("2026-11-05"), "UTC", "range");
    check(None, Some("2026-11-06"), Some("2026-11-04"), "UTC", "to");
    check(
        None,
        Some("2026-11-06T00:00:00.000000001Z"),
        Some("2026-11-06T00:00:00Z"),
        "UTC",
        "to",
    );
    for text in [
        "",
        "yesterday",
        "2026-11",
        "2026-11-31",
        "2026-02-29",
        "20261105",
        "2026-11-5",
        " 2026-11-05",
        "2026-11-05 ",
        "+026-11-05",
        "2026-11-05T08:15",
        "2026-11-05T08:15:00",
        "2026-11-05T08:15:60Z",
        "1969-12-31",
        "2262-01-01",
        "2026-11-05-01",
        "２０２６-11-05",
    ] {
        check(None, Some(text), None, "UTC", "from");
        check(None, None, Some(text), "UTC", "to");
    }
    for tz in [
        "",
        "Mars/Olympus",
        "CET-1CEST",
        "+01:00",
        "Etc/Unknown",
        "Local",
        "../UTC",
    ] {
        check(None, None, None, tz, "tz");
    }
    assert_eq!(
        WeekStart::from_name("tue"),
        Err(RangeError::UnknownWeekStart)
    );
    assert_eq!(RangeError::UnknownWeekStart.parameter(), "week_start");
}

#[test]
fn names_are_read_back() {
    for preset in Preset::ALL {
        assert_eq!(Preset::from_name(preset.as_str()), Ok(preset));
    }
    for interval in Interval::ALL {
        assert_eq!(Interval::from_name(interval.as_str()), Ok(interval));
    }
    for week_start in WeekStart::ALL {
        assert_eq!(WeekStart::from_name(week_start.as_str()), Ok(week_start));
    }
    // Zones are compared without case and named as the database does.
    assert_eq!(
        zone("europe/berlin").expect("it is known").iana_name(),
        Some("Europe/Berlin")
    );
}
