//! Which facets a question looks at: nothing else of an event may decide about an answer.

use event::{Catalogue, Event, Facet, Verb};
use index::{Column, Criterion, FirstSeen, Query, QueryPart};
use proptest::prelude::*;
use testkit::events::{applied, criterion, free_text};
use testkit::matching::{Subject, matches};

/// Every column and what it draws from, written down a second time: a new column must be decided about here.
const DRAWN: [(&str, &str); 20] = [
    ("category", ""),
    ("event", ""),
    ("action", ""),
    ("verb", ""),
    ("user", "actor names"),
    ("actor_id", "actor names"),
    ("actor_email", "actor names"),
    ("actor_type", "actor"),
    ("target_type", "targets"),
    ("target_id", "targets"),
    ("result", ""),
    ("ip", "context"),
    ("source", "context"),
    ("request_id", "context"),
    ("session_id", "context"),
    ("description", "actor names targets context text metadata"),
    ("first_seen", "actor context"),
    ("hour", ""),
    ("weekday", ""),
    ("metadata.salary", "metadata"),
];

#[test]
fn every_column_is_decided_about() {
    let mut columns: Vec<Column> = Column::named().collect();
    columns.push(Column::Metadata("salary".to_owned()));
    let told = |part: QueryPart<'_>| {
        let names = part.draws_from().iter().map(|facet| facet.as_str());
        (part.name(), names.collect::<Vec<_>>().join(" "))
    };
    let drawn: Vec<_> = columns
        .iter()
        .map(|column| told(QueryPart::Column(column)))
        .collect();
    let wanted = DRAWN.map(|(name, facets)| (name.to_owned(), facets.to_owned()));
    assert_eq!(drawn, wanted);
    let all = "actor names targets context changes text metadata";
    assert_eq!(told(QueryPart::Text), ("q".to_owned(), all.to_owned()));
    let resource = ("resource".to_owned(), "targets".to_owned());
    assert_eq!(told(QueryPart::Resource), resource);
}

/// What remains of an event for who sees only the core and what a part draws from.
fn only_drawn(event: &Event, part: QueryPart<'_>) -> Event {
    let kept = |facet: &Facet| *facet == Facet::Core || part.draws_from().contains(facet);
    let hidden = Facet::ALL.into_iter().filter(|facet| !kept(facet));
    let facets = hidden.fold(event.facets(), event::Facets::without);
    Event::from_facets(&facets).expect("the core is there")
}

fn subject(event: &Event, verb: Verb, first_seen: FirstSeen) -> Subject<'_> {
    Subject {
        event,
        verb,
        received_ms: 0,
        first_seen,
    }
}

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(2_000)
    }
}

proptest! {
    #![proptest_config(config())]

    /// A criterion answers the same about an event of which everything else is hidden.
    #[test]
    fn a_column_looks_at_nothing_else(
        made in applied(),
        criterion in criterion(),
        (action, network) in any::<(bool, bool)>(),
    ) {
        let column = criterion.column.clone();
        let part = QueryPart::Column(&column);
        let query = Query { refine: vec![criterion], ..Query::everything() };
        let flags = FirstSeen { action, network };
        let drawn = only_drawn(&made.event, part);
        prop_assert_eq!(
            matches(&query, &subject(&made.event, made.verb, flags)),
            matches(&query, &subject(&drawn, made.verb, flags)),
            "{}", column
        );
    }

    /// So does free text.
    #[test]
    fn free_text_looks_at_nothing_else(made in applied(), text in free_text()) {
        let query = Query { text, ..Query::everything() };
        let drawn = only_drawn(&made.event, QueryPart::Text);
        let flags = FirstSeen::default();
        prop_assert_eq!(
            matches(&query, &subject(&made.event, made.verb, flags)),
            matches(&query, &subject(&drawn, made.verb, flags))
        );
    }

    /// A sentence of the catalogue, which is searched where no description was sent, is made from nothing else.
    #[test]
    fn sentences_are_made_from_nothing_else(
        made in applied(),
        at in any::<proptest::sample::Index>(),
    ) {
        let catalogue = Catalogue::all();
        let declared: Vec<_> = catalogue.declarations().collect();
        let declared = at.get(&declared);
        let mut event = made.event;
        event.action.clone_from(&declared.action);
        for field in declared.metadata_fields() {
            event.metadata.insert(field.key.clone(), "told".into());
        }
        let drawn = only_drawn(&event, QueryPart::Column(&Column::Description));
        prop_assert_eq!(catalogue.describe(&event), catalogue.describe(&drawn));
        let text = only_drawn(&event, QueryPart::Text);
        prop_assert_eq!(catalogue.describe(&event), catalogue.describe(&text));
    }
}

#[test]
fn what_is_drawn_from_does_decide() {
    // A name that is no id: who hides names must not be asked about it.
    let column = Column::User;
    let criterion = Criterion {
        column: column.clone(),
        op: index::Operator::Eq,
        value: index::CriterionValue::One(index::Operand::Text("Lily Ari".to_owned())),
    };
    let query = Query {
        refine: vec![criterion],
        ..Query::everything()
    };
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let tree = applied().new_tree(&mut runner).expect("it makes events");
    let mut event = proptest::strategy::ValueTree::current(&tree).event;
    event.actor.name = Some("Lily Ari".to_owned());
    let facets = event.facets().without(Facet::Names);
    let masked = Event::from_facets(&facets).expect("the core is there");
    let flags = FirstSeen::default();
    assert!(matches(&query, &subject(&event, Verb::Other, flags)));
    assert!(!matches(&query, &subject(&masked, Verb::Other, flags)));
}
