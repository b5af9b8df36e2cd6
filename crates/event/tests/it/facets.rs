//! Facets and events: nothing is lost, nothing is invented.

use event::{
    ActorType, ClientAddress, Event, EventId, Facet, FacetFailure, Facets, canonical, json,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::arbitrary;
use crate::support::Account;

fn sample() -> Event {
    Account::new().accepted(json!({
        "action": "role.create",
        "actor": {"type": "user", "id": "usr_1", "name": "Lily Ari", "email": "lily@example.com"},
        "on_behalf_of": [{"type": "user", "id": "usr_9", "name": "Support"}],
        "targets": [{"type": "role", "id": "role_7"}, {"type": "user", "id": "usr_2", "name": "Ann"}],
        "changes": [{"path": "/permissions", "old": null, "new": ["read"]}],
        "outcome": {"result": "denied", "code": "E7", "reason": "Not an owner"},
        "context": {"ip": "203.0.113.7", "source": "ui"},
        "description": "Tried to create a role",
        "metadata": {"role_id": "role_7"},
    }))
}

/// The event without the id that was made for it.
fn as_sent_again(event: &Event) -> Value {
    let mut members = event.to_json();
    let context = members.get_mut("context").and_then(Value::as_object_mut);
    if let Some(context) = context {
        context.remove("peer_ip");
    }
    members.remove("action_as_sent");
    Value::Object(members)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn an_event_comes_back_from_its_facets(sent in arbitrary::event()) {
        let event = Account::new().accepted(sent);
        let facets = event.facets();
        let back = Event::from_facets(&facets).expect("an event");
        prop_assert_eq!(&back, &event);
        prop_assert_eq!(back.facets(), facets);
    }

    #[test]
    fn facets_are_canonical_and_merge_into_the_event(sent in arbitrary::event()) {
        let event = Account::new().accepted(sent);
        let facets = event.facets();
        for (facet, bytes) in facets.iter() {
            let value = json::parse(bytes).expect("I-JSON");
            prop_assert_eq!(canonical::to_vec(&value), bytes, "{}", facet);
        }
        let mut merged = facets.merged().expect("facets that fit together");
        prop_assert_eq!(merged.remove("schema"), Some(json!(1)));
        let mut shown = event.to_json();
        // What answers add: the e-mail address as the id, and the empty path of a change.
        let by_email = event.actor.id.is_none() && event.actor_key().is_some();
        if by_email && let Some(actor) = shown.get_mut("actor").and_then(Value::as_object_mut) {
            actor.remove("id");
        }
        for (actor, kept) in elements(&mut shown, "on_behalf_of").zip(&event.on_behalf_of) {
            if kept.id.is_none() {
                actor.as_object_mut().expect("an object").remove("id");
            }
        }
        for change in elements(&mut shown, "changes").filter(|change| change["path"] == "") {
            change.as_object_mut().expect("an object").remove("path");
        }
        prop_assert_eq!(merged, shown);
    }

    #[test]
    fn an_accepted_event_is_accepted_unchanged(sent in arbitrary::event()) {
        let account = Account::new();
        let first = account.accepted(sent);
        let again = as_sent_again(&first);
        let mut second = account.accepted(again.clone());
        prop_assert_eq!(account.accepted(again).to_json(), as_sent_again(&first).as_object().cloned().expect("an object"));
        // An answer names a user by the e-mail address where no id was sent.
        if first.actor.id.is_none() {
            second.actor.id = None;
        }
        for (actor, sent) in second.on_behalf_of.iter_mut().zip(&first.on_behalf_of) {
            if sent.id.is_none() {
                actor.id = None;
            }
        }
        second.action_as_sent.clone_from(&first.action_as_sent);
        prop_assert_eq!(second, first);
    }

    #[test]
    fn any_facets_may_be_missing(sent in arbitrary::event(), missing in any::<u8>()) {
        let event = Account::new().accepted(sent);
        let hidden = Facet::ALL.into_iter().filter(|facet| missing >> facet.number() & 1 == 1);
        let facets = hidden.fold(event.facets(), Facets::without);
        match Event::from_facets(&facets) {
            Ok(partial) => {
                prop_assert_eq!(missing & 1, 0);
                prop_assert_eq!(partial.id, event.id);
                let actor_known = missing >> Facet::Actor.number() & 1 == 0;
                prop_assert_eq!(partial.actor.kind == ActorType::Unknown, !actor_known);
            }
            Err(failure) => prop_assert!(matches!(failure, FacetFailure::NoCore) && missing & 1 == 1, "{}", failure),
        }
        prop_assert!(facets.merged().is_ok());
    }
}

fn elements<'a>(
    members: &'a mut serde_json::Map<String, Value>,
    key: &str,
) -> impl Iterator<Item = &'a mut Value> {
    members
        .get_mut(key)
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
}

#[test]
fn what_is_hidden_is_not_shown() {
    let facets = sample()
        .facets()
        .without(Facet::Names)
        .without(Facet::Actor);
    let event = Event::from_facets(&facets).unwrap();
    assert_eq!(event.actor.kind, ActorType::Unknown);
    assert_eq!(event.actor_key(), None);
    let shown = Value::Object(event.to_json());
    assert_eq!(shown.get("actor"), None);
    assert_eq!(
        shown["targets"],
        json!([{"type": "role", "id": "role_7"}, {"type": "user", "id": "usr_2"}])
    );
    assert_eq!(shown, {
        let mut merged = facets.merged().unwrap();
        merged.remove("schema");
        Value::Object(merged)
    });
}

#[test]
fn names_without_ids_keep_their_places() {
    let facets = sample().facets().without(Facet::Targets);
    let event = Event::from_facets(&facets).unwrap();
    let names: Vec<_> = event
        .targets
        .iter()
        .map(|target| target.name.as_deref())
        .collect();
    assert_eq!(names, [None, Some("Ann")]);
    assert!(
        event
            .targets
            .iter()
            .all(|target| target.id.is_empty() && target.kind.is_empty())
    );
}

#[test]
fn facets_that_are_no_event_are_refused_by_name() {
    let core = |text: &str| {
        let mut parts = sample().facets().into_parts();
        parts[0] = Some(text.as_bytes().into());
        Event::from_facets(&Facets::from_parts(parts))
    };
    let written = sample().facets();
    let original = std::str::from_utf8(written.get(Facet::Core).unwrap()).unwrap();
    assert!(core(original).is_ok());
    let later = original.replace("\"schema\":1", "\"schema\":2,\"weather\":1");
    assert!(matches!(core(&later), Err(FacetFailure::UnknownSchema(2))));
    for wrong in [
        original.replace("\"schema\":1", "\"schema\":1,\"weather\":1"),
        original.replace("denied", "forgiven"),
        original.replace("2026-", "1926-"),
        original.replace("0198f2d4", "0198F2D4"),
        "{\"schema\":1}".to_owned(),
        "[]".to_owned(),
        String::new(),
    ] {
        let failure = core(&wrong).unwrap_err();
        assert!(
            matches!(
                failure,
                FacetFailure::Malformed {
                    facet: Facet::Core,
                    ..
                }
            ),
            "{wrong}: {failure:?}"
        );
    }
    assert!(matches!(
        Event::from_facets(&Facets::default()),
        Err(FacetFailure::NoCore)
    ));
    let mut parts = written.into_parts();
    parts[2] = Some(br#"{"targets":[{},{},{"name":"third"}]}"#.as_slice().into());
    assert!(matches!(
        Event::from_facets(&Facets::from_parts(parts)),
        Err(FacetFailure::TooManyNames)
    ));
}

#[test]
fn facets_that_contradict_each_other_do_not_merge() {
    let merged = |second: &str| {
        let mut parts = <[Option<Box<[u8]>>; 8]>::default();
        parts[0] = Some(br#"{"outcome":{"result":"success"}}"#.as_slice().into());
        parts[6] = Some(second.as_bytes().into());
        Facets::from_parts(parts).merged()
    };
    assert!(merged(r#"{"outcome":{"reason":"r"}}"#).is_ok());
    for wrong in [
        r#"{"outcome":{"result":"error"}}"#,
        r#"{"outcome":[]}"#,
        "[]",
        "{",
    ] {
        assert!(merged(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn the_size_is_the_sum_of_the_facets() {
    let facets = sample().facets();
    assert_eq!(
        facets.byte_len(),
        facets.iter().map(|(_, bytes)| bytes.len()).sum::<usize>()
    );
    assert_eq!(Facets::from_parts(facets.clone().into_parts()), facets);
    assert!(
        Facet::ALL
            .into_iter()
            .all(|facet| Facet::from_name(facet.as_str()) == Some(facet))
    );
}

#[test]
fn events_of_the_system_and_of_users_are_shown() {
    let shown = |actor: Value| {
        let event = Account::new().accepted(json!({"action": "a.b", "actor": actor}));
        (
            event.actor.display().to_owned(),
            event.actor_key().map(std::borrow::Cow::into_owned),
        )
    };
    let key = |key: &str| Some(key.to_owned());
    assert_eq!(shown(Value::Null), ("System".to_owned(), None));
    assert_eq!(
        shown(json!({"type": "anonymous"})),
        ("Anonymous".to_owned(), None)
    );
    let attempt = json!({"type": "anonymous", "email": "a@b"});
    assert_eq!(shown(attempt), ("a@b".to_owned(), None));
    assert_eq!(
        shown(json!({"type": "user", "id": "u"})),
        ("u".to_owned(), key("u"))
    );
    assert_eq!(
        shown(json!({"type": "user", "email": "Ä@Ex.com"})),
        ("Ä@Ex.com".to_owned(), key("ä@ex.com"))
    );
    assert_eq!(
        shown(json!({"type": "user", "id": "u", "name": "N", "email": "e@x"})),
        ("N".to_owned(), key("u"))
    );
}

#[test]
fn an_event_far_ahead_of_its_receipt_is_told() {
    let at = |time: &str| time.parse::<event::Timestamp>().unwrap();
    let event =
        Account::new().accepted(json!({"action": "a.b", "occurred_at": "2026-11-21T10:00:00Z"}));
    assert!(!event.is_ahead_of(at("2026-11-21T09:55:00Z")));
    assert!(event.is_ahead_of(at("2026-11-21T09:54:59.999999999Z")));
    assert!(!event.is_ahead_of(at("2030-01-01T00:00:00Z")));
}

#[test]
fn ids_of_version_seven_carry_time_and_randomness() {
    let id = EventId::v7(0x0198_f2d4_6c1e, [0xfa, 0x55, 0xff, 1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(id.to_string(), "0198f2d4-6c1e-7a55-bf01-020304050607");
    assert_eq!(EventId::parse(&id.to_string()), Ok(id));
    assert_eq!(EventId::from_bytes(*id.as_bytes()), id);
    for wrong in [
        "0198F2D4-6C1E-7A55-BF01-020304050607",
        "0198f2d46c1e7a55bf01020304050607",
        "{0198f2d4-6c1e-7a55-bf01-020304050607}",
        "0198f2d4-6c1e-7a55-bf01-02030405060g",
        "0198f2d4-6c1e-7a55-bf01-0203040506071",
        "0198f2d4-6c1e-7a55bf-01-020304050607",
        "",
    ] {
        assert!(EventId::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn the_address_of_the_client_is_seen_through_its_mapping() {
    let mut account = Account::new();
    account.client = ClientAddress {
        ip: Some("::ffff:198.51.100.7".parse().unwrap()),
        ..ClientAddress::default()
    };
    let event = account.accepted(json!({"action": "a.b", "context": {"ip": "198.51.100.7"}}));
    assert_eq!(event.context.peer_ip, None);
    let event = account.accepted(json!({"action": "a.b"}));
    assert_eq!(event.context.ip.unwrap().to_string(), "198.51.100.7");
}
