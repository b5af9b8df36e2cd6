//! Masked answers: they verify, and tell nothing of what is hidden.

use std::collections::BTreeSet;
use std::sync::Arc;

use api::HiddenFacet;
use data_encoding::HEXLOWER;
use event::{
    Acceptance, Catalogue, ClientAddress, Event, EventId, FACETS, Facet, FacetPart, Firewall,
    Limits, NewEvent, Seed, Timestamp, canonical,
};
use index::{Column, FirstSeen, QueryPart};
use ledger::{Payload, Stored};
use serde_json::{Map, Value, json};
use tlog::{Entry, EntryKind, LeafIndex};

use super::{Checked, Lens, check};
use crate::auth::Sight;

const SEED: [u8; 16] = [9; 16];
const ORIGIN: &str = "annals.invalid/a/acme";
const FIRST: FirstSeen = FirstSeen {
    action: true,
    network: true,
};

/// A catalogue of an account, with a sentence of everything and a sensitive field.
fn catalogue() -> Arc<Catalogue> {
    let mut catalogue = Catalogue::all();
    let declared = json!({
        "action": "salary.change", "event": "Salary changed", "category": "Salaries",
        "description": "A salary changed.", "verb": "update", "target_type": "employee",
        "fields": [{"label": "Salary", "sensitive": true}, {"label": "Ground"}],
        "sentence": "{actor} at {context.ip} changed {target} ({target.id})[ to {metadata.salary}] for {metadata.ground}: {outcome.reason}",
    });
    let declared = serde_json::from_value(declared).unwrap();
    catalogue.declare(declared).unwrap();
    Arc::new(catalogue)
}

/// An event of which every facet has the name of the facet in its values.
fn sent() -> Value {
    json!({
        "id": "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e21",
        "action": "salary.change",
        "occurred_at": "2026-11-21T09:55:19.353Z",
        "actor": {"type": "user", "id": "in-actor", "name": "in-names", "email": "in-names@example.com",
            "href": "https://example.com/in-names", "metadata": {"team": "in-names"}},
        "on_behalf_of": [{"type": "user", "id": "in-actor-2"}, {"type": "user", "id": "in-actor-3", "name": "in-names"}],
        "targets": [
            {"type": "employee", "id": "in-targets", "name": "in-names"},
            {"type": "office", "id": "in-targets-2"},
        ],
        "changes": [{"path": "/title", "old": "in-changes", "new": "in-changes-2"}],
        "outcome": {"result": "failure", "code": "E1", "reason": "in-text"},
        "context": {"ip": "203.0.113.77", "user_agent": "in-context", "location": "in-context",
            "session_id": "in-context", "request_id": "in-context", "source": "in-context"},
        "description": "in-text",
        "metadata": {"ground": "in-metadata", "nested": {"deep": ["in-metadata"]}},
        "producer": {"name": "payroll", "version": "1", "seq": 7},
    })
}

fn stored(sent: Value, catalogue: &Catalogue) -> Checked {
    let limits = Limits::CEILING;
    let now = Timestamp::parse("2026-11-21T10:00:00Z").unwrap();
    let acceptance = Acceptance {
        catalogue,
        strict: false,
        firewall: &Firewall::new([7; 32], ORIGIN),
        client: &ClientAddress::default(),
        now,
        new_id: EventId::v7(now.ms(), [0; 10]),
        limits: &limits,
    };
    let new = NewEvent::from_value(sent, &limits).unwrap();
    let facets = Event::accept(new, &acceptance).unwrap().facets();
    let entry = Entry {
        kind: EntryKind::Event,
        class: 0,
        received_ms: now.ms(),
        commitment: *event::commit(&facets, &Seed::from_bytes(SEED)).as_bytes(),
    };
    let payload = Payload {
        seed: SEED,
        facets: facets.into_parts(),
    };
    let stored = Stored {
        index: LeafIndex::new(4),
        entry,
        payload: Some(payload),
    };
    check(stored).unwrap()
}

fn lens(hide: &[HiddenFacet], sensitive: bool) -> Lens {
    let sight = Sight {
        hide: hide.iter().copied().collect(),
        sensitive,
    };
    Lens::new(&sight, catalogue(), ORIGIN.to_owned())
}

/// Every set of facets that can be hidden.
fn every_sight() -> impl Iterator<Item = Vec<HiddenFacet>> {
    (0_u32..1 << HiddenFacet::ALL.len()).map(|set| {
        let numbered = HiddenFacet::ALL.iter().enumerate();
        let chosen = numbered.filter(|(bit, _)| set >> bit & 1 == 1);
        chosen.map(|(_, facet)| *facet).collect()
    })
}

fn picked(object: &Value, wanted: &[&str]) -> Value {
    let members = object.as_object().into_iter().flatten();
    let chosen = members.filter(|(name, _)| wanted.contains(&name.as_str()));
    Value::Object(
        chosen
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
    )
}

/// The members of each element, with those at the end cut that have none, as the facet *names* is written.
fn picked_each(list: &Value, names: &[&str], trimmed: bool) -> Value {
    let elements = list.as_array().into_iter().flatten();
    let mut picked: Vec<Value> = elements.map(|element| picked(element, names)).collect();
    while trimmed && picked.last().is_some_and(|last| *last == json!({})) {
        picked.pop();
    }
    Value::Array(picked)
}

/// What an answer shows of a facet, in canonical form: the table of `facet.rs`, written a second time.
fn shown_facet(answer: &Value, facet: Facet) -> Option<Vec<u8>> {
    let (ids, named) = (["type", "id"], ["name", "email", "href", "metadata"]);
    let core = [
        "id",
        "action",
        "action_as_sent",
        "event",
        "category",
        "occurred_at",
        "producer",
    ];
    let mut part = match facet {
        Facet::Core => {
            let mut core = picked(answer, &core);
            core["schema"] = json!(event::SCHEMA);
            core["outcome"] = picked(&answer["outcome"], &["result", "code"]);
            core
        }
        Facet::Actor => json!({
            "actor": picked(&answer["actor"], &ids),
            "on_behalf_of": picked_each(&answer["on_behalf_of"], &ids, false),
        }),
        Facet::Names => json!({
            "actor": picked(&answer["actor"], &named),
            "on_behalf_of": picked_each(&answer["on_behalf_of"], &named, true),
            "targets": picked_each(&answer["targets"], &named, true),
        }),
        Facet::Targets => json!({"targets": picked_each(&answer["targets"], &ids, false)}),
        Facet::Context => picked(answer, &["context"]),
        Facet::Changes => picked(answer, &["changes"]),
        Facet::Text => {
            let mut text = picked(answer, &["description"]);
            text["outcome"] = picked(&answer["outcome"], &["reason"]);
            text
        }
        Facet::Metadata => picked(answer, &["metadata"]),
    };
    let members = part.as_object_mut().unwrap();
    members.retain(|_, value| *value != json!({}) && *value != json!([]));
    (!members.is_empty()).then(|| canonical::to_vec(&part))
}

/// The leaf hash of an answer, from what it shows, the hashes of what it does not, and the salts of what is shown, which
/// are what a proof publishes (`integrity.md` 2.8).
fn leaf_hash(answer: &Value) -> String {
    let salts = event::salts(&Seed::from_bytes(SEED));
    let shown: Vec<_> = Facet::ALL.map(|facet| shown_facet(answer, facet)).into();
    let mut parts = [FacetPart::Absent; FACETS];
    for ((part, facet), (shown, salt)) in parts
        .iter_mut()
        .zip(Facet::ALL)
        .zip(shown.iter().zip(salts))
    {
        if let Some(hash) = answer["hidden"][facet.as_str()].as_str() {
            let hash = HEXLOWER.decode(hash.as_bytes()).unwrap();
            *part = FacetPart::Hidden(hash.try_into().unwrap());
        } else if let Some(bytes) = shown {
            *part = FacetPart::Shown { salt, bytes };
        }
    }
    let received = Timestamp::parse(answer["received_at"].as_str().unwrap()).unwrap();
    let entry = Entry {
        kind: EntryKind::Event,
        class: 0,
        received_ms: received.ms(),
        commitment: *event::commitment_of_parts(&parts).as_bytes(),
    };
    entry.leaf_hash().to_string()
}

fn with(mut sent: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    sent.pointer_mut(parent).unwrap()[key] = value;
    sent
}

#[test]
fn every_masked_answer_verifies() {
    let catalogue = catalogue();
    let salary = with(sent(), "/metadata/salary", json!(91_000));
    let bare = json!({"action": "salary.change", "description": "told", "actor": {"type": "user", "id": "u"}});
    for (event, sensitive) in [(sent(), true), (salary, false), (bare, false)] {
        let checked = stored(event, &catalogue);
        for hide in every_sight() {
            let shown = lens(&hide, sensitive).show(&checked, FIRST).unwrap();
            let answer = Value::Object(shown);
            let wanted = answer["integrity"]["leaf_hash"].as_str().unwrap();
            assert_eq!(leaf_hash(&answer), wanted, "{hide:?}: {answer}");
            let parsed: api::event::Event = serde_json::from_value(answer).unwrap();
            for name in parsed.hidden.keys() {
                let is_hidden = hide.iter().any(|facet| facet.as_str() == name);
                assert!(is_hidden || name == "metadata", "{hide:?}: {name}");
            }
        }
    }
    let mut other = Value::Object(
        lens(&[HiddenFacet::Names], true)
            .show(&stored(sent(), &catalogue), FIRST)
            .unwrap(),
    );
    let wanted = other["integrity"]["leaf_hash"].as_str().unwrap().to_owned();
    other["targets"][0]["id"] = json!("another");
    assert_ne!(
        leaf_hash(&other),
        wanted,
        "what is shown is what was recorded"
    );
}

#[test]
fn nothing_hidden_is_in_an_answer() {
    let catalogue = catalogue();
    // As sent, and with the sentence that is made from all of it.
    let told = with(sent(), "/description", Value::Null);
    for checked in [sent(), told].map(|sent| stored(sent, &catalogue)) {
        for hide in every_sight() {
            let shown = lens(&hide, true).show(&checked, FIRST).unwrap();
            let text = Value::Object(shown.clone()).to_string();
            for facet in HiddenFacet::ALL {
                let mark = format!("in-{}", facet.as_str());
                let is_hidden = hide.contains(facet);
                assert_eq!(!text.contains(&mark), is_hidden, "{mark}, {hide:?}: {text}");
                assert_eq!(
                    shown
                        .get("hidden")
                        .is_some_and(|hidden| hidden.get(facet.as_str()).is_some()),
                    is_hidden,
                    "{facet:?}, {hide:?}: {text}"
                );
            }
            let address = text.contains("203.0.113.77");
            assert_eq!(!address, hide.contains(&HiddenFacet::Context), "{text}");
        }
    }
    let bare = stored(json!({"action": "salary.change"}), &catalogue);
    let shown = lens(HiddenFacet::ALL, true).show(&bare, FIRST).unwrap();
    let hidden: Vec<_> = shown["hidden"].as_object().unwrap().keys().collect();
    assert_eq!(hidden, ["actor"], "what is not there hides nothing");
}

#[test]
fn first_times_tell_nothing_of_what_is_hidden() {
    let checked = stored(sent(), &catalogue());
    let flags = |hide: &[HiddenFacet]| {
        let shown = lens(hide, true).show(&checked, FIRST).unwrap();
        shown.get("first_seen").cloned().unwrap_or(Value::Null)
    };
    assert_eq!(flags(&[]), json!(["action", "network"]));
    assert_eq!(flags(&[HiddenFacet::Names]), json!(["action", "network"]));
    assert_eq!(flags(&[HiddenFacet::Context]), json!(["action"]));
    assert_eq!(flags(&[HiddenFacet::Actor]), Value::Null);
}

#[test]
fn who_is_known_by_an_address_alone_is_nobody_without_names() {
    let sent = with(
        sent(),
        "/actor",
        json!({"type": "user", "email": "in-names@example.com"}),
    );
    let checked = stored(sent, &catalogue());
    let id = |hide: &[HiddenFacet]| {
        let shown = lens(hide, true).show(&checked, FIRST).unwrap();
        shown["actor"].clone()
    };
    assert_eq!(id(&[])["id"], "in-names@example.com");
    assert_eq!(id(&[HiddenFacet::Names]), json!({"type": "user"}));
}

#[test]
fn sensitive_fields_are_withheld_wherever_they_stand() {
    let secret = "91000-secret";
    let changes = json!([
        {"path": "/salary", "old": "1-secret", "new": secret},
        {"path": "/pay/salary/base", "new": secret},
        {"path": "/all", "new": [{"salary": secret}]},
        {"path": "/title", "old": "Clerk", "new": "Head"},
    ]);
    let sent = with(sent(), "/metadata/salary", json!(secret));
    let sent = with(sent, "/changes", changes);
    let told = with(sent.clone(), "/description", Value::Null);
    // Another action with the same key: a column `metadata.salary` would speak about both.
    let undeclared = with(told.clone(), "/action", json!("anything.else"));
    for sent in [sent, told, undeclared] {
        let checked = stored(sent, &catalogue());
        let shown = Value::Object(lens(&[], false).show(&checked, FIRST).unwrap());
        assert!(!shown.to_string().contains("secret"), "{shown}");
        assert_eq!(shown["metadata"]["ground"], "in-metadata");
        let paths = ["/salary", "/pay/salary/base", "/all"].map(|path| json!({"path": path}));
        assert_eq!(shown["changes"][0], paths[0]);
        assert_eq!(shown["changes"][1], paths[1]);
        assert_eq!(shown["changes"][2], paths[2]);
        assert_eq!(shown["changes"][3]["new"], "Head");
        let names: Vec<_> = shown["hidden"].as_object().unwrap().keys().collect();
        assert_eq!(names, ["changes", "metadata"]);
        let shown = Value::Object(lens(&[], true).show(&checked, FIRST).unwrap());
        assert_eq!(shown["metadata"]["salary"], secret);
        assert_eq!(shown.get("hidden"), None, "{shown}");
    }
    let plain = stored(self::sent(), &catalogue());
    let shown = lens(&[], false).show(&plain, FIRST).unwrap();
    assert_eq!(
        shown.get("hidden"),
        None,
        "nothing sensitive, nothing hidden"
    );
}

#[test]
fn a_key_with_slashes_is_found_in_a_path() {
    let names = BTreeSet::from(["a/b~c".to_owned()]);
    let change = |path: &str| event::Change {
        path: path.to_owned(),
        old: None,
        new: None,
    };
    assert!(super::lens::is_named(&change("/x/a~1b~0c"), &names));
    assert!(!super::lens::is_named(&change("/a/b~0c"), &names));
}

#[test]
fn what_is_hidden_cannot_be_asked_about() {
    let columns: Vec<Column> = Column::named()
        .chain(["salary", "ground"].map(|key| Column::Metadata(key.to_owned())))
        .collect();
    let parts = || {
        let columns = columns.iter().map(QueryPart::Column);
        columns.chain([QueryPart::Text, QueryPart::Resource])
    };
    for hide in every_sight() {
        let lens = lens(&hide, true);
        for part in parts() {
            let hides = |facet: &Facet| hide.iter().any(|hidden| hidden.facet() == *facet);
            let wanted = !part.draws_from().iter().any(hides);
            assert_eq!(lens.sees_part(part), wanted, "{hide:?} {part:?}");
        }
    }
    let refused: Vec<String> = parts()
        .filter(|part| !lens(&[], false).sees_part(*part))
        .map(|part| part.name())
        .collect();
    assert_eq!(refused, ["description", "metadata.salary", "q"]);
    let named = parts().map(|part| (format!("/{}", part.name()), part));
    let items = lens(&[HiddenFacet::Context], true).hidden_among(named);
    let told: Map<String, Value> = items
        .into_iter()
        .map(|item| (item.pointer, json!(item.message)))
        .collect();
    assert_eq!(told["/ip"], "the column `ip` is hidden from you");
    assert!(!told.contains_key("/user"));
}
