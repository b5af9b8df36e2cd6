use std::collections::BTreeMap;

use event::catalogue::{Deprecated, OwnAction};

use super::*;

const HOUR_NS: i64 = 3_600_000_000_000;

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

/// An action that came in these hours before now, the newest first.
fn came(action: &str, hours_ago: &[i64]) -> ActionSeen {
    let this_hour = now().ns() / HOUR_NS;
    let hours: Vec<i64> = hours_ago.iter().map(|ago| this_hour - ago).collect();
    ActionSeen {
        action: action.to_owned(),
        count: hours.len() as u64,
        first_at_ns: hours.last().copied().unwrap_or_default() * HOUR_NS,
        last_at_ns: hours.first().copied().unwrap_or_default() * HOUR_NS,
        hours,
        keys: Vec::new(),
    }
}

fn as_of() -> AsOf {
    AsOf {
        tree_size: 1,
        at: String::new(),
    }
}

fn covered_now(catalogue: &Catalogue, seen: &[ActionSeen]) -> CatalogCoverage {
    covered(catalogue, seen, now(), as_of())
}

fn gap(hours_ago: &[i64]) -> Option<u64> {
    let seen = came("a.b", hours_ago);
    usual_gap_when_silent(&seen.hours, seen.last_at_ns, now().ns())
}

#[test]
fn a_silence_is_measured_by_what_is_usual() {
    let hourly = |from: i64| (from..from + 40).collect::<Vec<_>>();
    assert_eq!(gap(&hourly(24)), None, "a day is a pause");
    assert_eq!(gap(&hourly(25)), Some(3_600));
    let daily = |from: i64| (0..10).map(|n| from + n * 24).collect::<Vec<_>>();
    assert_eq!(gap(&daily(8 * 24)), None);
    assert_eq!(gap(&daily(8 * 24 + 1)), Some(24 * 3_600));
    assert_eq!(
        gap(&(25..32).collect::<Vec<_>>()),
        None,
        "seven hours are no habit"
    );
    assert_eq!(gap(&(25..33).collect::<Vec<_>>()), Some(3_600));
    assert_eq!(gap(&[]), None);
    let ahead: Vec<i64> = (-3..37).collect();
    assert_eq!(gap(&ahead), None, "what is yet to come is not missed");
}

#[test]
fn nights_and_weekends_are_usual() {
    // Nine hours a day from Monday to Friday, the last one `ago` hours ago.
    let week = |ago: i64| -> Vec<i64> {
        let days = [0, 1, 2, 3, 4, 7, 8, 9];
        days.into_iter()
            .flat_map(|day| (0..9).map(move |hour| ago + day * 24 + hour))
            .collect()
    };
    assert_eq!(gap(&week(64)), None, "Monday morning");
    assert_eq!(gap(&week(88)), None, "after a long weekend");
    assert_eq!(gap(&week(97)), Some(3_600), "Wednesday");
}

#[test]
fn a_burst_is_no_habit() {
    assert_eq!(gap(&[500]), None);
    assert_eq!(gap(&[500, 501]), None);
}

#[test]
fn what_nobody_recorded_is_told_by_pack_or_by_action() {
    let none = covered_now(&Catalogue::all(), &[]);
    assert_eq!(none.never_seen, [""; 0]);
    assert_eq!(
        none.packs_never_seen,
        ["gale", "kilo", "live_agent", "generic"]
    );
    let some = covered_now(&Catalogue::all(), &[came("role.create", &[1])]);
    assert_eq!(some.packs_never_seen, ["kilo", "live_agent", "generic"]);
    assert!(some.never_seen.contains(&"role.edit".to_owned()));
    assert!(!some.never_seen.contains(&"role.create".to_owned()));
    assert!(
        !some
            .never_seen
            .iter()
            .any(|action| action.starts_with("audit_log."))
    );
    let by_alias = covered_now(&Catalogue::all(), &[came("guardrails.deploy", &[1])]);
    assert!(!by_alias.never_seen.contains(&"guardrail.deploy".to_owned()));
    assert_eq!(by_alias.undeclared, []);
}

fn own(action: &str, deprecated: bool) -> (String, OwnAction) {
    let declared = serde_json::from_value(serde_json::json!({
        "action": action, "event": "x", "category": "x", "description": "", "verb": "other",
        "fields": [{"label": "Amount"}, {"label": "Who", "place": "actor.id"}]
    }));
    let decided = OwnAction {
        declared: Some(declared.unwrap()),
        aliases: Vec::new(),
        deprecated: deprecated.then_some(Deprecated {
            since_ms: 1,
            note: None,
            replaced_by: None,
        }),
    };
    (action.to_owned(), decided)
}

#[test]
fn deprecated_actions_are_never_missed() {
    let long_ago: Vec<i64> = (1_000..1_050).collect();
    for (deprecated, silent) in [(false, 1), (true, 0)] {
        let decided = BTreeMap::from([own("a.b", deprecated), own("never.seen", deprecated)]);
        let catalogue = Catalogue::of_account(&[], &decided);
        let coverage = covered_now(&catalogue, &[came("a.b", &long_ago)]);
        assert_eq!(coverage.silent.len(), silent);
        assert_eq!(coverage.never_seen.len(), silent);
    }
    let annals = covered_now(&Catalogue::all(), &[came("audit_log.view", &long_ago)]);
    assert_eq!((annals.silent, annals.undeclared), (Vec::new(), Vec::new()));
}

#[test]
fn what_strict_mode_would_refuse_is_told() {
    let catalogue = Catalogue::of_account(&[], &BTreeMap::from([own("a.b", false)]));
    let mut declared = came("a.b", &[1]);
    let keys = [("amount", 5), ("currency", 3), ("who", 9)];
    declared.keys = keys.map(|(key, count)| (key.to_owned(), count)).into();
    let mut other = came("c.d", &[1, 2]);
    other.keys = vec![("x".to_owned(), 1)];
    let coverage = covered_now(&catalogue, &[declared, came("b.c", &[1]), other]);
    let undeclared: Vec<(&str, u64)> = coverage
        .undeclared
        .iter()
        .map(|of| (of.action.as_str(), of.count))
        .collect();
    assert_eq!(undeclared, [("c.d", 2), ("b.c", 1)]);
    assert_eq!(coverage.undeclared[0].last_at, "2026-11-21T11:00:00Z");
    assert_eq!(coverage.undeclared[0].first_at, "2026-11-21T10:00:00Z");
    let fields: Vec<(&str, u64)> = coverage
        .undeclared_fields
        .iter()
        .map(|of| (of.key.as_str(), of.count))
        .collect();
    assert_eq!(
        fields,
        [("who", 9), ("currency", 3)],
        "a field elsewhere is no metadata"
    );
}

#[test]
fn lists_have_an_end_and_say_so() {
    let seen: Vec<ActionSeen> = (0..1_500).map(|n| came(&format!("a.b{n}"), &[1])).collect();
    let coverage = covered_now(&Catalogue::all(), &seen);
    assert_eq!(coverage.undeclared.len(), LISTED_MAX);
    assert_eq!(coverage.undeclared_total, 1_500);
}
