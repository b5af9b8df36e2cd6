//! Times against a second implementation.

use event::Timestamp;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn every_instant_is_written_as_another_library_does(ns in 0..=Timestamp::MAX.ns()) {
        let ours = Timestamp::from_ns(ns).expect("in range");
        let theirs = jiff::Timestamp::from_nanosecond(i128::from(ns)).expect("in range");
        prop_assert_eq!(ours.to_string(), theirs.to_string());
        prop_assert_eq!(Timestamp::parse(&ours.to_string()), Ok(ours));
    }

    #[test]
    fn offsets_are_read_as_another_library_does(
        date in (1969..2263_i16, 1..=12_i8, 1..=31_i8),
        time in (0..24_i8, 0..60_i8, 0..60_i8),
        offset in (any::<bool>(), 0..24_u8, 0..60_u8),
        fraction in "(\\.[0-9]{1,9})?",
    ) {
        let sign = if offset.0 { '+' } else { '-' };
        let text = format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{fraction}{sign}{:02}:{:02}",
            date.0, date.1, date.2, time.0, time.1, time.2, offset.1, offset.2,
        );
        let theirs = text.parse::<jiff::Timestamp>().ok();
        let stored = theirs.and_then(|time| i64::try_from(time.as_nanosecond()).ok());
        let expected = stored.and_then(|ns| Timestamp::from_ns(ns).ok());
        prop_assert_eq!(Timestamp::parse(&text).ok(), expected, "{}", text);
    }

    #[test]
    fn no_text_does_harm(text in "[0-9TZtz:.+ -]{0,36}") {
        let _read = Timestamp::parse(&text);
    }
}

#[test]
fn milliseconds_come_back_and_saturate() {
    assert_eq!(
        Timestamp::from_ms(1_795_254_919_353).ms(),
        1_795_254_919_353
    );
    assert_eq!(Timestamp::from_ms(0), Timestamp::MIN);
    assert_eq!(Timestamp::from_ms(u64::MAX), Timestamp::MAX);
    assert!(Timestamp::from_ns(-1).is_err());
    assert!(Timestamp::from_ns(i64::MAX).is_err());
    let precise: Timestamp = "2026-11-21T09:55:19.353999999Z".parse().unwrap();
    assert_eq!(
        precise.truncated_to_ms().to_string(),
        "2026-11-21T09:55:19.353Z"
    );
}

#[test]
fn every_day_is_the_one_after_the_day_before() {
    let mut day = jiff::civil::date(1970, 1, 1);
    for ns in (0..=Timestamp::MAX.ns()).step_by(86_400_000_000_000) {
        let written = Timestamp::from_ns(ns).unwrap().to_string();
        assert_eq!(written, format!("{day}T00:00:00Z"));
        assert_eq!(Timestamp::parse(&written).map(Timestamp::ns), Ok(ns));
        day = day.tomorrow().unwrap();
    }
    assert_eq!(day, jiff::civil::date(2262, 1, 1));
}
