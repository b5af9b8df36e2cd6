//! The vectors published under `tests/vectors`: what other implementations are checked with, too.

use event::json::JsonFailure;
use event::{
    ClientAddress, EventId, FACETS, FacetPart, Facets, Firewall, Seed, TimeFailure, Timestamp,
    action, canonical, commit, commitment_of_parts, content_tag, dedup_key, facet_hashes,
    genesis_facets, json, salt, salts,
};
use serde::Deserialize;
use serde_json::Value;

use crate::support::{Account, array, hex, load};

fn facets(parts: &[Option<String>]) -> Facets {
    let parts: Vec<Option<Box<[u8]>>> = parts
        .iter()
        .map(|part| part.as_ref().map(|text| text.as_bytes().into()))
        .collect();
    Facets::from_parts(parts.try_into().expect("eight facets"))
}

fn texts(facets: &Facets) -> Vec<Option<String>> {
    let text = |part: &[u8]| String::from_utf8(part.to_vec()).expect("UTF-8");
    facets
        .parts()
        .iter()
        .map(|part| part.as_deref().map(text))
        .collect()
}

#[test]
fn actions_are_normalised() {
    #[derive(Deserialize)]
    struct Case {
        sent: String,
        action: String,
        kept: bool,
        broken: Broken,
    }
    #[derive(Deserialize)]
    struct Broken {
        sent: String,
        action: Option<String>,
    }
    for case in load::<Case>("normalisation.json") {
        let normalised = action::normalise(&case.sent).expect("an action");
        assert_eq!(normalised.action, case.action);
        assert_eq!(normalised.as_sent, case.kept.then_some(case.sent));
        let broken = action::normalise(&case.broken.sent).map(|normalised| normalised.action);
        assert_eq!(broken.ok(), case.broken.action, "{}", case.broken.sent);
        assert_ne!(
            case.broken.action,
            Some(case.action),
            "{}",
            case.broken.sent
        );
    }
}

#[test]
fn json_has_one_canonical_form() {
    #[derive(Deserialize)]
    struct Case {
        name: String,
        json: String,
        canonical: String,
        broken: Broken,
    }
    #[derive(Deserialize)]
    struct Broken {
        json: String,
        expect: String,
    }
    let written = |text: &str| json::parse(text.as_bytes()).map(|value| canonical::to_vec(&value));
    for case in load::<Case>("canonical.json") {
        let form = case.canonical.as_bytes().to_vec();
        assert_eq!(written(&case.json), Ok(form.clone()), "{}", case.name);
        assert_eq!(written(&case.canonical), Ok(form.clone()), "{}", case.name);
        let found = match written(&case.broken.json) {
            Err(JsonFailure::Syntax { .. }) => "syntax",
            Err(JsonFailure::NotIJson { code, .. }) => code,
            Ok(other) if other != form => "different",
            Ok(_) => "the same",
        };
        assert_eq!(found, case.broken.expect, "the twin of: {}", case.name);
    }
}

#[test]
fn times_have_one_spelling() {
    #[derive(Deserialize)]
    struct Case {
        sent: String,
        stored: String,
        broken: Broken,
    }
    #[derive(Deserialize)]
    struct Broken {
        sent: String,
        expect: String,
    }
    for case in load::<Case>("time.json") {
        let time = Timestamp::parse(&case.sent).expect("a time");
        assert_eq!(time.to_string(), case.stored);
        assert_eq!(Timestamp::parse(&case.stored), Ok(time));
        let found = match Timestamp::parse(&case.broken.sent) {
            Ok(time) => panic!("{} was read as {time}", case.broken.sent),
            Err(TimeFailure::NotRfc3339) => "not_rfc3339",
            Err(TimeFailure::NoSuchTime) => "no_such_time",
            Err(TimeFailure::LeapSecond) => "leap_second",
            Err(TimeFailure::TooPrecise) => "too_precise",
            Err(TimeFailure::OutOfRange) => "out_of_range",
        };
        assert_eq!(found, case.broken.expect, "{}", case.broken.sent);
    }
}

#[test]
fn events_have_the_published_facets() {
    #[derive(Deserialize)]
    struct Case {
        name: String,
        sent: Value,
        client: Client,
        now: String,
        new_id: String,
        facets: Vec<Option<String>>,
        broken: Broken,
    }
    #[derive(Deserialize)]
    struct Client {
        ip: Option<std::net::IpAddr>,
        peer_ip: Option<std::net::IpAddr>,
        forwarded: Option<String>,
    }
    #[derive(Deserialize)]
    struct Broken {
        facets: Vec<Option<String>>,
    }
    for case in load::<Case>("facets.json") {
        let mut account = Account::new();
        account.client = ClientAddress {
            ip: case.client.ip,
            peer_ip: case.client.peer_ip,
            forwarded: case.client.forwarded,
        };
        account.now = case.now.parse().expect("a time");
        account.new_id = case.new_id.parse().expect("an id");
        let event = account.accepted(case.sent);
        let written = event.facets();
        assert_eq!(texts(&written), case.facets, "{}", case.name);
        assert_eq!(
            event::Event::from_facets(&written).expect("an event"),
            event,
            "{}",
            case.name
        );
        assert_ne!(
            texts(&written),
            case.broken.facets,
            "the twin of: {}",
            case.name
        );
    }
}

#[test]
fn commitments_are_the_published_ones() {
    #[derive(Deserialize)]
    struct Case {
        name: String,
        seed: String,
        facets: Vec<Option<String>>,
        salts: Vec<String>,
        hashes: Vec<String>,
        commitment: String,
        broken: Broken,
    }
    #[derive(Deserialize)]
    struct Broken {
        seed: String,
        facets: Vec<Option<String>>,
    }
    for case in load::<Case>("commitment.json") {
        let seed = Seed::from_bytes(array(&case.seed));
        let facets_of_case = facets(&case.facets);
        assert_eq!(
            salts(&seed).map(|salt| hex(&salt)).to_vec(),
            case.salts,
            "{}",
            case.name
        );
        assert_eq!(salt(&seed, 5), salts(&seed)[5], "{}", case.name);
        let hashes = facet_hashes(&facets_of_case, &seed);
        assert_eq!(
            hashes.map(|hash| hex(&hash)).to_vec(),
            case.hashes,
            "{}",
            case.name
        );
        assert_eq!(
            commit(&facets_of_case, &seed).to_string(),
            case.commitment,
            "{}",
            case.name
        );
        for hidden in 0..1_u32 << FACETS {
            let parts: [FacetPart<'_>; FACETS] =
                std::array::from_fn(|at| match &facets_of_case.parts()[at] {
                    None => FacetPart::Absent,
                    Some(_) if hidden >> at & 1 == 1 => FacetPart::Hidden(hashes[at]),
                    Some(bytes) => FacetPart::Shown {
                        salt: salts(&seed)[at],
                        bytes,
                    },
                });
            assert_eq!(
                commitment_of_parts(&parts).to_string(),
                case.commitment,
                "{}, {hidden:08b} hidden",
                case.name
            );
        }
        let broken = commit(
            &facets(&case.broken.facets),
            &Seed::from_bytes(array(&case.broken.seed)),
        );
        assert_ne!(
            broken.to_string(),
            case.commitment,
            "the twin of: {}",
            case.name
        );
    }
}

#[test]
fn a_log_begins_as_published() {
    #[derive(Deserialize)]
    struct Case {
        origin: String,
        created_at: String,
        facet: String,
        seed: String,
        commitment: String,
        broken: Broken,
    }
    #[derive(Deserialize)]
    struct Broken {
        facet: String,
        commitment: String,
    }
    for case in load::<Case>("genesis.json") {
        let genesis = genesis_facets(&case.origin, case.created_at.parse().expect("a time"));
        let mut expected = vec![None; FACETS];
        expected[0] = Some(case.facet);
        assert_eq!(texts(&genesis), expected);
        let commitment = commit(&genesis, &Seed::from_bytes(array(&case.seed))).to_string();
        assert_eq!(commitment, case.commitment);
        assert_ne!(texts(&genesis)[0], Some(case.broken.facet));
        assert_ne!(commitment, case.broken.commitment);
    }
}

#[test]
fn tags_are_the_published_ones() {
    #[derive(Deserialize)]
    struct Case {
        secret: String,
        #[serde(flatten)]
        of: Of,
        dedup_key: String,
        content_tag: String,
        broken: Of,
    }
    #[derive(Deserialize)]
    struct Of {
        origin: String,
        id: String,
        as_sent: String,
    }
    let tags = |secret: &[u8; 32], of: &Of| {
        let id = EventId::parse(&of.id).expect("an id");
        let key = dedup_key(secret, &of.origin, &id);
        (
            hex(&key),
            hex(&content_tag(secret, &of.origin, of.as_sent.as_bytes())),
        )
    };
    for case in load::<Case>("tags.json") {
        let secret = array(&case.secret);
        let published = (case.dedup_key, case.content_tag);
        assert_eq!(tags(&secret, &case.of), published);
        let sent = Account::new()
            .read(serde_json::from_str(&case.of.as_sent).expect("JSON"))
            .expect("an event");
        assert_eq!(sent.canonical_as_sent(), case.of.as_sent.as_bytes());
        let broken = tags(&secret, &case.broken);
        assert_ne!(broken, published);
    }
}

#[test]
fn fingerprints_are_the_published_ones() {
    #[derive(Deserialize)]
    struct Case {
        secret: String,
        origin: String,
        value: String,
        fingerprint: String,
        broken: Broken,
    }
    #[derive(Deserialize)]
    struct Broken {
        origin: String,
        value: String,
    }
    for case in load::<Case>("fingerprint.json") {
        let of = |origin: &str, value: &str| {
            Firewall::new(array(&case.secret), origin).fingerprint(value.as_bytes())
        };
        assert_eq!(of(&case.origin, &case.value), case.fingerprint);
        assert_ne!(
            of(&case.broken.origin, &case.broken.value),
            case.fingerprint
        );
    }
}
