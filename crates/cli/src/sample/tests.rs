mod accepted;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::LazyLock;

use super::calendar::{DAY_MS, HOUR_MS, hour, weekday};
use super::*;

/// A Saturday morning.
const NOW_MS: u64 = 1_795_255_719_000;

fn sample(count: usize) -> Vec<SampleEvent> {
    Sample::new(7, count, NOW_MS).collect()
}

/// One whole year, made once for all tests.
fn year() -> &'static [SampleEvent] {
    static YEAR: LazyLock<Vec<SampleEvent>> = LazyLock::new(|| sample(DEFAULT_COUNT));
    &YEAR
}

fn text<'a>(event: &'a SampleEvent, pointer: &str) -> &'a str {
    event
        .event
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn named<'a>(events: &'a [SampleEvent], action: &str) -> Vec<&'a SampleEvent> {
    events
        .iter()
        .filter(|event| text(event, "/action") == action)
        .collect()
}

#[test]
fn the_same_seed_tells_the_same_year() {
    assert_eq!(sample(3_000), sample(3_000));
    let other: Vec<_> = Sample::new(8, 3_000, NOW_MS).collect();
    assert_ne!(sample(3_000), other);
}

#[test]
fn there_are_as_many_events_as_asked_for_and_time_never_goes_back() {
    for count in [0, 1, 10, 500, 2_000] {
        assert_eq!(sample(count).len(), count);
    }
    assert_eq!(year().len(), DEFAULT_COUNT);
    for events in [&sample(10), &sample(2_000), year()] {
        assert!(events.is_sorted_by_key(|event| event.at_ms));
        for event in events {
            assert!(event.at_ms <= NOW_MS && event.at_ms >= NOW_MS - YEAR_MS);
            assert_eq!(text(event, "/occurred_at"), stage::timestamp(event.at_ms));
        }
    }
    assert!(year().last().unwrap().at_ms > NOW_MS - HOUR_MS);
}

#[test]
fn ids_are_unique_uuids_of_version_7() {
    let events = year();
    let ids: BTreeSet<_> = events.iter().map(|event| text(event, "/id")).collect();
    assert_eq!(ids.len(), events.len());
    for event in events {
        let id = text(event, "/id");
        let lengths: Vec<_> = id.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
        assert_eq!(&id[14..15], "7");
        assert!("89ab".contains(&id[19..20]), "{id}");
        assert_eq!(
            u64::from_str_radix(&id.replace('-', "")[..12], 16).unwrap(),
            event.at_ms
        );
    }
}

#[test]
fn every_action_of_the_repertoire_happens_in_a_year() {
    // Another seed, and another hour and day of the week on which the year ends.
    let elsewhen =
        Sample::new(1, DEFAULT_COUNT, NOW_MS - 3 * DAY_MS - 7 * HOUR_MS).collect::<Vec<_>>();
    for events in [year(), &elsewhen] {
        let happened: BTreeSet<_> = events.iter().map(|event| text(event, "/action")).collect();
        let missing: Vec<_> = spec::all()
            .map(|spec| spec.action)
            .filter(|action| !happened.contains(action))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
    let actions: BTreeSet<_> = spec::all().map(|spec| spec.action).collect();
    assert_eq!(
        actions.len(),
        spec::all().count(),
        "an action is specified twice"
    );
}

#[test]
fn the_company_sleeps_at_night_and_on_weekends() {
    let events = year();
    let share = |fits: &dyn Fn(u64) -> bool| {
        events.iter().filter(|event| fits(event.at_ms)).count() * 100 / events.len()
    };
    assert!(share(&|at_ms| weekday(at_ms) >= 5) <= 6);
    let night = share(&|at_ms| hour(at_ms) < 6 || hour(at_ms) >= 22);
    assert!((1..=5).contains(&night), "{night} %");
    assert!(share(&|at_ms| (8..18).contains(&hour(at_ms))) >= 75);
}

#[test]
fn addresses_come_from_documentation_ranges() {
    for event in year() {
        let ip: IpAddr = text(event, "/context/ip").parse().unwrap();
        let documented = match ip {
            IpAddr::V4(ip) => matches!(
                ip.octets(),
                [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _]
            ),
            IpAddr::V6(ip) => ip.segments().starts_with(&[0x2001, 0xdb8]),
        };
        assert!(documented, "{ip}");
    }
}

#[test]
fn a_renamed_agent_keeps_its_id() {
    let events = year();
    let renamed = named(events, "agent.rename");
    let [rename] = renamed.as_slice() else {
        panic!("{} renames", renamed.len())
    };
    assert_eq!(text(rename, "/changes/0/old"), "Claims Triage");
    assert_eq!(text(rename, "/changes/0/new"), "Claims Copilot");
    let mut names = BTreeMap::new();
    for event in events {
        for target in event.event["targets"].as_array().into_iter().flatten() {
            if target["id"] == "ag_claims" {
                let after = event.at_ms >= rename.at_ms;
                *names
                    .entry((after, target["name"].as_str().unwrap().to_owned()))
                    .or_insert(0) += 1;
            }
        }
    }
    let seen: Vec<_> = names
        .keys()
        .map(|(after, name)| (*after, name.as_str()))
        .collect();
    assert_eq!(seen, [(false, "Claims Triage"), (true, "Claims Copilot")]);
    assert!(names.values().all(|count| *count >= 20), "{names:?}");
}

#[test]
fn nothing_happens_to_what_does_not_exist() {
    let events = year();
    for (create, delete, kind) in [
        ("agent.create", "agent.delete", "agent"),
        ("role.create", "role.delete", "role"),
        ("inbox.create", "inbox.delete", "inbox"),
        ("experiment.create", "experiment.delete", "experiment"),
    ] {
        let at = |action: &str| -> BTreeMap<String, u64> {
            let named = named(events, action);
            named
                .iter()
                .map(|event| (text(event, "/targets/0/id").to_owned(), event.at_ms))
                .collect()
        };
        let (created, deleted) = (at(create), at(delete));
        assert!(!created.is_empty() && !deleted.is_empty());
        for event in events {
            for target in event.event["targets"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|it| it["type"] == kind)
            {
                let id = target["id"].as_str().unwrap();
                assert!(
                    created
                        .get(id)
                        .is_none_or(|created| *created <= event.at_ms),
                    "{id} before its creation"
                );
                assert!(
                    deleted
                        .get(id)
                        .is_none_or(|deleted| event.at_ms <= *deleted),
                    "{id} after its deletion"
                );
            }
        }
    }
}

#[test]
fn changes_follow_one_another() {
    let events = year();
    let mut last: BTreeMap<(String, String), Value> = BTreeMap::new();
    let mut followed = 0;
    for event in events {
        for change in event.event["changes"].as_array().into_iter().flatten() {
            let (Some(old), Some(new)) = (change.get("old"), change.get("new")) else {
                continue;
            };
            let thing = format!(
                "{}:{}",
                text(event, "/targets/0/type"),
                text(event, "/targets/0/id")
            );
            let member = change["path"].as_str().unwrap().to_owned();
            assert_ne!(old, new);
            if member == "/role" || member == "/name" {
                continue;
            }
            if let Some(before) = last.insert((thing, member), new.clone()) {
                assert_eq!(*old, before);
                followed += 1;
            }
        }
    }
    assert!(followed > 1_000);
}

#[test]
fn what_did_not_succeed_changed_nothing_and_says_why() {
    let events = year();
    let failed: Vec<_> = events
        .iter()
        .filter(|event| event.event.get("outcome").is_some())
        .collect();
    for event in &failed {
        assert!(event.event.get("changes").is_none());
        assert!(!text(event, "/outcome/reason").is_empty());
    }
    let results: BTreeSet<_> = failed
        .iter()
        .map(|event| text(event, "/outcome/result"))
        .collect();
    assert_eq!(results, BTreeSet::from(["denied", "error", "failure"]));
    assert!((200..2_000).contains(&failed.len()), "{}", failed.len());
}

#[test]
fn the_stories_are_there() {
    let events = year();
    let recent = |event: &&&SampleEvent| event.at_ms > NOW_MS - 10 * DAY_MS;
    let logins = named(events, "user.login");
    let strange = |event: &&&SampleEvent| text(event, "/context/ip") == "192.0.2.66";
    let burst: Vec<_> = logins.iter().filter(recent).filter(strange).collect();
    assert_eq!(
        burst
            .iter()
            .filter(|event| text(event, "/outcome/result") == "failure")
            .count(),
        26
    );
    assert_eq!(
        burst
            .iter()
            .filter(|event| event.event.get("outcome").is_none())
            .count(),
        1
    );
    assert!(burst.last().unwrap().at_ms - burst.first().unwrap().at_ms < HOUR_MS);
    assert!(named(events, "system.error").iter().filter(recent).count() >= 14);
    let behalf = events
        .iter()
        .filter(|event| event.event.get("on_behalf_of").is_some())
        .count();
    assert!(behalf >= 24, "{behalf}");
    let seen = named(events, "audit_log.view");
    assert!(
        seen.iter()
            .any(|event| text(event, "/metadata/query") == "resource=agent:ag_claims")
    );
    assert!(
        logins
            .iter()
            .any(|event| text(event, "/outcome/code") == "account_closed")
    );
    let list_change =
        |event: &SampleEvent| event.event["metadata"]["models_removed"] != serde_json::json!([]);
    assert!(
        named(events, "organization.settings.change")
            .into_iter()
            .any(list_change)
    );
}

#[test]
fn load_is_repeatable_and_of_realistic_size_and_spread() {
    let lines = |seed| -> Vec<Value> {
        let mut load = Load::new(seed, NOW_MS, 40);
        let mut line = String::new();
        let mut bytes = 0;
        let mut before = NOW_MS;
        let events = (0..20_000).map(|_| {
            line.clear();
            load.write(&mut line);
            bytes += line.len();
            assert!(before <= load.at_ms());
            before = load.at_ms();
            serde_json::from_str(&line).unwrap()
        });
        let events: Vec<Value> = events.collect();
        assert!(
            (400..600).contains(&(bytes / events.len())),
            "{} bytes",
            bytes / events.len()
        );
        events
    };
    let events = lines(1);
    assert_eq!(events, lines(1));
    assert_ne!(events, lines(2));
    let distinct = |pointer: &str| {
        events
            .iter()
            .filter_map(|event| event.pointer(pointer)?.as_str())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(distinct("/action").len(), 60);
    assert_eq!(distinct("/id").len(), events.len());
    assert!((1_000..=2_000).contains(&distinct("/actor/id").len()));
    assert!(distinct("/targets/0/id").len() > 3_000);
    assert!(distinct("/outcome/result").len() == 3);
    let rare = events
        .iter()
        .filter(|event| event["description"].as_str().unwrap().contains("case-"))
        .count();
    assert!((200..600).contains(&rare), "{rare}");
}
