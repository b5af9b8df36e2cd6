//! The local index beyond small answers: large logs, restarts, readers beside a writer, and its files.

mod files;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use event::{Event, Timestamp, Verb};
use index::{
    Column, Criterion, CriterionValue, FirstSeen, FreeText, Index, IndexError, IndexOptions,
    LocalIndex, Match, Operand, Operator, Order, PageRequest, Query, ResourceRequest, Row, Scope,
    ScopedQuery, TimeRange, Word,
};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use tempfile::TempDir;
use testkit::events::{Applied, applied, query};
use testkit::matching::NaiveIndex;
use tlog::{LeafIndex, TreeSize};

const SECOND_NS: i64 = 1_000_000_000;

fn directory() -> TempDir {
    tempfile::tempdir().expect("a temporary directory can be made")
}

fn open(directory: &Path) -> LocalIndex {
    LocalIndex::open(directory, IndexOptions::default()).expect("the directory can be read")
}

/// Some events, the same in each run; each has texts of its own beside those of the vocabularies.
fn events(count: usize) -> Vec<Applied> {
    let mut runner = TestRunner::deterministic();
    (0..count)
        .map(|number| {
            let tree = applied().new_tree(&mut runner);
            let mut made = tree.expect("the vocabularies are not empty").current();
            let sentence = made.event.description.take().unwrap_or_default();
            made.event.description = Some(format!("{sentence} number {number}"));
            made.event.context.request_id = Some(format!(
                "{:08x}-0000-4000-8000-00000000cafe",
                number % 7_000
            ));
            made
        })
        .collect()
}

fn apply(index: &dyn Index, log: u32, events: &[Applied]) {
    let rows: Vec<Option<Row<'_>>> = events.iter().map(|event| Some(event.row())).collect();
    let first = index.applied(log).next_leaf();
    index.apply(log, first, &rows).expect("the rows follow");
}

fn everything(log: u32) -> ScopedQuery {
    ScopedQuery::new(Query::everything(), Scope::account(log))
}

fn all_positions(index: &dyn Index, log: u32, limit: usize) -> Result<Vec<u64>, IndexError> {
    let mut page = PageRequest {
        limit,
        order: Order::Desc,
        after: None,
        as_of: TreeSize::new(u64::MAX),
        count: false,
    };
    let mut positions = Vec::new();
    loop {
        let found = index.search(&everything(log), &page)?;
        positions.extend(found.hits.iter().map(|hit| hit.index.get()));
        page.after = found.next;
        if page.after.is_none() {
            return Ok(positions);
        }
    }
}

#[test]
fn a_large_log_answers_as_the_oracle() {
    let directory = directory();
    let options = IndexOptions {
        // Sealing happens once in the middle, and the rest stays in runs and the builder.
        seal_rows: 6_000,
        ..IndexOptions::default()
    };
    let local = LocalIndex::open(directory.path(), options).expect("the directory can be read");
    let naive = NaiveIndex::new();
    let events = events(10_500);
    for batch in events.chunks(700) {
        apply(&local, 1, batch);
        apply(&naive, 1, batch);
    }
    let mut runner = TestRunner::deterministic();
    let as_of = TreeSize::new(10_500);
    for round in 0..24 {
        let query = query()
            .new_tree(&mut runner)
            .expect("there are questions")
            .current();
        let query = ScopedQuery::new(query, Scope::account(1));
        let as_of = if round % 3 == 0 {
            TreeSize::new(7_777)
        } else {
            as_of
        };
        let page = PageRequest {
            limit: 40,
            order: if round % 2 == 0 {
                Order::Desc
            } else {
                Order::Asc
            },
            after: None,
            as_of,
            count: true,
        };
        let found = local.search(&query, &page).expect("not damaged");
        let wanted = naive.search(&query, &page).expect("it never fails");
        assert_eq!(found, wanted, "{query:?}");
        if let Some(after) = wanted.next {
            let page = PageRequest {
                after: Some(after),
                ..page
            };
            let found = local.search(&query, &page).expect("not damaged");
            assert_eq!(found, naive.search(&query, &page).expect("it never fails"));
        }
    }
    let columns = [
        Column::Event,
        Column::User,
        Column::TargetId,
        Column::Description,
        Column::RequestId,
    ];
    let count = |index: &dyn Index| {
        index
            .value_counts(&everything(1), as_of, &columns, 50)
            .expect("not damaged")
    };
    assert_eq!(count(&local), count(&naive));
}

#[test]
fn what_hardly_repeats_is_found_by_its_texts() {
    let directory = directory();
    let index = open(directory.path());
    apply(&index, 1, &events(3_000));
    index.flush().expect("the directory can be written");
    let compared = |column, op, text: &str| Query {
        refine: vec![Criterion {
            column,
            op,
            value: CriterionValue::One(Operand::Text(text.to_owned())),
        }],
        ..Query::everything()
    };
    let worded = |words: &[(&str, bool)]| Query {
        text: FreeText {
            words: words
                .iter()
                .map(|&(text, prefix)| Word {
                    text: text.to_owned(),
                    prefix,
                })
                .collect(),
            phrases: Vec::new(),
        },
        ..Query::everything()
    };
    let request = "0000022b-0000-4000-8000-00000000cafe";
    let cases = [
        (compared(Column::RequestId, Operator::Eq, request), 1),
        (
            compared(Column::RequestId, Operator::StartsWith, "0000022"),
            16,
        ),
        (
            compared(Column::RequestId, Operator::Contains, "CAFE"),
            3_000,
        ),
        (
            compared(Column::Description, Operator::Contains, "NUMBER 299"),
            11,
        ),
        (worded(&[("number", false), ("299", false)]), 1),
        (worded(&[("number", false), ("299", true)]), 11),
    ];
    for (query, wanted) in cases {
        let asked = ScopedQuery::new(query, Scope::account(1));
        let count = index
            .count(&asked, TreeSize::new(3_000))
            .expect("not damaged");
        assert_eq!(count, wanted, "{asked:?}");
    }
}

#[test]
fn entries_apply_once_and_in_order() {
    let directory = directory();
    let index = open(directory.path());
    let events = events(30);
    let rows: Vec<_> = events.iter().map(|event| Some(event.row())).collect();
    let gap = index.apply(1, LeafIndex::new(1), &rows);
    assert!(
        matches!(gap, Err(IndexError::Gap { log: 1, .. })),
        "{gap:?}"
    );
    index
        .apply(1, LeafIndex::new(0), &rows)
        .expect("the rows follow");
    let before = all_positions(&index, 1, 7).expect("not damaged");
    for first in [0, 11, 29] {
        let again = rows.get(first..).expect("there are 30 rows");
        let first = LeafIndex::new(first as u64);
        index.apply(1, first, again).expect("the rows are known");
    }
    index
        .apply(1, LeafIndex::new(30), &[])
        .expect("nothing follows");
    assert_eq!(index.applied(1), TreeSize::new(30));
    assert_eq!(all_positions(&index, 1, 7).expect("not damaged"), before);
    assert_eq!(before.len(), 30);
}

#[test]
fn late_events_stand_where_they_occurred() {
    let directory = directory();
    let index = open(directory.path());
    let mut events = events(6);
    // Positions 2 and 3 are late, 4 and 5 occurred together with 1.
    let seconds = [100, 300, 50, 200, 300, 300];
    for (event, seconds) in events.iter_mut().zip(seconds) {
        event.event.occurred_at = Timestamp::from_ns(seconds * SECOND_NS).expect("after 1970");
    }
    for event in &events {
        apply(&index, 1, std::slice::from_ref(event));
        index.flush().expect("the directory can be written");
    }
    let order = all_positions(&index, 1, 1).expect("not damaged");
    assert_eq!(order, [5, 4, 1, 3, 0, 2]);
    let bounds = index
        .bounds(&Scope::account(1))
        .expect("not damaged")
        .expect("there are events");
    assert_eq!(
        (bounds.oldest_ns, bounds.newest_ns),
        (50 * SECOND_NS, 300 * SECOND_NS)
    );
}

#[test]
fn firsts_are_those_of_the_log_across_restarts() {
    let directory = directory();
    let event = |user: &str, action: &str, ip: &str| {
        let mut made = events(1).pop().expect("one was asked for");
        made.event.actor.id = Some(user.to_owned());
        made.event.action = action.to_owned();
        made.event.context.ip = ip.parse().ok();
        made
    };
    let both = FirstSeen {
        action: true,
        network: true,
    };
    let steps = [
        (event("u1", "a.b", "203.0.113.7"), both),
        (event("u1", "a.b", "203.0.113.250"), FirstSeen::default()),
        (
            event("u1", "a.c", "203.0.113.7"),
            FirstSeen {
                action: true,
                network: false,
            },
        ),
        (event("u2", "a.b", "203.0.113.7"), both),
        (
            event("u1", "a.b", "203.0.114.7"),
            FirstSeen {
                action: false,
                network: true,
            },
        ),
        (
            event("u1", "a.b", "2001:db8:1:2::1"),
            FirstSeen {
                action: false,
                network: true,
            },
        ),
        (event("u1", "a.b", "2001:db8:1:3::1"), FirstSeen::default()),
        (
            event("u1", "a.b", "2001:db8:2:3::1"),
            FirstSeen {
                action: false,
                network: true,
            },
        ),
        (event("u1", "a.b", ""), FirstSeen::default()),
    ];
    for (position, (event, wanted)) in (0..).zip(&steps) {
        let index = open(directory.path());
        apply(&index, 1, std::slice::from_ref(event));
        let found = index
            .first_seen(&Scope::account(1), LeafIndex::new(position))
            .expect("not damaged");
        assert_eq!(found, *wanted, "position {position}");
        index.close().expect("the directory can be written");
    }
}

#[test]
fn readers_see_everything_that_is_applied_while_a_writer_goes_on() {
    let directory = directory();
    let options = IndexOptions {
        seal_rows: 500,
        resident_bytes: 1,
    };
    let index = LocalIndex::open(directory.path(), options).expect("the directory can be read");
    let events = events(3_000);
    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !is_done.load(Ordering::Relaxed) {
                    let applied = index.applied(1);
                    let count = index.count(&everything(1), applied).expect("not damaged");
                    assert_eq!(count, applied.get());
                    let listed = all_positions(&index, 1, 1_000).expect("not damaged");
                    assert!(listed.len() as u64 >= count);
                }
            });
        }
        for batch in events.chunks(100) {
            apply(&index, 1, batch);
        }
        is_done.store(true, Ordering::Relaxed);
    });
    assert_eq!(
        all_positions(&index, 1, 1_000).expect("not damaged").len(),
        3_000
    );
}

#[test]
fn a_range_is_half_open() {
    let directory = directory();
    let index = open(directory.path());
    let mut events = events(5);
    for (event, seconds) in events.iter_mut().zip(1..) {
        event.event.occurred_at = Timestamp::from_ns(seconds * SECOND_NS).expect("after 1970");
    }
    apply(&index, 1, &events);
    let between = |from: i64, to: i64| {
        let mut query = Query::everything();
        query.range = TimeRange {
            from: Some(from * SECOND_NS),
            to: Some(to * SECOND_NS),
        };
        query.filter.matching = Match::Any;
        let query = ScopedQuery::new(query, Scope::account(1));
        index.count(&query, TreeSize::new(5)).expect("not damaged")
    };
    assert_eq!(
        [
            between(1, 6),
            between(2, 4),
            between(3, 3),
            between(4, 2),
            between(5, 9)
        ],
        [5, 2, 0, 0, 1]
    );
    let boundaries = [0, 2, 2, 4, 100].map(|seconds| seconds * SECOND_NS);
    let histogram = index
        .histogram(&everything(1), TreeSize::new(5), &boundaries, None)
        .expect("not damaged");
    let counts: Vec<u64> = histogram
        .buckets
        .iter()
        .map(|bucket| bucket.count)
        .collect();
    assert_eq!(counts, [1, 0, 2, 2]);
}

#[test]
fn a_deleted_resource_is_told_by_its_own_delete_only() {
    let directory = directory();
    let index = open(directory.path());
    let about = |verb: Verb, targets: &[(&str, &str, Option<&str>)]| {
        let mut made = events(1).pop().expect("one was asked for");
        made.verb = verb;
        made.event.targets = targets
            .iter()
            .map(|(kind, id, name)| event::Target {
                kind: (*kind).to_owned(),
                id: (*id).to_owned(),
                name: name.map(str::to_owned),
                ..event::Target::default()
            })
            .collect();
        made
    };
    let mut told: Vec<Applied> = vec![
        about(
            Verb::Create,
            &[
                ("agent", "a1", Some("Helper")),
                ("model", "m1", Some("Small")),
            ],
        ),
        about(
            Verb::Delete,
            &[("agent", "a1", None), ("model", "m1", Some("Tiny"))],
        ),
    ];
    for (made, seconds) in told.iter_mut().zip(1..) {
        let event: &mut Event = &mut made.event;
        event.occurred_at = Timestamp::from_ns(seconds * SECOND_NS).expect("after 1970");
    }
    apply(&index, 1, &told);
    let list = |kind| {
        let request = ResourceRequest {
            kind,
            prefix: "",
            after: None,
            limit: 10,
            named: true,
        };
        index
            .resources(&Scope::account(1), &request)
            .expect("not damaged")
    };
    let (agents, models) = (list("agent"), list("model"));
    let [agent] = agents.as_slice() else {
        panic!("{agents:?}")
    };
    let [model] = models.as_slice() else {
        panic!("{models:?}")
    };
    assert_eq!(
        (agent.name.as_deref(), agent.deleted, agent.count),
        (Some("Helper"), true, 2)
    );
    assert_eq!(
        (model.name.as_deref(), model.deleted, model.count),
        (Some("Tiny"), false, 2)
    );
}
