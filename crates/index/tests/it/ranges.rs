//! The presets against a table that was computed elsewhere (`tests/vectors/ranges.json`).

use event::Timestamp;
use index::range::{Preset, RangeParameters, WeekStart, zone};
use serde_json::Value;

fn ns(value: &Value) -> i64 {
    let text = value.as_str().expect("an instant is a string");
    let parsed: jiff::Timestamp = text.parse().expect("the table has RFC 3339");
    i64::try_from(parsed.as_nanosecond()).expect("the table stays within 1677 to 2262")
}

#[test]
fn presets_have_the_boundaries_of_the_table() {
    let table: Value =
        serde_json::from_str(include_str!("../vectors/ranges.json")).expect("the table is JSON");
    let cases = table["cases"].as_array().expect("the table has cases");
    let mut checked = 0;
    for case in cases {
        let zone =
            zone(case["zone"].as_str().expect("a zone is a string")).expect("the zone is known");
        let now = Timestamp::from_ns(ns(&case["now"])).expect("now lies between 1970 and 2261");
        for (name, wanted) in case["ranges"].as_object().expect("ranges by name") {
            let (preset, week_start) = name.split_once('/').unwrap_or((name, "mon"));
            let week_start = WeekStart::from_name(week_start).expect("the table names week starts");
            let parameters = RangeParameters {
                range: Some(preset),
                ..RangeParameters::default()
            };
            let range = parameters
                .resolve(&zone, week_start, now)
                .expect("the table names presets");
            let found = (range.from, range.to);
            let wanted = (Some(ns(&wanted[0])), Some(ns(&wanted[1])));
            assert_eq!(
                found, wanted,
                "{name} in {} at {}",
                case["zone"], case["now"]
            );
            checked += 1;
        }
    }
    assert_eq!(
        checked,
        cases.len() * (Preset::ALL.len() - 1),
        "three weeks, and all but the three without a calendar"
    );
}
