//! What a narrowed scope answers: nothing of an event that it does not show, from the head and from files.

use event::{Target, Timestamp, Verb};
use index::{
    Column, Criterion, CriterionValue, Filter, FreeText, Index, IndexOptions, LocalIndex,
    Narrowing, Operand, Operator, Order, PageRequest, Query, ResourceId, ResourceRequest, Row,
    Scope, ScopedQuery, Word,
};
use jiff::tz::TimeZone;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use testkit::events::{Applied, applied};
use tlog::{LeafIndex, TreeSize};

const LOG: u32 = 3;
const SECOND_NS: i64 = 1_000_000_000;

/// What stands only in events that are not shown.
const INVISIBLE: &str = "invisible";

fn about(seconds: i64, category: &str, name: &str, targets: &[(&str, Option<&str>)]) -> Applied {
    let tree = applied().new_tree(&mut TestRunner::deterministic());
    let mut made = tree.expect("the vocabularies are not empty").current();
    made.verb = Verb::Update;
    let event = &mut made.event;
    event.occurred_at = Timestamp::from_ns(seconds * SECOND_NS).expect("after 1970");
    category.clone_into(&mut event.category);
    event.actor.kind = event::ActorType::User;
    event.actor.id = Some("usr_1".to_owned());
    event.actor.name = Some(name.to_owned());
    event.actor.email = Some(format!("{}@example.com", event::fold(name)));
    event.description = Some(format!("{name} did something"));
    event.targets = targets
        .iter()
        .map(|(id, name)| Target {
            kind: "agent".to_owned(),
            id: (*id).to_owned(),
            name: name.map(str::to_owned),
            ..Target::default()
        })
        .collect();
    made
}

/// Positions 1 and 3 are shown by both scopes; before, between and after them are events that are not.
fn told() -> Vec<Applied> {
    let mut told = vec![
        about(
            100,
            INVISIBLE,
            INVISIBLE,
            &[("a2", Some(INVISIBLE)), ("a1", Some("Before"))],
        ),
        about(
            200,
            "Agents",
            "Lily",
            &[("a1", Some("Helper")), ("a3", Some("Other"))],
        ),
        about(
            300,
            INVISIBLE,
            INVISIBLE,
            &[(INVISIBLE, None), ("a3", Some(INVISIBLE))],
        ),
        about(
            400,
            "Agents",
            "Lily Ari",
            &[("a1", None), ("a3", Some("Another"))],
        ),
        about(500, INVISIBLE, INVISIBLE, &[]),
    ];
    let last = about(
        600,
        INVISIBLE,
        INVISIBLE,
        &[("a2", None), ("a1", Some(INVISIBLE)), ("a3", None)],
    );
    told.push(Applied {
        verb: Verb::Delete,
        ..last
    });
    told
}

fn scopes() -> [Scope; 3] {
    let own = ResourceId {
        kind: "agent".to_owned(),
        id: "a1".to_owned(),
    };
    let question = Narrowing {
        filter: Filter::default(),
        refine: vec![Criterion {
            column: Column::Category,
            op: Operator::Eq,
            value: CriterionValue::One(Operand::Text("agents".to_owned())),
        }],
        text: FreeText {
            words: vec![Word {
                text: "lily".to_owned(),
                prefix: false,
            }],
            phrases: Vec::new(),
        },
        zone: TimeZone::UTC,
    };
    let whole = Scope::account(LOG);
    [
        whole.clone().confined_to([own.clone()]),
        whole.clone().narrowed_by(question.clone()),
        whole.narrowed_by(question).confined_to([own]),
    ]
}

#[test]
fn nothing_of_an_event_that_is_not_shown_is_in_any_answer() {
    let directory = tempfile::tempdir().expect("a temporary directory can be made");
    let index = LocalIndex::open(directory.path(), IndexOptions::default()).expect("readable");
    for made in told() {
        let first = index.applied(LOG).next_leaf();
        let row: [Option<Row<'_>>; 1] = [Some(made.row())];
        index.apply(LOG, first, &row).expect("the rows follow");
    }
    for sealed in [false, true] {
        if sealed {
            index.flush().expect("the directory can be written");
        }
        for scope in scopes() {
            let told = everything_told(&index, &scope);
            assert!(!told.contains(INVISIBLE), "{sealed}: {told}");
            check_details(&index, &scope);
        }
        let told = everything_told(&index, &Scope::account(LOG));
        assert!(
            told.contains(INVISIBLE),
            "who sees the whole log sees it: {told}"
        );
    }
}

/// Everything that an index answers, as text.
fn everything_told(index: &dyn Index, scope: &Scope) -> String {
    let query = ScopedQuery::new(Query::everything(), scope.clone());
    let as_of = TreeSize::new(6);
    let columns: Vec<Column> = Column::named().collect();
    let mut told = Vec::new();
    told.push(format!(
        "{:?}",
        index.value_counts(&query, as_of, &columns, 50)
    ));
    for column in &columns {
        told.push(format!("{:?}", index.values(scope, column, "", 50)));
        let boundaries = [0, 1_000 * SECOND_NS];
        let split = index.histogram(&query, as_of, &boundaries, Some(column));
        told.push(format!("{split:?}"));
    }
    told.push(format!("{:?}", index.resource_types(scope)));
    for prefix in ["", "invis"] {
        let request = ResourceRequest {
            kind: "agent",
            prefix,
            after: None,
            limit: 50,
            named: true,
        };
        told.push(format!("{:?}", index.resources(scope, &request)));
    }
    told.join("\n")
}

fn check_details(index: &dyn Index, scope: &Scope) {
    let query = ScopedQuery::new(Query::everything(), scope.clone());
    let page = PageRequest {
        limit: 10,
        order: Order::Asc,
        after: None,
        as_of: TreeSize::new(6),
        count: true,
    };
    let found = index.search(&query, &page).expect("not damaged");
    let positions: Vec<u64> = found.hits.iter().map(|hit| hit.index.get()).collect();
    assert_eq!((positions.as_slice(), found.total), (&[1, 3][..], Some(2)));

    let bounds = index.bounds(scope).expect("not damaged").expect("two rows");
    assert_eq!(
        (bounds.oldest_ns, bounds.newest_ns),
        (200 * SECOND_NS, 400 * SECOND_NS)
    );
    let look = |position| index.sees(scope, LeafIndex::new(position));
    let seen: Vec<u64> = (0..9)
        .filter(|&position| look(position).expect("ok"))
        .collect();
    assert_eq!(seen, [1, 3]);

    let request = ResourceRequest {
        kind: "agent",
        prefix: "",
        after: None,
        limit: 10,
        named: true,
    };
    let listed = index.resources(scope, &request).expect("not damaged");
    let told: Vec<_> = listed
        .iter()
        .map(|agent| (agent.id.as_str(), agent.name.as_deref(), agent.count))
        .collect();
    assert_eq!(
        told,
        [("a1", Some("Helper"), 2), ("a3", Some("Another"), 2)]
    );
    for agent in &listed {
        let at = (agent.first_at_ns, agent.last_at_ns, agent.deleted);
        assert_eq!(at, (200 * SECOND_NS, 400 * SECOND_NS, false), "{agent:?}");
    }
    let unnamed = ResourceRequest {
        named: false,
        ..request
    };
    let listed = index.resources(scope, &unnamed).expect("not damaged");
    assert!(listed.iter().all(|agent| agent.name.is_none()));
    let by_name = ResourceRequest {
        prefix: "help",
        ..unnamed
    };
    let listed = index.resources(scope, &by_name).expect("not damaged");
    assert_eq!(listed, [], "a name that may not be seen is not compared");
}

#[test]
fn narrowings_only_ever_narrow() {
    let resource = |id: &str| ResourceId {
        kind: "agent".to_owned(),
        id: id.to_owned(),
    };
    let scope = Scope::account(LOG).confined_to(["a", "b"].map(resource));
    let again = scope.confined_to(["b", "c"].map(resource));
    assert_eq!(again.resources(), Some(&[resource("b")].into()));
    assert!(!again.is_whole());
    let nothing = again.confined_to([]);
    assert!(!nothing.is_whole(), "no resources is nothing, not all");
}
