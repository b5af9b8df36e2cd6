//! The secrets firewall against every format, in every place, without a server.

#![expect(
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is its purpose"
)]

use std::collections::BTreeSet;
use std::sync::Arc;

use event::firewall::{FirewallRules, TOKEN_SHAPES};
use event::{
    Acceptance, Catalogue, ClientAddress, Event, EventId, Firewall, Limits, NewEvent, Timestamp,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use testkit::secrets::{self, PLACES, Search};

fn firewall() -> Firewall {
    Firewall::new([7; 32], "audit.example/a/acme")
}

fn accept(sent: Value, firewall: &Firewall) -> (Event, event::firewall::Hits) {
    let limits = Limits::default();
    let acceptance = Acceptance {
        catalogue: &Catalogue::all(),
        strict: false,
        firewall,
        client: &ClientAddress::default(),
        now: Timestamp::from_ms(1_790_000_000_000),
        new_id: EventId::v7(1_790_000_000_000, [1; 10]),
        limits: &limits,
    };
    let shown = sent.to_string();
    let new = NewEvent::from_value(sent, &limits).unwrap_or_else(|why| panic!("{shown}: {why:?}"));
    Event::accept_telling(new, &acceptance).unwrap()
}

#[test]
fn every_format_is_found_in_every_place_by_its_rule() {
    let firewall = firewall();
    let formats = secrets::formats();
    let (mut cases, mut failed) = (0, Vec::new());
    let mut places = BTreeSet::new();
    for secret in &formats {
        for (place, event) in secrets::events(secret) {
            cases += 1;
            places.insert(place);
            let (event, hits) = accept(event, &firewall);
            let kept = Value::Object(event.to_json()).to_string();
            let mut search = Search::default();
            search.add(&secret.rule, &secret.value);
            let is_told = hits
                .by_rule()
                .any(|(rule, count)| rule.to_string() == secret.rule && count > 0);
            if !search.in_bytes(place, kept.as_bytes()).is_empty() || !is_told {
                failed.push(format!(
                    "{} | {place} | {} | {hits:?}",
                    secret.rule, secret.written
                ));
            }
        }
    }
    assert!(
        failed.is_empty(),
        "{} of {cases}:\n{}",
        failed.len(),
        failed.join("\n")
    );
    assert!(formats.len() >= 120, "{}", formats.len());
    assert_eq!(places, PLACES.into_iter().collect());
    println!("{} formats in {cases} events", formats.len());
}

#[test]
fn every_shape_has_a_case() {
    let formats = secrets::formats();
    for shape in TOKEN_SHAPES {
        assert!(
            formats
                .iter()
                .any(|secret| secret.value.starts_with(shape.prefix)),
            "{}",
            shape.prefix
        );
    }
}

#[test]
fn values_under_the_names_of_secrets_are_found_in_all_spellings() {
    let firewall = firewall();
    for (rule, name, value) in secrets::named() {
        for metadata in [
            json!({ &name: value }),
            json!({"a": {"b": [{ &name: [value] }]}}),
            json!({"variables": [{"name": name, "value": value}]}),
        ] {
            let (event, hits) = accept(json!({"action": "a.b", "metadata": metadata}), &firewall);
            let kept = Value::Object(event.to_json()).to_string();
            assert!(!kept.contains(&value), "{kept}");
            assert!(
                hits.told().iter().any(|hit| hit.rule.to_string() == rule),
                "{name}: {hits:?}"
            );
        }
        let path = format!("/settings/{name}");
        let change = json!({"path": path, "old": value, "new": format!("{value}x")});
        let (event, hits) = accept(json!({"action": "a.b", "changes": [change]}), &firewall);
        assert!(
            !Value::Object(event.to_json()).to_string().contains(&value),
            "{name}"
        );
        assert_ne!(
            event.changes.first().unwrap().old,
            event.changes.first().unwrap().new
        );
        assert_eq!(hits.total(), 2, "{name}: {hits:?}");
    }
}

#[test]
fn random_values_are_found_in_metadata_and_changes_unless_their_name_explains_them() {
    let random = "q7Zk2mXv9RbT4cWn8LpY3sHd6GfJ5aQeU";
    let sent = json!({
        "action": "a.b",
        "metadata": {"note": random, "commit_id": random, "sha256": random, "cursor": random, "trace": [random]},
        "changes": [{"path": "/x", "new": random}, {"path": "/etag", "new": random}],
        "description": format!("Opened {random}"),
    });
    let (event, hits) = accept(sent.clone(), &firewall());
    let pointers: Vec<&str> = hits.told().iter().map(|hit| hit.pointer.as_str()).collect();
    assert_eq!(pointers, ["/changes/0/new", "/metadata/note"]);
    assert!(
        hits.told()
            .iter()
            .all(|hit| hit.rule.to_string() == "entropy")
    );
    assert_eq!(
        event.metadata.get("note"),
        event.changes.first().unwrap().new.as_ref()
    );
    let off = FirewallRules::new(vec![], vec![], vec![], false).unwrap();
    let (_, hits) = accept(sent, &firewall().with_rules(Arc::new(off)));
    assert!(hits.is_empty());
}

#[test]
fn an_account_names_its_own_secrets_and_what_is_none() {
    let own = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    let rules = FirewallRules::new(
        own(&["door pin", "tan"]),
        own(&["csrf_token", "deploy_ref"]),
        own(&["acme_", "zz.live-"]),
        true,
    );
    let firewall = firewall().with_rules(Arc::new(rules.unwrap()));
    let random = "q7Zk2mXv9RbT4cWn8LpY3sHd6GfJ5aQeU";
    let (event, hits) = accept(
        json!({"action": "a.b", "description": "used acme_12ab34cd here, acme_corporation and zz.live-a1b2c3d4e5",
            "metadata": {"doorPin": "1234", "front-door-pin": 4711, "TAN": "x", "csrfToken": "kept", "my_csrf_token": "gone",
                         "tangent": "kept", "deploy_ref": random}}),
        &firewall,
    );
    let told: Vec<String> = hits
        .told()
        .iter()
        .map(|hit| format!("{} {}", hit.rule, hit.pointer))
        .collect();
    let mut sorted = told.clone();
    sorted.sort();
    assert_eq!(
        sorted,
        [
            "account:name /metadata/TAN",
            "account:name /metadata/doorPin",
            "account:name /metadata/front-door-pin",
            "account:prefix /description",
            "account:prefix /description",
            "name:token /metadata/my_csrf_token",
        ]
    );
    assert_eq!(event.metadata.get("csrfToken"), Some(&json!("kept")));
    assert!(event.description.unwrap().contains("acme_corporation"));
}

#[test]
fn rules_have_limits() {
    let many = |count: usize| (0..count).map(|n| format!("name{n}")).collect::<Vec<_>>();
    let refused = |names: Vec<String>, allow: Vec<String>, prefixes: Vec<String>| {
        let problem = FirewallRules::new(names, allow, prefixes, true).unwrap_err();
        (problem.member, problem.index)
    };
    assert!(FirewallRules::new(many(100), vec![], vec![], true).is_ok());
    assert_eq!(refused(many(101), vec![], vec![]), ("names", None));
    assert_eq!(refused(vec![], many(101), vec![]), ("allow", None));
    assert_eq!(
        refused(vec!["--".to_owned()], vec![], vec![]),
        ("names", Some(0))
    );
    assert_eq!(
        refused(vec!["a".to_owned(), "x".repeat(65)], vec![], vec![]),
        ("names", Some(1))
    );
    assert_eq!(
        refused(vec!["a_b".to_owned()], vec!["aB".to_owned()], vec![]),
        ("allow", Some(0))
    );
    for prefix in ["ab", "with space", "_x_", "sec", "é_12"] {
        assert_eq!(
            refused(vec![], vec![], vec![prefix.to_owned()]),
            ("prefixes", Some(0)),
            "{prefix}"
        );
    }
    assert_eq!(refused(vec![], vec![], many(21)), ("prefixes", None));
}

#[test]
fn hits_are_counted_beyond_those_that_are_told() {
    let secrets: Vec<String> = (0..200).map(|n| format!("hunter{n}")).collect();
    let (_, hits) = accept(
        json!({"action": "a.b", "metadata": {"passwords": secrets}}),
        &firewall(),
    );
    assert_eq!((hits.total(), hits.told().len()), (200, 64));
}

#[test]
fn texts_made_to_be_slow_are_not() {
    let texts = [
        "eyJ-",
        "sk-ant-",
        "@",
        "a@://",
        "token: ",
        "\"token\":\"",
        "-----BEGIN ",
        "AAAAAAAA",
        "1:AA",
        ".",
        "cookie: a",
        "\\\"token\\\":\\\"",
        "eyJaaaaaaaaaa.b.c",
    ];
    for part in texts {
        let text = part.repeat(60_000 / part.len());
        // What takes a millisecond when the work grows with the text takes minutes when it grows with its square; the
        // time limit of the test run is what fails here.
        let mut cleaned = text.clone();
        firewall().clean_text(&mut cleaned);
        assert!(cleaned.len() <= text.len() * 8, "{part}");
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let secrets = secrets::formats();
    let pick = proptest::sample::select(secrets).prop_map(|secret| secret.written);
    let text = prop_oneof![
        "[ -~é\\n]{0,40}",
        any::<String>(),
        pick.clone(),
        ("[ -~]{0,12}", pick, "[ -~]{0,12}").prop_map(|(a, b, c)| a + &b + &c)
    ];
    let key = prop_oneof![
        "[a-zA-Z_. -]{1,16}",
        Just("password".to_owned()),
        Just("tokens".to_owned()),
        Just("value".to_owned()),
        Just("name".to_owned())
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        text.prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 24, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((key.clone(), inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn cleaning_twice_is_cleaning_once(value in any_value(), text in any_value()) {
        let text = text.as_str().unwrap_or_default().chars().take(1000).collect::<String>();
        let mut event = accept(json!({"action": "a.b"}), &firewall()).0;
        event.metadata.insert("x".to_owned(), value);
        event.description = Some(text);
        let firewall = firewall();
        let first = firewall.clean(&mut event);
        let once = event.clone();
        let again = firewall.clean(&mut event);
        prop_assert!(again.is_empty(), "{:?} after {:?}", again, first);
        prop_assert_eq!(event, once);
    }
}
