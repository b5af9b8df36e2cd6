//! What each column, operator and search text means, case by case (`tests/vectors/semantics.json`).

use event::{
    Acceptance, Catalogue, ClientAddress, Event, EventId, Firewall, Limits, NewEvent, Timestamp,
};
use index::range::{RangeParameters, WeekStart, zone};
use index::{
    Filter, Index, IndexOptions, LocalIndex, Order, PageRequest, Query, Row, Scope, ScopedQuery,
    TimeRange, parse,
};
use serde_json::Value;
use testkit::matching::NaiveIndex;
use tlog::{LeafIndex, TreeSize};

const LOG: u32 = 1;

fn accepted(sent: &Value) -> Event {
    let limits = Limits::CEILING;
    let new = NewEvent::from_value(sent.clone(), &limits).expect("the vectors have valid events");
    let now = Timestamp::parse("2026-11-24T00:00:00Z").expect("it is an instant");
    let acceptance = Acceptance {
        catalogue: &Catalogue::all(),
        strict: false,
        firewall: &Firewall::new([7; 32], "annals.invalid/a/acme"),
        client: &ClientAddress::default(),
        now,
        new_id: EventId::v7(now.ms(), [0; 10]),
        limits: &limits,
    };
    Event::accept(new, &acceptance).expect("the vectors have valid events")
}

fn query(case: &Value) -> Query {
    let zone = zone(case["tz"].as_str().unwrap_or("UTC")).expect("the vectors name zones");
    let (from, to) = (case["from"].as_str(), case["to"].as_str());
    let now = Timestamp::MIN;
    let range = RangeParameters {
        range: None,
        from,
        to,
    }
    .resolve(&zone, WeekStart::Monday, now);
    let range = range.expect("the vectors have instants");
    let (text, terms) =
        parse::from_text(case["q"].as_str().unwrap_or_default()).expect("the vectors have texts");
    let mut refine = match &case["refine"] {
        Value::Null => Vec::new(),
        list => parse::criteria(list, "/refine").expect("the vectors have criteria"),
    };
    refine.extend(terms);
    let filter = match &case["filter"] {
        Value::Null => Filter::default(),
        filter => parse::filter(filter, "/filter").expect("the vectors have filters"),
    };
    let resource = case["resource"]
        .as_str()
        .map(|text| text.parse().expect("the vectors have resources"));
    let range = if from.or(to).is_some() {
        range
    } else {
        TimeRange::ALL
    };
    Query {
        range,
        resource,
        text,
        refine,
        filter,
        zone,
    }
}

fn check_all(index: &dyn Index, name: &str, cases: &[Value]) {
    for case in cases {
        let query = ScopedQuery::new(query(case), Scope::account(LOG));
        let as_of = index.applied(LOG);
        let page = PageRequest {
            limit: 100,
            order: Order::Desc,
            after: None,
            as_of,
            count: false,
        };
        let page = index
            .search(&query, &page)
            .expect("the index is not damaged");
        let mut found: Vec<u64> = page.hits.iter().map(|hit| hit.index.get()).collect();
        found.sort_unstable();
        assert_eq!(Value::from(found), case["found"], "{name}: {case}");
    }
}

#[test]
fn every_case_of_the_contract() {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/semantics.json"))
        .expect("the vectors are JSON");
    let events: Vec<Event> = vectors["events"]
        .as_array()
        .expect("a list")
        .iter()
        .map(accepted)
        .collect();
    let cases = vectors["cases"].as_array().expect("a list");
    let catalogue = Catalogue::all();
    let row = |event| {
        Some(Row {
            received_ms: 0,
            event,
            verb: catalogue.verb(&event.action),
        })
    };
    let rows: Vec<Option<Row<'_>>> = std::iter::once(None)
        .chain(events.iter().map(row))
        .collect();

    let directory = tempfile::tempdir().expect("a temporary directory can be made");
    let local = LocalIndex::open(directory.path(), IndexOptions::default()).expect("it is empty");
    let naive = NaiveIndex::new();
    for index in [&local as &dyn Index, &naive] {
        index
            .apply(LOG, LeafIndex::FIRST, &rows)
            .expect("the rows are the first");
        assert_eq!(index.applied(LOG), TreeSize::new(rows.len() as u64));
    }
    check_all(&naive, "oracle", cases);
    check_all(&local, "head", cases);
    local.flush().expect("the directory can be written");
    check_all(&local, "sealed", cases);
    drop(local);
    let local = LocalIndex::open(directory.path(), IndexOptions::default()).expect("it was sealed");
    check_all(&local, "reopened", cases);
}
