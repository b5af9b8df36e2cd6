//! The sample against the rules for events and against the catalogue.

use sdk::event::catalogue::FieldPlace;
use sdk::event::{
    Acceptance, Catalogue, ClientAddress, Event, EventId, Firewall, Limits, NewEvent, Timestamp,
};

use super::*;

/// Accepts an event; a strict account lets nothing undeclared pass.
fn accept(sent: Value, catalogue: &Catalogue, strict: bool) -> Event {
    let limits = Limits::default();
    let shown = sent.to_string();
    let acceptance = Acceptance {
        catalogue,
        strict,
        firewall: &Firewall::new([7; 32], "annals.test/a/acme"),
        client: &ClientAddress::default(),
        now: Timestamp::from_ms(NOW_MS),
        new_id: EventId::v7(NOW_MS, [1; 10]),
        limits: &limits,
    };
    let new = NewEvent::from_value(sent, &limits)
        .unwrap_or_else(|problems| panic!("{shown}: {problems:?}"));
    Event::accept(new, &acceptance).unwrap_or_else(|problems| panic!("{shown}: {problems:?}"))
}

#[test]
fn every_event_is_accepted_and_nothing_in_it_is_taken_for_a_secret() {
    let catalogue = Catalogue::all();
    for sample in year() {
        let strict = catalogue.get(text(sample, "/action")).is_some();
        let event = accept(sample.event.clone(), &catalogue, strict);
        let stored = serde_json::to_string(&event.to_json()).unwrap();
        assert!(!stored.contains("secret:"), "{stored}");
        let told = catalogue.describe(&event);
        assert!(!told.is_empty() && !told.contains(['{', '}']), "{told}");
    }
}

/// What events of an action carry only when it applies: to operators, to people of a provider, and to viewers.
const SELDOM: [&str; 4] = ["operator", "provider", "second_factor", "viewer_token_id"];

#[test]
fn every_declared_action_happens_with_all_its_fields_and_targets() {
    let catalogue = Catalogue::all();
    for declared in catalogue.declarations() {
        let happened = named(year(), &declared.action);
        assert!(!happened.is_empty(), "{} never happens", declared.action);
        for event in happened {
            for field in declared
                .fields
                .iter()
                .filter(|it| !SELDOM.contains(&&*it.key))
            {
                let pointer = match field.place {
                    FieldPlace::Metadata => format!("/metadata/{}", field.key),
                    FieldPlace::ContextIp => "/context/ip".to_owned(),
                    FieldPlace::ActorId if text(event, "/actor/type") == "anonymous" => continue,
                    FieldPlace::ActorId => "/actor/id".to_owned(),
                };
                let value = event.event.pointer(&pointer);
                assert!(
                    value.is_some_and(|value| !value.is_null()),
                    "{}: {pointer}",
                    event.event
                );
            }
            let kinds: Vec<_> = event.event["targets"]
                .as_array()
                .into_iter()
                .flatten()
                .collect();
            let kinds: Vec<_> = kinds
                .iter()
                .filter_map(|target| target["type"].as_str())
                .collect();
            assert!(
                declared
                    .target_type
                    .as_deref()
                    .is_none_or(|kind| kinds.first() == Some(&kind)),
                "{}",
                event.event
            );
            assert!(
                declared
                    .further_targets
                    .iter()
                    .all(|kind| kinds.contains(&kind.as_str())),
                "{}",
                event.event
            );
        }
    }
}

#[test]
fn load_is_accepted() {
    let catalogue = Catalogue::all();
    // Load has metadata of its own, also under actions that are declared.
    let mut load = Load::new(3, NOW_MS, 40);
    let mut line = String::new();
    for _ in 0..5_000 {
        line.clear();
        load.write(&mut line);
        let sent: Value = serde_json::from_str(&line).unwrap();
        let event = accept(sent.clone(), &catalogue, false);
        assert_eq!(event.to_json()["metadata"], sent["metadata"]);
    }
}
